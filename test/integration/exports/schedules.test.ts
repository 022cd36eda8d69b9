import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { type Client, newInvoice, ok } from '#test/support/account.ts';
import { atEveryCall } from '#test/support/crash.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { mailsTo, parsed } from '#test/support/mailbox.ts';
import { makeDue } from '#test/support/schedules.ts';
import { proveSender } from '#test/support/sender.ts';
import { type Json, service, token } from '#test/support/service.ts';
import { scheduling } from './scheduling.ts';

/** Schedules of exports: started once, with their creator's permissions, and told of once. */

let own: OwnService;
let account: { id: string; admin: Client };
let on: ReturnType<typeof scheduling>;

beforeAll(async () => {
  own = await startOwnService();
  account = await own.newAccount();
  on = scheduling(own, account);
  await newInvoice(account.admin);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => own.stop());

let people = 0;
const addressOf = (name: string): string => {
  people += 1;
  return `${name}-${process.pid}-${Date.now()}-${people}@books.example`;
};
/** What the outbox and the senders do with all that was written about an export, told everything twice. */
const sendMails = async (exportId: string): Promise<void> => {
  const records = await own.records(account.id);
  await own.stream('relay-outbox', records);
  const bodies = (await own.take('email', account.id)).filter((body) => body.includes(exportId));
  for (const body of [...bodies, ...bodies]) await own.queue('send-email', [body]);
};
const member = async (permissions: string[]): Promise<{ id: string; client: Client }> => {
  const email = addressOf('member');
  const invited = { email, name: 'Kim Member', role: 'member', permissions };
  const { id } = ok(await account.admin.post('/v1/members', invited));
  const credential = await token({ sub: email, email, email_verified: true, name: 'Kim Member' });
  return { id, client: own.clientWith(credential) };
};
const bothPermissions = ['exports.write', 'invoices.read'];

describe('a schedule', () => {
  it('EXP-4: says when it is due next, in its time zone, and takes patches', async () => {
    const id = await on.create({
      cron: '30 9 1 * *',
      timeZone: 'America/New_York',
      recipients: ['a@b.example'],
    });
    const before = await on.read(id);
    expect(before).toMatchObject({ active: true, pausedReason: null, lastRuns: [], version: 1 });
    expect(before.nextRunAt).toMatch(/-01T1[34]:30:00\.000Z$/);
    const path = `/v1/export-schedules/${id}`;
    const resting = ok(await account.admin.patch(path, { active: false, columns: null }));
    expect(resting).toMatchObject({ active: false, nextRunAt: null, columns: null, version: 2 });
    const again = ok(await account.admin.patch(path, { active: true }));
    expect(again).toMatchObject({ nextRunAt: before.nextRunAt, recipients: ['a@b.example'] });
    expect(ok(await account.admin.get('/v1/export-schedules')).data.map(({ id }: Json) => id)).toContain(id);
    expect((await account.admin.delete(path)).status).toBe(204);
    expect((await account.admin.get(path)).status).toBe(404);
  });

  it('EXP-4 EXP-8: is refused with a faulty cron expression, zone, recipient or view, each with its place', async () => {
    const body = { name: 'x', format: 'csv', cron: '0 0 30 2 *', timeZone: 'Mars/Base', recipients: ['x'] };
    const faulty = await account.admin.post('/v1/export-schedules', body);
    const pointers = faulty.body.errors.map(({ pointer }: Json) => pointer).sort();
    expect(pointers).toEqual(['/cron', '/recipients/0', '/timeZone']);
    const undeliverable = {
      ...body,
      cron: '0 6 * * *',
      timeZone: 'UTC',
      recipients: ['a@b.example', 'é@b.example'],
    };
    const nobody = await account.admin.post('/v1/export-schedules', undeliverable);
    expect(nobody.body.errors).toMatchObject([{ pointer: '/recipients/1', code: 'not_deliverable' }]);
    const viewId = 'viw_01M7ZZZZZZZZZZZZZZZZZZZZZZ';
    const unseen = await account.admin.post('/v1/export-schedules', {
      ...{ name: 'x', format: 'csv', cron: '0 6 * * *', viewId },
    });
    expect(unseen.body.errors[0].pointer).toBe('/viewId');
    const single = await account.admin.post('/v1/exports', { format: 'csv', since: 'last' });
    expect(single).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  });

  it('EXP-4: is paused and renamed while its view is gone or not seen; a view that is named is checked', async () => {
    const { client } = await member(bothPermissions);
    const ofMember = ok(await client.post('/v1/views', { name: 'Private', filterGroups: [] })).id;
    const gone = ok(await account.admin.post('/v1/views', { name: 'Gone', filterGroups: [] })).id;
    const unseen = await on.create({ viewId: ofMember, columns: undefined }, client);
    const without = await on.create({ viewId: gone, columns: undefined });
    await account.admin.delete(`/v1/views/${gone}`);
    for (const [id, viewId] of [
      [unseen, ofMember],
      [without, gone],
    ]) {
      const path = `/v1/export-schedules/${id}`;
      const patched = ok(await account.admin.patch(path, { active: false, name: 'Resting' }));
      expect(patched).toMatchObject({ active: false, name: 'Resting', viewId });
      const refused = await account.admin.patch(path, { viewId });
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/viewId' }] } });
      const both = await account.admin.patch(path, { filterGroups: [] });
      expect(both).toMatchObject({ status: 422, body: { errors: [{ code: 'excludes_other' }] } });
    }
  });

  it('EXP-4: starts one export for a due time, however many clocks look at once', async () => {
    const id = await on.create();
    const dueAt = new Date(Date.now() - 5_000).toISOString();
    await makeDue(account.id, id, dueAt);
    await Promise.all(Array.from({ length: 6 }, () => own.clock('run-schedules')));
    const { lastRuns, nextRunAt } = await on.read(id);
    expect(lastRuns).toHaveLength(1);
    expect(lastRuns[0]).toMatchObject({ dueAt, status: 'queued', rows: null });
    expect(Date.parse(nextRunAt)).toBeGreaterThan(Date.now());
    await on.finish(lastRuns[0].exportId);
    expect((await on.read(id)).lastRuns[0]).toMatchObject({ status: 'done', rows: 1, error: null });
  });

  it('EXP-4: starts one export for a due time, wherever the clock’s run dies', async () => {
    const crashes = await atEveryCall(
      async () => {
        const id = await on.create();
        await makeDue(account.id, id);
        return id;
      },
      () => own.clock('run-schedules'),
      async (id) => {
        await own.clock('run-schedules');
        const { lastRuns, nextRunAt } = await on.read(id);
        expect(lastRuns).toHaveLength(1);
        expect(Date.parse(nextRunAt)).toBeGreaterThan(Date.now());
        expect(await on.exported(lastRuns[0].exportId)).toMatchObject({ scheduleId: id });
      },
    );
    expect(crashes).toBeGreaterThan(6);
  });

  it('EXP-4 PERM-4: is paused, and says so, once its creator lacks a permission or is gone', async () => {
    const { id: memberId, client } = await member(bothPermissions);
    const mine = await on.create({}, client);
    const asked = { name: 'Books', permissions: bothPermissions };
    const key = ok(await account.admin.post('/v1/api-keys', asked));
    const ofKey = await on.create({}, own.clientWith(key.secret));
    ok(await account.admin.patch(`/v1/members/${memberId}`, { permissions: ['exports.write'] }));
    await account.admin.delete(`/v1/api-keys/${key.id}`);
    for (const id of [mine, ofKey]) await makeDue(account.id, id);
    await own.clock('run-schedules');
    const isPaused = { active: false, nextRunAt: null, lastRuns: [] };
    expect(await on.read(mine)).toMatchObject({ ...isPaused, pausedReason: 'permission_missing' });
    expect(await on.read(ofKey)).toMatchObject({ ...isPaused, pausedReason: 'creator_removed' });
    ok(await account.admin.patch(`/v1/members/${memberId}`, { permissions: bothPermissions }));
    const again = ok(await account.admin.patch(`/v1/export-schedules/${mine}`, { active: true }));
    expect(again).toMatchObject({ active: true, pausedReason: null });
    expect(await on.run(mine)).toMatchObject({ status: 'done', createdBy: { id: memberId } });
    expect((await account.admin.delete(`/v1/members/${memberId}`)).status).toBe(204);
    await makeDue(account.id, mine);
    await own.clock('run-schedules');
    expect(await on.read(mine)).toMatchObject({ active: false, pausedReason: 'creator_removed' });
  });

  it('EXP-4: notes a run that fails, and goes on with the next', async () => {
    const view = ok(await account.admin.post('/v1/views', { name: 'Gone soon', filterGroups: [] }));
    const id = await on.create({ viewId: view.id, columns: undefined });
    await account.admin.delete(`/v1/views/${view.id}`);
    await on.begin(id);
    const { lastRuns, nextRunAt } = await on.read(id);
    expect(lastRuns[0]).toMatchObject({ status: 'failed', error: 'invalid_request' });
    expect(nextRunAt).not.toBeNull();
  });
});

describe('an export', () => {
  it('EXP-3: ends as failed when its message is handed out for the last time', async () => {
    const { id } = ok(await account.admin.post('/v1/exports', { format: 'csv' }));
    await own.queue('run-export', [on.message(id)], 5);
    const failed = await on.exported(id);
    expect(failed).toMatchObject({ status: 'failed', error: 'step_failed', files: [] });
    expect(failed.finishedAt).not.toBeNull();
    await on.step(id);
    expect((await on.exported(id)).status).toBe('failed');
  });
});

describe('a schedule’s mailed link', () => {
  const linkIn = async (to: string): Promise<{ path: string; source: string; subject: string }> => {
    const mails = await mailsTo(to);
    expect(mails).toHaveLength(1);
    const [mail] = mails as [Json];
    const { text = '' } = await parsed(mail);
    const path = /\/x\/[\w-]+/.exec(text)?.[0];
    if (path === undefined) throw new Error(`no link in ${text}`);
    return { path, source: mail.source, subject: mail.subject };
  };
  const anybody = () => own.clientWith('nobody');
  const mailed = async (more: Json = {}) => {
    const recipients = [addressOf('books'), addressOf('owner')];
    const done = await on.run(await on.create({ recipients, ...more }));
    await sendMails(done.id);
    return { done, links: await Promise.all(recipients.map(linkIn)) };
  };

  it('EXP-4: goes to each recipient once, from the deployment’s address or the account’s own', async () => {
    const { links } = await mailed({ name: 'Ventes du jour' });
    expect(links.map(({ source }) => source)).toEqual(Array(2).fill(service().environment.MAIL_FROM));
    expect(links[0]?.subject).toBe('Votre export est prêt : Ventes du jour');
    const defaultFrom = addressOf('billing');
    await proveSender(table(), account.id, defaultFrom, { sharedWith: 'account' });
    ok(await account.admin.patch('/v1/settings', { defaultFrom, language: 'en' }));
    const { links: later } = await mailed({ name: 'Sales' });
    expect(later.map(({ source }) => source)).toEqual([defaultFrom, defaultFrom]);
    expect(later[0]?.subject).toBe('Your export is ready: Sales');
  });

  it('EXP-4: leads to a fresh signed address for 30 days, and to nothing once the export is deleted', async () => {
    const { done, links } = await mailed();
    const path = links[0]?.path as string;
    const answer = await anybody().get(path);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const file = await fetch(answer.headers.get('location') as string);
    expect(await file.text()).toContain('\r\n');
    const finished = Date.parse(done.finishedAt);
    vi.useFakeTimers({ toFake: ['Date'], now: finished + 29.9 * 86_400_000 });
    expect((await anybody().get(path)).status).toBe(302);
    vi.setSystemTime(finished + 30 * 86_400_000);
    const ended = await anybody().get(path);
    expect(ended).toMatchObject({ status: 404 });
    expect(ended.text).toContain('<!DOCTYPE html>');
    vi.useRealTimers();
    expect((await anybody().get(`${path.slice(0, -1)}${path.endsWith('A') ? 'Q' : 'A'}`)).status).toBe(404);
    expect((await account.admin.delete(`/v1/exports/${done.id}`)).status).toBe(204);
    expect((await anybody().get(path)).status).toBe(404);
  });

  it('EXP-4: of several files leads to the page that lists them', async () => {
    const { done, links } = await mailed({ format: 'xlsx' });
    const path = links[0]?.path as string;
    // A second file takes 200,000 rows: the export is told to have two.
    const job = await readRecord(table(), exports, account.id, done.id);
    if (job === undefined) throw new Error('no export');
    const files = job.files.flatMap((file) => ['a.xlsx', 'b.xlsx'].map((name) => ({ ...file, name })));
    const writes = new Transaction(table());
    putRecord(writes, exports, job, { ...job, files });
    await writes.commit();
    const answer = await anybody().get(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${path}/files`]);
    const page = await anybody().get(`${path}/files`);
    for (const [index, { name }] of files.entries())
      expect(page.text).toContain(`<a href="${path}?file=${index + 1}">${name}</a>`);
    const second = await anybody().get(`${path}?file=2`);
    expect(second.status).toBe(302);
    expect((await fetch(second.headers.get('location') as string)).status).toBe(200);
  });

  it('EXP-4: has a page that lists the files, each at an address of its own', async () => {
    const { done, links } = await mailed({ format: 'xlsx' });
    const path = links[0]?.path as string;
    expect(done.files).toHaveLength(1);
    const only = await anybody().get(`${path}/files`);
    expect(only.status).toBe(200);
    expect(only.text).toContain(`${path}?file=1`);
    expect((await anybody().get(`${path}?file=1`)).status).toBe(302);
    expect((await anybody().get(`${path}?file=2`)).status).toBe(404);
  });
});
