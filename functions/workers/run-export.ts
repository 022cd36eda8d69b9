import { giveUp } from '#functions/exports/give-up.ts';
import { runStep } from '#functions/exports/run-step.ts';
import { askForExport, exportMessage } from '#functions/wiring/queues.ts';
import { timesTried } from '#functions/workers.ts';
import { onQueue } from './batch.ts';

/**
 * Does one step of an export and asks for the next. A step that another one has overtaken ends there, and so does
 * that line of messages: a message that came twice does not go on twice. The last time that a message is handed out, the
 * export is ended: whatever the step died of before, nobody would hear of it.
 */
export const handler = onQueue('run-export', async ({ body, attributes }) => {
  const message = exportMessage.parse(JSON.parse(body));
  if (Number(attributes?.ApproximateReceiveCount ?? 1) >= timesTried) return giveUp(message);
  if ((await runStep(message)) === 'more') await askForExport(message);
});
