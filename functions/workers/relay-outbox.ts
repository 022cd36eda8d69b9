import { askForCleanUp, askForEmail, askForExport, askForPdf } from '#functions/wiring/queues.ts';
import { type Work, workOf } from '#lib/data/outbox.ts';
import { readStreamRecord } from '#lib/data/stream.ts';
import { onStream } from './batch.ts';

const relay = (work: Work): Promise<void> => {
  if (work.queue === 'cleanup') {
    const { queue: _queue, ...message } = work;
    return askForCleanUp(message);
  }
  if (work.queue === 'email') {
    const { queue: _queue, ...message } = work;
    return askForEmail(message);
  }
  if (work.queue === 'export') {
    const { queue: _queue, ...message } = work;
    return askForExport(message);
  }
  const { queue: _queue, ...message } = work;
  return askForPdf(message);
};

/** Puts the work that a change calls for on its queue. Work is idempotent by its key: a second message does no harm. */
export const handler = onStream('relay-outbox', async (record) => {
  await Promise.all(workOf(readStreamRecord(record)).map(relay));
});
