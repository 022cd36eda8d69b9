import { createInvoice, finalizeInvoice, voidInvoice } from '#functions/invoices/contract.ts';
import { recordInvoicePayment } from '#functions/payments/contract.ts';
import { sendInvoice } from '#functions/sending/contract.ts';
import { inParallel } from './client.ts';
import type { MadeAccount } from './make-account.ts';
import type { DayAgo, DemoAccount, DemoInvoice } from './plan.ts';

type Made = { id: string; key: string; planned: DemoInvoice };
export type MadeInvoices = { showcaseId: string; draftIds: string[] };

const atOnce = 3;

const write = async (
  account: MadeAccount,
  planned: DemoInvoice,
  { key, day }: { key: string; day: DayAgo },
): Promise<Made> => {
  const buyer = account.buyers.get(planned.buyer);
  if (buyer === undefined) throw new Error(`The demo has no buyer ${planned.buyer}.`);
  const date = planned.fate.ends === 'draft' ? {} : { invoiceDate: day(planned.daysAgo) };
  const body = { ...planned.written, ...buyer, ...date };
  const { id } = await account.founder.call(createInvoice, { key: `${key}-create`, body });
  return { id, key, planned };
};

const finalize = async ({ founder }: MadeAccount, { id, key, planned }: Made): Promise<void> => {
  if (planned.fate.ends === 'draft') return;
  await founder.call(finalizeInvoice, { params: { invoiceId: id }, key: `${key}-finalize` });
};

/** Pays, voids and sends, as planned. */
const carryOut = async (
  { founder }: MadeAccount,
  { id, key, planned: { fate, daysAgo, sent } }: Made,
  day: DayAgo,
): Promise<void> => {
  const params = { invoiceId: id };
  if (sent) await founder.call(sendInvoice, { params, key: `${key}-send`, body: {} });
  if (fate.ends === 'voided')
    await founder.call(voidInvoice, { params, key: `${key}-void`, body: { reason: fate.reason } });
  if (fate.ends !== 'paid' && fate.ends !== 'partlyPaid') return;
  const { method, after } = fate;
  const amount = fate.ends === 'partlyPaid' ? { amount: fate.amount } : {};
  const body = { method, date: day(daysAgo - after), ...amount };
  await founder.call(recordInvoicePayment, { params, key: `${key}-payment`, body });
};

/** Does what it is given one after the other, in the order of the calls. */
const inOrder = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done;
    return done;
  };
};

/** Makes the account's invoices side by side; their numbers they get one after the other, by date. */
export const makeInvoices = async (
  account: MadeAccount,
  plan: DemoAccount,
  { day, onMade }: { day: DayAgo; onMade: () => void },
): Promise<MadeInvoices> => {
  const planned = plan.invoices(day).map((one, index) => ({ one, key: `${plan.name}-invoice-${index + 1}` }));
  const numbered = inOrder();
  const made = await inParallel(planned, atOnce, async ({ one, key }) => {
    const writing = write(account, one, { key, day });
    const numbering = numbered(async () => finalize(account, await writing));
    const [written] = await Promise.all([writing, numbering]);
    await carryOut(account, written, day);
    onMade();
    return written;
  });
  const showcase = made.find(({ planned }) => planned.showcase);
  if (showcase === undefined) throw new Error(`No invoice of ${plan.name} is its showcase.`);
  const drafts = made.filter(({ planned }) => planned.fate.ends === 'draft');
  return { showcaseId: showcase.id, draftIds: drafts.map(({ id }) => id) };
};
