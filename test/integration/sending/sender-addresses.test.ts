import { describe, expect, it } from 'vitest';
import { codeCountKey, senderAddressKey } from '#lib/data/keys.ts';
import { getItem } from '#lib/data/table.ts';
import { codesAnHour } from '#lib/domain/sending/count-codes.ts';
import { wrongTriesAllowed } from '#lib/domain/sending/sender-address.ts';
import {
  apiKeyWith,
  type Client,
  memberWith,
  newAccount,
  newInvoice,
  ok,
  person,
} from '#test/support/account.ts';
import { codeTo, mailsTo, mailTo, parsed } from '#test/support/mailbox.ts';
import { eventually, type Json } from '#test/support/service.ts';
import { patchStored, sharedTable } from '#test/support/shared-table.ts';

let made = 0;
const newAddress = (): string => {
  made += 1;
  return `billing-${process.pid}-${Date.now()}-${made}@seller.example`;
};
const of = (email: string): string => `/v1/sender-addresses/${encodeURIComponent(email)}`;
const ask = (client: Client, email: string, more: Record<string, unknown> = {}) =>
  client.post('/v1/sender-addresses', { email, sharedWith: 'account', ...more });
const codeAfter = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const faultOf = (body: Json): string => `${body.code} ${body.errors[0].pointer} ${body.errors[0].code}`;

