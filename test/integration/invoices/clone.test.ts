import { describe, expect, it } from 'vitest';
import {
  line,
  memberWith,
  newAccount,
  newDraft,
  newInvoice,
  ok,
  type TestAccount,
} from '#test/support/account.ts';
import { eventually, type Json } from '#test/support/service.ts';
import {
  customNames,
  defineCustomProperties,
  everyProperty,
  newParties,
  refusal,
  writtenOf,
} from './every-property.ts';

const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;
const clone = async ({ admin }: Pick<TestAccount, 'admin'>, original: Json) =>
  ok(await admin.post(`${pathOf(original)}/clone`));

/** An account with parties and custom properties, and how it comes to an invoice of each status. */
const prepared = async () => {
  const account = await newAccount();
  await defineCustomProperties(account);
  const parties = await newParties(account);
  const { admin } = account;
  const whole = everyProperty(parties);
  const draft = async (more: object = {}) => ok(await admin.post('/v1/invoices', { ...whole, ...more }));
  const open = async (more: object = {}) =>
    ok(await admin.post(`${pathOf(await draft(more))}/finalize`)) as Json;
  const inStatus = {
    draft,
    open,
    paid: async () => {
      const invoice = await open();
      ok(await admin.post(`${pathOf(invoice)}/payments`, { method: 'cash', amount: '10' }));
      ok(await admin.post(`${pathOf(invoice)}/payments`, { method: 'sepa' }));
      return invoice;
    },
    voided: async () => ok(await admin.post(`${pathOf(await open())}/void`)),
  };
  return { account, admin, parties, whole, inStatus };
};

