import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { ok } from '#test/support/account.ts';
import { mailsTo } from '#test/support/mailbox.ts';
import { sessionsOf, sessionsWaiting, sweepLater } from '#test/support/online-in-process.ts';
import type { Json } from '#test/support/service.ts';
import type { Journey } from './journey.ts';
import type { World } from './world.ts';

/** What has to be true after a journey, whatever went wrong on the way. */

const cents = (amount: string): number => Math.round(Number(amount) * 100);
const sum = (amounts: string[]): number => amounts.reduce((all, amount) => all + cents(amount), 0);
const invoicesOf = ({ admin, sent, byHand, online, voided }: Journey): Promise<Json[]> =>
  Promise.all([sent, byHand, online, voided].map(async (id) => ok(await admin.get(`/v1/invoices/${id}`))));

/** NUM-2: four numbers, one after the other, each on one invoice. */
const numbersAreConsecutive = async (journey: Journey): Promise<void> => {
  const numbers = ['INV-1001', 'INV-1002', 'INV-1003', 'INV-1004'];
  const invoices = await invoicesOf(journey);
  expect(invoices.map(({ number }) => number).sort()).toEqual(numbers);
  const audit = ok(await journey.admin.get('/v1/numbering/audit'));
  expect(audit.gaps).toEqual([]);
  expect(audit.data.map(({ number, status }: Json) => [number, status])).toEqual(
    numbers.map((number) => [number, 'issued']),
  );
  expect(ok(await journey.admin.get('/v1/invoices?limit=200')).data).toHaveLength(4);
};

/** TOT-4, PAY-3, EDIT-7: what was paid is there, once, and the balance is what is left. */
const moneyAddsUp = async (journey: Journey): Promise<void> => {
  const [sent, byHand, online, voided] = (await invoicesOf(journey)) as [Json, Json, Json, Json];
  for (const { total, amountPaid, balanceDue, payments } of [sent, byHand, online, voided]) {
    expect(cents(amountPaid) + cents(balanceDue)).toBe(cents(total));
    expect(sum(payments.map(({ amount }: Json) => amount))).toBe(cents(amountPaid));
  }
  expect([sent.status, byHand.status, online.status, voided.status]).toEqual([
    'open',
    'open',
    'paid',
    'voided',
  ]);
  expect([sent.total, byHand.total, online.total, voided.total]).toEqual([
    '120.00',
    '59.99',
    '300.60',
    '12.00',
  ]);
  expect(byHand.payments.map(({ amount, method }: Json) => `${amount} ${method}`).sort()).toEqual([
    ...['20.00 cash', '9.99 check'],
  ]);
  expect(online.payments.map(({ amount, online: isOnline }: Json) => [amount, isOnline])).toEqual([
    ['300.60', true],
  ]);
  const payments: Json[] = ok(await journey.admin.get('/v1/payments?limit=200')).data;
  expect(payments.map(({ amount, unapplied }) => `${amount} ${unapplied}`).sort()).toEqual([
    ...['15.00 5.01', '20.00 0.00', '300.60 0.00', '5.00 5.00'],
  ]);
};

/** ONL-1: one session was paid, and none is left that waits for anything. */
const sessionsAreOver = async ({ provider }: World, { online }: Journey): Promise<void> => {
  expect(sessionsOf(provider, online).filter(({ money }) => money === 'paid')).toHaveLength(1);
  await sweepLater();
  provider.events.length = 0;
  expect(await sessionsWaiting()).toBe(0);
};

/** SEND-11: not two e-mails; one that is told as sent, was. */
const oneEmail = async ({ admin, sent, to, online }: Journey): Promise<string> => {
  const emails: Json[] = ok(await admin.get(`/v1/invoices/${sent}/emails`)).data;
  expect(emails).toHaveLength(1);
  const [{ status }] = emails as [Json];
  expect(['sent', 'unknown']).toContain(status);
  const invoices = (await mailsTo(to)).filter(({ tags }) => JSON.stringify(tags).includes(emails[0].id));
  expect(invoices.length).toBeLessThan(2);
  if (status === 'sent') expect(invoices).toHaveLength(1);
  // Beside it nothing but the receipt of the online payment, once (ONL-6).
  expect((await mailsTo(to)).length - invoices.length).toBeLessThan(2);
  expect(online).not.toBe(sent);
  return status;
};

/** HIST-3: everything that happened, once, in its order. */
const historyIsComplete = async (journey: Journey, email: string): Promise<void> => {
  const { admin, sent, byHand, online, voided } = journey;
  // An edit that is asked for again, since its answer was lost, changes nothing the second time.
  const counts = ({ action, changes }: Json): boolean => action !== 'updated' || changes.length > 0;
  const told = async (id: string): Promise<string[]> => {
    const entries: Json[] = ok(await admin.get(`/v1/invoices/${id}/history?limit=200`)).data;
    return entries
      .filter(counts)
      .map(({ action }) => action)
      .sort();
  };
  const always = ['created', 'finalized'];
  expect(await told(sent)).toEqual([...always, ...(email === 'sent' ? ['email_sent'] : [])].sort());
  expect(await told(byHand)).toEqual(
    [
      ...always,
      'updated',
      'payment_recorded',
      'payment_applied',
      'payment_recorded',
      'payment_taken_off',
    ].sort(),
  );
  expect((await told(online)).filter((action) => action !== 'email_sent')).toEqual([
    ...always,
    'payment_recorded',
  ]);
  expect(await told(voided)).toEqual([...always, 'voided']);
};

/** EXP-3: the export is whole. */
const exportIsWhole = async ({ admin, exportId }: Journey): Promise<void> => {
  const done = ok(await admin.get(`/v1/exports/${exportId}`));
  expect(done).toMatchObject({ status: 'done', rowsDone: 4, manifest: { rows: 4 } });
  expect(done.files).toHaveLength(1);
  const bytes = Buffer.from(await (await fetch(done.files[0].url)).arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(done.files[0].sha256);
  const rows = parse(bytes, { bom: true, from_line: 2 }) as string[][];
  expect(rows.map(([number]) => number).sort()).toEqual(['INV-1001', 'INV-1002', 'INV-1003', 'INV-1004']);
  expect(rows.map(([, total = '']) => total).sort()).toEqual(['12.00', '120.00', '300.60', '59.99']);
};

/** PDF-3: every version has its PDF. */
const pdfsAreThere = async ({ admin, sent, byHand, online, voided, settle }: Journey): Promise<void> => {
  for (const id of [sent, byHand, online, voided]) {
    const path = `/v1/invoices/${id}/pdf`;
    if ((await admin.get(path)).status === 202) await settle();
    const { url } = ok(await admin.get(path));
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  }
};

export const arrivesWell = async (world: World, journey: Journey): Promise<void> => {
  await numbersAreConsecutive(journey);
  await moneyAddsUp(journey);
  await sessionsAreOver(world, journey);
  const email = await oneEmail(journey);
  await historyIsComplete(journey, email);
  await exportIsWhole(journey);
  await pdfsAreThere(journey);
};
