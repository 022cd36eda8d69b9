import { type EmailMessage, type EmailMessageOf, emailMessage } from '#functions/wiring/queues.ts';
import { onQueue } from './batch.ts';
import { sendExportLink } from './mails/export-link.ts';
import { sendInvoiceEmail } from './mails/invoice.ts';
import { sendReceipt } from './mails/receipt.ts';
import { sendSenderCode } from './mails/sender-code.ts';

/** How each kind of e-mail is sent. A further kind is a file beside these, and its message in functions/wiring/queues.ts. */
const senders: { [Kind in EmailMessage['kind']]: (message: EmailMessageOf<Kind>) => Promise<void> } = {
  invoice: sendInvoiceEmail,
  receipt: sendReceipt,
  export: sendExportLink,
  sender_code: sendSenderCode,
};

const send = <Kind extends EmailMessage['kind']>(kind: Kind, message: EmailMessageOf<Kind>): Promise<void> =>
  senders[kind](message);

/** Sends the e-mails that were asked for, each at most once. */
export const handler = onQueue('send-email', async ({ body }) => {
  const message = emailMessage.parse(JSON.parse(body));
  await send(message.kind, message);
});
