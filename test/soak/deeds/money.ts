import { units, written } from '#test/soak/amounts.ts';
import {
  addPayment,
  holding,
  holdingPayment,
  type KnownInvoice,
  type KnownPayment,
  know,
} from '#test/soak/known.ts';
import { clientOf, type Deed, pickInvoice, pickPayment, type Random } from '#test/soak/worker.ts';
import { look, lookAtPayment } from './look.ts';

/** Payments: recorded on an invoice or by themselves, applied, taken off, deleted. */

const isOpen = ({ status, balanceDue }: KnownInvoice): boolean => status === 'open' && units(balanceDue) > 0n;
const methods = ['card', 'cash', 'check', 'wire_transfer', 'sepa', 'other'] as const;

/** Some of an amount, at least its smallest unit. */
const partOf = ({ below }: Random, amount: string): string => {
  const part = (units(amount) * BigInt(1 + below(99))) / 100n;
  return written(part > 0n ? part : 1n, amount);
};

const record =
  (deed: string, amountOf: (random: Random, invoice: KnownInvoice) => string | undefined): Deed =>
  async (worker, account) => {
    const { random } = worker;
    const invoice = pickInvoice(worker, account, isOpen);
    if (invoice === undefined) return false;
    await holding([invoice], async (hold) => {
      const amount = amountOf(random, invoice);
      const recorded = await worker.ask({
        ...{ http: clientOf(worker, account), deed, hold, method: 'POST', expect: [201] },
        path: `/v1/invoices/${invoice.id}/payments`,
        body: { method: random.pick(methods), ...(amount !== undefined && { amount }) },
      });
      if (recorded !== undefined) addPayment(account, recorded.body);
      await look(worker, invoice, hold);
      if (recorded !== undefined && !hold.raced && amount === undefined && invoice.status !== 'paid')
        worker.wrong(deed, `${invoice.id} is ${invoice.status} after its balance was paid`);
    });
    return true;
  };

export const payPart = record('record a part', (random, { balanceDue }) => partOf(random, balanceDue));
export const payRest = record('record the rest', () => undefined);

export const recordLoose: Deed = async (worker, account) => {
  const { random } = worker;
  const like = account.invoices.at(-1);
  if (like === undefined) return false;
  const amount = written(BigInt(1_000 + random.below(500_000)), like.total);
  const recorded = await worker.ask({
    ...{ http: clientOf(worker, account), deed: 'record a payment by itself', method: 'POST' },
    ...{ path: '/v1/payments', expect: [201] },
    body: { amount, currency: like.currency, method: random.pick(methods), reference: 'TRX 31' },
  });
  if (recorded !== undefined) addPayment(account, recorded.body);
  return true;
};

const mostInvoices = 40;
export const apply: Deed = async (worker, account) => {
  const { random } = worker;
  const hasRest = ({ unapplied, invoices }: KnownPayment) =>
    units(unapplied) > 0n && invoices.length < mostInvoices;
  const payment = pickPayment(worker, account, hasRest);
  if (payment === undefined) return false;
  // One that it is applied to already takes no second part of it by the same name.
  const fits = (one: KnownInvoice) =>
    isOpen(one) && one.currency === payment.currency && !payment.invoices.includes(one.id);
  const invoice = pickInvoice(worker, account, fits);
  if (invoice === undefined) return false;
  const { balanceDue } = invoice;
  const most = units(balanceDue) < units(payment.unapplied) ? balanceDue : payment.unapplied;
  await holdingPayment(payment, () =>
    holding([invoice], async (hold) => {
      const applied = await worker.ask({
        ...{ http: clientOf(worker, account), deed: 'apply a payment', hold, method: 'POST' },
        ...{ path: `/v1/invoices/${invoice.id}/payments/apply`, expect: [200] },
        body: { paymentId: payment.id, ...(random.chance(0.5) && { amount: partOf(random, most) }) },
      });
      if (applied !== undefined) know(invoice, applied.body);
      if (applied === undefined || hold.raced) await look(worker, invoice, hold);
      await lookAtPayment(worker, payment);
    }),
  );
  return true;
};

const invoicesOf = (payment: KnownPayment): KnownInvoice[] =>
  payment.invoices.flatMap((id) => payment.account.byId.get(id) ?? []);

export const takeOff: Deed = async (worker, account) => {
  const payment = pickPayment(worker, account, ({ invoices }) => invoices.length > 0);
  if (payment === undefined) return false;
  const invoice = worker.random.pick(invoicesOf(payment));
  await holdingPayment(payment, () =>
    holding([invoice], async (hold) => {
      await worker.ask({
        ...{ http: clientOf(worker, account), deed: 'take a payment off', hold, method: 'DELETE' },
        ...{ path: `/v1/invoices/${invoice.id}/payments/${payment.id}`, expect: [204] },
      });
      await look(worker, invoice, hold);
      await lookAtPayment(worker, payment);
    }),
  );
  return true;
};

export const deletePayment: Deed = async (worker, account) => {
  const payment = pickPayment(worker, account, () => true);
  if (payment === undefined) return false;
  const invoices = invoicesOf(payment);
  await holdingPayment(payment, () =>
    holding(invoices, async (hold) => {
      const deleted = await worker.ask({
        ...{ http: clientOf(worker, account), deed: 'delete a payment', hold, method: 'DELETE' },
        ...{ path: `/v1/payments/${payment.id}`, expect: [204] },
      });
      if (deleted !== undefined) payment.isGone = true;
      for (const invoice of invoices) await look(worker, invoice, hold);
    }),
  );
  return true;
};
