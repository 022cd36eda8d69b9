/** A grant that no function was seen to use while the tests ran, and why it is given all the same. */
export type UnusedGrant = {
  /** Of all functions unless some are named. */
  functions?: readonly string[];
  /** How test/policies writes the grant: `action` or `action on resource`. */
  grant: RegExp;
  reason: string;
};

export const unusedGrants: readonly UnusedGrant[] = [
  {
    grant: /^logs:(?:CreateLogStream|PutLogEvents) on /,
    reason: 'Lambda writes the function’s log by its role; no code of ours does.',
  },
  {
    grant: /^dynamodb:(?:DescribeStream|GetRecords|GetShardIterator|ListStreams) on .*\/stream\//,
    reason: 'Lambda reads the table’s stream by the function’s role; the local poller does it here.',
  },
  {
    functions: ['record-history', 'relay-outbox'],
    grant: /^s3:(?:PutObject|ListBucket) on .*Failures/,
    reason: 'Lambda writes what the function gave up on by its role.',
  },
  {
    grant: /^sqs:(?:ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility) on /,
    reason: 'Lambda takes messages off the queue by the function’s role; the local poller does it here.',
  },
];

/** The reason why the grant is given unused, or nothing. */
export const reasonForUnused = (name: string, grant: string): UnusedGrant | undefined =>
  unusedGrants.find((one) => (one.functions?.includes(name) ?? true) && one.grant.test(grant));
