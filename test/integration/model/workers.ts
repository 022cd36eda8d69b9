import type { DynamoDBRecord } from 'aws-lambda';
import type { OwnService } from '#test/support/in-process.ts';

/** The workers of a service in this process, run when a test says so. */
export type Workers = {
  /** Histories, then associations that end, then e-mails: all that waits in an account. */
  settle: (accountId: string) => Promise<void>;
};

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((item) => ({ item, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);

const expectNone = (worker: string, givenBack: number): void => {
  if (givenBack > 0) throw new Error(`${worker} gave back ${givenBack}`);
};

export const startWorkers = async (own: OwnService): Promise<Workers> => {
  // A failure of the service, which it says nothing of to the outside.
  process.env.POWERTOOLS_LOG_LEVEL = 'ERROR';
  const seen = new Map<string, number>();
  /** The stream as it can come: everything twice, the second time in any order (HIST-3). */
  const readStream = async (accountId: string): Promise<readonly DynamoDBRecord[]> => {
    const all = await own.records(accountId);
    const fresh = all.slice(seen.get(accountId) ?? 0);
    seen.set(accountId, all.length);
    for (const records of [fresh, shuffled(fresh)])
      expectNone('record-history', (await own.stream('record-history', records)).length);
    expectNone('relay-outbox', (await own.stream('relay-outbox', fresh)).length);
    return fresh;
  };
  const work = async (worker: string, bodies: readonly string[]): Promise<void> => {
    for (const body of bodies) expectNone(worker, await own.queue(worker, [body]));
  };
  /** An e-mail whose invoice was edited meanwhile asks for the new PDF, and comes again with it. */
  const sendEmails = async (accountId: string): Promise<void> => {
    // A PDF that no e-mail waits for is none of the model's.
    const waited = (await own.take('render', accountId)).filter((body) => JSON.parse(body).emailId);
    await work('render-pdf', waited);
    const due = await own.take('email', accountId);
    await work('send-email', due);
    if (waited.length + due.length > 0) await sendEmails(accountId);
  };
  const settle: Workers['settle'] = async (accountId) => {
    if ((await readStream(accountId)).length === 0) return;
    await work('clean-up', await own.take('cleanup', accountId));
    await sendEmails(accountId);
    // What the workers wrote is in the stream again.
    await readStream(accountId);
  };
  return { settle };
};
