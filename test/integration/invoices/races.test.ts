import { describe, expect, it } from 'vitest';
import {
  type Client,
  line,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import type { Answer, Json } from '#test/support/service.ts';

/** Two things done to one invoice at once: what comes of it is what one of the two orders gives. */

const rounds = Array.from({ length: 6 }, (_, index) => index);
const refusal = ({ status, body }: Answer) => `${status} ${body?.code ?? ''}`.trim();
const read = async (client: Client, { id }: Json): Promise<Json> =>
  ok(await client.get(`/v1/invoices/${id}`));

describe('races on one invoice', () => {
  it('NUM-2: finalize ‖ finalize: one number is given, the other is refused', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    for (const round of rounds) {
      const draft = await newDraft(admin, { contactId: contact.id });
      const path = `/v1/invoices/${draft.id}/finalize`;
      const answers = await Promise.all([admin.post(path), admin.post(path), admin.post(path)]);
      expect(answers.map(refusal).sort()).toEqual(['200', '409 invoice_not_draft', '409 invoice_not_draft']);
      expect(await read(admin, draft)).toMatchObject({ number: `INV-${1001 + round}`, version: 2 });
    }
  });

  it('LIFE-5: finalize ‖ patch: the change is in the invoice whole, or refused', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    for (const _ of rounds) {
      const draft = await newDraft(admin, { contactId: contact.id });
      const path = `/v1/invoices/${draft.id}`;
      const body = { title: 'Changed', lineItems: [line({ unitPrice: '7' }), line({ unitPrice: '8' })] };
      const [finalized, patched] = await Promise.all([
        admin.post(`${path}/finalize`),
        admin.patch(path, body),
      ]);
      const invoice = await read(admin, draft);
      expect(finalized.status).toBe(200);
      expect(['200', '409 editing_disabled']).toContain(refusal(patched));
      const isIn = patched.status === 200;
      expect(invoice).toMatchObject({
        ...{ status: 'open', title: isIn ? 'Changed' : null, total: isIn ? '15.00' : '100.00' },
        ...{ balanceDue: isIn ? '15.00' : '100.00', version: isIn ? 3 : 2 },
      });
      expect(invoice.lineItems).toHaveLength(isIn ? 2 : 1);
    }
  });

  it('LIFE-7: finalize ‖ delete: there is an invoice with its number, or neither', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    let given = 0;
    for (const _ of rounds) {
      const draft = await newDraft(admin, { contactId: contact.id });
      const path = `/v1/invoices/${draft.id}`;
      const [finalized, deleted] = await Promise.all([admin.post(`${path}/finalize`), admin.delete(path)]);
      const found = await admin.get(path);
      if (finalized.status === 200) {
        given += 1;
        expect([refusal(deleted), found.status]).toEqual(['409 deletion_disabled', 200]);
      } else {
        expect([refusal(finalized), refusal(deleted), found.status]).toEqual(['404 not_found', '204', 404]);
      }
    }
    expect((await newInvoice(admin)).number).toBe(`INV-${1001 + given}`);
  });

  it('PAY-3: pay ‖ pay: no more than the balance is taken, and the amounts are right', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    for (const _ of rounds) {
      const invoice = await newInvoice(admin, { contactId: contact.id });
      const path = `/v1/invoices/${invoice.id}/payments`;
      const answers = await Promise.all(
        ['60', '60', '30', '10.01'].map((amount) => admin.post(path, { amount, method: 'cash' })),
      );
      const taken = answers.filter(({ status }) => status === 201).map(({ body }) => Number(body.amount));
      for (const answer of answers) expect(['201', '409 payment_exceeds_balance']).toContain(refusal(answer));
      const after = await read(admin, invoice);
      const sum = taken.reduce((one, other) => one + other, 0);
      expect(sum).toBeLessThanOrEqual(100);
      expect(Number(after.amountPaid)).toBeCloseTo(sum, 5);
      expect(after.payments).toHaveLength(taken.length);
      expect(after.version).toBe(invoice.version + taken.length);
    }
  });

  it('PAY-5: many whole payments at once: one pays the invoice, the others are refused', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const path = `/v1/invoices/${invoice.id}/payments`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => admin.post(path, { method: 'cash' })));
    expect(answers.map(refusal).sort()).toEqual(['201', ...Array(7).fill('409 invoice_paid')]);
    expect(await read(admin, invoice)).toMatchObject({ status: 'paid', amountPaid: '100.00' });
  });

  it('PAY-3: one payment applied to many invoices at once is never spent twice', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    const invoices = await Promise.all(rounds.map(() => newInvoice(admin, { contactId: contact.id })));
    const payment = ok(await admin.post('/v1/payments', { amount: '250', method: 'ach' }));
    const answers = await Promise.all(
      invoices.map(({ id }) => admin.post(`/v1/invoices/${id}/payments/apply`, { paymentId: payment.id })),
    );
    const balances = await Promise.all(invoices.map(async (one) => (await read(admin, one)).balanceDue));
    expect(balances.sort()).toEqual(['0.00', '0.00', '100.00', '100.00', '100.00', '50.00']);
    expect(answers.filter(({ status }) => status !== 200).map(refusal)).toEqual(
      Array(3).fill('409 payment_exceeds_unapplied'),
    );
    expect(ok(await admin.get(`/v1/payments/${payment.id}`)).unapplied).toBe('0.00');
  });

  it('VOID-3: pay ‖ void: a voided invoice has no payment, a paid one is not void', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    for (const _ of rounds) {
      const invoice = await newInvoice(admin, { contactId: contact.id });
      const path = `/v1/invoices/${invoice.id}`;
      const [paid, voided] = await Promise.all([
        admin.post(`${path}/payments`, { amount: '1', method: 'cash' }),
        admin.post(`${path}/void`),
      ]);
      const after = await read(admin, invoice);
      expect([
        '201 | 409 invoice_has_payments | open 1.00',
        '409 invoice_voided | 200 | voided 0.00',
      ]).toContain(`${refusal(paid)} | ${refusal(voided)} | ${after.status} ${after.amountPaid}`);
    }
  });

  it('API-3: patch ‖ patch with If-Match: one is written, the others are told of the conflict', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin);
    const headers = { 'if-match': '"1"' };
    const titles = ['one', 'two', 'three', 'four'];
    const answers = await Promise.all(
      titles.map((title) => admin.patch(`/v1/invoices/${draft.id}`, { title }, { headers })),
    );
    expect(answers.map(refusal).sort()).toEqual(['200', ...Array(3).fill('412 version_conflict')]);
    const winner = titles[answers.findIndex(({ status }) => status === 200)];
    expect(await read(admin, draft)).toMatchObject({ title: winner, version: 2 });
  });

  it('LIFE-1: patches of different properties at once are all written', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin);
    const patches = [
      { title: 'T' },
      { slug: 's' },
      { terms: 'W' },
      { discounts: [{ type: 'amount', value: '1' }] },
    ];
    const answers = await Promise.all(patches.map((patch) => admin.patch(`/v1/invoices/${draft.id}`, patch)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await read(admin, draft)).toMatchObject({
      ...{ title: 'T', slug: 's', terms: 'W', discountTotal: '1.00', total: '99.00', version: 5 },
    });
  });
});
