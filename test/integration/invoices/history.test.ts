import { describe, expect, it } from 'vitest';
import { actions } from '#functions/actions.ts';
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
import { allowEdits, defineCustomProperties, refusal } from './every-property.ts';

const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;

/** All pages of a list. */
const allOf = async (admin: Client, path: string, limit = 200): Promise<Json[]> => {
  const all: Json[] = [];
  for (let cursor = ''; ; ) {
    const page = ok(await admin.get(`${path}?limit=${limit}${cursor}`));
    expect(page.data.length).toBeLessThanOrEqual(limit);
    all.push(...page.data);
    if (page.nextCursor === null) return all;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
};
/** The history once it has so many entries. */
const historyOf = (admin: Client, invoice: Json, count: number): Promise<Json[]> =>
  eventually(async () => {
    const entries = await allOf(admin, `${pathOf(invoice)}/history`);
    return entries.length >= count ? entries : undefined;
  }, `${count} entries of history`);
/** A property's values once there are so many. */
const valuesOf = (admin: Client, invoice: Json, property: string, count: number): Promise<Json[]> =>
  eventually(async () => {
    const values = await allOf(admin, `${pathOf(invoice)}/history/${property}`);
    return values.length >= count ? values : undefined;
  }, `${count} values of ${property}`);

describe('the history of an invoice', () => {
  it('HIST-1: tells all that was done, in order, by whom, when and how', async () => {
    const account = await newAccount();
    const { admin } = account;
    ok(await admin.patch('/v1/settings', { allowEditFinalized: true, allowDeleteFinalized: true }));
    const [member, key] = [
      await memberWith(account, ['invoices.write', 'payments.write']),
      await apiKeyWith(account, ['invoices.edit_finalized']),
    ];
    const other = await newContact(admin);
    const draft = await newDraft(admin);
    ok(await member.patch(pathOf(draft), { title: 'March' }));
    const finalized = await admin.post(`${pathOf(draft)}/finalize`);
    ok(await key.patch(pathOf(draft), { title: 'April' }));
    ok(await member.put(`${pathOf(draft)}/contacts/${other.id}`));
    const payment = ok(await member.post(`${pathOf(draft)}/payments`, { amount: '40', method: 'cash' }));
    expect((await member.delete(`${pathOf(draft)}/payments/${payment.id}`)).status).toBe(204);
    ok(await admin.post(`${pathOf(draft)}/void`, { reason: 'Ordered twice' }));
    expect((await admin.delete(`${pathOf(draft)}?reason=By%20mistake`)).status).toBe(204);
    const entries = await historyOf(admin, draft, 9);
    expect(entries.map(({ action, actor, version }) => [action, actor.type, actor.name, version])).toEqual([
      ['created', 'member', 'Alex Founder', 1],
      ['updated', 'member', 'Kim Member', 2],
      ['finalized', 'member', 'Alex Founder', 3],
      ['updated', 'apiKey', 'Test key', 4],
      ['contact_added', 'member', 'Kim Member', 5],
      ['payment_recorded', 'member', 'Kim Member', 6],
      ['payment_taken_off', 'member', 'Kim Member', 7],
      ['voided', 'member', 'Alex Founder', 8],
      ['deleted', 'member', 'Alex Founder', 8],
    ]);
    expect(entries.every(({ source }) => source === 'api')).toBe(true);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
    expect(new Set(entries.map(({ id }) => id)).size).toBe(9);
    expect(entries[2]?.requestId).toBe(finalized.headers.get('x-request-id'));
    expect(entries[1]?.changes).toEqual([{ property: 'title', from: null, to: 'March' }]);
    expect(entries[3]?.changes).toEqual([
      { property: 'documentVersion', from: 1, to: 2 },
      { property: 'title', from: 'March', to: 'April' },
    ]);
    expect(entries[5]).toMatchObject({ paymentId: payment.id, amount: '40.00' });
    expect(entries[5]?.changes).toContainEqual({ property: 'balanceDue', from: '100.00', to: '60.00' });
    expect(entries[6]).toMatchObject({ paymentId: payment.id, amount: '40.00' });
    expect([entries[7]?.reason, entries[8]?.reason]).toEqual(['Ordered twice', 'By mistake']);
    expect(entries[7]?.changes).toContainEqual({ property: 'status', from: 'open', to: 'voided' });
  });

  it('HIST-1: tells an edit as its answer told it', async () => {
    const account = await newAccount();
    await defineCustomProperties(account);
    const { admin } = account;
    await allowEdits(admin);
    const invoice = await newInvoice(admin, { customProperties: { weight: 1 } });
    const { changes } = ok(
      await admin.patch(pathOf(invoice), {
        ...{
          title: 'x',
          terms: 'Net 8',
          dueDate: '2031-01-01',
          customProperties: { weight: 2, urgent: true },
        },
        lineItems: [line({ quantity: '2' }), line({ name: 'More' })],
        contactId: invoice.contactId,
      }),
    );
    const entry = (await historyOf(admin, invoice, 3)).at(-1);
    const byName = (list: Json[]) => list.toSorted((a, b) => (a.property < b.property ? -1 : 1));
    const besides = byName(entry?.changes).filter(({ property }) => property !== 'documentVersion');
    expect(besides).toEqual(byName(changes));
  });

  it('HIST-4: is there for the deleted, a draft too, with who deleted it', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin, { title: 'Gone' });
    expect((await admin.delete(pathOf(draft))).status).toBe(204);
    const entries = await historyOf(admin, draft, 2);
    expect(entries.map(({ action, actor }) => [action, actor.name])).toEqual([
      ['created', 'Alex Founder'],
      ['deleted', 'Alex Founder'],
    ]);
    expect(await valuesOf(admin, draft, 'title', 1)).toMatchObject([{ value: 'Gone' }]);
    expect(refusal(await admin.get(pathOf(draft)))).toEqual({ status: 404, code: 'not_found' });
  });

  it('PERM-2: is nobody else’s, and there is none of what never was', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin);
    await historyOf(admin, draft, 1);
    const foreign = (await newAccount()).admin;
    for (const path of ['history', 'history/title']) {
      expect(refusal(await foreign.get(`${pathOf(draft)}/${path}`)).code).toBe('not_found');
      const never = `/v1/invoices/inv_01JD4M8ZQ5W7R3T9Y2K6H0N1VX/${path}`;
      expect(refusal(await admin.get(never)).code).toBe('not_found');
    }
  });

  it('HIST-5: has no route that changes it', async () => {
    const onHistory = actions.filter(({ path }) => path.includes('/history'));
    expect(onHistory.map(({ method }) => method)).toEqual(onHistory.map(() => 'GET'));
    const { admin, adminToken } = await newAccount();
    const draft = await newDraft(admin);
    const [entry] = await historyOf(admin, draft, 1);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const path of ['history', 'history/title', `history/${entry?.id}`]) {
        const answer = await call(method, `${pathOf(draft)}/${path}`, {
          headers: { authorization: `Bearer ${adminToken}` },
        });
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, expect.stringContaining('GET')]);
      }
    expect(await historyOf(admin, draft, 1)).toEqual([entry]);
  });
});

