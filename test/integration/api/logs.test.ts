import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { clientWith, newAccount, ok } from '#test/support/account.ts';
import { proveSender } from '#test/support/sender.ts';
import { call, type Json, service, token } from '#test/support/service.ts';
import { newTable } from '#test/support/shared-table.ts';

/** The handlers in a process of their own, with all that it writes. */
type Logging = {
  baseUrl: string;
  written: () => string;
  work: (worker: string, event: Json) => Promise<Json>;
};
const children: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'quittance-logs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const startLogging = async (environment: Record<string, string> = {}): Promise<Logging> => {
  const script = new URL('../../support/logging-process.ts', import.meta.url).pathname;
  const file = join(folder, `${children.length}-${Date.now()}.log`);
  const output = openSync(file, 'w');
  const child = fork(script, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', output, output, 'ipc'],
    env: { ...process.env, ...service().environment, POWERTOOLS_LOG_LEVEL: 'DEBUG', ...environment },
  });
  closeSync(output);
  children.push(child);
  const [{ baseUrl }] = (await once(child, 'message')) as [{ baseUrl: string }];
  const work = async (worker: string, event: Json): Promise<Json> => {
    child.send({ worker, event });
    const [{ result }] = (await once(child, 'message')) as [{ result: Json }];
    return result;
  };
  return { baseUrl, written: () => readFileSync(file, 'utf8'), work };
};

/** Ends the process and gives all that it wrote. */
const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
};
afterEach(async () => {
  await Promise.all(children.splice(0).map(end));
});

const private_ = {
  name: 'Confidential Person',
  email: 'confidential.person@example.com',
  account: 'Confidential Account',
  title: 'Confidential title',
  note: 'Confidential note',
  iban: 'FR7630006000011234567890189',
  unitPrice: '8472.61',
};

const expectNothingPrivate = (written: string, more: readonly string[]): void => {
  for (const text of [...Object.values(private_), ...more]) {
    expect(text.length).toBeGreaterThan(6);
    expect(written).not.toContain(text);
  }
  expect(written).not.toMatch(/Confid|Bearer|qk_|eyJ|\/i\/[\w-]{20}/);
};

