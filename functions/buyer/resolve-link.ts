import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { readHeader, readInvoice } from '#lib/data/invoices.ts';
import {
  type FinalizedHeader,
  type Invoice,
  type InvoiceHeader,
  isFinalized,
} from '#lib/domain/invoice/invoice.ts';
import { isLive, type Link } from '#lib/domain/link.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readLinkToken } from '#lib/tokens/link-token.ts';

/** From a link's token to its invoice (LINK-7). */

const openLink = async (token: string, now: string): Promise<Link> => {
  const ids = readLinkToken(token, (await secrets()).links);
  const link = ids && (await readRecord(table(), links, ids.accountId, ids.invoiceId, ids.linkId));
  if (link === undefined || !isLive(link, now)) throw new Refusal('not_found');
  return link;
};

const finalizedOf = <T extends InvoiceHeader>(invoice: T | undefined): T & FinalizedHeader => {
  // The link still works and there is no invoice: it was deleted.
  if (invoice === undefined || !isFinalized(invoice)) throw new Refusal('invoice_deleted');
  return invoice;
};

/**
 * The invoice that a link opens, whole.
 * @throws Refusal not_found for an unknown, malformed, expired or revoked link; invoice_deleted
 */
export const invoiceOfLink = async (
  token: string,
  now: string,
): Promise<{ link: Link; invoice: Invoice & FinalizedHeader }> => {
  const link = await openLink(token, now);
  return { link, invoice: finalizedOf(await readInvoice(table(), link.accountId, link.invoiceId)) };
};

/** The header that a link opens. @throws Refusal not_found, invoice_deleted */
export const headerOfLink = async (token: string, now: string): Promise<FinalizedHeader> => {
  const link = await openLink(token, now);
  return finalizedOf(await readHeader(table(), link.accountId, link.invoiceId));
};
