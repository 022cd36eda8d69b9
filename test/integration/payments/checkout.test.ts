import { describe, expect, it } from 'vitest';
import { newAccount, newContact, ok, type TestAccount } from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import { checkOut, onPage, pageOf, payableInvoice, stripeUrl, takeOnline } from '#test/support/online.ts';
import { call, eventually, type Json, service } from '#test/support/service.ts';

const paying = async (settings: Json = {}): Promise<TestAccount> => {
  const account = await newAccount();
  await takeOnline(account.admin, settings);
  return account;
};

const onceItIs = (account: TestAccount, path: string, expected: Json): Promise<Json> =>
  eventually(
    async () => {
      const body = ok(await account.admin.get(path));
      return Object.entries(expected).every(([key, value]) => body[key] === value) ? body : undefined;
    },
    `${path} ${JSON.stringify(expected)}`,
  );

describe('paying online', () => {
  it('ONL-1: the page leads to the provider, and what is paid there pays the invoice', async () => {
    const account = await paying();
    const { token, path, invoice } = await payableInvoice(account.admin);
    const html = await call('GET', `/i/${token}`);
    expect(html.text).toContain(`action="/i/${token}/checkout"`);
    expect(html.headers.get('content-security-policy')).toContain(`form-action 'self' ${stripeUrl()}`);
    const page = pageOf(await checkOut(token, { documentVersion: '1', balanceDue: invoice.balanceDue }));
    expect(await onPage(page, 'pay')).toBe(303);
    const paid = await onceItIs(account, path, { status: 'paid' });
    expect(paid).toMatchObject({ balanceDue: '0.00', amountPaid: '100.00' });
    expect(paid.payments).toMatchObject([{ amount: '100.00', method: 'card', online: true }]);
    const payment = ok(await account.admin.get(`/v1/payments/${paid.payments[0].id}`));
    expect(payment).toMatchObject({ status: 'succeeded', online: true, unapplied: '0.00', refunded: null });
    expect((await call('GET', `/i/${token}`)).text).not.toContain('/checkout"');
    expect(inShort(await checkOut(token))).toBe('409 invoice_paid');
    expect(inShort(await account.admin.post(`${path}/void`))).toBe('409 invoice_has_online_payment');
    expect(inShort(await account.admin.delete(`/v1/payments/${payment.id}`))).toBe('409 payment_is_online');
    expect(inShort(await account.admin.delete(`${path}/payments/${payment.id}`))).toBe(
      '409 payment_is_online',
    );
    const history = await eventually(async () => {
      const { data } = ok(await account.admin.get(`${path}/history`));
      return data.find(({ action }: Json) => action === 'payment_recorded');
    }, 'the payment in the history');
    expect(history).toMatchObject({ source: 'webhook', actor: { type: 'buyer' }, paymentId: payment.id });
  });

  it('ONL-1: nothing is offered without a provider, or where the invoice does not allow it', async () => {
    const { admin } = await newAccount();
    const { token } = await payableInvoice(admin);
    expect((await checkOut(token)).status).toBe(404);
    await takeOnline(admin);
    for (const allowOnlinePayment of [null, false]) {
      const other = await payableInvoice(admin, { allowOnlinePayment });
      expect((await call('GET', `/i/${other.token}`)).text).not.toContain('/checkout"');
      expect((await checkOut(other.token)).status).toBe(404);
    }
    expect((await checkOut('nonsense')).status).toBe(404);
  });

  it('ONL-1, LINK-4: a person reads a refusal as a page, in his language, with the way back', async () => {
    const account = await paying();
    const { token, path } = await payableInvoice(account.admin, { allowPartialPayments: true });
    const browser = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'fr-FR,fr' };
    for (const amount of ['100.01', 'a lot']) {
      const answer = await checkOut(token, { amount }, browser);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.text).toContain('Ce montant ne peut pas être payé ici');
      expect(answer.text).toContain(`href="/i/${token}"`);
    }
    ok(await account.admin.post(`${path}/void`));
    const answer = await checkOut(token, { amount: '40' }, browser);
    expect({ status: answer.status, location: answer.headers.get('location') }).toEqual({
      ...{ status: 303, location: `/i/${token}` },
    });
    expect(inShort(await checkOut(token, { amount: '40' }))).toBe('409 invoice_voided');
  });

  it('ONL-1: a part where that is allowed, and no more than the balance', async () => {
    const account = await paying();
    const whole = await payableInvoice(account.admin);
    const refused = await checkOut(whole.token, { amount: '40' });
    expect(refused.body.errors).toMatchObject([{ pointer: '/amount', code: 'partial_not_allowed' }]);
    const { token, path } = await payableInvoice(account.admin, { allowPartialPayments: true });
    expect(inShort(await checkOut(token, { amount: '100.01' }))).toBe('409 payment_exceeds_balance');
    for (const amount of ['1,234', '40.001', '0'])
      expect((await checkOut(token, { amount })).body.errors).toMatchObject([{ pointer: '/amount' }]);
    await onPage(pageOf(await checkOut(token, { amount: '40,00' })), 'pay');
    await onceItIs(account, path, { balanceDue: '60.00', partiallyPaid: true, status: 'open' });
    await onPage(pageOf(await checkOut(token)), 'pay');
    await onceItIs(account, path, { status: 'paid' });
  });

  it('ONL-1: one session at a time: asked again it is the same, for another amount the first ends', async () => {
    const account = await paying();
    const { token } = await payableInvoice(account.admin, { allowPartialPayments: true });
    const pages = await Promise.all(Array.from({ length: 4 }, () => checkOut(token)));
    expect(new Set(pages.map(pageOf)).size).toBe(1);
    const first = pageOf(pages[0] as never);
    const second = pageOf(await checkOut(token, { amount: '10' }));
    expect(second).not.toBe(first);
    expect(await onPage(first, 'pay')).toBe(200);
    expect(await onPage(second, 'pay')).toBe(303);
  });

  it('ONL-2: whoever saw another document or balance is led back to the page', async () => {
    const { admin } = await paying();
    const { token } = await payableInvoice(admin);
    const back = `${service().baseUrl}/i/${token}`;
    expect(pageOf(await checkOut(token, { documentVersion: '2' }))).toBe(back);
    expect(pageOf(await checkOut(token, { balanceDue: '99.00' }))).toBe(back);
  });

  it('ONL-4: a method that settles later is processing, and blocks what would change the debt', async () => {
    const account = await paying({ allowEditFinalized: true, allowDeleteFinalized: true });
    const { admin } = account;
    const { token, path } = await payableInvoice(admin, { allowPartialPayments: true });
    const manual = ok(await admin.post(`${path}/payments`, { amount: '10', method: 'cash' }));
    const spare = ok(await admin.post('/v1/payments', { amount: '5', method: 'cash' }));
    const page = pageOf(await checkOut(token));
    await onPage(page, 'wait');
    const payment = await eventually(async () => {
      const { data } = ok(await admin.get('/v1/payments'));
      return data.find(({ status }: Json) => status === 'processing');
    }, 'a payment on its way');
    expect(payment).toMatchObject({ amount: '90.00', unapplied: '0.00', applications: [], online: true });
    const { actions } = ok(await admin.get(path));
    expect(actions).toMatchObject({ pay: 'payment_processing', void: 'invoice_has_payments' });
    const refused = [
      await admin.post(`${path}/payments`, { amount: '1', method: 'cash' }),
      await admin.post(`${path}/payments/apply`, { paymentId: spare.id }),
      await admin.delete(`${path}/payments/${manual.id}`),
      await admin.delete(`/v1/payments/${manual.id}`),
      await checkOut(token),
    ];
    expect(refused.map(inShort)).toEqual(Array(5).fill('409 payment_processing'));
    const other = await payableInvoice(admin);
    await onPage(pageOf(await checkOut(other.token)), 'wait');
    await eventually(
      async () => ok(await admin.get(other.path)).actions.edit === 'payment_processing' || undefined,
      'an invoice whose money is on its way',
    );
    expect(inShort(await admin.patch(other.path, { title: 'New' }))).toBe('409 payment_processing');
    expect(inShort(await admin.post(`${other.path}/void`))).toBe('409 payment_processing');
    expect(inShort(await admin.delete(other.path))).toBe('409 payment_processing');
    await onPage(page, 'settle');
    await onceItIs(account, path, { status: 'paid' });
    expect(ok(await admin.get(`/v1/payments/${payment.id}`))).toMatchObject({ status: 'succeeded' });
  });

  it('ONL-4: money that does not come frees the invoice, and shows as failed', async () => {
    const { admin } = await paying();
    const { token, path } = await payableInvoice(admin);
    const page = pageOf(await checkOut(token));
    await onPage(page, 'wait');
    await onPage(page, 'fail');
    const payment = await eventually(async () => {
      const { data } = ok(await admin.get('/v1/payments'));
      return data.find(({ status }: Json) => status === 'failed');
    }, 'a failed payment');
    expect(payment).toMatchObject({ unapplied: '0.00', applications: [] });
    expect(inShort(await admin.post(`${path}/payments`, { method: 'cash' }))).toBe('201');
  });

  it('ONL-5: refunds and disputes show on the payment and in the history; the invoice stays', async () => {
    const account = await paying();
    const { admin } = account;
    for (const [deed, status] of [
      ['refund', 'refunded'],
      ['dispute', 'disputed'],
    ] as const) {
      const { token, path } = await payableInvoice(admin);
      const page = pageOf(await checkOut(token));
      await onPage(page, 'pay');
      const paid = await onceItIs(account, path, { status: 'paid' });
      await onPage(page, deed);
      const payment = `/v1/payments/${paid.payments[0].id}`;
      const shown = await onceItIs(account, payment, { status });
      expect(shown.refunded).toBe(deed === 'refund' ? '100.00' : null);
      expect(ok(await admin.get(path))).toEqual(paid);
      for (const subject of [path, payment])
        await eventually(async () => {
          const { data } = ok(await admin.get(`${subject}/history`));
          return data.find(({ action }: Json) => action === `payment_${status}`);
        }, `${status} in the history of ${subject}`);
      expect(inShort(await admin.post(`${path}/void`))).toBe('409 invoice_has_online_payment');
    }
  });

  it('ONL-6: a receipt goes to the buyer, unless the account switched it off', async () => {
    const mailed = async (email: string) =>
      (await (await fetch(`${service().mailbox}/store`)).text()).includes(email);
    const off = await paying({ sendOnlineReceipts: false });
    const on = await paying();
    const emails: string[] = [];
    for (const account of [off, on]) {
      const contact = await newContact(account.admin);
      emails.push(contact.email);
      const { token, path } = await payableInvoice(account.admin, { contactId: contact.id });
      await onPage(pageOf(await checkOut(token)), 'pay');
      await onceItIs(account, path, { status: 'paid' });
    }
    await eventually(async () => (await mailed(emails[1] as string)) || undefined, 'the receipt');
    expect(await mailed(emails[0] as string)).toBe(false);
  });

  it.each([
    ['EUR', '0.49'],
    ['JPY', '49'],
    ['EUR', '1000000'],
    ['KWD', '10.001'],
    ['MGA', '1000.50'],
    ['KPW', '1000'],
  ])('ONL-7: %s %s can’t be charged: refused before anything is started', async (currency, unitPrice) => {
    const { admin } = await paying();
    const lineItems = [{ name: 'Consulting', quantity: '1', unitPrice }];
    const { token } = await payableInvoice(admin, { currency, lineItems });
    expect(inShort(await checkOut(token))).toBe('422 amount_not_payable_online');
  });

  it('ONL-3: a message that Stripe did not sign is refused', async () => {
    const body = { id: 'evt_1', type: 'checkout.session.completed', data: { object: { id: 'cs_1' } } };
    const unsigned = await call('POST', '/webhooks/stripe', { body });
    expect(inShort(unsigned)).toBe('401 unauthenticated');
    const headers = { 'stripe-signature': `t=${Math.floor(Date.now() / 1_000)},v1=${'0'.repeat(64)}` };
    expect(inShort(await call('POST', '/webhooks/stripe', { body, headers }))).toBe('401 unauthenticated');
  });
});
