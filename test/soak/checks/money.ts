import type { Check } from '#test/bench/figures.ts';
import { sumOf, units } from '#test/soak/amounts.ts';
import type { Json } from '#test/support/service.ts';
import { checkOf, type Faults, type Whole } from './whole.ts';

/** TOT-4, PAY-3: every amount adds up, on the invoice, on the payment, and between the two. */

type Amount = { amount: string };
const amountsOf = (list: readonly Amount[]): bigint => sumOf(list.map(({ amount }) => amount));

/** The parts that a total is made of. */
const addsUp = ({ subtotal, discountTotal, feeTotal, taxTotal, total, lineItems, taxes }: Json): boolean =>
  units(subtotal) - units(discountTotal) + units(feeTotal) + units(taxTotal) === units(total) &&
  amountsOf(lineItems) === units(subtotal) &&
  amountsOf(taxes) === units(taxTotal);

/** LIFE: what a status says of the balance. */
const isOfStatus = ({ status, amountPaid, balanceDue }: Json): boolean => {
  if (status === 'paid') return units(balanceDue) === 0n;
  if (status === 'open') return units(balanceDue) > 0n;
  return units(amountPaid) === 0n;
};

/** What payments say that is applied to an invoice. */
const appliedTo = (payments: readonly Json[]): Map<string, Amount[]> => {
  const applied = new Map<string, Amount[]>();
  for (const { id, applications } of payments)
    for (const { invoiceId, amount } of applications) {
      const list = applied.get(invoiceId) ?? [];
      list.push({ id, amount } as Amount);
      applied.set(invoiceId, list);
    }
  return applied;
};
const asText = (list: readonly Json[]): string =>
  list
    .map(({ id, amount }) => `${id} ${amount}`)
    .sort()
    .join();

export const moneyAddsUp = ({ account, rows, invoices, payments }: Whole): Check[] => {
  const faults: Faults = [];
  const applied = appliedTo(payments);
  for (const row of rows) {
    const { id, total, amountPaid, balanceDue } = row;
    const invoice = invoices.get(id);
    const say = (what: string): void => void faults.push(`${id} ${what}`);
    if (units(amountPaid) + units(balanceDue) !== units(total))
      say(`${amountPaid} + ${balanceDue} is not ${total}`);
    if ([invoice.total, invoice.amountPaid, invoice.status].join() !== [total, amountPaid, row.status].join())
      say('is another in the list than by itself');
    if (!addsUp(invoice)) say('has parts that do not add up to its total');
    if (!isOfStatus(invoice)) say(`is ${invoice.status} with ${balanceDue} due`);
    if (amountsOf(invoice.payments) !== units(amountPaid)) say(`has payments other than ${amountPaid}`);
    if (asText(invoice.payments) !== asText(applied.get(id) ?? []))
      say(`shows ${asText(invoice.payments)}, its payments ${asText(applied.get(id) ?? [])}`);
  }
  for (const id of applied.keys())
    if (!invoices.has(id)) faults.push(`${id} is gone, and payments are on it`);
  const known = account.payments.filter(({ isGone }) => !isGone);
  const there = new Map(payments.map((payment) => [payment.id, payment]));
  const ofPayments: Faults = [];
  for (const { id, amount, unapplied, applications } of payments)
    if (amountsOf(applications) + units(unapplied) !== units(amount) || units(unapplied) < 0n)
      ofPayments.push(`${id} of ${amount}: ${asText(applications)} and ${unapplied}`);
  for (const { id } of known) if (!there.has(id)) ofPayments.push(`${id} is not listed`);
  if (there.size !== known.length) ofPayments.push(`${there.size} are listed, ${known.length} were recorded`);
  return [
    checkOf('amounts of every invoice add up', account, `${rows.length} invoices`, faults),
    checkOf('amounts of every payment add up', account, `${payments.length} payments`, ofPayments),
  ];
};
