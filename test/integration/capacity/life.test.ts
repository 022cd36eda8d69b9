import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { life } from '#infra/operations/costs/life.ts';
import type { MeasuredLife } from '#infra/operations/costs/model.ts';
import { walkHistories } from '#lib/data/history-walk.ts';
import { closeBrowser } from '#lib/documents/browser.ts';
import { type Client, ok } from '#test/support/account.ts';
import { capacityOf } from '#test/support/capacity.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { type Background, newBackground } from './background.ts';
import { lifeFile } from './figures.ts';
import { contact, draft } from './world.ts';

/**
 * What follows an invoice's steps in the background, and what it leaves: the workers' reads and writes, bytes in the
 * table, the PDF, the e-mail. With `npm run capacity` it is written down, for `npm run costs`; without, it may not grow.
 */
const isMeasuring = process.env.QUITTANCE_CAPACITY === 'write';
const measured: MeasuredLife = {
  followed: {},
  pdfBytes: 0,
  mailBytes: 0,
  clocks: {},
  checked: { read: 0, write: 0 },
};

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(async () => {
  await own.stop();
  await closeBrowser();
});

type Living = { admin: Client; path: string; link: string; contactId: string };
const pathOf = (url: string): string => new URL(url).pathname;
/** The steps that change something, by their action. */
const steps = (world: { own: OwnService; accountId: string; admin: Client }) => {
  const living: Living = { admin: world.admin, path: '', link: '', contactId: '' };
  const full = { ...world, provider: undefined as never };
  return {
    living,
    'create-contact': async () => {
      living.contactId = (await contact(full)).id;
    },
    'create-invoice': async () => {
      living.path = `/v1/invoices/${(await draft(full, { contactId: living.contactId })).id}`;
    },
    'update-invoice': async () => ok(await world.admin.patch(living.path, { title: 'Summer catalogue' })),
    'finalize-invoice': async () => {
      living.link = ok(await world.admin.post(`${living.path}/finalize`)).link;
    },
    'send-invoice': async () => ok(await world.admin.post(`${living.path}/send`, { intro: 'Thank you.' })),
    'open-link-with-slug': async () => expect((await world.admin.get(pathOf(living.link))).status).toBe(200),
    'record-invoice-payment': async () =>
      ok(await world.admin.post(`${living.path}/payments`, { method: 'wire_transfer' })),
  };
};
const readsOnly = new Set<string>([
  ...['preview-invoice', 'open-preview', 'open-link-pdf', 'get-invoice', 'list-invoices', 'search-invoices'],
  ...['get-invoice-pdf', 'list-invoice-emails', 'get-invoice-history'],
]);

/** Measures what follows each step, one after the other, of one invoice. */
const live = async (background: Background, all: ReturnType<typeof steps>): Promise<void> => {
  for (const { action } of life) {
    if (readsOnly.has(action)) continue;
    const step = all[action as keyof Omit<typeof all, 'living'>];
    if (step === undefined) throw new Error(`teach life.test.ts how ${action} is done`);
    measured.followed[action] = await background.after(step);
  }
};

it('what follows an invoice’s steps is what is written down', async () => {
  const { id: accountId, admin } = await own.newAccount();
  const background = await newBackground(own, accountId);
  await background.after(async () => undefined);
  for (const worker of ['run-schedules', 'sweep-sessions'])
    measured.clocks[worker] = await capacityOf(() => own.clock(worker));
  const check = () =>
    capacityOf(() => walkHistories(table(), { before: '9', mostSubjects: 1_000, goesOn: () => true }));
  const idle = await check();
  const all = steps({ own, accountId, admin });
  await live(background, all);
  const { read, write } = await check();
  measured.checked = { read: read - idle.read, write: write - idle.write };
  const pdf = await fetch(ok(await admin.get(`${all.living.path}/pdf`)).url);
  measured.pdfBytes = (await pdf.arrayBuffer()).byteLength;
  measured.mailBytes = background.mailBytes();
  expect(background.messages()).toMatchObject({ render: 2, email: 1 });
  if (isMeasuring) {
    writeFileSync(lifeFile, `${JSON.stringify(measured, null, 2)}\n`);
    return;
  }
  const written: MeasuredLife = JSON.parse(readFileSync(lifeFile, 'utf8'));
  expect(Object.keys(measured.followed)).toEqual(Object.keys(written.followed));
  const sum = ({ followed }: MeasuredLife, of: 'read' | 'write' | 'records' | 'storedBytes') =>
    Object.values(followed).reduce((total, each) => total + each[of], 0);
  for (const of of ['read', 'write', 'records', 'storedBytes'] as const) {
    expect(sum(measured, of), of).toBeLessThanOrEqual(sum(written, of) * 1.05 + 2);
    expect(sum(measured, of), of).toBeGreaterThanOrEqual(sum(written, of) * 0.8 - 2);
  }
});
