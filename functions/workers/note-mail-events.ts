import { logger } from '#functions/wiring/logger.ts';
import { table } from '#functions/wiring/table.ts';
import { noteEvent } from '#lib/email/note-event.ts';
import { readMailEvent } from '#lib/email/ses-event.ts';
import { onQueue } from './batch.ts';

/** What SES says to a topic when it is told to publish there. */
const greeting = 'Successfully validated SNS topic';

/** Takes the provider's events: sent, delivered, bounced, complained of (SEND-12). */
export const handler = onQueue('note-mail-events', async ({ body }) => {
  if (body.startsWith(greeting)) return;
  const event = readMailEvent(body);
  // A code's e-mail has no record that could tell of it.
  if (event === undefined) logger.debug('an event of no e-mail');
  else await noteEvent(table(), event, new Date());
});
