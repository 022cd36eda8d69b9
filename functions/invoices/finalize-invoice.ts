import { accountSettings, found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { table } from '#functions/wiring/table.ts';
import { readInvoice } from '#lib/data/invoices.ts';
import { CounterMoved, readCounter } from '#lib/data/numbering.ts';
import { Stale, untilWritten } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { Counter } from '#lib/domain/numbering.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { answerInvoice, replayInvoice } from './answer-invoice.ts';
import { finalizeInvoice } from './contract.ts';
import { type Numbered, numbered, putFinalized, type Ready, readyOrRefuse } from './finalize-draft.ts';
import { decidedOn } from './load-invoice.ts';
import { type Parties, readParties } from './parties.ts';

type Request = ActionRequest<typeof finalizeInvoice>;

type Loaded = { draft: Invoice; parties: Parties };

const load = async ({ caller, params, expectVersion }: Request): Promise<Loaded> => {
  const { accountId } = caller;
  const draft = found(await readInvoice(table(), accountId, idOf('inv', params.invoiceId)));
  expectVersion(draft.version);
  return { draft, parties: (await readParties(accountId, [draft])).of(draft) };
};

const numberedFor = ({ caller, now, newId }: Request, ready: Ready, counter: Counter): Numbered =>
  numbered(ready, counter, { stamp: { at: now, by: caller.actor }, linkId: newId('lnk') });

/** Counter, number, invoice, link and the record of the request: together, or not at all (NUM-2). */
const write = async (
  { transaction, change }: Request,
  account: Settings,
  counter: Counter,
  one: Numbered,
): Promise<Invoice> => {
  const writes = transaction({ invoiceId: one.draft.id });
  const [invoice = one.invoice] = putFinalized(writes, account, counter, [one], (version) =>
    change('finalized', { version }),
  );
  await writes.commit();
  return invoice;
};

export const handler = handle(finalizeInvoice, {
  run: async (request) => {
    const { accountId } = request.caller;
    let loaded: Loaded | undefined;
    const attempt = async () => {
      loaded ??= await load(request);
      const { draft, parties } = loaded;
      // The settings after the counter, whose condition then holds for both: a number follows what was set before it.
      const counter = await readCounter(table(), accountId);
      const account = await accountSettings(accountId);
      try {
        const one = await decidedOn(draft, () => {
          const ready = readyOrRefuse(draft, { account, ...parties }, request.now);
          return numberedFor(request, ready, counter);
        });
        return answerInvoice(await write(request, account, counter, one), account, request.now);
      } catch (error) {
        // The draft is read again only if it is what moved.
        if (!(error instanceof CounterMoved)) loaded = undefined;
        throw error;
      }
    };
    try {
      return await untilWritten(attempt, request.patience);
    } catch (error) {
      throw error instanceof Stale
        ? new Refusal('numbering_contended', { retryAfter: 1 }, { cause: error })
        : error;
    }
  },
  replay: replayInvoice,
});