const linesOf = (written: string): Json[] =>
  written
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('what is logged', () => {
  it('API-6: of a whole journey with the level DEBUG are ids only: no name, address, amount, token, link or body', async () => {
    const table = await newTable(`logs-${process.pid}-${Date.now()}`);
    const logging = await startLogging({ TABLE_NAME: table.name });
    const at = (path: string): string => `${logging.baseUrl}${path}`;
    const { name, email, account, title, note, iban, unitPrice } = private_;
    const credential = await token({ sub: `log-${Date.now()}`, email, email_verified: true, name });
    const client = clientWith(credential);

    const made = ok(
      await client.post(at('/v1/accounts'), {
        name: account,
        country: 'FR',
        currency: 'EUR',
        timeZone: 'UTC',
      }),
    );
    await proveSender(table, made.id, email);
    ok(await client.patch(at('/v1/settings'), { seller: { legalName: account, iban }, terms: note }));
    ok(await client.get(at('/v1/me'), { headers: { 'account-id': made.id } }));
    const key = ok(await client.post(at('/v1/api-keys'), { name, permissions: ['contacts.read'] }));
    ok(await clientWith(key.secret).get(at(`/v1/contacts?email=${email}`)));
    const contact = ok(await client.post(at('/v1/contacts'), { name, email }));
    const draft = ok(
      await client.post(
        at('/v1/invoices'),
        {
          ...{ currency: 'EUR', contactId: contact.id, title, internalNote: note },
          lineItems: [{ name: title, quantity: '1', unitPrice }],
        },
        { headers: { 'idempotency-key': 'Confidential key' } },
      ),
    );
    const invoice = ok(await client.post(at(`/v1/invoices/${draft.id}/finalize`)));
    const email_ = ok(
      await client.post(at(`/v1/invoices/${draft.id}/send`), { intro: note, subject: title }),
    );
    const linkPath = new URL(invoice.link).pathname;
    expect((await call('GET', at(linkPath))).status).toBe(200);
    const [, , linkToken = ''] = linkPath.split('/');
    expect((await call('GET', at(`/i/${linkToken}x/slug`))).status).toBe(404);
    ok(await client.post(at(`/v1/invoices/${draft.id}/payments`), { method: 'cash', reference: note }));

    // Refusals, and requests that are none.
    const refusals = [
      await client.post(at('/v1/contacts'), { name, email }),
      await client.post(at('/v1/contacts'), { name, email: `${email} x`, [title]: note }),
      await client.post(at('/v1/contacts'), undefined, { raw: `{"name":"${name}` }),
      await clientWith(`${credential}x`).get(at('/v1/me')),
      await clientWith(`${key.secret}x`).get(at('/v1/me')),
      await client.get(at(`/v1/contacts/${encodeURIComponent(email)}`)),
      await client.get(at(`/v1/nothing/${encodeURIComponent(name)}`)),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([409, 422, 400, 401, 401, 404, 404]);

    // Work that succeeds, and work that fails on what it was given.
    const { id: accountId } = made;
    const ids = { accountId, invoiceId: draft.id };
    const record = (body: string) => ({ Records: [{ messageId: 'm1', body, attributes: {} }] });
    const pdf = { ...ids, documentVersion: invoice.documentVersion };
    const rendered = await logging.work('render-pdf', record(JSON.stringify(pdf)));
    expect(rendered.batchItemFailures).toEqual([]);
    const message = { kind: 'invoice', ...ids, emailId: email_.id };
    const delivered = await logging.work('send-email', record(JSON.stringify(message)));
    expect(delivered.batchItemFailures).toEqual([]);
    const [sent] = ok(await client.get(at(`/v1/invoices/${draft.id}/emails`))).data;
    expect(sent).toMatchObject({ id: email_.id, status: 'sent' });
    const broken = await logging.work('send-email', record(`{"name": "${name}`));
    expect(broken.batchItemFailures).toHaveLength(1);
    const framed = await logging.work('send-email', record(`{"x":\n    at ${name}`));
    expect(framed.batchItemFailures).toHaveLength(1);
    const wrong = await logging.work('send-email', record(JSON.stringify({ [name]: email })));
    expect(wrong.batchItemFailures).toHaveLength(1);

    await Promise.all(children.map(end));
    const written = logging.written();
    expectNothingPrivate(written, [credential, key.secret, linkToken, 'Confidential key']);
    const lines = linesOf(written);
    const requests = lines.filter(({ message }) => message === 'request');
    expect(requests.length).toBeGreaterThan(18);
    for (const { action, requestId, status, milliseconds } of requests)
      expect([typeof action, typeof requestId, typeof status, typeof milliseconds]).toEqual([
        ...['string', 'string', 'number', 'number'],
      ]);
    const failures = lines.filter(({ message }) => message === 'work failed');
    expect(failures.length).toBeGreaterThanOrEqual(3);
  });

  it('API-6: of a failure of ours is where it happened, and the client is told nothing', async () => {
    const logging = await startLogging({ TABLE_NAME: 'there-is-no-such-table' });
    const { adminToken } = await newAccount();
    const { name, email } = private_;
    const client = clientWith(adminToken);
    const answer = await client.post(`${logging.baseUrl}/v1/contacts`, { name, email });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'application/problem+json']);
    expect(answer.body).toEqual({
      type: '/docs#internal_error',
      title: 'Something went wrong',
      status: 500,
      code: 'internal_error',
      requestId: answer.headers.get('x-request-id'),
    });
    await Promise.all(children.map(end));
    const written = logging.written();
    expectNothingPrivate(written, [adminToken]);
    const [failure] = linesOf(written).filter(({ message }) => message === 'failure');
    expect(failure).toMatchObject({ level: 'ERROR', requestId: answer.body.requestId });
    expect(failure.error.name).toBe('ResourceNotFoundException');
    expect(failure.error.frames.length).toBeGreaterThan(1);
  });
});
