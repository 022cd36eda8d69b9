import { totalsOf, written } from './money.ts';
import { actionsOf } from './refusals.ts';
import {
  allLive,
  balanceOf,
  type Entry,
  firstInRun,
  type Invoice,
  lastInRun,
  nextCounter,
  type Payment,
  paidOn,
  type State,
  unappliedOf,
  writeNumber,
} from './state.ts';

/** What the model says that an account shows; seen.ts shows the same of the service. */

const byKey = <T>(list: readonly T[], key: (item: T) => string): T[] =>
  list.toSorted((left, right) => (key(left) < key(right) ? -1 : 1));

export const invoiceOf = (state: State, invoice: Invoice) => {
  const { currency } = invoice.written;
  const show = (amount: bigint) => written(amount, currency);
  const { subtotal, discountTotal, taxTotal, total } = totalsOf(invoice.written);
  const isOpen = invoice.status === 'open';
  const { dueDate } = invoice.written;
  return {
    ...{ key: invoice.key, status: invoice.status, number: invoice.number ?? null, currency },
    ...{ version: invoice.version, documentVersion: invoice.documentVersion, source: invoice.source },
    ...{ subtotal: show(subtotal), discountTotal: show(discountTotal), taxTotal: show(taxTotal) },
    ...{ total: show(total), amountPaid: show(paidOn(invoice)), balanceDue: show(balanceOf(invoice)) },
    partiallyPaid: isOpen && paidOn(invoice) > 0n,
    overdue: isOpen && dueDate !== undefined && dueDate < state.today,
    payments: byKey(invoice.payments, ({ payment }) => payment).map(({ payment, amount }) => ({
      payment,
      amount: show(amount),
    })),
    clonedFrom: invoice.clonedFrom ?? null,
    contactId: invoice.written.contactId ?? null,
    contactIds: invoice.written.contactIds ?? [],
    title: invoice.written.title ?? null,
    internalNote: invoice.written.internalNote ?? null,
    invoiceDate: invoice.written.invoiceDate ?? null,
    dueDate: dueDate ?? null,
    paymentTermDays: invoice.written.paymentTermDays ?? null,
    ...{ buyer: invoice.buyer ?? null, seller: invoice.seller ?? null },
    ...{ createdBy: invoice.createdBy, updatedBy: invoice.updatedBy, sent: invoice.sent },
    actions: actionsOf(state, invoice),
  };
};

export const paymentOf = (payment: Payment) => {
  const show = (amount: bigint) => written(amount, payment.currency);
  return {
    ...{ key: payment.key, amount: show(payment.amount), unapplied: show(unappliedOf(payment)) },
    ...{ currency: payment.currency, date: payment.date, contact: payment.contact ?? null },
    version: payment.version,
    applications: byKey(payment.applications, ({ invoice }) => invoice).map(({ invoice, amount }) => ({
      invoice,
      amount: show(amount),
    })),
  };
};

export const entryOf = ({ action, by, version, payment, amount, reason }: Entry) => ({
  ...{ action, by, version, payment: payment ?? null, amount: amount ?? null, reason: reason ?? null },
});

export const auditOf = (state: State) => {
  const start = firstInRun(state)?.number ?? writeNumber(state, state.settings.start);
  const current = { run: state.run, start, last: lastInRun(state)?.number ?? null };
  return {
    runs: [...state.endedRuns, current],
    numbers: state.numbers.map(({ run, number, invoice, deleted }) => ({
      ...{ run, number, invoice, status: deleted ? 'deleted' : 'issued' },
      ...{ deletedBy: deleted?.by ?? null, reason: deleted?.reason ?? null },
    })),
    gaps: [],
  };
};

/** The whole account. */
export const accountOf = (state: State) => {
  const { prefix, width } = state.settings;
  const present = allLive(state.invoices);
  const numbered = present
    .filter(({ counter }) => counter !== undefined)
    .toSorted((left, right) => (left.counter ?? 0) - (right.counter ?? 0));
  const paymentKeys = (payments: readonly Payment[]) => payments.map(({ key }) => key).reverse();
  const payments = allLive(state.payments);
  return {
    invoices: Object.fromEntries(present.map((invoice) => [invoice.key, invoiceOf(state, invoice)])),
    payments: Object.fromEntries(payments.map((payment) => [payment.key, paymentOf(payment)])),
    numbering: { prefix, width, next: writeNumber(state, nextCounter(state)) },
    audit: auditOf(state),
    byNumber: [...numbered, ...present.filter(({ counter }) => counter === undefined)].map(({ key }) => key),
    allPayments: paymentKeys(payments),
    unapplied: paymentKeys(payments.filter((payment) => unappliedOf(payment) > 0n)),
    histories: Object.fromEntries(
      [...Object.values(state.invoices), ...Object.values(state.payments)].map(({ key, history }) => [
        key,
        history.map(entryOf),
      ]),
    ),
    settingsVersion: state.settings.version,
  };
};