describe('the values that a property had', () => {
  it('HIST-2: begin with the one at creation, each with when, who and from where', async () => {
    const account = await newAccount();
    await defineCustomProperties(account);
    const { admin } = account;
    await allowEdits(admin);
    const invoice = await newInvoice(admin, {
      title: 'A',
      customProperties: { costCentre: 'x', urgent: true },
    });
    ok(await admin.patch(pathOf(invoice), { title: 'B', customProperties: { costCentre: 'y' } }));
    ok(await admin.patch(pathOf(invoice), { customProperties: { urgent: null } }));
    ok(await admin.patch(pathOf(invoice), { title: null }));
    ok(await admin.post(`${pathOf(invoice)}/payments`, { method: 'cash' }));
    const shown = async (property: string, count: number) =>
      (await valuesOf(admin, invoice, property, count)).map(({ value }) => value);
    expect(await shown('status', 3)).toEqual(['draft', 'open', 'paid']);
    expect(await shown('title', 3)).toEqual(['A', 'B', null]);
    expect(await shown('customProperties.costCentre', 2)).toEqual(['x', 'y']);
    expect(await shown('customProperties.urgent', 2)).toEqual([true, null]);
    expect(await shown('number', 1)).toEqual([invoice.number]);
    expect(await shown('currency', 1)).toEqual(['EUR']);
    expect(await shown('documentVersion', 4)).toEqual([0, 1, 2, 3]);
    expect(await shown('balanceDue', 2)).toEqual(['100.00', '0.00']);
    expect((await shown('buyer', 1)).map(({ name }: Json) => name)).toEqual(['Noor Buyer']);
    expect(await shown('terms', 0)).toEqual([]);
    const entries = await historyOf(admin, invoice, 6);
    const [created, , edited] = entries;
    const [first, second] = await valuesOf(admin, invoice, 'title', 3);
    const told = (entry: Json, value: string) => ({ value, at: entry.at, actor: entry.actor, source: 'api' });
    expect([first, second]).toEqual([told(created, 'A'), told(edited, 'B')]);
  });

  it('HIST-2: come in pages, of which the last says that it is', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin, { title: 'Title 0' });
    for (const index of [1, 2, 3, 4]) {
      ok(await admin.patch(pathOf(draft), { comments: `Between ${index}` }));
      ok(await admin.patch(pathOf(draft), { title: `Title ${index}` }));
    }
    const whole = await valuesOf(admin, draft, 'title', 5);
    await historyOf(admin, draft, 9);
    expect(whole.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4].map((index) => `Title ${index}`));
    for (const limit of [1, 2, 4, 5])
      expect(await allOf(admin, `${pathOf(draft)}/history/title`, limit)).toEqual(whole);
    const page = ok(await admin.get(`${pathOf(draft)}/history/title?limit=5`));
    expect(page.nextCursor).toBe(null);
    const { nextCursor } = ok(await admin.get(`${pathOf(draft)}/history/title?limit=2`));
    const cursor = encodeURIComponent(nextCursor);
    for (const path of ['history/comments', 'history'])
      expect(refusal(await admin.get(`${pathOf(draft)}/${path}?cursor=${cursor}`)).code).toBe(
        'invalid_cursor',
      );
  });

  it('HIST-2: of a property that there is not are not found', async () => {
    const account = await newAccount();
    await defineCustomProperties(account);
    const { admin } = account;
    const draft = await newDraft(admin, { customProperties: { costCentre: 'x' } });
    await valuesOf(admin, draft, 'customProperties.costCentre', 1);
    expect(ok(await admin.get(`${pathOf(draft)}/history/customProperties.weight`)).data).toEqual([]);
    const none = [
      'nothing',
      'Title',
      'customProperties',
      'customProperties.',
      'customProperties.nobodys',
      '__proto__',
      'customProperties.a-b',
      'linkId',
    ];
    for (const property of none)
      expect(refusal(await admin.get(`${pathOf(draft)}/history/${property}`))).toEqual({
        ...{ status: 404, code: 'not_found' },
      });
    expect((await admin.delete('/v1/invoices/properties/costCentre')).status).toBe(204);
    expect(await valuesOf(admin, draft, 'customProperties.costCentre', 1)).toMatchObject([{ value: 'x' }]);
  });
});

