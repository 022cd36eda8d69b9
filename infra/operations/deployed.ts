import { InvokeCommand, type LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { Invoke } from './replay-failures.ts';

/** The bucket in which a stream's reader leaves what it gave up on. */
export const failuresBucketOf = async (lambda: LambdaClient, functionName: string): Promise<string> => {
  const { EventSourceMappings = [] } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: functionName }),
  );
  const arns = EventSourceMappings.map(({ DestinationConfig }) => DestinationConfig?.OnFailure?.Destination);
  const bucket = arns
    .find((arn) => arn?.includes(':s3:'))
    ?.split(':')
    .at(5);
  if (bucket === undefined) throw new Error(`${functionName} leaves nothing in a bucket.`);
  return bucket;
};

/** Calls a function and waits for its answer. @throws Error where the function failed as a whole */
export const invoking =
  (lambda: LambdaClient, functionName: string): Invoke =>
  async (event) => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
    );
    if (FunctionError !== undefined) throw new Error(`the function failed: ${FunctionError}`);
    return JSON.parse(Payload?.transformToString() || 'null') ?? undefined;
  };
