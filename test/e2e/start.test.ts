import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ServiceFile } from '#infra/local/service-file.ts';
import { serviceFileIn } from '#infra/local/service-file.ts';
import { permissions } from '#lib/domain/account/permissions.ts';
import { alive, endAll, ready, type Started, start } from './start-process.ts';

const parent = mkdtempSync(join(tmpdir(), 'quittance-start-'));
const dataDir = join(parent, 'data');
afterAll(() => {
  endAll();
  rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
});

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const get = async (url: string, credential: string, headers: Record<string, string> = {}): Promise<Json> =>
  (await fetch(url, { headers: { authorization: `Bearer ${credential}`, ...headers } })).json();

const invoicesOf = async ({ baseUrl, accounts }: ServiceFile, account: 0 | 1): Promise<Json[]> =>
  (await get(`${baseUrl}/v1/invoices?limit=200&sort=number`, accounts[account]?.apiKey ?? '')).data;
const numbersOf = async (service: ServiceFile): Promise<string[]> =>
  (await invoicesOf(service, 0)).flatMap(({ number }) => number ?? []);
const [first, second] = [0, 1] as const;

let started: Started;
let service: ServiceFile;
const account = (index: 0 | 1) => {
  const found = service.accounts[index];
  if (found === undefined) throw new Error('no such account');
  return found;
};

/** Until it begins to make the demo data. */
const untilDemo = (one: Started): Promise<Started> =>
  vi.waitFor(
    () => {
      expect(one.said()).toContain('Demo data');
      return one;
    },
    { timeout: 60_000, interval: 50 },
  );

describe('the first start, after one that was interrupted', () => {
  beforeAll(async () => {
    const interrupted = await untilDemo(start(dataDir));
    interrupted.signal('SIGINT');
    expect(await interrupted.ended).toBe(0);
    expect(interrupted.complained()).toBe('');
    started = start(dataDir);
    service = await ready(dataDir, started);
  });

  it('makes two accounts with invoices of every kind, numbered without a gap', async () => {
    const [french, american] = [await invoicesOf(service, first), await invoicesOf(service, second)];
    expect(french.length).toBeGreaterThanOrEqual(45);
    expect(american.length).toBeGreaterThanOrEqual(15);
    const numbered = french.filter(({ number }) => number !== null);
    expect(numbered.map(({ number }) => number)).toEqual(
      numbered.map((_, index) => `FA-${String(index + 1).padStart(4, '0')}`),
    );
    const days = numbered.map(({ invoiceDate }) => invoiceDate);
    expect(days).toEqual([...days].sort());
    expect(new Set(french.map(({ status }) => status))).toEqual(new Set(['draft', 'open', 'paid', 'voided']));
    expect(french.some(({ overdue }) => overdue)).toBe(true);
    expect(french.some(({ partiallyPaid }) => partiallyPaid)).toBe(true);
    expect(new Set([...french, ...american].map(({ currency }) => currency))).toEqual(
      new Set(['EUR', 'USD', 'GBP', 'JPY', 'CHF', 'KWD', 'CAD']),
    );
  });

  it('SEND-12: shows e-mails that were delivered, and one that bounced', async () => {
    const sent = (await invoicesOf(service, second)).filter(({ lastSentAt }) => lastSentAt !== null);
    const statuses = async (): Promise<string[]> => {
      const lists = await Promise.all(
        sent.map(({ id }) => get(`${service.baseUrl}/v1/invoices/${id}/emails`, account(second).apiKey)),
      );
      return lists
        .flatMap(({ data }) => data)
        .flatMap(({ recipients }) => recipients.map((one: Json) => one.status));
    };
    await vi.waitFor(
      async () => expect(new Set(await statuses())).toEqual(new Set(['delivered', 'bounced'])),
      { timeout: 30_000, interval: 200 },
    );
  });

  it('PERM-3: each token has the permissions of its role, each key all but one', async () => {
    for (const { id, tokens, apiKey } of service.accounts) {
      const me = (credential: string) => get(`${service.baseUrl}/v1/me`, credential);
      expect(await me(tokens.superAdmin)).toMatchObject({ account: { id }, role: 'super_admin' });
      expect((await me(tokens.readOnly)).permissions).toEqual([
        'invoices.read',
        'payments.read',
        'contacts.read',
      ]);
      const refused = ['invoices.edit_finalized', 'settings.write', 'members.write'];
      expect((await me(tokens.member)).permissions).toEqual(
        permissions.filter((one) => !refused.includes(one)),
      );
      expect((await me(apiKey)).permissions).toEqual(permissions.filter((one) => one !== 'members.write'));
    }
    const foreign = { 'account-id': account(second).id };
    expect(await get(`${service.baseUrl}/v1/me`, account(first).tokens.superAdmin, foreign)).toMatchObject({
      status: 404,
    });
  });

  it('the commands that it prints work as they are', async () => {
    const lines = started
      .said()
      .split('\n')
      .map((line) => line.trim());
    const commands = lines.slice(
      lines.findIndex((line) => line.startsWith('TOKEN=')),
      lines.findLastIndex((line) => line.startsWith('curl')) + 1,
    );
    const said = execFileSync('sh', ['-c', commands.join('\n')], { encoding: 'utf8', stdio: 'pipe' });
    const [invoice, email, history] = said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)) as Json[];
    expect(invoice).toMatchObject({ status: 'open', number: expect.stringMatching(/^FA-\d{4}$/) });
    expect(email).toMatchObject({ status: 'queued', to: invoice.buyer.email });
    expect(history.data[0]).toMatchObject({ action: 'created' });
    await vi.waitFor(
      async () => {
        const mails = (await (await fetch(`${service.mailboxUrl}/store`)).json()) as Json[];
        expect(mails.some(({ subject }) => subject.includes(invoice.number))).toBe(true);
      },
      { timeout: 30_000, interval: 100 },
    );
  });

  it('the buyer’s page shows an open invoice, with its PDF', async () => {
    const page = await (await fetch(service.buyerUrl)).text();
    expect(page).toContain('Salon et bibliothèque du premier étage');
    const pdf = service.buyerUrl.replace(/\/[^/]*$/, '/pdf');
    await vi.waitFor(
      async () => {
        const response = await fetch(pdf);
        expect(response.status).toBe(200);
        expect(new TextDecoder().decode(await response.arrayBuffer()).slice(0, 5)).toBe('%PDF-');
      },
      { timeout: 30_000, interval: 200 },
    );
  });

  it('another start with the same data says in one sentence that it runs already, and harms nothing', async () => {
    const other = start(dataDir, ['--fresh']);
    expect(await other.ended).toBe(1);
    expect(other.complained()).toMatch(/^Quittance already runs with the data in .+\.\n$/);
    expect(await numbersOf(service)).not.toEqual([]);
  });

  it('SIGINT ends it with code 0 and leaves no process and no service.json', async () => {
    const family = started.family();
    expect(family.length).toBeGreaterThan(2);
    started.signal('SIGINT');
    expect(await started.ended).toBe(0);
    await vi.waitFor(() => expect(alive(family)).toEqual([]), { timeout: 5_000, interval: 50 });
    expect(started.complained()).toBe('');
    expect(existsSync(serviceFileIn(dataDir))).toBe(false);
  });
});

