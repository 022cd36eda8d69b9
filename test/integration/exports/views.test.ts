import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, memberWith, newAccount, ok, type TestAccount } from '#test/support/account.ts';

let account: TestAccount;
let reader: Client;
beforeAll(async () => {
  account = await newAccount();
  reader = await memberWith(account, ['invoices.read']);
});

const filterGroups = [{ filters: [{ property: 'status', operator: 'EQ', value: 'open' }] }];
const search = { filterGroups, sort: { property: 'total', direction: 'desc' }, columns: ['number'] };

describe('a view', () => {
  it('VIEW-1: is saved, renamed and deleted, and seen by others only while it is shared', async () => {
    const view = ok(await account.admin.post('/v1/views', { name: 'Open', ...search }));
    expect(view).toMatchObject({ name: 'Open', shared: false, ...search });
    expect((await reader.get(`/v1/views/${view.id}`)).status).toBe(404);
    expect(ok(await reader.get('/v1/views')).data).toEqual([]);
    const patch = { name: 'Still open', shared: true };
    const renamed = ok(await account.admin.patch(`/v1/views/${view.id}`, patch));
    expect(renamed).toMatchObject({ ...patch, ...search, version: 2 });
    expect(ok(await reader.get(`/v1/views/${view.id}`))).toEqual(renamed);
    const refused = await reader.patch(`/v1/views/${view.id}`, { name: 'Mine' });
    expect(refused.body).toMatchObject({ code: 'permission_denied', permission: 'settings.write' });
    expect((await account.admin.delete(`/v1/views/${view.id}`)).status).toBe(204);
    expect((await reader.get(`/v1/views/${view.id}`)).status).toBe(404);
  });

  it('VIEW-1 FILT-2: is refused with a faulty filter, order or column, each with its place', async () => {
    const faulty = { name: 'Faulty', filterGroups, sort: { property: 'x' }, columns: ['nothing'] };
    const answer = await account.admin.post('/v1/views', faulty);
    expect(answer.body.code).toBe('invalid_filter');
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(['/sort/property', '/columns/0']);
  });

  it('VIEW-1: is renamed while a property that its filter and columns name is gone; a new filter is checked', async () => {
    const property = { name: 'gone', label: 'Gone', type: 'string' };
    ok(await account.admin.post('/v1/invoices/properties', property));
    const named = { property: 'customProperties.gone', operator: 'EQ', value: 'x' };
    const faulty = { filterGroups: [{ filters: [named] }], columns: ['customProperties.gone'] };
    const view = ok(await account.admin.post('/v1/views', { ...search, name: 'Old', ...faulty }));
    expect((await account.admin.delete('/v1/invoices/properties/gone')).status).toBe(204);
    const path = `/v1/views/${view.id}`;
    const renamed = ok(await account.admin.patch(path, { name: 'New', sort: null }));
    const newestFirst = { property: 'createdAt', direction: 'desc' };
    expect(renamed).toMatchObject({ name: 'New', ...faulty, sort: newestFirst, version: 2 });
    const refused = await account.admin.patch(path, { filterGroups: faulty.filterGroups });
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_filter' } });
    expect(ok(await account.admin.patch(path, { filterGroups: null })).filterGroups).toEqual([]);
  });

  it('FILT-2, API-1: a filter that is too large to be kept is refused as that, and searches all the same', async () => {
    const values = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(900)}${1_000 + index}`);
    const filters = [1, 2].map(() => ({ property: 'title', operator: 'IN', values }));
    const filterGroups = [{ filters }];
    const errors = [{ pointer: '/filterGroups', code: 'too_large' }];
    const refused = { status: 422, body: { code: 'invalid_filter', errors } };
    expect(await account.admin.post('/v1/views', { name: 'Large', filterGroups })).toMatchObject(refused);
    expect(await account.admin.post('/v1/exports', { format: 'csv', filterGroups })).toMatchObject(refused);
    expect(ok(await account.admin.post('/v1/invoices/search', { filterGroups })).data).toEqual([]);
  });
});
