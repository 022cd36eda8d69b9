import { describe, expect, it } from 'vitest';
import { line, newAccount, newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { type Answer, eventually, type Json, service } from '#test/support/service.ts';

const refusal = ({ status, body }: Answer) => ({ status, code: body?.code });
const faults = ({ body }: Answer) =>
  (body.errors as Json[]).map(({ pointer, code }) => `${pointer} ${code}`).sort();
const today = (timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());
const pathOf = ({ id }: Json) => `/v1/invoices/${id}/payments`;

describe('a payment recorded on an invoice', () => {
  it('PAY-1: is the balance, of today, by the billing contact, unless it says otherwise', async () => {
    const { admin } = await newAccount({ timeZone: 'Pacific/Kiritimati' });
    const contact = await newContact(admin);
    const invoice = await newInvoice(admin, {
      contactId: contact.id,
      lineItems: [line({ unitPrice: '120.50' })],
    });
    const before = today('Pacific/Kiritimati');
    const payment = ok(await admin.post(pathOf(invoice), { method: 'sepa' }));
    expect([before, today('Pacific/Kiritimati')]).toContain(payment.date);
    expect(payment).toMatchObject({
      ...{ amount: '120.50', unapplied: '0.00', currency: 'EUR', method: 'sepa', contactId: contact.id },
      ...{ online: false, status: 'succeeded', reference: null, note: null, version: 1 },
      applications: [{ invoiceId: invoice.id, number: invoice.number, amount: '120.50' }],
    });
    expect(ok(await admin.get(`/v1/payments/${payment.id}`))).toEqual(payment);
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`)).payments).toEqual([
      {
        ...{ id: payment.id, amount: '120.50', date: payment.date, method: 'sepa' },
        ...{ reference: null, online: false },
      },
    ]);
  });

  it('PAY-1: keeps what was said of it', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const payer = await newContact(admin, { name: 'Pia Payer' });
    const said = {
      ...{ amount: '12.3', date: '2024-02-29', method: 'check', reference: 'CHQ 7', note: 'two\nlines' },
      ...{ contactId: payer.id, currency: 'EUR' },
    };
    const payment = ok(await admin.post(pathOf(invoice), said));
    expect(payment).toMatchObject({ ...said, amount: '12.30' });
  });

  it('PAY-5: leaves the invoice open and partly paid until the balance is zero, then paid', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin, { lineItems: [line({ unitPrice: '10' })] });
    const states: Json[] = [];
    for (const amount of ['3.33', '3.33', '3.34']) {
      ok(await admin.post(pathOf(invoice), { amount, method: 'cash' }));
      const { status, partiallyPaid, amountPaid, balanceDue, paidAt, updatedAt } = ok(
        await admin.get(`/v1/invoices/${invoice.id}`),
      );
      states.push({ status, partiallyPaid, amountPaid, balanceDue, paid: paidAt === updatedAt });
    }
    expect(states).toEqual([
      { status: 'open', partiallyPaid: true, amountPaid: '3.33', balanceDue: '6.67', paid: false },
      { status: 'open', partiallyPaid: true, amountPaid: '6.66', balanceDue: '3.34', paid: false },
      { status: 'paid', partiallyPaid: false, amountPaid: '10.00', balanceDue: '0.00', paid: true },
    ]);
  });

  it('PAY-3: is at most the balance', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const over = await admin.post(pathOf(invoice), { amount: '100.01', method: 'cash' });
    expect(refusal(over)).toEqual({ status: 409, code: 'payment_exceeds_balance' });
    ok(await admin.post(pathOf(invoice), { amount: '60', method: 'cash' }));
    const rest = await admin.post(pathOf(invoice), { amount: '40.01', method: 'cash' });
    expect(refusal(rest)).toEqual({ status: 409, code: 'payment_exceeds_balance' });
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`))).toMatchObject({
      ...{ amountPaid: '60.00', balanceDue: '40.00' },
    });
  });

  it('PAY-3: a payment is applied in parts, to no more than its amount in all', async () => {
    const { admin } = await newAccount();
    const [first, second] = [await newInvoice(admin), await newInvoice(admin)];
    const payment = ok(await admin.post('/v1/payments', { amount: '150', method: 'ach' }));
    const apply = (invoice: Json, amount?: string) =>
      admin.post(`${pathOf(invoice)}/apply`, { paymentId: payment.id, ...(amount && { amount }) });
    expect(ok(await apply(first, '30'))).toMatchObject({
      balanceDue: '70.00',
      payments: [{ amount: '30.00' }],
    });
    expect(ok(await apply(first))).toMatchObject({ status: 'paid', payments: [{ amount: '100.00' }] });
    expect(refusal(await apply(second, '50.01'))).toEqual({ status: 409, code: 'payment_exceeds_unapplied' });
    expect(ok(await apply(second))).toMatchObject({ balanceDue: '50.00', payments: [{ amount: '50.00' }] });
    expect(refusal(await apply(second))).toEqual({ status: 409, code: 'payment_exceeds_unapplied' });
    expect(ok(await admin.get(`/v1/payments/${payment.id}`))).toMatchObject({
      ...{ unapplied: '0.00' },
      applications: [
        { invoiceId: first.id, amount: '100.00' },
        { invoiceId: second.id, amount: '50.00' },
      ],
    });
  });

  it('PAY-4: has the invoice’s currency, whether or not an amount is given', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    for (const body of [{ amount: '5' }, {}, { amount: '5.01' }]) {
      const answer = await admin.post(pathOf(invoice), { ...body, currency: 'JPY', method: 'cash' });
      expect(refusal(answer)).toEqual({ status: 422, code: 'currency_mismatch' });
    }
  });

  it('PAY-4: is not of a day that has not begun in the account’s time zone', async () => {
    const early = await newAccount({ timeZone: 'Pacific/Pago_Pago' });
    const invoice = await newInvoice(early.admin);
    // A day and an hour apart: what is today in the one is tomorrow or later in the other.
    const date = today('Pacific/Kiritimati');
    const answer = await early.admin.post(pathOf(invoice), { date, method: 'cash' });
    expect(refusal(answer)).toEqual({ status: 422, code: 'invalid_request' });
    expect(faults(answer)).toEqual(['/date in_the_future']);
    const late = await newAccount({ timeZone: 'Pacific/Kiritimati' });
    const other = await newInvoice(late.admin);
    ok(await late.admin.post(pathOf(other), { date, method: 'cash' }));
  });

  it('PAY-1: an amount of zero, of too many decimals, or a foreign contact is refused with its pointer', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const foreign = await newContact((await newAccount()).admin);
    const cases: [Json, string][] = [
      [{ amount: '0' }, '/amount invalid_amount'],
      [{ amount: '0.00' }, '/amount invalid_amount'],
      [{ amount: '1.001' }, '/amount too_many_decimals'],
      [{ amount: '-1' }, '/amount invalid_amount'],
      [{ contactId: foreign.id }, '/contactId not_found'],
      [{ method: 'gold' }, '/method invalid_value'],
    ];
    for (const [body, fault] of cases) {
      const answer = await admin.post(pathOf(invoice), { method: 'cash', ...body });
      expect(answer.status).toBe(422);
      expect(faults(answer)).toEqual([fault]);
    }
    const draft = await newDraft(admin);
    expect((await admin.post(pathOf(draft), { amount: '0', method: 'cash' })).status).toBe(422);
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`)).payments).toEqual([]);
  });

  it('PAY-9: is taken by an open invoice alone', async () => {
    const { admin } = await newAccount();
    const [draft, paid, voided] = [await newDraft(admin), await newInvoice(admin), await newInvoice(admin)];
    ok(await admin.post(pathOf(paid), { method: 'cash' }));
    ok(await admin.post(`/v1/invoices/${voided.id}/void`, {}));
    const codes = ['invoice_is_draft', 'invoice_paid', 'invoice_voided'];
    for (const [index, invoice] of [draft, paid, voided].entries()) {
      const answer = await admin.post(pathOf(invoice), { method: 'cash', amount: '1' });
      expect(refusal(answer)).toEqual({ status: 409, code: codes[index] });
    }
  });

  it('PAY-6: sends the buyer nothing', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    const invoice = await newInvoice(admin, { contactId: contact.id });
    ok(await admin.post(pathOf(invoice), { method: 'cash' }));
    await eventually(async () => {
      const { data } = ok(await admin.get(`/v1/invoices/${invoice.id}/history`));
      return data.some(({ action }: Json) => action === 'payment_recorded') || undefined;
    }, 'the payment is in the history');
    const store = (await (await fetch(`${service().mailbox}/store`)).json()) as Json[];
    expect(store.filter(({ destinations }) => destinations.includes(contact.email))).toEqual([]);
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}/emails`)).data).toEqual([]);
  });
});

