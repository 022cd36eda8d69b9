import { describe, expect, it } from 'vitest';
import { previewToken } from '#lib/tokens/preview-token.ts';
import type { Secrets } from '#lib/tokens/secrets.ts';
import {
  type Client,
  line,
  memberWith,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import { call, type Json, service } from '#test/support/service.ts';
import { refusal } from './every-property.ts';

const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;
const secrets = (): Secrets => JSON.parse(service().environment.SECRETS as string);
const nowSeconds = () => Math.floor(Date.now() / 1_000);

const preview = async (admin: Client, invoice: Json) => {
  const { url } = ok(await admin.get(`${pathOf(invoice)}/preview`));
  const page = await call('GET', url);
  expect(page.status).toBe(200);
  return page;
};

/** A page without what a preview has not, or has besides. */
const inner = (html: string): string =>
  html
    .replace(/<aside class="notice">.*?<\/aside>/s, '')
    .replace(/<div class="todo"><a class="button"[^>]*>.*?<\/a><\/div>/s, '');

describe('a preview', () => {
  it('LIFE-10: shows a finalized invoice exactly as its buyer sees it, in every status', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin, { language: 'en' });
    const make = () => newInvoice(admin, { contactId: contact.id, lineItems: [line({ name: 'Wiring' })] });
    const [open, part, paid, voided] = [await make(), await make(), await make(), await make()];
    ok(await admin.post(`${pathOf(part)}/payments`, { method: 'cash', amount: '1' }));
    ok(await admin.post(`${pathOf(paid)}/payments`, { method: 'cash' }));
    ok(await admin.post(`${pathOf(voided)}/void`));
    for (const invoice of [open, part, paid, voided]) {
      const [seen, byBuyer] = [await preview(admin, invoice), await call('GET', invoice.link)];
      expect(inner(seen.text)).toBe(inner(byBuyer.text));
      expect(seen.text).toContain('Wiring');
      expect(seen.text).toContain('This is a preview.');
    }
  });

  it('LIFE-10: shows a draft with the parties, dates and language that finalizing would give it', async () => {
    const { admin } = await newAccount({ timeZone: 'UTC' });
    ok(await admin.patch('/v1/settings', { paymentTermDays: 30, seller: { legalName: 'Nord SAS' } }));
    const contact = await newContact(admin, { name: 'Noor Buyer', language: 'en' });
    const company = ok(await admin.post('/v1/companies', { name: 'Maison Duval' }));
    const draft = await newDraft(admin, {
      ...{ contactId: contact.id, companyId: company.id, invoiceDate: '2031-03-01' },
      lineItems: [line({ name: 'Wiring' })],
    });
    const { text } = await preview(admin, draft);
    for (const shown of ['Draft', 'Nord SAS', 'Maison Duval', 'Wiring', 'March 1, 2031', 'March 31, 2031'])
      expect(text).toContain(shown);
    const invoice = ok(await admin.post(`${pathOf(draft)}/finalize`));
    expect([invoice.invoiceDate, invoice.dueDate]).toEqual(['2031-03-01', '2031-03-31']);
  });

  it('LIFE-10: shows a draft of which there is nothing but a currency', async () => {
    const { admin } = await newAccount();
    const draft = ok(await admin.post('/v1/invoices', { currency: 'KWD' }));
    expect((await preview(admin, draft)).text).toContain('Atelier Nord');
  });

  it('LIFE-10: shows no way to pay, runs no script and is kept nowhere', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin, { allowOnlinePayment: true, allowPartialPayments: true });
    const { text, headers } = await preview(admin, invoice);
    expect(text).not.toMatch(/<form|<script|checkout|<button/i);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
  });

  it('LIFE-10: records nothing', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    await preview(admin, invoice);
    await preview(admin, invoice);
    expect(ok(await admin.get(pathOf(invoice)))).toEqual(invoice);
    expect(invoice.lastViewedAt).toBe(null);
    const { data } = ok(await admin.get(`${pathOf(invoice)}/links`));
    expect(data.map(({ lastOpenedAt }: Json) => lastOpenedAt)).toEqual([null]);
    ok(await call('GET', invoice.link));
    expect(ok(await admin.get(pathOf(invoice))).lastViewedAt).not.toBe(null);
  });

  it('LIFE-10: ends with its invoice', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin);
    const { url } = ok(await admin.get(`${pathOf(draft)}/preview`));
    expect((await admin.delete(pathOf(draft))).status).toBe(204);
    expect((await call('GET', url)).status).toBe(404);
  });
});

describe('the address of a preview', () => {
  it('LIFE-10: lives five minutes', async () => {
    const { admin, id: accountId } = await newAccount();
    const { id: invoiceId } = await newDraft(admin);
    const before = nowSeconds();
    const { url, expiresAt } = ok(await admin.get(`/v1/invoices/${invoiceId}/preview`));
    const end = Date.parse(expiresAt) / 1_000;
    expect(end).toBeGreaterThanOrEqual(before + 300);
    expect(end).toBeLessThanOrEqual(nowSeconds() + 300);
    const told = previewToken({ accountId, invoiceId, expiresAt: end }, secrets());
    expect(url).toBe(`${service().baseUrl}/p/${told}`);
    const open = async (expires: number) => {
      const token = previewToken({ accountId, invoiceId, expiresAt: expires }, secrets());
      return (await call('GET', `/p/${token}`)).status;
    };
    expect(await open(nowSeconds() + 60)).toBe(200);
    expect(await open(nowSeconds())).toBe(404);
    expect(await open(nowSeconds() - 3_600)).toBe(404);
  });

  it('LIFE-10: can’t be forged, changed or made of a buyer’s link', async () => {
    const { admin, id: accountId } = await newAccount();
    const invoice = await newInvoice(admin);
    const { url } = ok(await admin.get(`${pathOf(invoice)}/preview`));
    const token = url.slice(url.lastIndexOf('/') + 1) as string;
    const bytes = Buffer.from(token, 'base64url');
    const flipped = [0, 16, 32, 35, 36, 55].map((at) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString('base64url');
    });
    const other = { links: { current: 1, secrets: { '1': 'A'.repeat(43) } }, cursors: 'A'.repeat(43) };
    const foreign = previewToken(
      { accountId, invoiceId: invoice.id, expiresAt: nowSeconds() + 60 },
      other as Secrets,
    );
    const link = new URL(invoice.link).pathname.split('/')[2] as string;
    for (const wrong of [...flipped, foreign, link, `${token}A`, token.slice(1), 'x', '%F0%9F%98%80']) {
      const page = await call('GET', `/p/${wrong}`);
      expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(page.text).not.toContain('Consulting');
    }
    expect((await call('GET', `/i/${token}`)).status).toBe(404);
  });

  it('LIFE-10: is for staff of the account who may read invoices', async () => {
    const account = await newAccount();
    const draft = await newDraft(account.admin);
    const reader = await memberWith(account, ['invoices.read']);
    expect((await reader.get(`${pathOf(draft)}/preview`)).status).toBe(200);
    const other = await memberWith(account, ['invoices.write']);
    expect(refusal(await other.get(`${pathOf(draft)}/preview`)).code).toBe('permission_denied');
    const foreign = (await newAccount()).admin;
    expect(refusal(await foreign.get(`${pathOf(draft)}/preview`)).code).toBe('not_found');
  });
});
