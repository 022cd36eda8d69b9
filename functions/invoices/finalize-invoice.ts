import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { companies, contacts, links } from '#lib/data/collections.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import { type Counter, CounterMoved, putCounter, putNumber, readCounter } from '#lib/data/numbering.ts';
import { Stale } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Company, Contact } from '#lib/domain/directory.ts';
import { finalized } from '#lib/domain/invoice/finalize.ts';
import { type Invoice, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { missingToFinalize } from '#lib/domain/invoice/refusals.ts';
import { slugOf } from '#lib/domain/link.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';
import { answerInvoice, replayInvoice } from './answer-invoice.ts';
import { finalizeInvoice } from './contract.ts';
import { loadInvoice } from './load-invoice.ts';

type Request = ActionRequest<typeof finalizeInvoice>;
type Ready = { draft: Invoice; account: Settings; contact: Contact; company: Company | undefined };

/** The draft and its parties, if nothing is missing. @throws Refusal invoice_not_draft, invoice_incomplete (LIFE-3) */
const ready = async ({ caller, params, now, expectVersion }: Request): Promise<Ready> => {
  const { invoice: draft, account } = await loadInvoice(caller.accountId, params.invoiceId);
  expectVersion(draft.version);
  if (isFinalized(draft)) throw new Refusal('invoice_not_draft');
  const [contact, company] = await Promise.all([
    draft.contactId && readRecord(table(), contacts, caller.accountId, draft.contactId),
    draft.companyId && readRecord(table(), companies, caller.accountId, draft.companyId),
  ]);
  const gone = (pointer: string): Fault => ({ pointer, code: 'not_found', detail: 'was deleted meanwhile' });
  const errors = [
    ...missingToFinalize(draft, account, now),
    ...(draft.contactId && !contact ? [gone('/contactId')] : []),
    ...(draft.companyId && !company ? [gone('/companyId')] : []),
  ];
  if (errors.length > 0 || !contact) throw new Refusal('invoice_incomplete', { errors });
  return { draft, account, contact, company: company || undefined };
};

/** Counter, number, invoice, link and the record of the request: together, or not at all (NUM-2). */
const write = async (
  { caller, now, newId, transaction, change }: Request,
  ready: Ready,
  counter: Counter,
): Promise<Invoice> => {
  const { draft, account } = ready;
  const value = counter.next ?? account.numbering.start;
  const invoice = finalized(draft, {
    ...ready,
    counter: value,
    run: counter.run,
    linkId: newId('lnk'),
    stamp: { at: now, by: caller.actor },
  });
  const writes = transaction({ invoiceId: draft.id });
  putCounter(writes, caller.accountId, counter, {
    run: counter.run,
    next: value + 1,
    liveFinalized: counter.liveFinalized + 1,
    lastInvoiceDate: invoice.invoiceDate,
  });
  putNumber(writes, caller.accountId, {
    ...{ run: counter.run, counter: value, number: invoice.number, invoiceId: invoice.id },
    issuedAt: invoice.finalizedAt,
  });
  const written = putInvoice(writes, draft, invoice, change('finalized', { version: invoice.version }));
  putRecord(writes, links, undefined, {
    ...{ id: invoice.linkId, accountId: caller.accountId, invoiceId: invoice.id, slug: slugOf(invoice) },
    createdAt: invoice.finalizedAt,
    revision: 0,
  });
  await writes.commit();
  return written;
};

export const handler = handle(finalizeInvoice, {
  run: async (request) => {
    let known: Ready | undefined;
    let counter: Counter | undefined;
    const attempt = async () => {
      known ??= await ready(request);
      counter ??= await readCounter(table(), request.caller.accountId);
      const invoice = await write(request, known, counter).catch((error) => {
        // The refused write tells where the counter stands; only if something else moved is all read again.
        if (!(error instanceof CounterMoved)) known = undefined;
        counter = error instanceof CounterMoved ? error.counter : undefined;
        throw error;
      });
      return answerInvoice(invoice, known.account, request.now);
    };
    try {
      return await request.untilWritten(attempt);
    } catch (error) {
      throw error instanceof Stale
        ? new Refusal('numbering_contended', { retryAfter: 1 }, { cause: error })
        : error;
    }
  },
  replay: replayInvoice,
});
