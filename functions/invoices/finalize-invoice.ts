import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { table } from '#functions/wiring/table.ts';
import { CounterMoved, readCounter } from '#lib/data/numbering.ts';
import { Stale } from '#lib/data/transaction.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { Counter } from '#lib/domain/numbering.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { answerInvoice, replayInvoice } from './answer-invoice.ts';
import { finalizeInvoice } from './contract.ts';
import { numbered, putFinalized, type Ready, readyOrRefuse } from './finalize-draft.ts';
import { loadInvoice } from './load-invoice.ts';
import { readParties } from './parties.ts';

type Request = ActionRequest<typeof finalizeInvoice>;

const load = async ({ caller, params, now, expectVersion }: Request): Promise<Ready> => {
  const { accountId } = caller;
  const { invoice, account } = await loadInvoice(accountId, params.invoiceId);
  expectVersion(invoice.version);
  const parties = (await readParties(accountId, [invoice])).of(invoice);
  return readyOrRefuse(invoice, { account, ...parties }, now);
};

/** Counter, number, invoice, link and the record of the request: together, or not at all (NUM-2). */
const write = async (request: Request, ready: Ready, counter: Counter): Promise<Invoice> => {
  const { caller, now, newId, transaction, change } = request;
  const given = { stamp: { at: now, by: caller.actor }, linkId: newId('lnk') };
  const one = numbered(ready, counter, given);
  const writes = transaction({ invoiceId: ready.draft.id });
  const [invoice = one.invoice] = putFinalized(writes, ready.account, counter, [one], (version) =>
    change('finalized', { version }),
  );
  await writes.commit();
  return invoice;
};

export const handler = handle(finalizeInvoice, {
  run: async (request) => {
    let ready: Ready | undefined;
    let counter: Counter | undefined;
    const attempt = async () => {
      ready ??= await load(request);
      counter ??= await readCounter(table(), request.caller.accountId);
      const { account } = ready;
      const invoice = await write(request, ready, counter).catch((error) => {
        // After the pause the counter is read anew: where many finalize at once, what the refused write told is old by
        // then. The draft is read again only if it is what moved.
        if (!(error instanceof CounterMoved)) ready = undefined;
        counter = undefined;
        throw error;
      });
      return answerInvoice(invoice, account, request.now);
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
