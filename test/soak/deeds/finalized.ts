import { holding, type KnownInvoice, know } from '#test/soak/known.ts';
import { clientOf, type Deed, pickInvoice } from '#test/soak/worker.ts';
import { look } from './look.ts';

/** From the draft to the number, and what becomes of a finalized invoice but payments. */

const isDraft = ({ status }: KnownInvoice): boolean => status === 'draft';
const isUnpaid = ({ status, payments }: KnownInvoice): boolean => status === 'open' && payments.length === 0;

export const finalize: Deed = async (worker, account) => {
  const draft = pickInvoice(worker, account, isDraft);
  if (draft === undefined) return false;
  await holding([draft], async (hold) => {
    const done = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'finalize', hold, method: 'POST' },
      ...{ path: `/v1/invoices/${draft.id}/finalize`, expect: [200] },
    });
    if (done !== undefined) know(draft, done.body);
    if (done === undefined || hold.raced) await look(worker, draft, hold);
  });
  return true;
};

/** NUM-6: what is not refused gets numbers in the order of the request. */
export const finalizeMany: Deed = async (worker, account) => {
  const drafts = account.invoices.slice(-400).filter((one) => isDraft(one) && !one.isGone);
  const chosen = drafts.filter(({ holds }) => holds.size === 0).slice(0, 2 + worker.random.below(11));
  if (chosen.length < 2) return false;
  await holding(chosen, async (hold) => {
    const done = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'finalize in bulk', hold, method: 'POST' },
      ...{ path: '/v1/invoices/finalize', body: { invoiceIds: chosen.map(({ id }) => id) }, expect: [200] },
    });
    const { finalized = [], refused = [] } = done?.body ?? {};
    if (refused.length > 0 && !hold.raced) worker.wrong('finalize in bulk', JSON.stringify(refused));
    const order = chosen
      .map(({ id }) => id)
      .filter((id) => !refused.some((one: { invoiceId: string }) => one.invoiceId === id));
    const got: string[] = finalized.map(({ invoiceId }: { invoiceId: string }) => invoiceId);
    if (done !== undefined && got.join() !== order.join())
      worker.wrong('finalize in bulk', `asked for ${order.join()}, got ${got.join()}`);
    for (const invoice of chosen) await look(worker, invoice, hold);
  });
  return true;
};

export const editFinalized: Deed = async (worker, account) => {
  if (!account.mayEdit) return false;
  const invoice = pickInvoice(worker, account, isUnpaid);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const edited = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'edit a finalized invoice', hold, method: 'PATCH' },
      ...{ path: `/v1/invoices/${invoice.id}`, expect: [200] },
      body: { title: `Changed ${worker.random.below(10_000)}`, comments: 'As agreed.' },
    });
    if (edited !== undefined) know(invoice, edited.body);
    if (edited === undefined || hold.raced) await look(worker, invoice, hold);
  });
  return true;
};

/** LIFE-9: what is no edit, in any status. */
export const note: Deed = async (worker, account) => {
  const invoice = pickInvoice(worker, account, () => true);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const noted = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'write a note', hold, method: 'PATCH' },
      ...{ path: `/v1/invoices/${invoice.id}`, expect: [200] },
      body: { internalNote: `Called ${worker.random.below(100)} times.` },
    });
    if (noted !== undefined) know(invoice, noted.body);
    if (noted === undefined || hold.raced) await look(worker, invoice, hold);
  });
  return true;
};

export const voidInvoice: Deed = async (worker, account) => {
  const invoice = pickInvoice(worker, account, isUnpaid);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const voided = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'void', hold, method: 'POST' },
      ...{ path: `/v1/invoices/${invoice.id}/void`, body: { reason: 'Ordered twice' }, expect: [200] },
    });
    if (voided !== undefined) know(invoice, voided.body);
    if (voided === undefined || hold.raced) await look(worker, invoice, hold);
  });
  return true;
};

export const deleteFinalized: Deed = async (worker, account) => {
  if (!account.mayDelete) return false;
  const mayGo = (one: KnownInvoice) => isUnpaid(one) || one.status === 'voided';
  const invoice = pickInvoice(worker, account, mayGo);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const deleted = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'delete a finalized invoice', hold, method: 'DELETE' },
      ...{ path: `/v1/invoices/${invoice.id}?reason=Wrong%20buyer`, expect: [204] },
    });
    if (deleted === undefined) await look(worker, invoice, hold);
    else invoice.isGone = true;
    // Which link worked when it was deleted is known for sure only where nobody made another meanwhile.
    if (invoice.isGone && hold.raced) invoice.link = null;
  });
  return true;
};
