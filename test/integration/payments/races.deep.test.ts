import { describe, expect, it } from 'vitest';
import { type Client, memberWith, newAccount, newContact, newInvoice, ok } from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import type { Answer, Json } from '#test/support/service.ts';

/** Money under concurrency: what comes of actions at once is what some order of them gives. */

const rounds = Array.from({ length: 6 }, (_, index) => index);
const cents = (amount: string) => Math.round(Number(amount) * 100);
const read = async (client: Client, { id }: Json) => ok(await client.get(`/v1/invoices/${id}`));
const newPayment = async (client: Client, amount: string): Promise<Json> =>
  ok(await client.post('/v1/payments', { amount, method: 'cash' }));

/** What an invoice shows of its payments agrees with its balance, and with the payments themselves. */
const expectSound = async (client: Client, invoice: Json): Promise<void> => {
  const { payments, amountPaid, balanceDue, total, status } = await read(client, invoice);
  const onIt = payments.reduce((sum: number, { amount }: Json) => sum + cents(amount), 0);
  expect(onIt).toBe(cents(amountPaid));
  expect(cents(amountPaid) + cents(balanceDue)).toBe(cents(total));
  expect(cents(balanceDue)).toBeGreaterThanOrEqual(0);
  if (status !== 'voided') expect(status).toBe(cents(balanceDue) === 0 ? 'paid' : 'open');
  for (const { id, amount } of payments) {
    const payment = ok(await client.get(`/v1/payments/${id}`));
    const own = payment.applications.find(({ invoiceId }: Json) => invoiceId === invoice.id);
    expect(own.amount).toBe(amount);
    const applied = payment.applications.reduce((sum: number, one: Json) => sum + cents(one.amount), 0);
    expect(applied + cents(payment.unapplied)).toBe(cents(payment.amount));
  }
};

