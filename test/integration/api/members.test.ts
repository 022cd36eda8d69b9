import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Permission, permissions } from '#lib/domain/account/permissions.ts';
import {
  apiKeyWith,
  clientWith,
  memberWith,
  newAccount,
  ok,
  person,
  type TestAccount,
} from '#test/support/account.ts';
import { type Json, token } from '#test/support/service.ts';
import { itemsUnder } from '#test/support/table.ts';

let account: TestAccount;
beforeAll(async () => {
  account = await newAccount();
});

describe('the very next request', () => {
  it('PERM-4: of a removed member is refused', async () => {
    const member = await memberWith(account, ['contacts.read']);
    expect((await member.get('/v1/contacts')).status).toBe(200);
    expect((await account.admin.delete(`/v1/members/${member.id}`)).status).toBe(204);
    const next = await member.get('/v1/contacts');
    expect([next.status, next.body.code]).toEqual([400, 'account_required']);
    const named = await member.get('/v1/contacts', { headers: { 'account-id': account.id } });
    expect([named.status, named.body.code]).toEqual([404, 'not_found']);
    expect((await member.get('/v1/me')).body).toMatchObject({ member: null, account: null, permissions: [] });
  });

  it('PERM-4: of a member goes by its changed permissions and role', async () => {
    const member = await memberWith(account, ['contacts.read']);
    const change = (body: Json) => account.admin.patch(`/v1/members/${member.id}`, body);
    expect((await member.get('/v1/contacts')).status).toBe(200);
    ok(await change({ permissions: ['invoices.read'] }));
    expect((await member.get('/v1/contacts')).body).toMatchObject({ permission: 'contacts.read' });
    expect((await member.get('/v1/invoices')).status).toBe(200);
    ok(await change({ role: 'super_admin' }));
    expect((await member.get('/v1/members')).status).toBe(200);
    expect((await member.get('/v1/me')).body.permissions).toEqual(permissions);
    ok(await change({ role: 'member', permissions: [] }));
    expect((await member.get('/v1/invoices')).status).toBe(403);
  });

  it('PERM-4: of a revoked API key is refused', async () => {
    const key = await apiKeyWith(account, ['contacts.read']);
    expect((await key.get('/v1/contacts')).status).toBe(200);
    expect((await account.admin.delete(`/v1/api-keys/${key.id}`)).status).toBe(204);
    const next = await key.get('/v1/contacts');
    expect([next.status, next.body.code]).toEqual([401, 'unauthenticated']);
    expect((await account.admin.delete(`/v1/api-keys/${key.id}`)).status).toBe(404);
  });

  it('PERM-4: somebody removed and invited again is a new member, with what he has now', async () => {
    const { client, email } = await person();
    const invite = async (granted: readonly Permission[]) =>
      ok(await account.admin.post('/v1/members', { email, name: 'Back Again', permissions: granted }));
    const first = await invite(['contacts.read']);
    expect((await client.get('/v1/contacts')).status).toBe(200);
    ok(await account.admin.delete(`/v1/members/${first.id}`));
    const second = await invite(['invoices.read']);
    expect((await client.get('/v1/contacts')).status).toBe(403);
    expect((await client.get('/v1/me')).body.member.id).toBe(second.id);
  });

  it('PERM-4: an invitation that was taken back lets nobody in', async () => {
    const { client, email } = await person();
    const invited = ok(await account.admin.post('/v1/members', { email, name: 'Too Late' }));
    ok(await account.admin.delete(`/v1/members/${invited.id}`));
    expect((await client.get('/v1/me')).body.member).toBeNull();
  });
});

describe('an API key', () => {
  it('PERM-6: is shown once, and kept as a hash', async () => {
    const own = await newAccount();
    const made = ok(
      await own.admin.post('/v1/api-keys', { name: 'Nightly', permissions: ['invoices.read'] }),
    );
    const { secret, ...rest } = made;
    expect(secret).toMatch(/^qk_[0-9A-Z]{26}_[0-9A-Z]{26}_[\w-]{43}$/);
    const list = await own.admin.get('/v1/api-keys');
    expect(list.body.data).toEqual([rest]);
    const stored = await itemsUnder(`A#${own.id}`);
    const item = stored.find(({ sk }) => sk === made.id);
    expect(item.data.hash).toBe(createHash('sha256').update(secret).digest('hex'));
    expect(JSON.stringify(stored)).not.toContain(secret.split('_').at(-1));
  });

  it('PERM-6: has its own permissions and its own account, whatever its maker may', async () => {
    const key = await apiKeyWith(account, ['contacts.read']);
    expect((await key.get('/v1/me')).body).toEqual({
      member: null,
      apiKey: { id: key.id, name: 'Test key' },
      account: { id: account.id, name: 'Atelier Nord' },
      role: 'member',
      permissions: ['contacts.read'],
    });
    expect((await key.get('/v1/contacts')).status).toBe(200);
    expect((await key.get('/v1/invoices')).body).toMatchObject({ permission: 'invoices.read' });
  });
});

