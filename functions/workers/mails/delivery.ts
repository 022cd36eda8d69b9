import { logger } from '#functions/wiring/logger.ts';
import { mail } from '#functions/wiring/mail.ts';
import { table } from '#functions/wiring/table.ts';
import type { Delivery } from '#lib/email/delivery.ts';

/** What e-mails are delivered with. The alarm on unknown ones counts the lines of this log (infra/stacks/operations.ts). */
export const delivery = (): Delivery => ({
  table: table(),
  provider: mail(),
  now: () => new Date(),
  onUnknown: ({ accountId, id }) => logger.error('e-mail is unknown', { accountId, emailId: id }),
});