describe('the next start', () => {
  it('finds invoices, links, keys and mail again, and makes no second demo', async () => {
    const before = service;
    const again = start(dataDir);
    service = await ready(dataDir, again);
    expect(again.said()).not.toContain('Demo data');
    expect(service.accounts.map(({ id, apiKey }) => ({ id, apiKey }))).toEqual(
      before.accounts.map(({ id, apiKey }) => ({ id, apiKey })),
    );
    expect(new URL(service.buyerUrl).pathname).toBe(new URL(before.buyerUrl).pathname);
    expect((await fetch(service.buyerUrl)).status).toBe(200);
    expect(await numbersOf(service)).toContain('FA-0001');
    expect(await get(`${service.baseUrl}/v1/me`, before.accounts[0]?.tokens.superAdmin ?? '')).toMatchObject({
      role: 'super_admin',
    });
    expect(service.mailboxUrl).toBe(before.mailboxUrl);
    expect(((await (await fetch(`${service.mailboxUrl}/store`)).json()) as Json[]).length).toBeGreaterThan(0);
    expect(again.said()).toMatch(/^ +curl .*finalize/m);
    again.signal('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  it('--fresh removes what was there, and begins anew', async () => {
    const fresh = await untilDemo(start(dataDir, ['--fresh']));
    expect(fresh.said()).not.toContain('found');
    expect(readdirSync(join(dataDir, 'mail'))).toEqual([]);
    fresh.signal('SIGINT');
    expect(await fresh.ended).toBe(0);
  });
});

describe('a start that can’t succeed', () => {
  const unused = join(parent, 'unused');
  const sentence = /^[^\n]+\.\n$/;

  it('says in one sentence that the port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const refused = start(unused, [], { PORT: String(port) });
    expect(await refused.ended).toBe(1);
    holder.close();
    expect(refused.complained()).toMatch(sentence);
    expect(refused.complained()).toContain(`Port ${port} is taken`);
  });

  it.each([
    ['Java is missing', [], { PATH: parent }, 'needs Java 17'],
    ['a flag is unknown', ['--frehs'], {}, '--frehs'],
    ['PORT is no port', [], { PORT: 'http' }, 'PORT is "http"'],
  ])('says in one sentence that %s', async (_, args, env: Record<string, string>, part) => {
    const refused = start(unused, args, env);
    expect(await refused.ended).toBe(1);
    expect(refused.complained()).toMatch(sentence);
    expect(refused.complained()).toContain(part);
  });
});
