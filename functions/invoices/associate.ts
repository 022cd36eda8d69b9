import { found, idOf } from '#functions/http/existing.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { companies, contacts } from '#lib/data/collections.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import type { ChangeAction } from '#lib/domain/change.ts';
import { nextWrite } from '#lib/domain/invoice/write.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { answerInvoice } from './answer-invoice.ts';
import type { addInvoiceContact } from './contract.ts';
import { loadInvoice } from './load-invoice.ts';

/** Associations of an invoice with contacts and companies, one at a time, in every status (LIFE-9). */
type List = 'contactIds' | 'companyIds';
type Request = Omit<ActionRequest<typeof addInvoiceContact>, 'params'>;

/** Adds one; one that is there already stays, and nothing is written. */
export const addAssociation = async (request: Request, list: List, invoiceId: string, id: string) => {
  const { caller, now, expectVersion, transaction, change } = request;
  const { accountId, actor } = caller;
  const { invoice, account } = await loadInvoice(accountId, invoiceId);
  const isContact = list === 'contactIds';
  const key = idOf(isContact ? 'con' : 'com', id);
  found(
    isContact
      ? await readRecord(table(), contacts, accountId, key)
      : await readRecord(table(), companies, accountId, key),
  );
  expectVersion(invoice.version);
  const present = invoice[list] ?? [];
  if (present.includes(id)) return answerInvoice(invoice, account, now);
  if (present.length >= 50)
    throw new Refusal('invalid_request', {
      errors: [{ pointer: `/${list}`, code: 'too_large', detail: 'has 50 already' }],
    });
  const next = { ...invoice, ...nextWrite(invoice, { at: now, by: actor }), [list]: [...present, id] };
  const action: ChangeAction = isContact ? 'contact_added' : 'company_added';
  const writes = transaction();
  const written = putInvoice(writes, invoice, next, change(action, { version: next.version }));
  await writes.commit();
  return answerInvoice(written, account, now);
};

/** Takes one out. @throws Refusal not_found if it is not associated */
export const removeAssociation = async (request: Request, list: List, invoiceId: string, id: string) => {
  const { caller, now, expectVersion, transaction, change } = request;
  const { invoice } = await loadInvoice(caller.accountId, invoiceId);
  const present = invoice[list] ?? [];
  if (!present.includes(id)) throw new Refusal('not_found');
  expectVersion(invoice.version);
  const stamp = { at: now, by: caller.actor };
  const next = {
    ...invoice,
    ...nextWrite(invoice, stamp),
    [list]: present.filter((other) => other !== id),
  };
  const action: ChangeAction = list === 'contactIds' ? 'contact_removed' : 'company_removed';
  const writes = transaction();
  putInvoice(writes, invoice, next, change(action, { version: next.version }));
  await writes.commit();
  return {};
};
