import { accountSettings } from '#functions/http/existing.ts';
import { linkBaseUrl } from '#functions/wiring/deployment.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { readInvoice } from '#lib/data/invoices.ts';
import { readCounter } from '#lib/data/numbering.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { showInvoice } from './invoice-answer.ts';

/** Where the next number stands, if the date of a draft has to follow on it (NUM-8). */
const counterFor = ({ status, accountId }: Invoice, { chronologicalNumbers }: Settings) =>
  status === 'draft' && chronologicalNumbers ? readCounter(table(), accountId) : undefined;

/** The answer of an action on an invoice: the whole of it as it now is, with its version. */
export const answerInvoice = async (
  invoice: Invoice,
  account: Settings,
  now: string,
  warnings: { code: string; detail: string }[] = [],
) => ({
  result: showInvoice(
    invoice,
    {
      ...{ account, now, secrets: await secrets(), baseUrl: linkBaseUrl(account) },
      counter: await counterFor(invoice, account),
    },
    warnings,
  ),
  version: invoice.version,
});

/** The answer to a repeat: the invoice as it is by now; undefined once it is deleted. */
export const replayInvoice = async (
  ids: Record<string, string>,
  request: { caller: { accountId: string }; now: string },
) => {
  const { accountId } = request.caller;
  const [invoice, account] = await Promise.all([
    readInvoice(table(), accountId, ids.invoiceId ?? ''),
    accountSettings(accountId),
  ]);
  return invoice && answerInvoice(invoice, account, request.now);
};