describe('whoever has less', () => {
  const some: Permission[] = ['members.write', 'contacts.read'];

  it.each(['member', 'apiKey'] as const)('PERM-7: %s grants only what he has himself', async (kind) => {
    const manager = kind === 'member' ? await memberWith(account, some) : await apiKeyWith(account, some);
    const grants = [
      [{ permissions: ['contacts.read'] }, undefined],
      [{ permissions: some }, undefined],
      [{ permissions: ['contacts.read', 'contacts.write'] }, 'contacts.write'],
      [{ permissions: [...permissions] }, 'invoices.read'],
    ] as const;
    for (const [rights, missing] of grants) {
      const { email } = await person();
      const answers = [
        await manager.post('/v1/members', { email, name: 'Grantee', ...rights }),
        await manager.post('/v1/api-keys', { name: 'Grantee', ...rights }),
      ];
      for (const { status, body } of answers)
        expect([status, body.permission]).toEqual(missing ? [403, missing] : [201, undefined]);
    }
    const { email } = await person();
    const raised = await manager.post('/v1/members', { email, name: 'Grantee', role: 'super_admin' });
    expect([raised.status, raised.body.code, raised.body.permission]).toEqual([
      ...[403, 'permission_denied', 'super_admin'],
    ]);
  });

  it('PERM-7: raises neither himself nor another', async () => {
    const manager = await memberWith(account, some);
    const peer = await memberWith(account, ['contacts.read']);
    for (const id of [manager.id, peer.id])
      for (const change of [{ permissions: [...some, 'settings.write'] }, { role: 'super_admin' }]) {
        const answer = await manager.patch(`/v1/members/${id}`, change);
        expect([answer.status, answer.body.code]).toEqual([403, 'permission_denied']);
      }
    expect(ok(await manager.patch(`/v1/members/${peer.id}`, { permissions: some })).permissions).toEqual(
      some,
    );
    expect((await manager.get('/v1/me')).body.permissions).toEqual(some);
  });

  it('PERM-7: neither changes nor removes somebody who has more, nor revokes a key that has', async () => {
    const manager = await memberWith(account, some);
    const above = await memberWith(account, [...some, 'settings.write']);
    const admin = await memberWith(account, [], 'super_admin');
    const key = await apiKeyWith(account, ['settings.write']);
    for (const id of [above.id, admin.id]) {
      const path = `/v1/members/${id}`;
      for (const change of [{ name: 'Renamed' }, { permissions: [] }, { role: 'member' }])
        expect((await manager.patch(path, change)).status).toBe(403);
      expect((await manager.delete(path)).status).toBe(403);
    }
    expect((await manager.delete(`/v1/api-keys/${key.id}`)).status).toBe(403);
    expect((await above.get('/v1/me')).body.permissions).toContain('settings.write');
    expect((await admin.get('/v1/me')).body.role).toBe('super_admin');
    expect((await key.get('/v1/me')).status).toBe(200);
  });

  it('PERM-7: changes and removes somebody who has no more', async () => {
    const manager = await memberWith(account, some);
    const peer = await memberWith(account, some);
    expect(ok(await manager.patch(`/v1/members/${peer.id}`, { name: 'Renamed' })).name).toBe('Renamed');
    expect((await manager.delete(`/v1/members/${peer.id}`)).status).toBe(204);
  });

  it('PERM-3: an unknown permission or role is no permission', async () => {
    const { email } = await person();
    const body = { email, name: 'Nobody', role: 'owner', permissions: ['invoices.read', 'everything'] };
    const answer = await account.admin.post('/v1/members', body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ pointer }: Json) => pointer)).toEqual(['/role', '/permissions/1']);
    const key = await account.admin.post('/v1/api-keys', { name: 'Key', permissions: ['*'] });
    expect(key.body.errors).toMatchObject([{ pointer: '/permissions/0' }]);
  });
});

describe('a super admin', () => {
  it('PERM-8: is whoever creates the account', async () => {
    const own = await newAccount({ name: 'Founded' });
    expect((await own.admin.get('/v1/me')).body).toMatchObject({
      member: { email: own.adminEmail, name: 'Alex Founder' },
      account: { id: own.id, name: 'Founded' },
      role: 'super_admin',
      permissions,
    });
  });

  it('PERM-8: can be an identity without a verified address', async () => {
    const sub = `unverified-${Date.now()}`;
    const client = clientWith(await token({ sub, email: 'someone@example.com', email_verified: false }));
    const body = { name: 'Unverified', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' };
    const made = ok(await client.post('/v1/accounts', body));
    const me = (await client.get('/v1/me')).body;
    expect(me).toMatchObject({ account: { id: made.id }, role: 'super_admin' });
    expect(me.member.email).not.toBe('someone@example.com');
  });
});
