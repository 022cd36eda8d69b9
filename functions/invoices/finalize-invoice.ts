import { accountSettings, found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { describeError, logger } from '#functions/wiring/logger.ts';
import { table } from '#functions/wiring/table.ts';
import { readInvoice } from '#lib/data/invoices.ts';
import { CounterMoved, readCounter } from '#lib/data/numbering.ts';
import { Stale, untilWritten } from '#lib/data/transaction.ts';
import { awaitTurn, isAnyoneWaiting, readTurns, type Turn, type Turns } from '#lib/data/turns.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { type Counter, isOvertaken } from '#lib/domain/numbering.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { answerInvoice, replayInvoice } from './answer-invoice.ts';
import { finalizeInvoice } from './contract.ts';
import { type Numbered, numbered, putFinalized, type Ready, readyOrRefuse } from './finalize-draft.ts';
import { decidedOn } from './load-invoice.ts';
import { type Parties, readParties } from './parties.ts';

type Request = ActionRequest<typeof finalizeInvoice>;

/** All that finalizing rests on. The counter comes last: the less time between its reading and writing, the better. */
type Loaded = { draft: Invoice; parties: Parties; account: Settings; counter: Counter; turns: Turns };

const load = async ({ caller, params, expectVersion }: Request): Promise<Loaded> => {
  const { accountId } = caller;
  const invoiceId = idOf('inv', params.invoiceId);
  const [read, account] = await Promise.all([
    readInvoice(table(), accountId, invoiceId),
    accountSettings(accountId),
  ]);
  const draft = found(read);
  expectVersion(draft.version);
  const [parties, counter, turns] = await Promise.all([
    readParties(accountId, [draft]),
    readCounter(table(), accountId),
    readTurns(table(), accountId),
  ]);
  return { draft, account, parties: parties.of(draft), counter, turns };
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

/** Decides on what was loaded, and writes that. @throws CounterMoved where another invoice took the number */
const finalizeLoaded = async (request: Request, { draft, parties, account, counter }: Loaded) => {
  const one = await decidedOn(draft, () => {
    const ready = readyOrRefuse(draft, { account, ...parties }, request.now);
    return numberedFor(request, ready, counter);
  });
  return answerInvoice(await write(request, account, counter, one), account, request.now);
};

/** At once where nobody else is at the counter; else in turn. */
const finalizing = (request: Request) => {
  const { accountId } = request.caller;
  let loaded: Loaded | undefined;
  let turn: Turn | undefined;
  let hasMetAnother = false;
  const again = async (before: Loaded): Promise<Loaded> => {
    const counter = await readCounter(table(), accountId);
    const account = isOvertaken(before.account, counter) ? await accountSettings(accountId) : before.account;
    return { ...before, account, counter };
  };
  const attempt = async () => {
    const isFirst = loaded === undefined;
    loaded ??= await load(request);
    const hasToWait = turn === undefined && (hasMetAnother || isAnyoneWaiting(loaded.turns));
    if (hasToWait) turn = await awaitTurn(table(), accountId, request.patience.deadline);
    if (hasToWait || !isFirst || isOvertaken(loaded.account, loaded.counter)) loaded = await again(loaded);
    try {
      return await finalizeLoaded(request, loaded);
    } catch (error) {
      hasMetAnother ||= error instanceof Stale;
      // All but the counter is read again only if it is what moved.
      if (!(error instanceof CounterMoved)) loaded = undefined;
      throw error;
    }
  };
  // The invoice is written by then: others wait a little longer, no more.
  const end = async () =>
    turn
      ?.end()
      .catch((error) => logger.warn('a turn was not ended', { accountId, error: describeError(error) }));
  return { attempt, end };
};

export const handler = handle(finalizeInvoice, {
  run: async (request) => {
    const { attempt, end } = finalizing(request);
    try {
      return await untilWritten(attempt, request.patience);
    } catch (error) {
      throw error instanceof Stale
        ? new Refusal('numbering_contended', { retryAfter: 1 }, { cause: error })
        : error;
    } finally {
      await end();
    }
  },
  replay: replayInvoice,
});
