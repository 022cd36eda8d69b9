/** What AWS says when it does not do what it is asked, service by service. */

export type AwsService = 'dynamodb' | 's3' | 'sqs' | 'ses';
type Refused = 'throttle' | 'conflict' | 'broken';
export type Fault =
  | Refused
  /** It comes late. */
  | 'delay'
  /** It never arrives: the connection is cut. */
  | 'drop'
  /** It takes effect, and the answer never arrives. */
  | 'lost'
  /** It arrives twice; the second answer is seen. */
  | 'twice'
  /** The process dies there: no further request of it arrives. */
  | 'die before'
  | 'die after';

type Answer = { status: number; headers: string[]; body: Buffer };
const answer = (status: number, type: string, body: string): Answer => ({
  status,
  headers: ['content-type', type, 'x-amzn-requestid', '00000000-0000-4000-8000-000000000000'],
  body: Buffer.from(body),
});
const json = (status: number, value: object): Answer =>
  answer(status, 'application/x-amz-json-1.0', JSON.stringify(value));

const ofDynamoDb = (fault: Refused, request: Buffer): Answer => {
  const name = 'com.amazonaws.dynamodb.v20120810#';
  if (fault === 'broken') return json(500, { __type: `${name}InternalServerError`, message: 'Internal' });
  const writes: unknown[] | undefined = JSON.parse(request.toString()).TransactItems;
  if (fault === 'throttle' || writes === undefined)
    return json(400, {
      __type: `${name}${request.length % 2 === 0 ? 'ProvisionedThroughputExceededException' : 'ThrottlingException'}`,
      message: 'The level of configured provisioned throughput for the table was exceeded.',
    });
  // Another transaction is at one of the items: DynamoDB Local never says so.
  const at = request.length % writes.length;
  return json(400, {
    __type: `${name}TransactionCanceledException`,
    message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
    CancellationReasons: writes.map((_, index) =>
      index === at ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing' } : { Code: 'None' },
    ),
  });
};

/** The refusal of a request that has no effect. */
export const refusalBy = (fault: Refused, service: AwsService, request: Buffer): Answer => {
  if (service === 'dynamodb') return ofDynamoDb(fault, request);
  const isOurs = fault !== 'broken';
  if (service === 'sqs')
    return json(isOurs ? 400 : 500, {
      __type: isOurs ? 'com.amazonaws.sqs#RequestThrottled' : 'com.amazonaws.sqs#InternalFailure',
      message: 'Rate exceeded',
    });
  if (service === 's3') {
    const code = isOurs ? 'SlowDown' : 'InternalError';
    return answer(
      isOurs ? 503 : 500,
      'application/xml',
      `<Error><Code>${code}</Code><Message>x</Message></Error>`,
    );
  }
  const error = isOurs
    ? '<Type>Sender</Type><Code>Throttling</Code><Message>Maximum sending rate exceeded.</Message>'
    : '<Type>Receiver</Type><Code>InternalFailure</Code><Message>Internal</Message>';
  const body = `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error>${error}</Error><RequestId>0</RequestId></ErrorResponse>`;
  return answer(isOurs ? 400 : 500, 'text/xml', body);
};
