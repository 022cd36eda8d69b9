import type { Check } from '#test/bench/figures.ts';
import { units } from '#test/soak/amounts.ts';
import type { KnownInvoice } from '#test/soak/known.ts';
import type { Json } from '#test/support/service.ts';
import { checkOf, type Faults, type Whole } from './whole.ts';

/** HIST-1, HIST-3: nothing is missing in a history, nothing is there twice, and it is in its order. */

/** What does not raise the version (API-3); of a deleted invoice, the last one is told. */
const isBeside = ({ action }: Json): boolean =>
  action.startsWith('email_') || action.startsWith('link_') || action === 'deleted';

const count = (entries: readonly Json[], ...actions: string[]): number =>
  entries.filter(({ action }) => actions.includes(action)).length;

/** What its payments came to, by the entries. */
const paidBy = (entries: readonly Json[]): bigint =>
  entries.reduce((sum: bigint, { action, amount }) => {
    if (action === 'payment_recorded' || action === 'payment_applied') return sum + units(amount);
    if (action === 'payment_taken_off' || action === 'payment_deleted') return sum - units(amount);
    return sum;
  }, 0n);

const faultsOf = (known: KnownInvoice, invoice: Json | undefined, entries: readonly Json[]): string[] => {
  const told = entries.filter((entry) => !isBeside(entry));
  const versions = told.map(({ version }) => version);
  const wasFinalized = known.number !== null;
  const actions: string[] = entries.map(({ action }) => action);
  const instants = entries.map(({ at }) => at);
  // An e-mail that was on its way is told all the same, and what became of it.
  const afterDeletion = actions
    .slice(actions.includes('deleted') ? actions.indexOf('deleted') + 1 : actions.length)
    .filter((action) => !action.startsWith('email_'));
  const once = (action: string, times: number): string[] =>
    count(entries, action) === times ? [] : [`${action} ${count(entries, action)} times, not ${times}`];
  return [
    ...once('created', 1),
    ...once('finalized', wasFinalized ? 1 : 0),
    ...once('voided', invoice?.status === 'voided' ? 1 : count(entries, 'voided')),
    ...once('deleted', invoice === undefined ? 1 : 0),
    ...(afterDeletion.length === 0 ? [] : [`goes on after its deletion with ${afterDeletion.join()}`]),
    ...(entries[0]?.action === 'created' ? [] : ['does not begin with created']),
    ...(instants.join() === instants.toSorted().join() ? [] : ['is not in the order of time']),
    ...(versions.every((version, place) => version === place + 1) ? [] : [`has versions ${versions.join()}`]),
    ...(invoice === undefined || versions.at(-1) === invoice.version
      ? []
      : [`ends with version ${versions.at(-1)}, the invoice has ${invoice.version}`]),
    ...(new Set(entries.map(({ id }) => id)).size === entries.length ? [] : ['has an entry twice']),
    ...(invoice === undefined || paidBy(entries) === units(invoice.amountPaid)
      ? []
      : [`tells of payments other than ${invoice.amountPaid}`]),
    ...(invoice === undefined ? [] : once('link_created', known.linksMade)),
  ];
};

export const historiesAreComplete = ({ account, invoices, histories }: Whole): Check[] => {
  const faults: Faults = [];
  let entries = 0;
  for (const [id, history] of histories) {
    const known = account.byId.get(id) as KnownInvoice;
    entries += history.length;
    for (const fault of faultsOf(known, invoices.get(id), history)) faults.push(`${id}: ${fault}`);
  }
  const found = `${entries} entries of ${histories.size} invoices`;
  return [checkOf('histories are complete and in order', account, found, faults)];
};
