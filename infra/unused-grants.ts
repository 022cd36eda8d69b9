/** A grant that no function was seen to use while the tests ran, and why it is given all the same. */
export type UnusedGrant = {
  /** Of all functions unless some are named. */
  functions?: readonly string[];
  /** How test/policies writes the grant: `action` or `action on resource`. */
  grant: RegExp;
  reason: string;
  /** It depends on who is faster: some runs use it. */
  sometimes?: true;
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
  {
    grant: /^dynamodb:(?:GetItem|BatchGetItem|Query)$/,
    reason: 'To read one item, several or a partition of the table is one right: each tells the same.',
  },
  {
    grant: /^dynamodb:ConditionCheckItem$/,
    reason: 'A transaction’s condition changes nothing, and tells less than reading does.',
  },
  {
    grant: /^dynamodb:(?:PutItem|DeleteItem) on \S+ (?:INVITED#|U#|A#)/,
    reason: 'Any action may be the first that an invited person calls (PERM-8): tests do it with some.',
  },
  {
    grant: /^s3:ListBucket on .*Documents/,
    reason: 'Who may not list the bucket is told 403, not 404, of an object that is not there.',
  },
  {
    grant: /^secretsmanager:GetSecretValue on /,
    reason: 'The local service hands the secrets over by the environment: it has no Secrets Manager.',
  },
  {
    functions: ['send-email'],
    grant: /^ses:SendRawEmail on .*:identity\/[^@]+@/,
    reason: 'SES asks for an address’s own identity where there is one, else for that of its domain.',
  },
  {
    functions: ['create-export'],
    grant: /^s3:GetObject on .*Documents/,
    reason: 'A repeat with the same Idempotency-Key answers with the addresses of what is made by then.',
  },
  {
    functions: ['preview-send', 'run-export', 'send-email', 'open-link-pdf', 'get-invoice-pdf'],
    grant: /^sqs:SendMessage on .*-render$/,
    reason: 'A PDF that is not made yet is asked for; here the render queue’s worker mostly was faster.',
    sometimes: true,
  },
  {
    functions: ['run-export'],
    grant: /^s3:DeleteObject/,
    reason: 'A file that was written while its export was cancelled goes again.',
    sometimes: true,
  },
  {
    functions: ['clean-up'],
    grant: /^sqs:SendMessage on .*-cleanup$/,
    reason: 'Where a contact has more invoices than a run gets through, the next message goes on with them.',
    sometimes: true,
  },
  {
    functions: ['clean-up', 'run-export'],
    grant: /^s3:AbortMultipartUpload/,
    reason:
      'Only an export that is cancelled while a file is written in parts, or begun anew, leaves an upload.',
    sometimes: true,
  },
];

/** The reason why the grant is given unused, or nothing. */
export const reasonForUnused = (name: string, grant: string): UnusedGrant | undefined =>
  unusedGrants.find((one) => (one.functions?.includes(name) ?? true) && one.grant.test(grant));
