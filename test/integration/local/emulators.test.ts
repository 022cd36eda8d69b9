import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulators, startEmulators } from '#infra/local/emulators.ts';
import { checkJava } from '#infra/local/java.ts';
import { freePort, poll } from '#infra/local/loopback.ts';
import { SetupError } from '#infra/local/setup-error.ts';
import { dynamoDbClient, s3Client, sqsClient } from './clients.ts';

let emulators: Emulators;
let folder: string;
const progress: string[] = [];
const begin = (dataDir: string | undefined) =>
  startEmulators({ dataDir, progress: (line) => progress.push(line) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quittance-emulators-'));
  emulators = await begin(undefined);
});
afterAll(async () => {
  await emulators.stop();
  await rm(folder, { recursive: true });
});

const createTable = (TableName: string) =>
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  });

async function verify(token: string, { issuer }: Emulators['endpoints'] = emulators.endpoints) {
  const document = await fetch(`${issuer}/.well-known/openid-configuration`);
  const discovery = (await document.json()) as { issuer: string; jwks_uri: string };
  const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
  return jwtVerify(token, keys, { issuer: discovery.issuer, audience: 'quittance', algorithms: ['RS256'] });
}

const ada = { sub: 'u1', email: 'ada@example.com' };

describe('all of them', () => {
  it('listen on the loopback address, each on its own port, and say when they are up', () => {
    const { mailbox, ...others } = emulators.endpoints;
    for (const one of Object.values(others)) expect(one).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(new Set(Object.values(others)).size).toBe(6);
    expect(mailbox).toBe(others.ses);
    expect(progress.sort()).toEqual(
      ['DynamoDB', 'OIDC', 'S3', 'SES', 'SQS', 'Stripe'].map((name) => `${name} is up`),
    );
  });

  it('keep data, ports and the signing key over a restart with a data folder', async () => {
    const first = await begin(folder);
    await dynamoDbClient(first.endpoints.dynamodb).send(createTable('kept'));
    await s3Client(first.endpoints.s3).send(new CreateBucketCommand({ Bucket: 'kept' }));
    await sqsClient(first.endpoints.sqs).send(new CreateQueueCommand({ QueueName: 'kept' }));
    const token = await first.issueToken(ada);
    await first.stop();
    const second = await begin(folder);
    expect(second.endpoints).toEqual(first.endpoints);
    await expect(begin(folder)).rejects.toThrow(SetupError); // two engines on one file would spoil it
    const { dynamodb, s3, sqs } = second.endpoints;
    expect((await dynamoDbClient(dynamodb).send(new ListTablesCommand())).TableNames).toEqual(['kept']);
    const { Buckets } = await s3Client(s3).send(new ListBucketsCommand());
    expect(Buckets?.map((bucket) => bucket.Name)).toEqual(['kept']);
    const { QueueUrls } = await sqsClient(sqs).send(new ListQueuesCommand());
    expect(QueueUrls?.map((url) => url.split('/').at(-1))).toEqual(['kept']);
    expect((await verify(token, second.endpoints)).payload.sub).toBe('u1');
    await second.stop();
  });
});

describe('tokens', () => {
  it('are RS256, for Quittance, with a verified address', async () => {
    const { payload, protectedHeader } = await verify(await emulators.issueToken({ ...ada, name: 'Ada' }));
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({ ...ada, name: 'Ada', email_verified: true, aud: 'quittance' });
    expect(payload.iss).toBe(emulators.endpoints.issuer);
  });

  it('can be expired, for another audience, of another issuer, or without an address', async () => {
    await expect(verify(await emulators.issueToken({ ...ada, exp: 1 }))).rejects.toThrow(/exp/);
    await expect(verify(await emulators.issueToken({ ...ada, aud: 'other' }))).rejects.toThrow(/aud/);
    await expect(verify(await emulators.issueToken({ ...ada, iss: 'http://other' }))).rejects.toThrow(/iss/);
    const bare = await verify(await emulators.issueToken({ sub: 'u1', email: null, email_verified: false }));
    expect(bare.payload).not.toHaveProperty('email');
    expect(bare.payload.email_verified).toBe(false);
  });

  it('are minted over HTTP too', async () => {
    const mint = (body: unknown) =>
      fetch(`${emulators.endpoints.issuer}/dev-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const { token } = (await (await mint({ ...ada, exp: 4_000_000_000 })).json()) as { token: string };
    await verify(token);
    expect(decodeJwt(token).exp).toBe(4_000_000_000);
    expect((await mint({ email: 'x@example.com' })).status).toBe(400);
  });
});

describe('S3', () => {
  let s3: S3Client;
  const object = { Bucket: 'files', Key: 'a b/é.pdf' };
  beforeAll(async () => {
    s3 = s3Client(emulators.endpoints.s3);
    await s3.send(new CreateBucketCommand({ Bucket: object.Bucket }));
    await s3.send(new PutObjectCommand({ ...object, Body: 'content', ContentType: 'application/pdf' }));
  });
  const sign = (over: object = {}, expiresIn = 300) =>
    getSignedUrl(s3, new GetObjectCommand({ ...object, ...over }), { expiresIn });

  it('opens a signed address, with the headers that were signed into it', async () => {
    const answer = await fetch(await sign({ ResponseContentDisposition: 'attachment; filename="x.pdf"' }));
    expect([answer.status, await answer.text()]).toEqual([200, 'content']);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="x.pdf"');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
  });

  it('refuses it once it is over, when it was altered, and when it is not signed', async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand(object), {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 61_000),
    });
    const good = await sign();
    const refused = [
      url,
      url.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000'),
      good.replace('.pdf', '.txt'),
      good.replace(/\?.*/, ''),
      good.replace(/Signature=./, 'Signature=x'),
    ];
    for (const one of refused) expect((await fetch(one)).status).toBe(403);
    expect((await fetch(good)).status).toBe(200);
  });

  it('takes a multipart upload of a stream byte for byte', async () => {
    const bytes = Buffer.alloc(12 * 1024 * 1024, 'quittance');
    const Body = new Blob([bytes]).stream();
    await new Upload({ client: s3, params: { Bucket: 'files', Key: 'big', Body } }).done();
    const read = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'big' }));
    const kept = Buffer.from((await read.Body?.transformToByteArray()) ?? []);
    expect(kept.equals(bytes)).toBe(true);
  });
});

describe('Java', () => {
  async function pretend(version: string): Promise<string> {
    const file = join(folder, `java-${version}`);
    await writeFile(file, `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
    await chmod(file, 0o755);
    return file;
  }

  it('is asked for in one sentence if it is missing or older than 17', async () => {
    for (const command of [join(folder, 'none'), await pretend('11.0.2'), await pretend('1.8.0_392')]) {
      const checking = checkJava(command);
      await expect(checking).rejects.toThrow(SetupError);
      await expect(checking).rejects.toThrow(/install a JDK 17 or newer[^\n]*\.$/);
    }
    await checkJava(await pretend('21.0.1'));
  });

  it('ends with the process that started it, even if that was killed outright', async () => {
    const port = await freePort();
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { startDynamoDb } from '#infra/local/dynamodb.ts';
         await startDynamoDb({ port: ${port}, dataDir: undefined }); console.log('up');`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    parent.kill('SIGKILL');
    const gone = () =>
      fetch(`http://127.0.0.1:${port}`).then(
        () => false,
        () => true,
      );
    await poll(gone, { everyMs: 50, forMs: 20_000, giveUp: () => new Error('Java is still there.') });
  });
});