describe('voiding', () => {
  it('VOID-1: an open invoice is void for good: its number stays used, it takes no payment', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const voided = ok(await admin.post(`/v1/invoices/${invoice.id}/void`, { reason: 'Ordered twice' }));
    expect(voided).toMatchObject({
      ...{ status: 'voided', number: 'INV-1001', documentVersion: 2, version: 3, total: '100.00' },
      ...{ overdue: false, seller: invoice.seller, buyer: invoice.buyer },
    });
    expect(voided.voidedAt).toBe(voided.updatedAt);
    expect(refusal(await admin.post(`/v1/invoices/${invoice.id}/void`))).toEqual({
      ...{ status: 409, code: 'invoice_voided' },
    });
    expect((await newInvoice(admin)).number).toBe('INV-1002');
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`))).toEqual(voided);
  });

  it('VOID-3: not while a payment is on it', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const payment = ok(await admin.post(pathOf(invoice), { amount: '1', method: 'cash' }));
    const path = `/v1/invoices/${invoice.id}/void`;
    expect(refusal(await admin.post(path))).toEqual({ status: 409, code: 'invoice_has_payments' });
    expect((await admin.delete(`${pathOf(invoice)}/${payment.id}`)).status).toBe(204);
    expect(ok(await admin.post(path)).status).toBe('voided');
  });
});
