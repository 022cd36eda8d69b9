import { describe, expect, it } from 'vitest';
import { apiKeyWith, type Client, memberWith, newAccount, ok } from '#test/support/account.ts';
import { png } from '#test/support/pictures.ts';
import { eventually, type Json } from '#test/support/service.ts';

const historyOf = (client: Client, length: number): Promise<Json[]> =>
  eventually(async () => {
    const entries = ok(await client.get('/v1/settings/history')).data as Json[];
    return entries.length >= length ? entries : undefined;
  }, `the history has ${length} entries`);

describe('the history of the settings', () => {
  it('SET-2: tells who made the account, with what', async () => {
    const { admin } = await newAccount();
    const me = ok(await admin.get('/v1/me'));
    const [created] = await historyOf(admin, 1);
    expect(created).toMatchObject({
      action: 'created',
      actor: { type: 'member', id: me.member.id, name: me.member.name },
      source: 'api',
      version: 1,
    });
    expect(created.changes).toContainEqual({ property: 'currency', from: null, to: 'EUR' });
    expect(created.changes).toContainEqual({ property: 'numbering.prefix', from: null, to: 'INV-' });
  });

  it('SET-2: tells who changed what, property by property', async () => {
    const account = await newAccount();
    const { admin } = account;
    const key = await apiKeyWith(account, ['settings.write']);
    ok(await admin.patch('/v1/settings', { seller: { iban: 'DE89370400440532013000', bic: 'DEUTDEFF' } }));
    ok(
      await key.patch('/v1/settings', {
        seller: { iban: 'FR7630006000011234567890189' },
        paymentTermDays: 30,
        notes: [{ text: 'Thank you' }],
      }),
    );
    const [, first, second] = await historyOf(admin, 3);
    expect(first.changes).toEqual([
      { property: 'seller.bic', from: null, to: 'DEUTDEFF' },
      { property: 'seller.iban', from: null, to: 'DE89370400440532013000' },
    ]);
    expect(second).toMatchObject({
      action: 'updated',
      actor: { type: 'apiKey', id: key.id, name: 'Test key' },
      requestId: expect.any(String),
      version: 3,
    });
    expect(second.changes).toEqual([
      { property: 'notes', from: null, to: [{ text: 'Thank you' }] },
      { property: 'paymentTermDays', from: null, to: 30 },
      {
        property: 'seller.iban',
        from: 'DE89370400440532013000',
        to: 'FR7630006000011234567890189',
      },
    ]);
  });

  it('SET-2: names a logo by its hash', async () => {
    const { admin } = await newAccount();
    const picture = { raw: png(8, 8, [10, 20, 30]), headers: { 'content-type': 'image/png' } };
    ok(await admin.put('/v1/settings/logo', undefined, picture));
    expect((await admin.delete('/v1/settings/logo')).status).toBe(204);
    const [, put, removed] = await historyOf(admin, 3);
    const hash = expect.stringMatching(/^[0-9a-f]{64}\.png$/);
    expect(put.changes).toEqual([{ property: 'logo', from: null, to: hash }]);
    expect(removed.changes).toEqual([{ property: 'logo', from: hash, to: null }]);
  });

  it('SET-2: comes in pages, oldest first, and is read with invoices.read', async () => {
    const account = await newAccount();
    const { admin } = account;
    for (const terms of ['one', 'two', 'three']) ok(await admin.patch('/v1/settings', { terms }));
    const all = await historyOf(admin, 4);
    const reader = await memberWith(account, ['invoices.read']);
    const page = ok(await reader.get('/v1/settings/history?limit=3'));
    const rest = ok(await reader.get(`/v1/settings/history?limit=3&cursor=${page.nextCursor}`));
    expect([...page.data, ...rest.data]).toEqual(all);
    expect(rest.nextCursor).toBeNull();
    const other = await memberWith(account, ['settings.write']);
    expect((await other.get('/v1/settings/history')).status).toBe(403);
  });
});
