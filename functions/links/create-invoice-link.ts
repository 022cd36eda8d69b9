import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords, putRecord, readRecord } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { linkKey } from '#lib/data/keys.ts';
import { type FinalizedHeader, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { answersTo, type Link, type LinkTerms, newLink } from '#lib/domain/link.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';
import { createInvoiceLink } from './contract.ts';
import { showLink } from './show-link.ts';

type Request = ActionRequest<typeof createInvoiceLink>;

/** Links that an invoice can have, revoked ones included. */
const mostLinks = 200;

const refuse = (fault: Fault): never => {
  throw new Refusal('invalid_request', { errors: [fault] });
};

/** @throws Refusal invalid_request for an end that has come already */
const termsOf = ({ body, now }: Request): LinkTerms => {
  const expiresAt = body.expiresAt ? new Date(body.expiresAt).toISOString() : undefined;
  if (expiresAt !== undefined && expiresAt <= now)
    refuse({ pointer: '/expiresAt', code: 'in_the_past', detail: 'must be in the future' });
  return { recipient: body.recipient ?? undefined, expiresAt };
};

const refuseTooMany = async (accountId: string, invoiceId: string): Promise<void> => {
  const { pk, sk: prefix } = linkKey(accountId, invoiceId, '');
  const { records } = await listRecords(table(), links, { pk, prefix, limit: mostLinks });
  if (records.length >= mostLinks)
    refuse({ pointer: '', code: 'too_many', detail: `the invoice has ${mostLinks} links already` });
};

/** The link that took the place of a revoked one, if it is what is asked for; it is given out once. */
const takeStandIn = async (
  { now, transaction }: Request,
  invoice: FinalizedHeader,
  terms: LinkTerms,
): Promise<Link | undefined> => {
  const { accountId, id: invoiceId, linkId } = invoice;
  const own = await readRecord(table(), links, accountId, invoiceId, linkId);
  if (own === undefined || !answersTo(own, terms, now)) return undefined;
  const writes = transaction({ invoiceId, linkId });
  const taken = putRecord(writes, links, own, { ...own, standIn: undefined });
  await writes.commit();
  return taken;
};

const makeLink = async (request: Request, invoice: FinalizedHeader, terms: LinkTerms): Promise<Link> => {
  await refuseTooMany(invoice.accountId, invoice.id);
  const link = newLink(request.newId('lnk'), invoice, request.now, terms);
  const writes = request.transaction({ invoiceId: invoice.id, linkId: link.id });
  const change = request.change('link_created', { version: invoice.version });
  const made = putRecord(writes, links, undefined, link, { subject: invoice.id, change });
  await writes.commit();
  return made;
};

export const handler = handle(createInvoiceLink, {
  run: async (request) => {
    const terms = termsOf(request);
    const { accountId } = request.caller;
    const [invoice, account] = await Promise.all([
      loadHeader(accountId, request.params.invoiceId),
      accountSettings(accountId),
    ]);
    if (!isFinalized(invoice)) throw new Refusal('invoice_is_draft');
    const link = (await takeStandIn(request, invoice, terms)) ?? (await makeLink(request, invoice, terms));
    return { result: await showLink(link, account) };
  },
  replay: async ({ invoiceId = '', linkId = '' }, { caller }) => {
    const link = await readRecord(table(), links, caller.accountId, invoiceId, linkId);
    return link && { result: await showLink(link, await accountSettings(caller.accountId)) };
  },
});
