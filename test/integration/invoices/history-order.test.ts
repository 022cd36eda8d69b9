import { describe, expect, it } from 'vitest';
import { type Client, newAccount, newInvoice, ok } from '#test/support/account.ts';
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

describe('the entries of a history', () => {
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
});
