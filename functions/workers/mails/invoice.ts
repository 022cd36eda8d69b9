import { linkBaseUrl } from '#functions/wiring/deployment.ts';
import { documents } from '#functions/wiring/documents.ts';
import { mail } from '#functions/wiring/mail.ts';
import type { EmailMessageOf } from '#functions/wiring/queues.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { deliver } from '#lib/email/delivery.ts';
import { linkToken } from '#lib/tokens/link-token.ts';

/** An invoice's e-mail, sent at most once. */
export const sendInvoiceEmail = async (message: EmailMessageOf<'invoice'>): Promise<void> => {
  const { links } = await secrets();
  const baseUrl = linkBaseUrl((await readSettings(table(), message.accountId)) ?? {});
  await deliver(
    {
      table: table(),
      documents: documents(),
      provider: mail(),
      linkUrl: ({ accountId, invoiceId, linkId }, slug) =>
        `${baseUrl}/i/${linkToken({ accountId, invoiceId, linkId }, links)}/${slug}`,
      now: () => new Date(),
    },
    message,
  );
};
