import { assumed, life } from './life.ts';
import { prices } from './prices.ts';
import type { Standing } from './standing.ts';

type Capacity = { read: number; write: number };
/** What follows a step in the background, and what step and followers leave in the table and its indexes. */
export type Followed = Capacity & { records: number; storedBytes: number };
/** What is measured of an invoice's life besides its actions' own reads and writes. */
export type MeasuredLife = {
  /** By the step's action; a step that is not there is followed by nothing. */
  followed: Record<string, Followed>;
  pdfBytes: number;
  mailBytes: number;
  /** Of a run of what the clock wakes, while nothing is due. */
  clocks: Record<string, Capacity>;
  /** Of the nightly check, for each invoice that it looks at. */
  checked: Capacity;
};

export type Measured = {
  /** What each action reads and writes. */
  actions: Readonly<Record<string, Capacity>>;
  life: MeasuredLife;
  /** Subjects that the nightly check looks at, at most. */
  mostChecked: number;
};

/** US dollars a month, by service. */
export type Bill = Readonly<Record<string, number>>;

const gb = 1_024 ** 3;
const { daysAMonth } = assumed;
const minutesAMonth = daysAMonth * 1_440;
const sumOf = <T>(all: readonly T[], each: (one: T) => number): number =>
  all.reduce((sum, one) => sum + each(one), 0);

/** What so many invoices a month come to, in units that AWS counts. */
type Usage = {
  read: number;
  write: number;
  storedGb: number;
  pdfGb: number;
  /** Calls of a function, by its name. */
  calls: Record<string, number>;
  /** Milliseconds of a run of the nightly check. */
  checkMilliseconds: number;
  requests: number;
  messages: number;
  mails: number;
};

const timesOf = (action: string): number => life.find((step) => step.action === action)?.times ?? 0;

/** What the clock wakes, and what that reads and writes. */
const clockUsage = ({ clocks }: Standing, measured: Measured, invoices: number) => {
  const runs = Object.entries(clocks).map(([name, minutes]) => ({ name, runs: minutesAMonth / minutes }));
  const checkedARun = Math.min(invoices * assumed.monthsKept, measured.mostChecked);
  // To find nothing is one unit on AWS, and none on DynamoDB Local.
  const least = { read: 1, write: 0 };
  const unitsOf = (kind: 'read' | 'write') =>
    sumOf(runs, ({ name, runs }) => runs * Math.max(least[kind], measured.life.clocks[name]?.[kind] ?? 0)) +
    daysAMonth * checkedARun * measured.life.checked[kind];
  return {
    calls: Object.fromEntries(runs.map(({ name, runs }) => [name, runs])),
    read: unitsOf('read'),
    write: unitsOf('write'),
    checkMilliseconds: checkedARun * assumed.millisecondsChecked,
  };
};

const usageOf = (standing: Standing, measured: Measured, invoices: number): Usage => {
  const { actions, life: followers } = measured;
  const steps = life.map(({ action, times }) => {
    const own = actions[action];
    if (own === undefined) throw new Error(`${action} of the invoice's life was not measured`);
    const { read, write, records, storedBytes } = followers.followed[action] ?? {
      ...{ read: 0, write: 0, records: 0, storedBytes: 0 },
    };
    return { times, read: own.read + read, write: own.write + write, records, storedBytes };
  });
  const perInvoice = (of: 'read' | 'write' | 'records' | 'storedBytes') =>
    invoices * sumOf(steps, (step) => step.times * step[of]);
  const clock = clockUsage(standing, measured, invoices);
  const mails = invoices * timesOf('send-invoice');
  const pdfs = invoices * timesOf('finalize-invoice');
  const events = mails * assumed.mailEvents;
  const batches = perInvoice('records') / assumed.recordsABatch;
  const called = Object.fromEntries(life.map(({ action, times }) => [action, invoices * times]));
  return {
    read: perInvoice('read') + clock.read,
    write: perInvoice('write') + clock.write,
    storedGb: (assumed.monthsKept * perInvoice('storedBytes')) / gb,
    pdfGb: (assumed.monthsKept * pdfs * followers.pdfBytes) / gb,
    calls: {
      ...called,
      ...{ 'record-history': batches, 'relay-outbox': batches },
      // An e-mail passes through the queue of PDFs, where it waits for its own.
      ...{ 'render-pdf': pdfs + mails, 'send-email': mails, 'note-mail-events': events },
      ...clock.calls,
    },
    checkMilliseconds: clock.checkMilliseconds,
    requests: sumOf(life, ({ times }) => invoices * times),
    messages: pdfs + 2 * mails + events,
    mails,
  };
};

const lambdaOf = ({ functions }: Standing, { calls, checkMilliseconds }: Usage): number =>
  sumOf(Object.entries(calls), ([name, times]) => {
    const billed = functions[name];
    if (billed === undefined) throw new Error(`no function ${name} in the templates`);
    const { action = 0, [name]: milliseconds = action } = assumed.milliseconds;
    const seconds = (milliseconds + (name === 'check-history' ? checkMilliseconds : 0)) / 1_000;
    const compute = (billed.memoryMb / 1_024) * prices.lambda.gbSecond[billed.architecture];
    const storage = ((billed.storageMb - 512) / 1_024) * prices.lambda.storageGbSecond;
    return times * (prices.lambda.request + seconds * (compute + storage));
  });

/** The month's bill, service by service, of so many new invoices a month; of none, it is what idles. */
export const billOf = (standing: Standing, measured: Measured, invoices: number): Bill => {
  const usage = usageOf(standing, measured, invoices);
  const { dynamodb, httpApi, sqs, sns, s3, ses, cloudWatch, secrets, kms, transfer } = prices;
  const { pdfBytes, mailBytes } = measured.life;
  const polls = standing.polledQueues * assumed.pollsAMinute * minutesAMonth;
  const loggedGb = (usage.requests * assumed.loggedBytes) / gb;
  const pdfs = invoices * timesOf('finalize-invoice');
  const mailedGb = (usage.mails * mailBytes) / gb;
  const downloadedGb = (pdfs * (assumed.pdfReads - 1) * pdfBytes) / gb;
  return {
    'DynamoDB: reads and writes': usage.read * dynamodb.readUnit + usage.write * dynamodb.writeUnit,
    'DynamoDB: storage, recovery': usage.storedGb * (dynamodb.storedGb + dynamodb.pointInTimeRecoveryGb),
    Lambda: lambdaOf(standing, usage),
    'API Gateway': usage.requests * httpApi.request,
    'SQS and SNS':
      (polls + usage.messages * assumed.requestsAMessage) * sqs.request +
      usage.mails * assumed.mailEvents * sns.publish,
    S3: usage.pdfGb * s3.storedGb + pdfs * (s3.write + assumed.pdfReads * s3.read),
    SES: usage.mails * ses.message + mailedGb * ses.attachedGb,
    CloudWatch:
      standing.alarms * cloudWatch.alarm +
      standing.dashboards * cloudWatch.dashboard +
      standing.metrics * cloudWatch.metric +
      loggedGb * (cloudWatch.loggedGb + assumed.monthsLogged * cloudWatch.keptLogGb),
    'Secrets Manager, KMS':
      standing.secrets * secrets.secret +
      standing.keys * kms.key +
      invoices * assumed.secretReads * secrets.read,
    'Data to the internet':
      ((usage.requests * assumed.answerBytes) / gb + mailedGb + downloadedGb) * transfer.outGb,
  };
};

export const totalOf = (bill: Bill): number => sumOf(Object.values(bill), (dollars) => dollars);
