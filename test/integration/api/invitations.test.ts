import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  clientWith,
  newAccount,
  newContact,
  ok,
  type TestAccount,
} from '#test/support/account.ts';
import { type Json, token } from '#test/support/service.ts';

let account: TestAccount;
beforeAll(async () => {
  account = await newAccount();
});

let people = 0;
const newAddress = (): string => {
  people += 1;
  return `invited-${process.pid}-${Date.now()}-${people}@example.com`;
};
const signIn = async (claims: Record<string, unknown>): Promise<Client> =>
  clientWith(await token(claims as Json));
const invite = async (email: string, to: TestAccount = account): Promise<Json> =>
  ok(await to.admin.post('/v1/members', { email, name: 'Invited', permissions: ['contacts.read'] }));
const memberOf = async (client: Client): Promise<Json> => (await client.get('/v1/me')).body.member;
const stored = async (id: string): Promise<Json> =>
  ok(await account.admin.get('/v1/members?limit=200')).data.find((member: Json) => member.id === id);

describe('an invitation', () => {
  it('PERM-8: waits for its address, and is bound to the identity that signs in with it', async () => {
    const email = newAddress();
    const invited = await invite(email);
    expect(invited).toMatchObject({ email, status: 'invited', role: 'member', version: 1 });
    const client = await signIn({ sub: email, email });
    expect(await memberOf(client)).toEqual({ id: invited.id, email, name: 'Invited' });
    expect((await stored(invited.id)).status).toBe('active');
    expect((await client.get('/v1/contacts')).status).toBe(200);
  });

  it.each([false, 'false', null, 'yes', 1])(
    'PERM-8: is not bound where the address is not verified (%s)',
    async (claim) => {
      const email = newAddress();
      const invited = await invite(email);
      const client = await signIn({ sub: email, email, email_verified: claim });
      expect(await memberOf(client)).toBeNull();
      const named = await client.get('/v1/contacts', { headers: { 'account-id': account.id } });
      expect(named.status).toBe(404);
      expect((await stored(invited.id)).status).toBe('invited');
    },
  );

  it('PERM-8: is bound whatever the case of the address, and where verified is the text true', async () => {
    const email = newAddress();
    const invited = await invite(email.replace('invited', 'Invited'));
    const client = await signIn({ sub: email, email: email.toUpperCase(), email_verified: 'true' });
    expect((await memberOf(client)).id).toBe(invited.id);
  });

  it('PERM-8: is bound by the very request that names the account', async () => {
    const email = newAddress();
    await invite(email);
    const client = await signIn({ sub: email, email });
    const named = await client.get('/v1/contacts', { headers: { 'account-id': account.id } });
    expect(named.status).toBe(200);
  });

  it('PERM-8: is bound once, however many requests come first at the same time', async () => {
    const email = newAddress();
    const invited = await invite(email);
    const client = await signIn({ sub: email, email });
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.get('/v1/me')));
    expect(answers.map(({ status, body }) => [status, body.member?.id])).toEqual(
      answers.map(() => [200, invited.id]),
    );
  });

  it('PERM-8: lets in the first identity only, and that one under any address later', async () => {
    const email = newAddress();
    const invited = await invite(email);
    const first = await signIn({ sub: `first-${email}`, email });
    expect((await memberOf(first)).id).toBe(invited.id);
    const second = await signIn({ sub: `second-${email}`, email });
    expect(await memberOf(second)).toBeNull();
    const moved = await signIn({ sub: `first-${email}`, email: newAddress() });
    expect((await memberOf(moved)).id).toBe(invited.id);
  });

  it('PERM-8: is bound by no token of another audience or issuer', async () => {
    const email = newAddress();
    const invited = await invite(email);
    for (const wrong of [{ aud: 'another-service' }, { aud: null }, { iss: 'https://issuer.example' }]) {
      const client = await signIn({ sub: email, email, ...wrong });
      expect((await client.get('/v1/me')).status).toBe(401);
    }
    expect((await stored(invited.id)).status).toBe('invited');
    const many = await signIn({ sub: email, email, aud: ['another-service', 'quittance'] });
    expect((await memberOf(many)).id).toBe(invited.id);
  });

  it('PERM-8: of an address that is a member’s already is refused, whatever its case', async () => {
    const email = newAddress();
    await invite(email);
    for (const again of [email, email.toUpperCase(), account.adminEmail]) {
      const answer = await account.admin.post('/v1/members', { email: again, name: 'Again' });
      expect([answer.status, answer.body.code]).toEqual([422, 'invalid_request']);
      expect(answer.body.errors).toMatchObject([{ pointer: '/email', code: 'already_member' }]);
    }
  });

  it('PERM-8: to a second address of a member changes nothing for him, and nothing fails', async () => {
    const first = newAddress();
    const second = newAddress();
    const member = await invite(first);
    const client = await signIn({ sub: first, email: first });
    expect((await memberOf(client)).id).toBe(member.id);
    const again = await invite(second);
    const moved = await signIn({ sub: first, email: second });
    expect((await memberOf(moved)).id).toBe(member.id);
    expect((await moved.get('/v1/contacts', { headers: { 'account-id': account.id } })).status).toBe(200);
    expect((await stored(again.id)).status).toBe('invited');
  });

  it('API-1: a token whose name or address can’t be one is that of a person without it', async () => {
    const email = newAddress();
    for (const odd of [
      { name: 'n'.repeat(300) },
      { name: 'a\r\nBcc: x@example.com' },
      { name: 7 },
      { name: '' },
    ]) {
      const client = await signIn({ sub: email, email, ...odd });
      expect((await client.get('/v1/me')).status).toBe(200);
    }
    const body = { name: 'Odd', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' };
    const founder = await signIn({ sub: email, email, name: 'a\r\nBcc: x@example.com' });
    ok(await founder.post('/v1/accounts', body));
    expect((await memberOf(founder)).name).toBe(email);
    const addressed = await signIn({ sub: newAddress(), email: `${'a'.repeat(300)}@example.com` });
    expect((await addressed.get('/v1/me')).status).toBe(200);
  });
});