describe('payments at once', () => {
  it('PAY-3: sixteen clients pay one invoice: never over its balance, and nothing is lost', async () => {
    const account = await newAccount();
    const { admin } = account;
    const { id: contactId } = await newContact(admin);
    const clients = [admin, await memberWith(account, ['payments.write'])];
    for (const [amount, fitting, refused] of [
      ['10', 10, ['409 invoice_paid', '409 payment_exceeds_balance']],
      ['30', 3, ['409 payment_exceeds_balance']],
    ] as const) {
      const invoice = await newInvoice(admin, { contactId });
      const answers: Answer[] = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          (clients[index % 2] as Client).post(`/v1/invoices/${invoice.id}/payments`, {
            ...{ amount, method: 'cash' },
          }),
        ),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(fitting);
      for (const answer of answers.filter(({ status }) => status !== 201))
        expect(refused).toContain(inShort(answer));
      expect((await read(admin, invoice)).payments).toHaveLength(fitting);
      await expectSound(admin, invoice);
    }
  });

  it('PAY-3: two applications of one payment give no more than it has', async () => {
    const { admin } = await newAccount();
    const { id: contactId } = await newContact(admin);
    const invoices = [await newInvoice(admin, { contactId }), await newInvoice(admin, { contactId })];
    const apply = ({ id }: Json, body: Json) => admin.post(`/v1/invoices/${id}/payments/apply`, body);
    for (const _ of rounds) {
      const { id: paymentId } = await newPayment(admin, '10');
      const answers = await Promise.all(invoices.map((one) => apply(one, { paymentId, amount: '7' })));
      expect(answers.map(inShort).sort()).toEqual(['200', '409 payment_exceeds_unapplied']);
      expect(ok(await admin.get(`/v1/payments/${paymentId}`)).unapplied).toBe('3.00');
    }
    for (const invoice of invoices) await expectSound(admin, invoice);
  });

  it('PAY-3: one payment applied twice at once to one invoice adds up', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const { id: paymentId } = await newPayment(admin, '90');
    const answers = await Promise.all(
      rounds.map(() => admin.post(`/v1/invoices/${invoice.id}/payments/apply`, { paymentId, amount: '15' })),
    );
    expect(answers.map(inShort)).toEqual(rounds.map(() => '200'));
    expect((await read(admin, invoice)).payments).toMatchObject([{ id: paymentId, amount: '90.00' }]);
    await expectSound(admin, invoice);
  });

  it('PAY-7: take off ‖ delete: the payment is gone, the balance is back once', async () => {
    const { admin } = await newAccount();
    const { id: contactId } = await newContact(admin);
    for (const _ of rounds) {
      const invoice = await newInvoice(admin, { contactId });
      const path = `/v1/invoices/${invoice.id}/payments`;
      const { id } = ok(await admin.post(path, { method: 'cash' }));
      const [off, deleted] = await Promise.all([
        admin.delete(`${path}/${id}`),
        admin.delete(`/v1/payments/${id}`),
      ]);
      expect(inShort(deleted)).toBe('204');
      expect(['204', '404 not_found']).toContain(inShort(off));
      expect(await read(admin, invoice)).toMatchObject({
        ...{ status: 'open', amountPaid: '0.00', balanceDue: '100.00', payments: [] },
      });
      expect(inShort(await admin.get(`/v1/payments/${id}`))).toBe('404 not_found');
    }
  });

  it('PAY-7: apply ‖ delete: nothing stays on the invoice of a payment that is gone', async () => {
    const { admin } = await newAccount();
    const { id: contactId } = await newContact(admin);
    for (const _ of rounds) {
      const invoice = await newInvoice(admin, { contactId });
      const { id: paymentId } = await newPayment(admin, '100');
      const [applied, deleted] = await Promise.all([
        admin.post(`/v1/invoices/${invoice.id}/payments/apply`, { paymentId }),
        admin.delete(`/v1/payments/${paymentId}`),
      ]);
      expect(inShort(deleted)).toBe('204');
      expect(['200', '422 invalid_request']).toContain(inShort(applied));
      expect(await read(admin, invoice)).toMatchObject({ status: 'open', payments: [] });
    }
  });

  it('VOID-1, VOID-3: apply ‖ void: one of them, never both', async () => {
    const { admin } = await newAccount();
    const { id: contactId } = await newContact(admin);
    for (const _ of rounds) {
      const invoice = await newInvoice(admin, { contactId });
      const { id: paymentId } = await newPayment(admin, '10');
      const [applied, voided] = await Promise.all([
        admin.post(`/v1/invoices/${invoice.id}/payments/apply`, { paymentId }),
        admin.post(`/v1/invoices/${invoice.id}/void`),
      ]);
      expect([
        ['200', '409 invoice_has_payments'],
        ['409 invoice_voided', '200'],
      ]).toContainEqual([inShort(applied), inShort(voided)]);
      const { status } = await read(admin, invoice);
      expect(status).toBe(applied.status === 200 ? 'open' : 'voided');
      await expectSound(admin, invoice);
      const { unapplied } = ok(await admin.get(`/v1/payments/${paymentId}`));
      expect(unapplied).toBe(applied.status === 200 ? '0.00' : '10.00');
    }
  });

  it('DEL-2: delete the invoice ‖ pay it: one of them, and no payment on what is gone', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const { id: contactId } = await newContact(admin);
    for (const _ of rounds) {
      const invoice = await newInvoice(admin, { contactId });
      const { id: paymentId } = await newPayment(admin, '100');
      const path = `/v1/invoices/${invoice.id}`;
      const [deleted, recorded, applied] = await Promise.all([
        admin.delete(path),
        admin.post(`${path}/payments`, { amount: '10', method: 'cash' }),
        admin.post(`${path}/payments/apply`, { paymentId, amount: '20' }),
      ]);
      const payment = ok(await admin.get(`/v1/payments/${paymentId}`));
      if (deleted.status === 204) {
        expect([inShort(recorded), inShort(applied)]).toEqual(['404 not_found', '404 not_found']);
        expect(payment).toMatchObject({ unapplied: '100.00', applications: [] });
      } else {
        expect(inShort(deleted)).toBe('409 invoice_has_payments');
        await expectSound(admin, invoice);
      }
    }
  });
});
