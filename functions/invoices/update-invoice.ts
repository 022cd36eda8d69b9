import { parseOrRefuse } from '#functions/http/faults.ts';
import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { cancelSession } from '#functions/online/cancel-session.ts';
import { table } from '#functions/wiring/table.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import { putCounter, readCounter } from '#lib/data/numbering.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import { type InvoicePatch, patched, type WrittenInvoice, writtenOf } from '#lib/domain/invoice/draft.ts';
import {
  associated,
  edited,
  isAssociating,
  type NamedAnew,
  refuseUnchangeable,
} from '#lib/domain/invoice/edit.ts';
import { editChanges } from '#lib/domain/invoice/edit-changes.ts';
import { type FinalizedHeader, type Invoice, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotEdited } from '#lib/domain/invoice/refusals.ts';
import { rewritten, type Writing } from '#lib/domain/invoice/write.ts';
import { type Counter, isLastGiven, refuseRedating } from '#lib/domain/numbering.ts';
import { changeMessage } from '#lib/domain/wording/change.ts';
import { answerInvoice } from './answer-invoice.ts';
import { updateInvoice } from './contract.ts';
import { keepDocument } from './keep-document.ts';
import { loadInvoice } from './load-invoice.ts';
import { type Parties, readParties } from './parties.ts';
import { resolveReferences } from './references.ts';

/**
 * Three kinds of changes: of a draft, of what may change in every status (LIFE-9), and the edit of a finalized invoice
 * (EDIT), which has rules and a permission of its own.
 */
type Request = ActionRequest<typeof updateInvoice>;
type Loaded<T extends Invoice = Invoice> = { invoice: T; account: Settings };

/** What the patch makes of what was written. @throws Refusal for a faulty whole */
const writtenAfter = (
  invoice: Invoice,
  { refreshSeller: _asked, ...properties }: InvoicePatch,
): WrittenInvoice => patched(writtenOf(invoice), properties, parseOrRefuse);

const writing = ({ caller, now, newId }: Request, account: Settings): Writing => ({
  account,
  buyer: {},
  stamp: { at: now, by: caller.actor },
  newLineId: () => newId('lin'),
});

/** @param counter the counter as it is to be, where the change moves it, and as it was read */
const save = async (
  { transaction, change }: Request,
  invoice: Invoice,
  next: Invoice,
  counter?: { before: Counter; after: Counter },
): Promise<Invoice> => {
  const writes = transaction();
  if (counter !== undefined) putCounter(writes, invoice.accountId, counter.before, counter.after);
  if (next.documentVersion > invoice.documentVersion) await keepDocument(writes, invoice);
  const written = putInvoice(writes, invoice, next, change('updated', { version: next.version }));
  await writes.commit();
  return written;
};

const changeDraft = async (request: Request, { invoice, account }: Loaded) => {
  const written = writtenAfter(invoice, request.body);
  const draft = rewritten(invoice, written, writing(request, account));
  const buyer = await resolveReferences(request.caller.accountId, written, writtenOf(invoice));
  const saved = await save(request, invoice, { ...draft, ...buyer });
  return answerInvoice(saved, account, request.now);
};

const associate = async (request: Request, { invoice, account }: Loaded) => {
  const written = writtenAfter(invoice, request.body);
  await resolveReferences(request.caller.accountId, written, writtenOf(invoice));
  const next = associated(invoice, written, { at: request.now, by: request.caller.actor });
  return answerInvoice(await save(request, invoice, next), account, request.now);
};

/** What was written before, without the parties that the patch names: these have to exist, to be frozen anew. */
const writtenBeside = (invoice: Invoice, { contactId, companyId }: InvoicePatch): WrittenInvoice => {
  const written = writtenOf(invoice);
  const others = (ids: string[] | undefined, named: string | null | undefined) =>
    ids?.filter((id) => id !== named);
  return {
    ...written,
    contactId: contactId === undefined ? written.contactId : undefined,
    companyId: companyId === undefined ? written.companyId : undefined,
    contactIds: others(written.contactIds, contactId),
    companyIds: others(written.companyIds, companyId),
  };
};

const nobody: Parties = { contact: undefined, company: undefined };

const partiesNamed = async (
  accountId: string,
  patch: InvoicePatch,
  written: WrittenInvoice,
): Promise<NamedAnew> => {
  const buyer = patch.contactId !== undefined || patch.companyId !== undefined;
  const parties = buyer ? (await readParties(accountId, [written])).of(written) : nobody;
  const term = patch.dueDate !== undefined || patch.paymentTermDays !== undefined;
  return { buyer, ...parties, companyId: written.companyId, seller: patch.refreshSeller === true, term };
};

/**
 * What another invoice date means to the counter: that of the last number is checked, and kept, in the counter's own
 * write (NUM-8).
 * @throws Refusal invoice_date_out_of_order
 */
const redated = async (
  { now }: Request,
  { invoice, account }: Loaded<Invoice & FinalizedHeader>,
  { invoiceDate = invoice.invoiceDate }: Invoice,
): Promise<{ before: Counter; after: Counter } | undefined> => {
  if (invoiceDate === invoice.invoiceDate) return undefined;
  const before = await readCounter(table(), account.id);
  refuseRedating(account, before, invoice, { invoiceDate, now });
  return isLastGiven(before, invoice)
    ? { before, after: { ...before, lastInvoiceDate: invoiceDate } }
    : undefined;
};

const edit = async (request: Request, { invoice, account }: Loaded<Invoice & FinalizedHeader>) => {
  const { body, caller } = request;
  refuseIf(whyNotEdited(invoice, account));
  refuseUnchangeable(invoice, body);
  const written = writtenAfter(invoice, body);
  await resolveReferences(caller.accountId, written, writtenBeside(invoice, body));
  const named = await partiesNamed(caller.accountId, body, written);
  const next = edited(invoice, written, named, writing(request, account));
  const changes = editChanges(invoice, next);
  const editMessage = changeMessage(invoice, next, changes);
  const counter = await redated(request, { invoice, account }, next);
  await cancelSession(invoice, 'invoice_has_payments');
  const saved = await save(request, invoice, { ...next, editMessage }, counter);
  const answer = await answerInvoice(saved, account, request.now);
  return { ...answer, result: { ...answer.result, changes, changeMessage: editMessage } };
};

export const handler = handle(updateInvoice, {
  run: async (request) => {
    const { caller, params, body, demand, expectVersion } = request;
    const { invoice, account } = await loadInvoice(caller.accountId, params.invoiceId);
    const isEdit = isFinalized(invoice) && !isAssociating(body);
    demand(isEdit ? 'invoices.edit_finalized' : 'invoices.write');
    expectVersion(invoice.version);
    if (!isFinalized(invoice)) return changeDraft(request, { invoice, account });
    return isEdit ? edit(request, { invoice, account }) : associate(request, { invoice, account });
  },
});