describe('a sender address', () => {
  it('SEND-15: is the account’s once the code that was mailed to it is given', async () => {
    const { admin } = await newAccount();
    const email = newAddress();
    const asked = ok(await ask(admin, email, { name: 'Billing' }));
    expect(asked).toMatchObject({ email, name: 'Billing', sharedWith: 'account', verified: false });
    expect(asked.code).toEqual({ status: 'queued', expiresAt: expect.any(String) });
    const { code } = await eventually(async () => {
      const listed: Json[] = ok(await admin.get('/v1/sender-addresses')).data;
      return listed.find((one) => one.email === email && one.code.status === 'sent');
    }, 'the code is sent');
    expect(code.expiresAt).toBe(asked.code.expiresAt);
    const invoice = await newInvoice(admin);
    const send = () => admin.post(`/v1/invoices/${invoice.id}/send`, { from: email });
    expect((await send()).body.code).toBe('from_not_verified');
    const confirmed = ok(await admin.post(`${of(email)}/confirm`, { code: await codeTo(email) }));
    expect(confirmed).toMatchObject({ email, verified: true, code: null, version: asked.version + 1 });
    expect((await send()).body).toMatchObject({ status: 'queued', from: email });
    expect(ok(await admin.get('/v1/sender-addresses')).data).toContainEqual(confirmed);
  });

  it('SEND-15: the code comes from the deployment’s own address, for this account alone', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const email = newAddress();
    ok(await ask(one.admin, email));
    const mail = await mailTo(email);
    const code = await codeTo(email);
    expect(mail.source).not.toBe(email);
    expect(mail.destinations).toEqual([email]);
    expect((await parsed(mail)).html).toContain(code);
    ok(await ask(other.admin, email));
    const second = await codeTo(email, 2);
    if (second !== code)
      expect(faultOf((await other.admin.post(`${of(email)}/confirm`, { code })).body)).toBe(
        'invalid_request /code wrong_code',
      );
    ok(await one.admin.post(`${of(email)}/confirm`, { code }));
    // That one account proved it proves nothing to another.
    const invoice = await newInvoice(other.admin);
    const answer = await other.admin.post(`/v1/invoices/${invoice.id}/send`, { from: email });
    expect(answer.body.code).toBe('from_not_verified');
    const stored = JSON.stringify(await getItem(sharedTable(), senderAddressKey(other.id, email)));
    expect(stored).not.toContain(second);
  });

  it('SEND-15: asked for again, another code is mailed and the first is void', async () => {
    const { admin } = await newAccount();
    const email = newAddress();
    ok(await ask(admin, email));
    const first = await codeTo(email);
    ok(await ask(admin, email));
    const second = await codeTo(email, 2);
    if (first !== second)
      expect((await admin.post(`${of(email)}/confirm`, { code: first })).status).toBe(422);
    expect(ok(await admin.post(`${of(email)}/confirm`, { code: second })).verified).toBe(true);
    expect(await mailsTo(email)).toHaveLength(2);
  });

  it('SEND-15: the code takes five wrong tries, and an hour', async () => {
    const { id, admin } = await newAccount();
    const [tried, late] = [newAddress(), newAddress()];
    ok(await ask(admin, tried));
    const code = await codeTo(tried);
    for (let tries = 0; tries < wrongTriesAllowed; tries++)
      expect(faultOf((await admin.post(`${of(tried)}/confirm`, { code: codeAfter(code) })).body)).toBe(
        'invalid_request /code wrong_code',
      );
    expect(faultOf((await admin.post(`${of(tried)}/confirm`, { code })).body)).toBe(
      'invalid_request /code code_expired',
    );
    ok(await ask(admin, late));
    const inTime = await codeTo(late);
    const key = senderAddressKey(id, late);
    const { data } = (await getItem(sharedTable(), key)) as Json;
    await patchStored(key, { challenge: { ...data.challenge, expiresAt: '2026-01-01T00:00:00.000Z' } });
    expect(faultOf((await admin.post(`${of(late)}/confirm`, { code: inTime })).body)).toBe(
      'invalid_request /code code_expired',
    );
  });

  it('SEND-15: twenty codes an hour at most go to an address, also if it is deleted in between', async () => {
    const { id, admin } = await newAccount();
    const email = newAddress();
    ok(await ask(admin, email));
    await patchStored(codeCountKey(id, email), { times: codesAnHour });
    for (const _ of [1, 2]) {
      const refused = await ask(admin, email);
      expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
      await admin.delete(of(email));
    }
    await patchStored(codeCountKey(id, email), { since: '2026-01-01T00:00:00.000Z' });
    ok(await ask(admin, email));
  });

  it('SEND-15: of one’s own needs invoices.write, any other settings.write', async () => {
    const account = await newAccount();
    const clerk = await person('Kim Clerk');
    ok(
      await account.admin.post('/v1/members', {
        ...{
          email: clerk.email,
          name: 'Kim',
          role: 'member',
          permissions: ['invoices.read', 'invoices.write'],
        },
      }),
    );
    const refused = await ask(clerk.client, newAddress());
    expect(refused.body).toMatchObject({ code: 'permission_denied', permission: 'settings.write' });
    ok(await clerk.client.post('/v1/sender-addresses', { email: clerk.email }));
    ok(await clerk.client.post(`${of(clerk.email)}/confirm`, { code: await codeTo(clerk.email) }));
    const mine = ok(await clerk.client.get('/v1/sender-addresses')).data;
    expect(mine).toMatchObject([{ email: clerk.email, verified: true }]);
    const reader = await apiKeyWith(account, ['invoices.read']);
    expect(ok(await reader.get('/v1/sender-addresses')).data).toEqual([]);
    ok(await clerk.client.delete(of(clerk.email)));
    expect(ok(await clerk.client.get('/v1/sender-addresses')).data).toEqual([]);
  });

  it('SEND-4: is seen by those whom it is open to', async () => {
    const account = await newAccount();
    const member = await memberWith(account, ['invoices.read']);
    const [mine, theirs] = [newAddress(), newAddress()];
    ok(await ask(account.admin, mine, { sharedWith: [member.id] }));
    ok(await ask(account.admin, theirs, { sharedWith: [] }));
    const seen = ok(await member.get('/v1/sender-addresses')).data.map(({ email }: Json) => email);
    expect(seen).toContain(mine);
    expect(seen).not.toContain(theirs);
    expect(
      faultOf((await ask(account.admin, mine, { sharedWith: ['mem_01M7ZZZZZZZZZZZZZZZZZZZZZZ'] })).body),
    ).toBe('invalid_request /sharedWith/0 not_found');
  });
});
