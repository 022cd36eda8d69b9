import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom } from '#test/integration/search/seed.ts';
import { service } from '#test/support/service.ts';
import { clone, createContact, createDraft, deleteDraft, editDraft } from './deeds/drafts.ts';
import { makeExport, readExport } from './deeds/exports.ts';
import {
  deleteFinalized,
  editFinalized,
  finalize,
  finalizeMany,
  note,
  voidInvoice,
} from './deeds/finalized.ts';
import { apply, deletePayment, payPart, payRest, recordLoose, takeOff } from './deeds/money.ts';
import { explain, list, readHistory, search } from './deeds/reading.ts';
import { fetchPdf, makeLink, openLink, readEmails, revokeLink, send, sendReceipt } from './deeds/sending.ts';
import type { SoakAccount } from './known.ts';
import { askWith, httpAs } from './requests.ts';
import type { Tally } from './tally.ts';
import type { Deed, Worker } from './worker.ts';

/** Several workers at the same time, each of whom does one thing after another, chosen at random. */

type Weighted = readonly [weight: number, deed: Deed];

/** What puts work into a queue: an invoice's PDF, an e-mail, an export. */
const queued: readonly Weighted[] = [
  [7, finalize],
  [1, finalizeMany],
  [2, editFinalized],
  [2, voidInvoice],
  [2, deleteFinalized],
  [3, send],
  [0.5, sendReceipt],
  [0.5, makeExport],
];
const immediate: readonly Weighted[] = [
  [2, createContact],
  [9, createDraft],
  [5, editDraft],
  [1, deleteDraft],
  [2, clone],
  [2, note],
  [4, payPart],
  [4, payRest],
  [1.5, recordLoose],
  [3, apply],
  [1.5, takeOff],
  [1, deletePayment],
  [6, openLink],
  [4, fetchPdf],
  [2, makeLink],
  [1.5, revokeLink],
  [2, readEmails],
  [6, search],
  [5, list],
  [4, readHistory],
  [2, explain],
  [2, readExport],
];

/**
 * Messages that may wait in the queues. The local service makes one PDF at a time, which takes longer than a number: a
 * load that goes on regardless would measure how fast a queue fills.
 */
export const waitingAtMost = 25;

export type Load = {
  accounts: readonly SoakAccount[];
  workers: number;
  seed: number;
  tally: Tally;
  /** How many messages wait, as of lately. */
  waiting: () => number;
  isOver: () => boolean;
};

const chooserOf = (deeds: readonly Weighted[]) => {
  const sum = deeds.reduce((all, [weight]) => all + weight, 0);
  return ({ random }: Worker): Deed => {
    let place = (random.below(1_000_000) / 1_000_000) * sum;
    for (const [weight, deed] of deeds) {
      place -= weight;
      if (place < 0) return deed;
    }
    return list;
  };
};
const chooseAny = chooserOf([...queued, ...immediate]);
const chooseImmediate = chooserOf(immediate);

const work = async (worker: Worker, { accounts, waiting, isOver }: Load): Promise<void> => {
  while (!isOver()) {
    const choose = waiting() > waitingAtMost ? chooseImmediate : chooseAny;
    // An account that lacks what it takes answers at once: the loop must not keep others from their turn.
    if (!(await choose(worker)(worker, worker.random.pick(accounts)))) await sleep(1);
  }
};

/** Works until it is over. What goes wrong in a deed is told as an answer that nothing explains. */
export const carryLoad = async (load: Load): Promise<void> => {
  const { seed, tally, workers } = load;
  const buyer = httpAs(service().baseUrl);
  const all = Array.from({ length: workers }, async (_, place) => {
    const worker: Worker = {
      random: randomFrom(seed * 1_000 + place),
      ask: askWith(tally),
      buyer,
      wrong: tally.unexpected,
    };
    while (!load.isOver())
      await work(worker, load).catch((error) => {
        tally.unexpected('a deed', error instanceof Error ? (error.stack ?? error.message) : String(error));
      });
  });
  await Promise.all(all);
};