describe('pages of the history', () => {
  it('HIST-1: never cut an entry, be it of a thousand lines', async () => {
    const { admin } = await newAccount();
    const many = (note: string) =>
      Array.from({ length: 1_000 }, (_, index) =>
        line({ name: `${note} ${index}`, description: 'd'.repeat(300) }),
      );
    const draft = await newDraft(admin, { lineItems: many('first') });
    ok(await admin.patch(pathOf(draft), { lineItems: many('second'), notes: [{ text: 'n'.repeat(5_000) }] }));
    ok(await admin.patch(pathOf(draft), { lineItems: [line()], title: 'Short' }));
    const path = `${pathOf(draft)}/history`;
    const whole = await eventually(async () => {
      const entries = await allOf(admin, path);
      const last = entries.at(-1)?.changes.find(({ property }: Json) => property === 'lineItems');
      return last?.from.length === 1_000 ? entries : undefined;
    }, 'the whole history');
    expect(whole.map(({ action }) => action)).toEqual(['created', 'updated', 'updated']);
    expect(await allOf(admin, path, 1)).toEqual(whole);
    expect(await allOf(admin, path, 2)).toEqual(whole);
    const lines = whole.map(({ changes }) => changes.find(({ property }: Json) => property === 'lineItems'));
    expect(lines.map(({ from, to }) => [from?.length ?? 0, to.length])).toEqual([
      [0, 1_000],
      [1_000, 1_000],
      [1_000, 1],
    ]);
    expect(lines[1].to.map(({ name }: Json) => name)).toEqual(many('second').map(({ name }) => name));
    const values = await valuesOf(admin, draft, 'lineItems', 3);
    expect(values.map(({ value }) => value.length)).toEqual([1_000, 1_000, 1]);
  });

  it('HIST-2: hold a list whole, where only a part of it changed', async () => {
    const { admin } = await newAccount();
    const names = Array.from({ length: 250 }, (_, index) => `Item ${index}`);
    const lineItems = names.map((name) => line({ name }));
    const draft = await newDraft(admin, { lineItems });
    ok(await admin.patch(pathOf(draft), { lineItems: lineItems.with(240, line({ name: 'Other' })) }));
    ok(await admin.patch(pathOf(draft), { lineItems: lineItems.slice(0, 200) }));
    const values = await eventually(async () => {
      const found = await allOf(admin, `${pathOf(draft)}/history/lineItems`);
      return found.length === 3 && found.every(({ value }) => value?.length >= 200) ? found : undefined;
    }, 'whole lists');
    expect(values.map(({ value }) => value.map(({ name }: Json) => name))).toEqual([
      names,
      names.with(240, 'Other'),
      names.slice(0, 200),
    ]);
  });

  it('HIST-1: fit what an answer can carry, however large their entries', async () => {
    const { admin } = await newAccount();
    const texts = (letter: string) => ({
      notes: Array.from({ length: 20 }, () => ({ text: letter.repeat(5_000) })),
      lineItems: Array.from({ length: 100 }, () => line({ description: letter.repeat(5_000) })),
    });
    const draft = await newDraft(admin, texts('a'));
    for (const letter of 'bcdef') ok(await admin.patch(pathOf(draft), texts(letter)));
    const path = `${pathOf(draft)}/history`;
    const entries = await eventually(async () => {
      const found = await allOf(admin, path);
      return found.length === 6 ? found : undefined;
    }, 'six entries');
    const page = await admin.get(`${path}?limit=200`);
    expect(page.text.length).toBeLessThan(6_000_000);
    expect(page.body.nextCursor).not.toBe(null);
    expect(entries.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    const values = await allOf(admin, `${path}/lineItems`);
    expect(values.map(({ value }) => value[99].description[0]).join('')).toBe('abcdef');
  });
});
