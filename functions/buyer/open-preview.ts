import { found } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { readParties } from '#functions/invoices/parties.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { readInvoice } from '#lib/data/invoices.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import { dayIn } from '#lib/domain/day.ts';
import { datesAtFinalizing, derivedOf } from '#lib/domain/invoice/derive.ts';
import { frozenBuyerOf, frozenSellerOf } from '#lib/domain/invoice/finalize.ts';
import { type Invoice, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { renderInvoicePage } from '#lib/page/invoice-page.tsx';
import { readPreviewToken } from '#lib/tokens/preview-token.ts';
import { openPreview } from './contract.ts';
import { pageLogo } from './page-logo.ts';
import { asPage, pageAnswer } from './pages.ts';

/** A draft with the parties, the dates and the language that finalizing would give it now. */
const asFinalizedNow = async (draft: Invoice, account: Settings, now: string): Promise<Invoice> => {
  const { contact, company } = (await readParties(draft.accountId, [draft])).of(draft);
  const language = draft.language ?? contact?.language ?? account.language;
  return {
    ...draft,
    ...datesAtFinalizing(draft, account, now),
    seller: frozenSellerOf(account),
    buyer: contact && frozenBuyerOf(contact, company),
    language,
    locale: draft.locale ?? (language === account.language ? account.locale : language),
  };
};

export const handler = handle(openPreview, {
  run: ({ params, headers, now }) =>
    asPage(headers, async () => {
      const preview = readPreviewToken(params.token, await secrets(), Math.floor(Date.parse(now) / 1_000));
      if (preview === undefined) throw new Refusal('not_found');
      const [stored, settings] = await Promise.all([
        readInvoice(table(), preview.accountId, preview.invoiceId),
        readSettings(table(), preview.accountId),
      ]);
      const account = found(settings);
      const invoice = found(stored);
      const shown = isFinalized(invoice) ? invoice : await asFinalizedNow(invoice, account, now);
      const today = dayIn(account.timeZone, now);
      return pageAnswer(
        renderInvoicePage({
          invoice: shown,
          today,
          derived: derivedOf(shown, today),
          logo: await pageLogo(shown.seller),
          previewNotice: true,
        }),
      );
    }),
});
