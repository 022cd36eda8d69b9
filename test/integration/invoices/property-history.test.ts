import { describe, expect, it } from 'vitest';
import { newAccount, newDraft, newInvoice, ok } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';
import { allowEdits, defineCustomProperties, refusal } from './every-property.ts';
import { allOf, historyOf, pathOf, valuesOf } from './history-pages-of.ts';

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
