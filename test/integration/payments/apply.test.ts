import { describe, expect, it } from 'vitest';
import {
  type Client,
  line,
  memberWith,
  newAccount,
  newContact,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import { faultsOf, inShort } from '#test/support/answers.ts';
import { eventually, type Json } from '#test/support/service.ts';

const costing = (unitPrice: string) => ({ lineItems: [line({ unitPrice })] });
const read = async (client: Client, { id }: Json): Promise<Json> =>
  ok(await client.get(`/v1/invoices/${id}`));
const applyTo = ({ id }: Json) => `/v1/invoices/${id}/payments/apply`;
const newPayment = async (client: Client, more: Json = {}): Promise<Json> =>
  ok(await client.post('/v1/payments', { amount: '100', method: 'check', ...more }));

/** Many finalized invoices of one contact, by one bulk request. */
const manyInvoices = async (client: Client, count: number): Promise<Json[]> => {
  const { id: contactId } = await newContact(client);
  const drafts = await Promise.all(
    Array.from({ length: count }, () =>
      client.post('/v1/invoices', { currency: 'EUR', contactId, ...costing('1') }),
    ),
  );
  const invoiceIds = drafts.map((draft) => ok(draft).id);
  ok(await client.post('/v1/invoices/finalize', { invoiceIds }));
  return invoiceIds.map((id) => ({ id }));
};

describe('a payment recorded by itself', () => {
  it('PAY-1: is of today and in the account’s currency unless it says otherwise, and on no invoice', async () => {
    const { admin } = await newAccount({ currency: 'JPY' });
    const payment = await newPayment(admin, { amount: '1200' });
    expect(payment).toMatchObject({
      ...{ amount: '1200', unapplied: '1200', currency: 'JPY', method: 'check', online: false },
      ...{ contactId: null, reference: null, note: null, applications: [], version: 1 },
    });
    expect(ok(await admin.get(`/v1/payments/${payment.id}`))).toEqual(payment);
  });

  it('PAY-1, PAY-4: all that is wrong with it is named at once', async () => {
    const { admin } = await newAccount();
    const answer = await admin.post('/v1/payments', { amount: '1.001', method: 'cash', date: '2199-01-01' });
    expect(inShort(answer)).toBe('422 invalid_request');
    expect(faultsOf(answer)).toEqual(['/amount too_many_decimals', '/date in_the_future']);
    const strange = await admin.post('/v1/payments', { amount: '0', method: 'gold', color: 'red' });
    expect(faultsOf(strange).sort()).toEqual([
      '/amount invalid_amount',
      '/color unknown_field',
      '/method invalid_value',
    ]);
  });
});

describe('applying a payment', () => {
  it('PAY-2: takes the smaller of the balance and the unapplied rest unless an amount is given', async () => {
    const { admin } = await newAccount();
    const [small, large] = [await newInvoice(admin, costing('30')), await newInvoice(admin, costing('500'))];
    const payment = await newPayment(admin);
    expect(ok(await admin.post(applyTo(small), { paymentId: payment.id }))).toMatchObject({
      ...{ status: 'paid', balanceDue: '0.00', partiallyPaid: false },
    });
    expect(ok(await admin.post(applyTo(large), { paymentId: payment.id, amount: '20.5' }))).toMatchObject({
      ...{ status: 'open', balanceDue: '479.50', partiallyPaid: true },
    });
    expect(ok(await admin.post(applyTo(large), { paymentId: payment.id }))).toMatchObject({
      ...{ status: 'open', amountPaid: '70.00', balanceDue: '430.00' },
    });
    expect(ok(await admin.get(`/v1/payments/${payment.id}`))).toMatchObject({
      ...{ amount: '100.00', unapplied: '0.00', version: 4 },
    });
  });

  it('PAY-3: an invoice may have several payments; one that comes twice is listed once, with its sum', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const payment = await newPayment(admin);
    for (const amount of ['10', '15.25'])
      ok(await admin.post(applyTo(invoice), { paymentId: payment.id, amount }));
    ok(await admin.post(`/v1/invoices/${invoice.id}/payments`, { amount: '4', method: 'cash' }));
    const { payments, amountPaid, balanceDue } = await read(admin, invoice);
    expect(payments.map(({ id, amount }: Json) => [id === payment.id, amount])).toEqual([
      [true, '25.25'],
      [false, '4.00'],
    ]);
    expect({ amountPaid, balanceDue }).toEqual({ amountPaid: '29.25', balanceDue: '70.75' });
    expect((await admin.delete(`/v1/invoices/${invoice.id}/payments/${payment.id}`)).status).toBe(204);
    expect(await read(admin, invoice)).toMatchObject({ amountPaid: '4.00', balanceDue: '96.00' });
    ok(await admin.post(`/v1/invoices/${invoice.id}/payments`, { method: 'cash' }));
    expect(await read(admin, invoice)).toMatchObject({ status: 'paid', amountPaid: '100.00' });
  });

  it('PAY-3, PAY-7: spreads over 40 invoices and no more; its deletion gives each its balance back', async () => {
    const account = await newAccount();
    const { admin } = account;
    const invoices = await manyInvoices(admin, 41);
    const payment = await newPayment(admin);
    for (const [index, invoice] of invoices.slice(0, 40).entries())
      ok(await admin.post(applyTo(invoice), { paymentId: payment.id, amount: index % 2 ? '1' : '0.4' }));
    const [first, last] = [invoices[0], invoices[40]];
    const refused = await admin.post(applyTo(last), { paymentId: payment.id, amount: '1' });
    expect([inShort(refused), faultsOf(refused)]).toEqual([
      '422 invalid_request',
      ['/paymentId too_many_applications'],
    ]);
    expect(await read(admin, last)).toMatchObject({ amountPaid: '0.00', payments: [] });
    // More on one that it is on already is no 41st.
    ok(await admin.post(applyTo(first), { paymentId: payment.id, amount: '0.1' }));
    const whole = ok(await admin.get(`/v1/payments/${payment.id}`));
    expect(whole.applications).toHaveLength(40);
    expect(whole.unapplied).toBe('71.90');

    const clerk = await memberWith(account, ['payments.write', 'payments.read', 'invoices.read']);
    expect((await clerk.delete(`/v1/payments/${payment.id}`)).status).toBe(204);
    const after = await Promise.all(invoices.map((invoice) => read(admin, invoice)));
    for (const invoice of after)
      expect(invoice).toMatchObject({
        ...{ status: 'open', amountPaid: '0.00', balanceDue: '1.00', payments: [], paidAt: null },
        partiallyPaid: false,
      });
    const told = await eventually(async () => {
      const histories = await Promise.all(
        invoices
          .slice(0, 40)
          .map(async ({ id }) => ok(await admin.get(`/v1/invoices/${id}/history`)).data.at(-1)),
      );
      return histories.every(({ action }) => action === 'payment_deleted') ? histories : undefined;
    }, 'the deletion is in the history of all invoices');
    for (const [index, entry] of told.entries())
      expect(entry).toMatchObject({
        ...{ action: 'payment_deleted', paymentId: payment.id, source: 'api' },
        amount: index === 0 ? '0.50' : index % 2 ? '1.00' : '0.40',
        actor: { type: 'member', id: clerk.id, name: 'Kim Member' },
        version: after[index].version,
      });
  });

  it('PAY-2: an unknown or foreign payment, and an amount that the currency can’t hold, are named', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const payment = await newPayment(admin);
    const foreign = await newPayment((await newAccount()).admin);
    for (const paymentId of [foreign.id, 'pay_01JD4M8ZQ5W7R3T9Y2K6H0N1VX'])
      expect(faultsOf(await admin.post(applyTo(invoice), { paymentId }))).toEqual(['/paymentId not_found']);
    const fine = { paymentId: payment.id, amount: '1.001' };
    expect(faultsOf(await admin.post(applyTo(invoice), fine))).toEqual(['/amount too_many_decimals']);
    const nothing = { paymentId: payment.id, amount: '0.00' };
    expect(faultsOf(await admin.post(applyTo(invoice), nothing))).toEqual(['/amount invalid_amount']);
    const foreignInvoice = await newInvoice((await newAccount()).admin);
    expect(inShort(await admin.post(applyTo(foreignInvoice), { paymentId: payment.id }))).toBe(
      '404 not_found',
    );
  });
});
