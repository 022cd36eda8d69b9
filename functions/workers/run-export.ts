import { runStep } from '#functions/exports/run-step.ts';
import { askForExport, exportMessage } from '#functions/wiring/queues.ts';
import { onQueue } from './batch.ts';

/**
 * Does one step of an export and asks for the next. A step that another one has overtaken ends there, and so does
 * that line of messages: a message that came twice does not go on twice.
 */
export const handler = onQueue('run-export', async ({ body }) => {
  const message = exportMessage.parse(JSON.parse(body));
  if ((await runStep(message)) === 'more') await askForExport(message);
});
