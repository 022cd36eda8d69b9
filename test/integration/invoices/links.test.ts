import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { Transaction } from '#lib/data/transaction.ts';
import type { Link } from '#lib/domain/link.ts';
import { readLinkToken } from '#lib/tokens/link-token.ts';
import type { Secrets } from '#lib/tokens/secrets.ts';
import { type Client, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

let own: OwnService;
let anyone: Client;
let secretsAtFirst: string;
beforeAll(async () => {
  own = await startOwnService();
  anyone = own.clientWith('nobody');
  secretsAtFirst = process.env.SECRETS ?? '';
});
afterEach(() => {
  process.env.SECRETS = secretsAtFirst;
});
afterAll(() => own.stop());

const pathOf = (url: string): string => new URL(url).pathname;
const tokenOf = (url: string): string => pathOf(url).split('/')[2] ?? '';
const open = (url: string) => anyone.get(pathOf(url));

const readLink = async (accountId: string, invoice: Json): Promise<Link | undefined> => {
  const { links: keys } = JSON.parse(process.env.SECRETS ?? '') as Secrets;
  const ids = readLinkToken(tokenOf(invoice.link), keys);
  return ids && readRecord(table(), links, accountId, invoice.id, ids.linkId);
};

/** Changes a link as time alone does, or without what a route does besides. */
const change = async (accountId: string, invoice: Json, changes: Partial<Link>): Promise<void> => {
  const link = await readLink(accountId, invoice);
  if (link === undefined) throw new Error('no link');
  const writes = new Transaction(table());
  putRecord(writes, links, link, { ...link, ...changes });
  await writes.commit();
};

describe('the link of an invoice', () => {
  it('LINK-1: can be copied again and again, and is there in every answer', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    expect(pathOf(invoice.link)).toMatch(/^\/i\/[\w-]{92}\/inv-1001$/);
    ok(await admin.post(`/v1/invoices/${invoice.id}/payments`, { amount: '1', method: 'cash' }));
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`)).link).toBe(invoice.link);
    const [listed] = ok(await admin.get(`/v1/invoices/${invoice.id}/links`)).data;
    expect(listed).toMatchObject({ url: invoice.link, revokedAt: null, lastOpenedAt: null });
    for (const _ of [1, 2]) expect((await open(invoice.link)).status).toBe(200);
  });

  it('LINK-1: has the chosen slug, which is for people alone', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin, { slug: 'spring-catalogue' });
    expect(pathOf(invoice.link).split('/')[3]).toBe('spring-catalogue');
    const { pathname } = new URL(invoice.link);
    for (const path of [pathname, pathname.replace('spring-catalogue', 'other'), pathname.slice(0, 95)])
      expect((await anyone.get(path)).text).toContain('INV-1001');
  });

  it('LINK-6: opened, it changes nothing but when it was opened', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    expect((await open(invoice.link)).status).toBe(200);
    const after = ok(await admin.get(`/v1/invoices/${invoice.id}`));
    expect(after).toEqual({ ...invoice, lastViewedAt: expect.any(String) });
    const [listed] = ok(await admin.get(`/v1/invoices/${invoice.id}/links`)).data;
    expect(listed.lastOpenedAt).toBe(after.lastViewedAt);
  });
});

describe('the record that a link was opened', () => {
  it('LINK-6: is written once a visit, and again at the next', async () => {
    const { id, admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const openedAt = async () => ok(await admin.get(`/v1/invoices/${invoice.id}/links`)).data[0].lastOpenedAt;
    await open(invoice.link);
    const first = await openedAt();
    await open(invoice.link);
    expect(await openedAt()).toBe(first);
    const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
    await change(id, invoice, { lastOpenedAt: anHourAgo });
    await open(invoice.link);
    expect((await openedAt()) > first).toBe(true);
  });

  it('LINK-6: tells the time and the link, and nothing of who opened it', async () => {
    const { id, admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const before = await readLink(id, invoice);
    const agent = 'Mozilla/5.0 (a phone of somebody)';
    await anyone.get(pathOf(invoice.link), {
      headers: { 'user-agent': agent, 'x-forwarded-for': '203.0.113.9', referer: 'https://mail.example' },
    });
    expect(await readLink(id, invoice)).toEqual({
      ...before,
      ...{ lastOpenedAt: expect.any(String), revision: (before?.revision ?? 0) + 1 },
    });
  });

  it('LINK-6: opened by many at once, it fails for none of them', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const answers = await Promise.all(Array.from({ length: 8 }, () => open(invoice.link)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});

describe('a link that does not work', () => {
  it('LINK-7: answers 404 with one and the same page, whatever the reason, also for the PDF', async () => {
    const { id, admin } = await own.newAccount();
    const [expired, revoked] = [await newInvoice(admin), await newInvoice(admin)];
    await change(id, expired, { expiresAt: new Date(Date.now() - 1).toISOString() });
    await change(id, revoked, { revokedAt: new Date().toISOString() });
    const paths = [
      pathOf(expired.link),
      pathOf(revoked.link),
      `/i/${'A'.repeat(92)}`,
      '/i/x',
      `/i/${tokenOf(revoked.link)}=`,
      `/i/${encodeURIComponent('../settings')}`,
      `/i/${tokenOf(expired.link)}/pdf`,
      `/i/${'A'.repeat(92)}/pdf`,
    ];
    const answers = await Promise.all(paths.map((path) => anyone.get(path)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).not.toContain('INV-');
    expect(answers[0]?.headers.get('cache-control')).toContain('no-store');
  });

  it('LINK-7: one that still worked when its invoice was deleted answers 410, one revoked before 404', async () => {
    const { id, admin } = await own.newAccount();
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const [working, revoked] = [await newInvoice(admin), await newInvoice(admin)];
    await change(id, revoked, { revokedAt: new Date().toISOString() });
    for (const { id: invoiceId } of [working, revoked])
      expect((await admin.delete(`/v1/invoices/${invoiceId}`)).status).toBe(204);
    const gone = await open(working.link);
    expect(gone.status).toBe(410);
    expect(gone.text).not.toContain('INV-');
    expect((await anyone.get(`/i/${tokenOf(working.link)}/pdf`)).status).toBe(410);
    expect((await open(revoked.link)).status).toBe(404);
  });

  it('LINK-2: no bit of a token can be another', async () => {
    const { admin } = await own.newAccount();
    const token = Buffer.from(tokenOf((await newInvoice(admin)).link), 'base64url');
    expect((await anyone.get(`/i/${token.toString('base64url')}`)).status).toBe(200);
    for (let bit = 0; bit < token.length * 8; bit++) {
      const other = Buffer.from(token);
      other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
      expect((await anyone.get(`/i/${other.toString('base64url')}`)).status).toBe(404);
    }
  });
});

describe('the secret behind links', () => {
  const secretOf = (letter: string) => Buffer.alloc(32, letter).toString('base64');
  const setLinks = (change: (now: Secrets['links']) => Secrets['links']): void => {
    const secrets = JSON.parse(process.env.SECRETS ?? '') as Secrets;
    process.env.SECRETS = JSON.stringify({ ...secrets, links: change(secrets.links) });
  };

  it('LINK-2: is rotated without breaking links, and a retired version ends its own', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    // Known everywhere before it is used anywhere.
    setLinks(({ secrets }) => ({ current: 1, secrets: { ...secrets, 2: secretOf('b') } }));
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`)).link).toBe(invoice.link);
    setLinks(({ secrets }) => ({ current: 2, secrets }));
    const again = ok(await admin.get(`/v1/invoices/${invoice.id}`)).link;
    expect(again).not.toBe(invoice.link);
    expect([(await open(invoice.link)).status, (await open(again)).status]).toEqual([200, 200]);
    setLinks(({ current, secrets }) => ({ current, secrets: { 2: secrets[2] as string } }));
    expect([(await open(invoice.link)).status, (await open(again)).status]).toEqual([404, 200]);
    setLinks(() => ({ current: 2, secrets: { 2: secretOf('c') } }));
    expect((await open(again)).status).toBe(404);
  });

  it('LINK-2: is nowhere in the table, and neither is anything that opens a link', async () => {
    const { admin } = await own.newAccount();
    const once = (key: string) => ({ headers: { 'idempotency-key': key } });
    const invoice = await newInvoice(admin);
    ok(await admin.post(`/v1/invoices/${invoice.id}/void`, {}, once('void')));
    const sent = await newInvoice(admin);
    ok(await admin.post(`/v1/invoices/${sent.id}/send`, { intro: 'Hello.' }, once('send')));
    expect((await open(sent.link)).status).toBe(200);
    const { Items = [] } = await table().client.send(new ScanCommand({ TableName: table().name }));
    const dump = JSON.stringify(Items);
    expect(dump).toContain(sent.id);
    for (const { link } of [invoice, sent]) expect(dump).not.toContain(tokenOf(link));
    const { links: keys, cursors } = JSON.parse(secretsAtFirst) as Secrets;
    for (const secret of [...Object.values(keys.secrets), cursors]) expect(dump).not.toContain(secret);
    const runs = dump.match(/[\w-]{92,}/g) ?? [];
    const opening = runs.flatMap((run) =>
      Array.from({ length: run.length - 91 }, (_, from) => run.slice(from, from + 92)).filter(
        (piece) => readLinkToken(piece, keys) !== undefined,
      ),
    );
    expect(opening).toEqual([]);
  });
});
