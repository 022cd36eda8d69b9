/**
 * List prices of AWS in US dollars for one Region, without any free tier, reduced tier or savings plan, written down by
 * hand in that month, each with the page that says what holds. They were not read from those pages by a machine: compare
 * them before you lean on them, and `npm run costs` makes the table anew.
 */
export const priceList = { region: 'us-east-1', asOf: '2026-11' } as const;

const million = 1_000_000;

export const prices = {
  /** https://aws.amazon.com/dynamodb/pricing/on-demand/ — a stream's records are free to Lambda, and so is TTL. */
  dynamodb: {
    readUnit: 0.125 / million,
    writeUnit: 0.625 / million,
    storedGb: 0.25,
    pointInTimeRecoveryGb: 0.2,
  },
  /** https://aws.amazon.com/lambda/pricing/ — the start of a function counts as its time. */
  lambda: {
    request: 0.2 / million,
    gbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
    /** Of the temporary folder, beyond the 512 MB that come with a function. */
    storageGbSecond: 0.0000000309,
  },
  /** https://aws.amazon.com/api-gateway/pricing/ — HTTP APIs, the first 300 million of a month. */
  httpApi: { request: 1 / million },
  /** https://aws.amazon.com/sqs/pricing/ — standard queues. */
  sqs: { request: 0.4 / million },
  /** https://aws.amazon.com/sns/pricing/ — what goes on to SQS is free. */
  sns: { publish: 0.5 / million },
  /** https://aws.amazon.com/s3/pricing/ — S3 Standard. */
  s3: { storedGb: 0.023, write: 5 / million, read: 0.4 / million },
  /** https://aws.amazon.com/ses/pricing/ */
  ses: { message: 0.1 / 1_000, attachedGb: 0.12 },
  /** https://aws.amazon.com/cloudwatch/pricing/ */
  cloudWatch: { loggedGb: 0.5, keptLogGb: 0.03, metric: 0.3, alarm: 0.1, dashboard: 3 },
  /** https://aws.amazon.com/secrets-manager/pricing/ */
  secrets: { secret: 0.4, read: 0.05 / 10_000 },
  /** https://aws.amazon.com/kms/pricing/ — keys of our own; those that AWS owns are free. */
  kms: { key: 1 },
  /** https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer — to the internet. */
  transfer: { outGb: 0.09 },
} as const;
