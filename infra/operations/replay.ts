import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { workers } from '#functions/workers.ts';
import { functionNameOf } from '#infra/stage.ts';
import { failuresBucketOf, invoking } from './deployed.ts';
import { replayFailures } from './replay-failures.ts';

/** `npm run replay -- STAGE READER`: what a reader of the stream gave up on is given to it once more. */
const readers = workers.filter(({ trigger }) => 'stream' in trigger).map(({ name }) => name);
const [stage = '', reader = ''] = process.argv.slice(2);
if (stage === '' || !readers.includes(reader)) {
  console.error(`Name the stage and the reader: \`npm run replay -- STAGE ${readers.join('|')}\`.`);
  process.exit(1);
}

const lambda = new LambdaClient({});
const name = functionNameOf(stage, reader);
const bucket = await failuresBucketOf(lambda, name);
const { records, removed, left } = await replayFailures(
  { s3: new S3Client({}), bucket },
  name,
  invoking(lambda, name),
);
console.log(`${reader} took ${records} records of ${removed} failures.`);
for (const { key, why } of left) console.error(`Left in ${bucket}: ${key}: ${why}`);
if (left.length > 0) process.exitCode = 1;
