import { describe, expect, it } from 'vitest';
import {
  apiKeyWith,
  type Client,
  line,
  memberWith,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import { call, eventually, type Json } from '#test/support/service.ts';

/** The whole history once it has so many entries, read in pages of three. */
const historyOf = (client: Client, path: string, count: number): Promise<Json[]> =>
  eventually(async () => {
    const entries: Json[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `limit=3${cursor === null ? '' : `&cursor=${cursor}`}`;
      const page: Json = ok(await client.get(`${path}/history?${query}`));
      entries.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return entries.length >= count ? entries : undefined;
  }, `${count} entries in the history`);
const changed = ({ changes }: Json, property: string) =>
  changes.find((change: Json) => change.property === property);

describe('the history of an invoice', () => {
  it('HIST-1: tells every change with who made it, when, and from what to what', async () => {
    const account = await newAccount();
    const member = await memberWith(account, ['invoices.write', 'invoices.read']);
    const key = await apiKeyWith(account, ['payments.write']);
    const draft = await newDraft(account.admin, { title: 'First', lineItems: [line()] });
    const path = `/v1/invoices/${draft.id}`;
    ok(await member.patch(path, { title: 'Second', discounts: [{ type: 'amount', value: '1' }] }));
    ok(await member.post(`${path}/finalize`));
    const payment = ok(await key.post(`${path}/payments`, { amount: '9', method: 'cash' }));
    ok(await account.admin.delete(`${path}/payments/${payment.id}`).then((one) => ({ ...one, body: {} })));
    ok(await account.admin.post(`${path}/void`, { reason: 'Ordered twice' }));
    const entries = await historyOf(account.admin, path, 6);
    expect(entries.map(({ action, actor, version }) => [action, actor.type, version])).toEqual([
      ['created', 'member', 1],
      ['updated', 'member', 2],
      ['finalized', 'member', 3],
      ['payment_recorded', 'apiKey', 4],
      ['payment_taken_off', 'member', 5],
      ['voided', 'member', 6],
    ]);
    const [created, updated, finalized, paid, , voided] = entries;
    expect(created.actor.name).toBe('Alex Founder');
    expect(changed(created, 'title')).toEqual({ property: 'title', from: null, to: 'First' });
    expect(changed(created, 'lineItems').to).toHaveLength(1);
    expect(updated.actor).toEqual({ type: 'member', id: member.id, name: 'Kim Member' });
    expect(changed(updated, 'title')).toEqual({ property: 'title', from: 'First', to: 'Second' });
    expect(changed(updated, 'total')).toEqual({ property: 'total', from: '100.00', to: '99.00' });
    expect(changed(updated, 'discounts').to).toMatchObject([{ type: 'amount', amount: '1.00' }]);
    expect(updated.changes.map(({ property }: Json) => property)).not.toContain('lineItems');
    expect(changed(finalized, 'status')).toEqual({ property: 'status', from: 'draft', to: 'open' });
    expect(changed(finalized, 'number')).toMatchObject({ from: null, to: 'INV-1001' });
    expect(changed(finalized, 'buyer').to).toMatchObject({ contactId: draft.contactId });
    expect(paid).toMatchObject({ paymentId: payment.id, amount: '9.00', actor: { id: key.id } });
    expect(changed(paid, 'balanceDue')).toEqual({ property: 'balanceDue', from: '99.00', to: '90.00' });
    expect(voided.reason).toBe('Ordered twice');
    expect(entries.every(({ source, requestId }) => source === 'api' && requestId.length > 5)).toBe(true);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect(await historyOf(account.admin, `/v1/payments/${payment.id}`, 2)).toMatchObject([
      { action: 'payment_recorded' },
      { action: 'payment_taken_off' },
    ]);
  });

  it('HIST-1: opening a link is no change', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    expect((await call('GET', invoice.link)).status).toBe(200);
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`)).lastViewedAt).not.toBe(null);
    ok(await admin.post(`/v1/invoices/${invoice.id}/payments`, { method: 'cash' }));
    const entries = await historyOf(admin, `/v1/invoices/${invoice.id}`, 3);
    expect(entries.map(({ action }) => action)).toEqual(['created', 'finalized', 'payment_recorded']);
  });

  it('HIST-1: is in the order of the writes, however many come at once', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const path = `/v1/invoices/${invoice.id}`;
    const amounts = Array.from({ length: 12 }, (_, index) => `${index + 1}.00`);
    await Promise.all(
      amounts.map((amount) => admin.post(`${path}/payments`, { amount, method: 'cash' }).then(ok)),
    );
    const entries = await historyOf(admin, path, 14);
    expect(entries.map(({ version }) => version)).toEqual(entries.map((_, index) => index + 1));
    for (let index = 3; index < entries.length; index++)
      expect(changed(entries[index], 'balanceDue').from).toBe(changed(entries[index - 1], 'balanceDue').to);
  });

  it('HIST-4: of a deleted draft and of a deleted invoice it stays, with who deleted it and why', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const [draft, invoice] = [await newDraft(admin), await newInvoice(admin)];
    for (const { id } of [draft, invoice])
      expect((await admin.delete(`/v1/invoices/${id}?reason=Mistake`)).status).toBe(204);
    for (const [id, actions] of [
      [draft.id, ['created', 'deleted']],
      [invoice.id, ['created', 'finalized', 'deleted']],
    ] as const) {
      const entries = await historyOf(admin, `/v1/invoices/${id}`, actions.length);
      expect(entries.map(({ action }) => action)).toEqual(actions);
      expect(entries.at(-1)).toMatchObject({ reason: 'Mistake', actor: { name: 'Alex Founder' } });
    }
  });

  it('HIST-5: is not another account’s to read, nor anybody’s to change', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const draft = await newDraft(one.admin);
    expect((await other.admin.get(`/v1/invoices/${draft.id}/history`)).status).toBe(404);
    for (const method of ['post', 'put', 'patch'] as const)
      expect((await one.admin[method](`/v1/invoices/${draft.id}/history`, {})).status).toBe(405);
    expect((await one.admin.delete(`/v1/invoices/${draft.id}/history`)).status).toBe(405);
  });
});

describe('a large invoice', () => {
  const wide = (length: number) => '世'.repeat(length);
  const notes = Array.from({ length: 20 }, (_, index) => ({ code: 'AAI', text: `${index}${wide(4_990)}` }));
  const lines = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) =>
      line({ name: `Line ${index}`, description: `${index} ${wide(length)}` }),
    );

  it('HIST-3: a thousand lines of long texts and twenty long notes are kept, and told of whole', async () => {
    const { admin } = await newAccount();
    const contactId = (await newContact(admin)).id;
    const terms = { comments: wide(5_000), terms: wide(5_000), internalNote: wide(5_000) };
    const written = { currency: 'EUR', contactId, notes, ...terms, lineItems: lines(1_000, 150) };
    const draft = ok(await admin.post('/v1/invoices', written));
    expect(draft.notes).toEqual(notes);
    expect(draft.lineItems).toMatchObject(written.lineItems);
    const path = `/v1/invoices/${draft.id}`;
    expect(ok(await admin.get(path))).toEqual(draft);
    const fewer = ok(await admin.patch(path, { lineItems: lines(150, 200), notes: notes.slice(0, 3) }));
    expect(ok(await admin.get(path))).toEqual(fewer);
    const invoice = ok(await admin.post(`${path}/finalize`));
    expect(ok(await admin.get(path))).toEqual(invoice);
    expect(invoice.lineItems).toEqual(fewer.lineItems);
    const [created, updated] = await historyOf(admin, path, 3);
    expect(changed(created, 'lineItems').to).toMatchObject(written.lineItems);
    expect(changed(created, 'notes').to).toEqual(notes);
    expect(changed(created, 'terms').to).toBe(terms.terms);
    expect(changed(updated, 'lineItems').from).toMatchObject(written.lineItems);
    expect(changed(updated, 'lineItems').to).toMatchObject(lines(150, 200));
    expect(changed(updated, 'notes')).toEqual({ property: 'notes', from: notes, to: notes.slice(0, 3) });
  });

  it('API-8: every long text at its limit, in characters of four bytes, is kept', async () => {
    const { admin } = await newAccount();
    const long = '😀'.repeat(5_000);
    const texts = {
      ...{ comments: long, terms: long, internalNote: long },
      notes: Array.from({ length: 20 }, () => ({ text: long })),
    };
    const draft = await newDraft(admin, texts);
    expect(draft).toMatchObject({ ...texts, notes: texts.notes });
    const invoice = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(invoice);
    const many = ok(
      await admin.post('/v1/invoices/finalize', { invoiceIds: [(await newDraft(admin, texts)).id] }),
    );
    expect(many.finalized).toHaveLength(1);
    expect(ok(await admin.get(`/v1/invoices/${many.finalized[0].invoiceId}`))).toMatchObject(texts);
    expect(await historyOf(admin, `/v1/invoices/${draft.id}`, 2)).toHaveLength(2);
    expect((await admin.delete(`/v1/invoices/${(await newDraft(admin, texts)).id}`)).status).toBe(204);
  });
});
