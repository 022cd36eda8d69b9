import { setTimeout as sleep } from 'node:timers/promises';
import { handle } from '#functions/http/handler.ts';
import { loadInvoice } from '#functions/invoices/load-invoice.ts';
import { documents } from '#functions/wiring/documents.ts';
import { linkUrls } from '#functions/wiring/link-urls.ts';
import { askForPdf } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import type { InvoiceEmail } from '#lib/domain/email.ts';
import { pdfOf, prepareInvoiceMessage } from '#lib/email/prepare-invoice.ts';
import { previewSend } from './contract.ts';
import { invoiceEmailOf } from './invoice-email.ts';

/** How long a preview waits for a PDF that is being made, and how often it looks. In milliseconds. */
const longestWait = 8_000;
const pause = 200;

const waitForPdf = async (email: InvoiceEmail, deadline: number): Promise<Uint8Array | undefined> => {
  const known = await pdfOf(table(), documents(), email);
  if (known !== undefined) return known;
  const { accountId, invoiceId, documentVersion } = email;
  await askForPdf({ accountId, invoiceId, documentVersion });
  while (Date.now() + pause < deadline) {
    await sleep(pause);
    const made = await pdfOf(table(), documents(), email);
    if (made !== undefined) return made;
  }
  return undefined;
};

export const handler = handle(previewSend, {
  run: async ({ caller, params, body, now, newId, patience }) => {
    const loaded = await loadInvoice(caller.accountId, params.invoiceId);
    const asked = { caller, body, id: newId('eml'), at: now };
    const { email, invoice } = await invoiceEmailOf(asked, loaded);
    const pdf = await waitForPdf(email, Math.min(patience.deadline, Date.now() + longestWait));
    const source = { documents: documents(), linkUrl: await linkUrls(loaded.account) };
    const { content, attached, pdfName } = await prepareInvoiceMessage(source, email, {
      invoice,
      pdf: pdf ?? new Uint8Array(),
    });
    const { from, to, cc } = email;
    const attachment = attached ? { name: pdfName, bytes: pdf?.length ?? null } : null;
    return { result: { from, to, cc, ...content, attachment } };
  },
});
