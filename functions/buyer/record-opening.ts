import { table } from '#functions/wiring/table.ts';
import { putRecord } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { putHeader } from '#lib/data/invoices.ts';
import { Transaction, wasWritten } from '#lib/data/transaction.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import type { Link } from '#lib/domain/link.ts';

/** Openings within this time are one visit. */
const visitMilliseconds = 30 * 60_000;

/**
 * Notes that a link was opened, once a visit: on the invoice, whose version stays (API-3), and then on the link, which
 * tells that the visit is noted. Where the invoice is being changed at this very moment the note is left out: the page
 * matters more.
 */
export const recordOpening = async (link: Link, invoice: InvoiceHeader, now: string): Promise<void> => {
  const last = link.lastOpenedAt;
  if (last !== undefined && Date.parse(now) - Date.parse(last) < visitMilliseconds) return;
  const writes = new Transaction(table());
  putHeader(writes, invoice, { ...invoice, lastViewedAt: now }, undefined);
  putRecord(writes, links, link, { ...link, lastOpenedAt: now });
  await wasWritten(writes.commitEach());
};
