import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

let own: OwnService;
let anyone: Client;
beforeAll(async () => {
  own = await startOwnService();
  anyone = own.clientWith('nobody');
});
afterAll(() => own.stop());

const pageOf = async (url: string): Promise<number> => (await anyone.get(new URL(url).pathname)).status;
const linksOf = async (admin: Client, invoice: Json): Promise<Json[]> =>
  ok(await admin.get(`/v1/invoices/${invoice.id}/links`)).data;
const post = (admin: Client, invoice: Json, body: unknown, key?: string) =>
  admin.post(
    `/v1/invoices/${invoice.id}/links`,
    body,
    key === undefined ? {} : { headers: { 'idempotency-key': key } },
  );
const revoke = (admin: Client, invoice: Json, linkId: string) =>
  admin.delete(`/v1/invoices/${invoice.id}/links/${linkId}`);
const inFuture = (milliseconds = 3_600_000): string => new Date(Date.now() + milliseconds).toISOString();

describe('links that staff make', () => {
  it('LINK-3: can be made for one recipient and for a time; who opened which is seen', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const expiresAt = inFuture();
    const made = await post(admin, invoice, { recipient: 'Accounts payable', expiresAt });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ recipient: 'Accounts payable', expiresAt, revokedAt: null });
    expect(await pageOf(made.body.url)).toBe(200);
    const [first, second] = await linksOf(admin, invoice);
    expect(first).toMatchObject({ url: invoice.link, recipient: null, lastOpenedAt: null });
    expect(second).toEqual({ ...made.body, lastOpenedAt: expect.any(String) });
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`))).toMatchObject({
      link: invoice.link,
      version: invoice.version,
    });
  });

  it('LINK-3: its end may be written with any offset, and must be to come', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    expect(ok(await post(admin, invoice, { expiresAt: '2190-01-01T01:00:00+02:00' })).expiresAt).toBe(
      '2189-12-31T23:00:00.000Z',
    );
    for (const expiresAt of ['2020-01-01T00:00:00.000Z', 'tomorrow', '2190-01-01', '9999-01-01T00:00:00Z', 5])
      expect(await post(admin, invoice, { expiresAt })).toMatchObject({
        status: 422,
        body: { code: 'invalid_request', errors: [{ pointer: '/expiresAt' }] },
      });
    for (const recipient of ['', 'a'.repeat(201), 'two\nlines'])
      expect(await post(admin, invoice, { recipient })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/recipient' }] },
      });
    expect(await linksOf(admin, invoice)).toHaveLength(2);
  });

  it('LINK-3, LINK-7: one that ends answers 404 from that instant on', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const { url } = ok(await post(admin, invoice, { expiresAt: inFuture(2_000) }));
    expect(await pageOf(url)).toBe(200);
    await expect.poll(() => pageOf(url), { timeout: 10_000 }).toBe(404);
    expect(await pageOf(invoice.link)).toBe(200);
  });

  it('LINK-1: a draft has none', async () => {
    const { admin } = await own.newAccount();
    const draft = await newDraft(admin);
    expect(await post(admin, draft, {})).toMatchObject({ status: 409, body: { code: 'invoice_is_draft' } });
    expect(await linksOf(admin, draft)).toEqual([]);
    expect(draft.link).toBeNull();
  });

  it('API-2, LINK-2: a repeat gets the same link, its address made anew', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const both = await Promise.all([1, 2].map(() => post(admin, invoice, { recipient: 'Iris' }, 'once')));
    const again = await post(admin, invoice, { recipient: 'Iris' }, 'once');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    for (const answer of [...both, again])
      expect(answer).toMatchObject({ status: 201, body: { id: again.body.id, url: again.body.url } });
    expect(await linksOf(admin, invoice)).toHaveLength(2);
    expect((await revoke(admin, invoice, again.body.id)).status).toBe(204);
    const late = await post(admin, invoice, { recipient: 'Iris' }, 'once');
    expect(late).toMatchObject({ status: 201, body: { id: again.body.id, revokedAt: expect.any(String) } });
  });

  it('API-8: two hundred are the most', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    for (let made = 1; made < 200; made += 1) ok(await post(admin, invoice, {}));
    expect(await post(admin, invoice, {})).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'too_many' }] },
    });
  });
});

describe('links that staff revoke', () => {
  it('LINK-3, LINK-7: answers 404, stays listed, and the others go on', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const made = ok(await post(admin, invoice, { recipient: 'Iris' }));
    for (const _ of [1, 2]) expect((await revoke(admin, invoice, made.id)).status).toBe(204);
    expect([await pageOf(made.url), await pageOf(invoice.link)]).toEqual([404, 200]);
    const [, listed] = await linksOf(admin, invoice);
    expect(listed).toEqual({ ...made, revokedAt: expect.any(String) });
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`)).version).toBe(invoice.version);
  });

  it('LINK-1, LINK-3: where it is the invoice’s own, another one takes its place', async () => {
    const { id, admin } = await own.newAccount();
    const invoice = await newInvoice(admin, { slug: 'spring' });
    const [first] = await linksOf(admin, invoice);
    expect((await revoke(admin, invoice, first?.id)).status).toBe(204);
    const after = ok(await admin.get(`/v1/invoices/${invoice.id}`));
    expect(after.link).not.toBe(invoice.link);
    expect(after.link).toMatch(/\/spring$/);
    expect(after.version).toBe(invoice.version + 1);
    expect([await pageOf(invoice.link), await pageOf(after.link)]).toEqual([404, 200]);
    // Whoever then asks for a link for anybody is given that one, once.
    const [replacement, other] = [ok(await post(admin, invoice, {})), ok(await post(admin, invoice, {}))];
    expect(replacement.url).toBe(after.link);
    expect(other.url).not.toBe(after.link);
    const listed = await linksOf(admin, invoice);
    expect(listed.map(({ url, revokedAt }) => [url, revokedAt !== null])).toEqual([
      [invoice.link, true],
      [after.link, false],
      [other.url, false],
    ]);
    await own.stream('record-history', await own.records(id));
    const entries = ok(await admin.get(`/v1/invoices/${invoice.id}/history`)).data as Json[];
    expect(entries.map(({ action }) => action).toSorted()).toEqual([
      'created',
      'finalized',
      'link_created',
      'link_created',
      'link_revoked',
    ]);
  });

  it('LINK-3: revoked by many at once it is replaced once', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const [first] = await linksOf(admin, invoice);
    const answers = await Promise.all([1, 2, 3, 4].map(() => revoke(admin, invoice, first?.id)));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect(await linksOf(admin, invoice)).toHaveLength(2);
  });

  it('HIST-1: making and revoking are in the history, with the link', async () => {
    const { id, admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const made = ok(await post(admin, invoice, { recipient: 'Iris' }));
    await revoke(admin, invoice, made.id);
    await own.stream('record-history', await own.records(id));
    const shown = { id: made.id, recipient: 'Iris', expiresAt: null };
    const entries = ok(await admin.get(`/v1/invoices/${invoice.id}/history`))
      .data.filter(({ action }: Json) => action.startsWith('link_'))
      .map(({ action, actor, changes }: Json) => ({ action, by: actor.type, changes }));
    expect(entries).toEqual([
      {
        action: 'link_created',
        by: 'member',
        changes: [{ property: 'link', from: null, to: { ...shown, revokedAt: null } }],
      },
      {
        action: 'link_revoked',
        by: 'member',
        changes: [
          {
            property: 'link',
            from: { ...shown, revokedAt: null },
            to: { ...shown, revokedAt: expect.any(String) },
          },
        ],
      },
    ]);
    const { data } = ok(await admin.get(`/v1/invoices/${invoice.id}/history/link`));
    const values = entries.flatMap(({ changes }: Json) => changes.map(({ to }: Json) => to));
    expect(data.map(({ value }: Json) => value)).toEqual(values);
  });

  it('LINK-7: deleting the invoice leaves 410 to the links that worked, 404 to the others', async () => {
    const { admin } = await own.newAccount();
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const invoice = await newInvoice(admin);
    const [working, revoked] = [ok(await post(admin, invoice, {})), ok(await post(admin, invoice, {}))];
    await revoke(admin, invoice, revoked.id);
    expect((await admin.delete(`/v1/invoices/${invoice.id}`)).status).toBe(204);
    expect(await Promise.all([invoice.link, working.url, revoked.url].map(pageOf))).toEqual([410, 410, 404]);
    expect((await post(admin, invoice, {})).status).toBe(404);
    expect((await revoke(admin, invoice, working.id)).status).toBe(404);
  });

  it('PERM-2, PERM-3: neither those of another account nor without the permission', async () => {
    const [mine, theirs] = [await own.newAccount(), await own.newAccount()];
    const invoice = await newInvoice(mine.admin);
    const other = await newInvoice(mine.admin);
    const [link] = await linksOf(mine.admin, invoice);
    expect((await revoke(theirs.admin, invoice, link?.id)).status).toBe(404);
    expect((await post(theirs.admin, invoice, {})).status).toBe(404);
    expect((await revoke(mine.admin, other, link?.id)).status).toBe(404);
    const key = ok(await mine.admin.post('/v1/api-keys', { name: 'Reader', permissions: ['invoices.read'] }));
    const reader = own.clientWith(key.secret);
    for (const answer of [await post(reader, invoice, {}), await revoke(reader, invoice, link?.id)])
      expect(answer).toMatchObject({ status: 403, body: { permission: 'invoices.write' } });
    expect(await pageOf(invoice.link)).toBe(200);
  });
});
