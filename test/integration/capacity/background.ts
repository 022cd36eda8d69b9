import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { table } from '#functions/wiring/table.ts';
import type { Followed } from '#infra/operations/costs/model.ts';
import { capacityOf } from '#test/support/capacity.ts';
import type { OwnService } from '#test/support/in-process.ts';
import { type Mail, mailsTo } from '#test/support/mailbox.ts';

/** The workers of one account, woken until nothing follows any more, and what they consume. */
export type Background = {
  /** Does a step, then all that follows it. */
  after: (step: () => Promise<unknown>) => Promise<Followed>;
  messages: () => { render: number; email: number };
  mailBytes: () => number;
};

const workerOf = { render: 'render-pdf', email: 'send-email' } as const;
type Queue = keyof typeof workerOf;

/** What SES tells of an e-mail that it took and delivered. */
const eventsOf = ({ id, source, destinations, tags }: Mail): string[] => {
  const timestamp = new Date().toISOString();
  const named = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
  const mail = { timestamp, messageId: id, source, destination: destinations, tags: named };
  return [
    JSON.stringify({ eventType: 'Send', mail, send: {} }),
    JSON.stringify({ eventType: 'Delivery', mail, delivery: { timestamp, recipients: destinations } }),
  ];
};

/** Bytes in the table and its indexes. */
const storedBytes = async (): Promise<number> => {
  const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName: table().name }));
  const indexes = Table?.GlobalSecondaryIndexes ?? [];
  return indexes.reduce((sum, { IndexSizeBytes = 0 }) => sum + IndexSizeBytes, Table?.TableSizeBytes ?? 0);
};

export const newBackground = async (own: OwnService, accountId: string): Promise<Background> => {
  const messages = { render: 0, email: 0 };
  const mails: Mail[] = [];
  let seen = 0;
  let told = (await mailsTo('noor.haddad@buyer.example')).length;
  const work = async (queue: Queue): Promise<void> => {
    const bodies = await own.take(queue, accountId);
    messages[queue] += bodies.length;
    for (const body of bodies)
      if ((await own.queue(workerOf[queue], [body])) > 0) throw new Error(`${queue} failed`);
  };
  const tell = async (): Promise<void> => {
    const all = (await mailsTo('noor.haddad@buyer.example')).filter(({ raw }) => raw !== '');
    for (const mail of all.slice(told)) {
      mails.push(mail);
      if ((await own.queue('note-mail-events', eventsOf(mail))) > 0) throw new Error('an event failed');
    }
    told = all.length;
  };
  /** Answers how many records of the stream came by. */
  const settle = async (): Promise<number> => {
    for (let count = 0; ; ) {
      const records = (await own.records(accountId)).slice(seen);
      if (records.length === 0) return count;
      seen += records.length;
      count += records.length;
      for (const reader of ['record-history', 'relay-outbox']) await own.stream(reader, records);
      await work('render');
      await work('email');
      await tell();
    }
  };
  const after: Background['after'] = async (step) => {
    const before = await storedBytes();
    await step();
    let records = 0;
    const { read, write } = await capacityOf(async () => {
      records = await settle();
    });
    return { read, write, records, storedBytes: (await storedBytes()) - before };
  };
  return {
    after,
    messages: () => messages,
    mailBytes: () => mails.reduce((sum, { raw }) => sum + Buffer.from(raw, 'base64').length, 0),
  };
};