describe('a clone', () => {
  it('LIFE-6: has all that a client wrote but slug and dates, whatever the status', async () => {
    const { account, admin, whole, inStatus } = await prepared();
    for (const make of Object.values(inStatus)) {
      const original = ok(await admin.get(pathOf(await make())));
      // The builder writes every property that there is: what it wrote comes back as it was written.
      expect(writtenOf(original, whole)).toEqual(whole);
      const cloned = await clone(account, original);
      const { slug: _slug, invoiceDate: _invoiceDate, dueDate: _dueDate, ...kept } = whole;
      expect(writtenOf(cloned, kept)).toEqual(kept);
      expect(cloned).toMatchObject({
        ...{ status: 'draft', source: 'clone', clonedFrom: original.id, version: 1, documentVersion: 0 },
        ...{ slug: null, invoiceDate: null, dueDate: null, paymentTermDays: 30, type: '380' },
        ...{ number: null, link: null, seller: null, buyer: null, payments: [], warnings: [] },
        ...{ lastSentAt: null, lastViewedAt: null, finalizedAt: null, paidAt: null, voidedAt: null },
        ...{ amountPaid: '0.00', balanceDue: original.total, buyerName: 'Maison Duval' },
      });
      for (const amount of ['subtotal', 'discountTotal', 'feeTotal', 'taxTotal', 'taxes', 'total'])
        expect(cloned[amount]).toEqual(original[amount]);
      const ids = [...original.lineItems, ...cloned.lineItems].map(({ id }: Json) => id);
      expect(new Set(ids).size).toBe(4);
      expect(ok(await admin.get(pathOf(cloned)))).toEqual(cloned);
      expect(ok(await admin.get(pathOf(original)))).toEqual(original);
    }
  });

  it('LIFE-6: has a history, links, e-mails and a number of its own', async () => {
    const { account, admin, inStatus } = await prepared();
    const original = await inStatus.open();
    const cloned = await clone(account, original);
    for (const list of ['links', 'emails'])
      expect(ok(await admin.get(`${pathOf(cloned)}/${list}`)).data).toEqual([]);
    const [created, ...others] = await eventually(async () => {
      const { data } = ok(await admin.get(`${pathOf(cloned)}/history`));
      return data.length > 0 ? (data as Json[]) : undefined;
    }, 'the history of the clone');
    expect([created?.action, others]).toEqual(['created', []]);
    const finalized = ok(await admin.post(`${pathOf(cloned)}/finalize`));
    expect([original.number, finalized.number]).toEqual(['INV-1001', 'INV-1002']);
    expect(finalized.link).not.toBe(original.link);
    expect(await clone(account, finalized)).toMatchObject({ clonedFrom: cloned.id, source: 'clone' });
  });

  it('LIFE-6: keeps the payment term: its own, the days between two dates, or none', async () => {
    const { account, admin } = await prepared();
    const termOf = async (given: object) => {
      const original = ok(await admin.post('/v1/invoices', { currency: 'EUR', ...given }));
      const { paymentTermDays, dueDate, invoiceDate, warnings } = await clone(account, original);
      expect([dueDate, invoiceDate]).toEqual([null, null]);
      return { term: paymentTermDays, warned: warnings.length };
    };
    const none = { term: null, warned: 0 };
    expect(await termOf({})).toEqual(none);
    expect(await termOf({ dueDate: '2026-03-01' })).toEqual(none);
    expect(await termOf({ invoiceDate: '2026-03-01' })).toEqual(none);
    expect(await termOf({ invoiceDate: '2026-03-01', paymentTermDays: 7 })).toEqual({ term: 7, warned: 0 });
    const days = (invoiceDate: string, dueDate: string) => termOf({ invoiceDate, dueDate });
    expect(await days('2024-02-28', '2024-03-01')).toEqual({ term: 2, warned: 0 });
    expect(await days('2026-03-29', '2026-03-30')).toEqual({ term: 1, warned: 0 });
    expect(await days('2026-03-02', '2026-03-01')).toEqual({ term: 0, warned: 0 });
    expect(await days('2020-01-01', '2029-12-29')).toEqual({ term: 3_650, warned: 0 });
    expect(await days('2020-01-01', '2029-12-30')).toEqual({ term: null, warned: 1 });
  });

  it('LIFE-6: can be changed whatever the term of its original was', async () => {
    const { account, admin } = await prepared();
    const dates = { invoiceDate: '2000-01-01', dueDate: '2199-12-31' };
    const cloned = await clone(account, await newDraft(admin, dates));
    expect(ok(await admin.patch(pathOf(cloned), { title: 'x' })).title).toBe('x');
  });

  it('LIFE-6: does not take terms and notes of the account that its original had not', async () => {
    const { account, admin } = await prepared();
    const [bare, own] = [
      await newInvoice(admin),
      await newInvoice(admin, { terms: 'Mine', notes: [{ text: 'a' }] }),
    ];
    ok(await admin.patch('/v1/settings', { terms: 'New terms', notes: [{ text: 'New note' }] }));
    expect(await clone(account, bare)).toMatchObject({ terms: null, notes: null });
    expect(await clone(account, own)).toMatchObject({ terms: 'Mine', notes: [{ code: null, text: 'a' }] });
    ok(await admin.patch('/v1/settings', { defaultTax: { category: 'S', rate: '20' } }));
    expect((await clone(account, bare)).total).toBe('100.00');
  });

  it('LIFE-6: leaves out what exists no more, and names it', async () => {
    const { account, admin, parties, whole, inStatus } = await prepared();
    const original = await inStatus.open();
    const gone = [
      ...[`/v1/contacts/${parties.contact.id}`, `/v1/companies/${parties.company.id}`],
      ...[`/v1/contacts/${parties.others[0]?.id}`, `/v1/companies/${parties.companies[1]?.id}`],
      ...[`/v1/members/${parties.owner.id}`, `/v1/invoices/properties/${customNames[0]}`],
    ];
    for (const path of gone) expect((await admin.delete(path)).status).toBe(204);
    ok(await admin.post('/v1/invoices/properties', { name: 'costCentre', label: 'x', type: 'number' }));
    const cloned = await clone(account, original);
    const { costCentre: _gone, ...custom } = whole.customProperties;
    expect(cloned).toMatchObject({
      ...{ contactId: null, companyId: null, ownerId: null, buyerName: null, buyerEmail: null },
      ...{ contactIds: [parties.others[1]?.id], companyIds: [parties.companies[0]?.id], title: 'Catalogue' },
    });
    expect(cloned.customProperties).toEqual(custom);
    const told = cloned.warnings.map(({ code, detail }: Json) => `${code} ${detail}`).join('\n');
    for (const named of [
      ...[parties.contact.id, parties.company.id, parties.owner.id, 'costCentre'].map((id) => id as string),
    ])
      expect(told).toContain(named);
    const { warnings: _warnings, ...rest } = cloned;
    expect(ok(await admin.get(pathOf(cloned)))).toEqual({ ...rest, warnings: [] });
  });
});

describe('cloning', () => {
  it('LIFE-6: needs invoices.write, an invoice that is there, and no stale If-Match', async () => {
    const account = await newAccount();
    const { admin } = account;
    const invoice = await newInvoice(admin);
    const reader = await memberWith(account, ['invoices.read', 'invoices.edit_finalized']);
    expect(refusal(await reader.post(`${pathOf(invoice)}/clone`)).code).toBe('permission_denied');
    const foreign = (await newAccount()).admin;
    expect(refusal(await foreign.post(`${pathOf(invoice)}/clone`)).code).toBe('not_found');
    const stale = { headers: { 'if-match': '"1"' } };
    expect(refusal(await admin.post(`${pathOf(invoice)}/clone`, {}, stale)).code).toBe('version_conflict');
  });

  it('API-2: repeated with its key makes one clone', async () => {
    const { admin } = await newAccount();
    const invoice = await newDraft(admin, { lineItems: [line()] });
    const again = { headers: { 'idempotency-key': 'clone-1' } };
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => admin.post(`${pathOf(invoice)}/clone`, {}, again)),
    );
    const ids = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(1);
    expect((await admin.post(`${pathOf(invoice)}/clone`, {}, again)).body.id).toBe(ids[0]);
  });
});
