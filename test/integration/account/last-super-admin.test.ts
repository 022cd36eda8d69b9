import { describe, expect, it } from 'vitest';
import { memberWith, newAccount, ok, type TestAccount } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';

const membersOf = async ({ admin }: TestAccount): Promise<Json[]> => ok(await admin.get('/v1/members')).data;
const idOfFounder = async (account: TestAccount): Promise<string> =>
  ok(await account.admin.get('/v1/me')).member.id;

const refused = { status: 409, body: { code: 'last_super_admin' } };

describe('the last super admin', () => {
  it('PERM-5: can be neither removed nor demoted', async () => {
    const account = await newAccount();
    const id = await idOfFounder(account);
    await memberWith(account, ['members.write']);
    expect(await account.admin.delete(`/v1/members/${id}`)).toMatchObject(refused);
    expect(await account.admin.patch(`/v1/members/${id}`, { role: 'member' })).toMatchObject(refused);
    expect((await membersOf(account))[0]).toMatchObject({ id, role: 'super_admin', version: 1 });
  });

  it('PERM-5: can have another name, and permissions', async () => {
    const account = await newAccount();
    const id = await idOfFounder(account);
    const change = { name: 'Alex Renamed', role: 'super_admin', permissions: ['invoices.read'] };
    expect(ok(await account.admin.patch(`/v1/members/${id}`, change))).toMatchObject(change);
  });

  it('PERM-5: can go once another one is invited', async () => {
    const account = await newAccount();
    const id = await idOfFounder(account);
    const invited = { email: `sam-${id}@example.com`, name: 'Sam Ortiz', role: 'super_admin' };
    const other = ok(await account.admin.post('/v1/members', invited));
    expect(other).toMatchObject({ role: 'super_admin', status: 'invited' });
    expect((await account.admin.delete(`/v1/members/${id}`)).status).toBe(204);
  });

  it('PERM-5: can step back once a member was promoted, and is the last again after that one went', async () => {
    const account = await newAccount();
    const id = await idOfFounder(account);
    const second = await memberWith(account, ['members.write']);
    ok(await account.admin.patch(`/v1/members/${second.id}`, { role: 'super_admin' }));
    ok(await account.admin.patch(`/v1/members/${id}`, { role: 'member', permissions: ['members.write'] }));
    expect(await second.delete(`/v1/members/${second.id}`)).toMatchObject(refused);
    ok(await second.patch(`/v1/members/${id}`, { role: 'super_admin' }));
    expect((await account.admin.delete(`/v1/members/${second.id}`)).status).toBe(204);
    expect(await account.admin.delete(`/v1/members/${id}`)).toMatchObject(refused);
  });

  it.each(['remove', 'demote'])(
    'PERM-5: is left when two super admins %s each other at the same time, ten times over',
    async (how) => {
      const account = await newAccount();
      const founder = { ...account.admin, id: await idOfFounder(account) };
      const outcomes: number[][] = [];
      let [left, right] = [founder, await memberWith(account, [], 'super_admin')];
      for (let round = 0; round < 10; round += 1) {
        const act = (by: typeof left, on: typeof left) =>
          how === 'remove'
            ? by.delete(`/v1/members/${on.id}`)
            : by.patch(`/v1/members/${on.id}`, { role: 'member' });
        const [first, second] = await Promise.all([act(left, right), act(right, left)]);
        outcomes.push([first.status, second.status]);
        const winner = (first.status < 300 ? left : right) as typeof left;
        const members = ok(await winner.get('/v1/members?limit=200')).data as Json[];
        expect(members.filter(({ role }) => role === 'super_admin').map(({ id }) => id)).toEqual([winner.id]);
        left = winner;
        right = await memberWith({ ...account, admin: winner }, [], 'super_admin');
      }
      // One of the two won each time; the other met the rule, or was no super admin any more.
      for (const statuses of outcomes) {
        expect(statuses.filter((status) => status < 300)).toHaveLength(1);
        expect([400, 403, 404, 409]).toContain(statuses.find((status) => status >= 300));
      }
      expect(outcomes.flat()).toContain(409);
    },
  );
});
