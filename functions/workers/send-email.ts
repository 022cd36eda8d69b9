import { linkBaseUrl } from '#functions/wiring/deployment.ts';
import { documents } from '#functions/wiring/documents.ts';
import { mail } from '#functions/wiring/mail.ts';
import { askForPdf, type EmailMessage, emailMessage } from '#functions/wiring/queues.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { deliver, PdfMissing } from '#lib/email/delivery.ts';
import { linkToken } from '#lib/tokens/link-token.ts';
import { onQueue } from './batch.ts';

/** What the e-mail tells of was edited since: its new PDF is made first, and brings the e-mail again. */
const askFirst = (name: EmailMessage) => async (error: unknown) => {
  if (!(error instanceof PdfMissing)) throw error;
  const { accountId, invoiceId, emailId } = name;
  await askForPdf({ accountId, invoiceId, emailId, documentVersion: error.documentVersion });
};

/** Sends the e-mails that were asked for, each at most once. */
export const handler = onQueue('send-email', async ({ body }) => {
  const { links } = await secrets();
  const name = emailMessage.parse(JSON.parse(body));
  const baseUrl = linkBaseUrl((await readSettings(table(), name.accountId)) ?? {});
  await deliver(
    {
      table: table(),
      documents: documents(),
      provider: mail(),
      linkUrl: ({ accountId, invoiceId, linkId }, slug) =>
        `${baseUrl}/i/${linkToken({ accountId, invoiceId, linkId }, links)}/${slug}`,
      now: () => new Date(),
    },
    name,
  ).catch(askFirst(name));
});