describe('a person of two accounts', () => {
  let other: TestAccount;
  let client: Client;
  beforeAll(async () => {
    other = await newAccount({ name: 'Second Account' });
    const email = newAddress();
    await invite(email);
    await invite(email, other);
    client = await signIn({ sub: email, email });
    await newContact(other.admin, { name: 'Of the second' });
  });

  it('PERM-8: names one: without it every route refuses', async () => {
    for (const path of [
      '/v1/contacts',
      '/v1/me',
      '/v1/members',
      '/v1/invoices/inv_01M7ZZZZZZZZZZZZZZZZZZZZZZ',
    ]) {
      const answer = await client.get(path);
      expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'account_required']);
    }
  });

  it('PERM-8: sees the one that the header Account-Id names, and no other', async () => {
    for (const { id, name, contacts } of [
      { id: account.id, name: 'Atelier Nord', contacts: [] },
      { id: other.id, name: 'Second Account', contacts: ['Of the second'] },
    ]) {
      const named = { headers: { 'account-id': id } };
      expect((await client.get('/v1/me', named)).body.account).toEqual({ id, name });
      const list = (await client.get('/v1/contacts', named)).body.data as Json[];
      expect(list.map((contact) => contact.name)).toEqual(contacts);
    }
    const third = await newAccount();
    expect((await client.get('/v1/me', { headers: { 'account-id': third.id } })).status).toBe(404);
  });

  it('PERM-8: can make one more, which he has to name as well', async () => {
    const body = { name: 'Third', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' };
    const made = ok(await client.post('/v1/accounts', body));
    const named = { headers: { 'account-id': made.id } };
    expect((await client.get('/v1/me', named)).body).toMatchObject({
      account: { id: made.id },
      role: 'super_admin',
    });
  });
});
