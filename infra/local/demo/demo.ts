import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { addDays, dayIn } from '#lib/domain/day.ts';
import { americanAccount } from './american-account.ts';
import { americanBuyers } from './american-buyers.ts';
import { americanInvoices } from './american-invoices.ts';
import { frenchAccount } from './french-account.ts';
import { frenchBuyers } from './french-buyers.ts';
import { frenchInvoices } from './french-invoices.ts';
import { makeAccount, type Service } from './make-account.ts';
import { makeInvoices } from './make-invoices.ts';
import type { DayAgo, DemoAccount } from './plan.ts';

const plans: readonly DemoAccount[] = [
  { ...frenchAccount, buyers: frenchBuyers, invoices: frenchInvoices },
  { ...americanAccount, buyers: americanBuyers, invoices: americanInvoices },
];

const person = z.object({ email: z.string(), name: z.string() });
const demoAccount = z.object({
  id: z.string(),
  name: z.string(),
  people: z.object({ superAdmin: person, member: person, readOnly: person }),
  /** Shown once when it was made, so it is kept here. */
  apiKey: z.string(),
  showcaseId: z.string(),
  draftIds: z.array(z.string()),
});
const demoRecord = z.tuple([demoAccount, demoAccount]);
/** What a later start needs to know of the demo data. */
export type DemoRecord = z.infer<typeof demoRecord>;

const fileIn = (dataDir: string): string => join(dataDir, 'demo.json');

/** The record of the demo data, or undefined where they were not made, or not to the end. */
export const readDemo = async (dataDir: string): Promise<DemoRecord | undefined> => {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : demoRecord.parse(JSON.parse(text));
};

const today = (timeZone: string): DayAgo => {
  const day = dayIn(timeZone, new Date().toISOString());
  return (ago) => addDays(day, -ago);
};

/**
 * Makes two accounts with all that belongs to them, through the API. The record is written last: without it, the
 * next start begins anew.
 * @param onProgress is told how many of how many invoices are done
 */
export const makeDemo = async (
  service: Service,
  { dataDir, onProgress }: { dataDir: string; onProgress: (done: number, total: number) => void },
): Promise<DemoRecord> => {
  const dated = plans.map((plan) => ({ plan, day: today(plan.account.timeZone) }));
  const total = dated.reduce((sum, { plan, day }) => sum + plan.invoices(day).length, 0);
  let done = 0;
  const onMade = () => {
    done += 1;
    onProgress(done, total);
  };
  onProgress(0, total);
  const made = await Promise.all(
    dated.map(async ({ plan, day }) => {
      const account = await makeAccount(service, plan);
      const { id, apiKey } = account;
      const invoices = await makeInvoices(account, plan, { day, onMade });
      return { id, name: plan.account.name, people: plan.people, apiKey, ...invoices };
    }),
  );
  const record = demoRecord.parse(made);
  const part = `${fileIn(dataDir)}.part`;
  await writeFile(part, JSON.stringify(record, null, 2), { mode: 0o600 });
  await rename(part, fileIn(dataDir));
  return record;
};
