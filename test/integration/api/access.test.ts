import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Permission, permissions } from '#lib/domain/account/permissions.ts';
import { apiKeyWith, memberWith, newAccount, person, type TestAccount } from '#test/support/account.ts';
import { accountRoutes, callRoute, everyRoute, guardedRoutes, oneOfEach } from '#test/support/every-route.ts';
import { type Answer, call, service, token } from '#test/support/service.ts';

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (credential: string) =>
  JSON.parse(Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString());
const headerOf = (credential: string) =>
  JSON.parse(Buffer.from(credential.split('.')[0] ?? '', 'base64url').toString());
const audience = 'quittance';
const now = (): number => Math.floor(Date.now() / 1_000);

/** Credentials that look like those of a real super admin, and are none. */
const forgeries = async ({ adminToken, adminEmail }: TestAccount): Promise<Record<string, string>> => {
  const claims = claimsOf(adminToken);
  const header = headerOf(adminToken);
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const { keys } = (await (await fetch(`${service().issuer}/jwks`)).json()) as { keys: { n: string }[] };
  const parts = adminToken.split('.');
  const admin = { sub: adminEmail, email: adminEmail, email_verified: true };
  const bearers = {
    garbage: 'garbage',
    'three parts of garbage': 'a.b.c',
    'no signature': `${parts[0]}.${parts[1]}.`,
    'the algorithm none': `${encoded({ ...header, alg: 'none' })}.${parts[1]}.`,
    'another key of the same id': await new SignJWT(claims).setProtectedHeader(header).sign(privateKey),
    'a key that it brings along': await new SignJWT(claims)
      .setProtectedHeader({ ...header, jwk: await exportJWK(publicKey) })
      .sign(privateKey),
    'an unknown key id': await new SignJWT(claims)
      .setProtectedHeader({ ...header, kid: 'unknown' })
      .sign(privateKey),
    'HMAC with the public key': await new SignJWT(claims)
      .setProtectedHeader({ ...header, alg: 'HS256' })
      .sign(Buffer.from(keys[0]?.n ?? '', 'base64url')),
    'other claims under the signature': `${parts[0]}.${encoded({ ...claims, name: 'Mallory' })}.${parts[2]}`,
    'an end in the past': await token({ ...admin, exp: now() - 60 }),
    'a beginning in the future': await token({ ...admin, nbf: now() + 600 }),
    'no end': await token({ ...admin, exp: null }),
    'another audience': await token({ ...admin, aud: 'another-service' }),
    'no audience': await token({ ...admin, aud: null }),
    'a client in the audience’s place, of no use': await token({ ...admin, aud: null, client_id: audience }),
    'another client in its place': await token({
      ...admin,
      aud: null,
      client_id: 'other',
      token_use: 'access',
    }),
    'another use in its place': await token({ ...admin, aud: null, client_id: audience, token_use: 'id' }),
    'a client beside another audience': await token({
      ...{ ...admin, aud: 'another-service', client_id: audience, token_use: 'access' },
    }),
    'another issuer': await token({ ...admin, iss: 'https://issuer.example' }),
    'an empty key': 'qk_',
    'a key of nobody': `qk_${'0'.repeat(26)}_${'0'.repeat(26)}_${'A'.repeat(43)}`,
  };
  return {
    'a user and a password': `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    'a token without its scheme': adminToken,
    'a scheme without a token': 'Bearer',
    'two tokens': `Bearer ${adminToken}, Bearer ${adminToken}`,
    ...Object.fromEntries(Object.entries(bearers).map(([name, bearer]) => [name, `Bearer ${bearer}`])),
  };
};

const expectUnauthenticated = (answer: Answer): void => {
  expect(answer.status).toBe(401);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
  expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
};

let account: TestAccount;
beforeAll(async () => {
  account = await newAccount();
});

describe('without credentials', () => {
  it.each(guardedRoutes.map((route) => [route.name, route] as const))(
    'PERM-1: %s answers nothing',
    async (_, route) => {
      expectUnauthenticated(await callRoute(route, {}));
    },
  );

  it('PERM-1: credentials that prove nothing are none, on every route', async () => {
    for (const [name, authorization] of Object.entries(await forgeries(account)))
      for (const route of guardedRoutes) {
        const answer = await callRoute(route, { authorization });
        expect([name, route.name, answer.status, answer.body.code]).toEqual([
          ...[name, route.name, 401, 'unauthenticated'],
        ]);
        expectUnauthenticated(answer);
      }
  });

  it('PERM-1: an API key with one letter changed, or of a key that was never made, is none', async () => {
    const made = await account.admin.post('/v1/api-keys', { name: 'Probe', permissions: ['invoices.read'] });
    const { secret } = made.body as { secret: string };
    const changed = secret.slice(0, -2) + (secret.at(-2) === 'A' ? 'B' : 'A') + secret.slice(-1);
    for (const wrong of [changed, `${secret}A`, secret.slice(0, -1), secret.toLowerCase()])
      expectUnauthenticated(
        await call('GET', '/v1/settings', { headers: { authorization: `Bearer ${wrong}` } }),
      );
    const right = await call('GET', '/v1/settings', { headers: { authorization: `Bearer ${secret}` } });
    expect(right.status).toBe(200);
  });

  it('PERM-1: health, the document and the page about it are open to all; the provider’s messages by their signature', async () => {
    const open = everyRoute.filter(({ access }) => access.kind === 'public');
    const [signed, free] = [true, false].map((isWebhook) =>
      open.filter(({ path }) => path.startsWith('/webhooks/') === isWebhook),
    );
    expect(free?.map(({ path }) => path).sort()).toEqual(['/docs', '/health', '/openapi.json']);
    for (const route of free ?? []) expect((await callRoute(route, {})).status).toBe(200);
    expect(signed?.map(({ path }) => path)).toEqual(['/webhooks/stripe']);
    for (const route of signed ?? []) expect((await callRoute(route, {})).status).toBeGreaterThanOrEqual(400);
  });
});

describe('a permission', () => {
  const lackers = new Map<string, Promise<string>>();
  /** The credential of a member who has every permission but these. */
  const without = (missing: readonly Permission[]): Promise<string> => {
    const known = lackers.get(missing.join());
    const made = known ?? credentialWith(permissions.filter((one) => !missing.includes(one)));
    lackers.set(missing.join(), made);
    return made;
  };
  const credentialWith = async (granted: readonly Permission[]): Promise<string> => {
    const { token: credential, email } = await person('Kim Member');
    const member = { email, name: 'Kim Member', permissions: granted };
    expect((await account.admin.post('/v1/members', member)).status).toBe(201);
    return credential;
  };

  it.each(accountRoutes.map((route) => [route.name, route] as const))(
    'PERM-3: %s is refused to who has every other permission, and names the one that is missing',
    async (_, route) => {
      if (route.access.kind !== 'account') throw new Error('not a route of an account');
      const needed = route.access.permissions;
      const answer = await callRoute(route, { authorization: `Bearer ${await without(needed)}` });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'permission_denied', status: 403 });
      expect(needed).toContain(answer.body.permission);
    },
  );

  it.each(accountRoutes.map((route) => [route.name, route] as const))(
    'PERM-3: %s needs no other permission than the one that it names',
    async (_, route) => {
      if (route.access.kind !== 'account') throw new Error('not a route of an account');
      const { permissions: named } = route.access;
      // What needs several is refused without any one of them, and given with all.
      for (const lacking of 'every' in route.access ? named : []) {
        const others = named.filter((one) => one !== lacking);
        const answer = await callRoute(route, { authorization: `Bearer ${await credentialWith(others)}` });
        expect(answer.body).toMatchObject({ code: 'permission_denied', permission: lacking });
      }
      const refusedFor: string[] = [];
      const choices = 'every' in route.access ? [named] : named.map((one) => [one]);
      for (const granted of choices) {
        const authorization = `Bearer ${await credentialWith(granted)}`;
        const answer = await callRoute(route, { authorization });
        // What it hands out or touches may be more than the caller has: that is another rule's refusal (PERM-7).
        if (answer.status === 403) {
          expect(granted).not.toContain(answer.body.permission);
          refusedFor.push(answer.body.permission);
        }
        expect(answer.status).not.toBe(401);
      }
      // Where what is needed depends on what is asked, one of those named is enough.
      const ofThose = (named as readonly string[]).filter((one) => refusedFor.includes(one));
      expect(ofThose.length).toBeLessThan(choices.length);
    },
  );

  it('PERM-3: where it depends on what is stored, it is asked for after existence', async () => {
    const ids = await oneOfEach(account);
    const editor = await memberWith(account, ['invoices.edit_finalized']);
    const draft = await account.admin.post('/v1/invoices', { currency: 'EUR' });
    expect((await editor.patch('/v1/invoices/inv_01M7ZZZZZZZZZZZZZZZZZZZZZZ', { title: 'x' })).status).toBe(
      404,
    );
    const refused = await editor.patch(`/v1/invoices/${draft.body.id}`, { title: 'x' });
    expect(refused.body).toMatchObject({ code: 'permission_denied', permission: 'invoices.write' });
    const writer = await memberWith(account, ['invoices.write']);
    const edit = await writer.patch(`/v1/invoices/${ids.invoiceId}`, { title: 'x' });
    expect(edit.body).toMatchObject({ code: 'permission_denied', permission: 'invoices.edit_finalized' });
    const removal = await writer.delete(`/v1/invoices/${ids.invoiceId}`);
    expect(removal.body).toMatchObject({ code: 'permission_denied', permission: 'invoices.edit_finalized' });
  });

  it('PERM-3: credentials and permission are looked at before the request itself', async () => {
    const nobody = await memberWith(account, []);
    const broken = { raw: '{', headers: { 'content-type': 'text/plain' } };
    expect((await call('POST', '/v1/invoices', broken)).status).toBe(401);
    expect((await nobody.post('/v1/invoices', undefined, broken)).status).toBe(403);
  });
});

describe('the account', () => {
  it('PERM-2: a foreign, unknown or malformed Account-Id answers 404 on every route', async () => {
    const other = await newAccount();
    const key = await apiKeyWith(account, permissions);
    const foreign = [
      other.id,
      'acc_01M7ZZZZZZZZZZZZZZZZZZZZZZ',
      'x',
      'acc_',
      'a'.repeat(4_000),
      `${account.id},${account.id}`,
    ];
    for (const route of guardedRoutes)
      for (const accountId of foreign) {
        const authorization = `Bearer ${account.adminToken}`;
        const answer = await callRoute(route, { authorization, 'account-id': accountId });
        expect([route.name, accountId.slice(0, 40), answer.status, answer.body.code]).toEqual([
          ...[route.name, accountId.slice(0, 40), 404, 'not_found'],
        ]);
      }
    const byKey = await key.get('/v1/me', { headers: { 'account-id': other.id } });
    expect(byKey.status).toBe(404);
    expect((await key.get('/v1/me', { headers: { 'account-id': account.id } })).status).toBe(200);
  });

  it('PERM-3: who belongs to no account is told so on every route that needs one', async () => {
    const { token: credential, client } = await person();
    for (const route of accountRoutes) {
      const answer = await callRoute(route, { authorization: `Bearer ${credential}` });
      expect([route.name, answer.status, answer.body.code]).toEqual([route.name, 400, 'account_required']);
    }
    expect((await client.get('/v1/me')).body).toEqual({
      ...{ member: null, apiKey: null, account: null, role: null, permissions: [] },
    });
  });

  it('PERM-3: an API key makes no account', async () => {
    const key = await apiKeyWith(account, permissions);
    const body = { name: 'Second', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' };
    const answer = await key.post('/v1/accounts', body, { headers: { 'idempotency-key': 'k' } });
    expect([answer.status, answer.body.code]).toEqual([403, 'permission_denied']);
  });
});

describe('a Cognito user pool', () => {
  it('PERM-8: binds a person by the ID token, which has the address, and takes the access token from then on', async () => {
    const founder = await person();
    const claims = { sub: founder.email, email: null, email_verified: null, username: 'f81d4fae' };
    const access = await token({ ...claims, aud: null, client_id: audience, token_use: 'access' });
    const id = await token({ sub: founder.email, email: founder.email, token_use: 'id' });
    const headersOf = (bearer: string) => ({ headers: { authorization: `Bearer ${bearer}` } });
    const body = { name: 'Atelier Nord', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' };
    const made = await call('POST', '/v1/accounts', { ...headersOf(id), body });
    expect(made.status).toBe(201);
    const me = await call('GET', '/v1/me', headersOf(access));
    expect([me.status, me.text.includes(founder.email)]).toEqual([200, true]);
    expect(me.text).toContain(made.body.id);
  });
});
