import { randomUUID } from 'node:crypto';
import { addInvoice, holding, know, type SoakAccount } from '#test/soak/known.ts';
import { clientOf, type Deed, pickInvoice, type Random, type Worker } from '#test/soak/worker.ts';
import { look } from './look.ts';

/** Contacts and drafts. */

/** Drafts that an account has at most: what is made is to be finalized. */
const draftsAtMost = 60;

const things = [
  'Consulting',
  'Layout',
  'Printing proofs',
  'Übersetzung',
  '設計',
  'Hosting, "yearly"',
  'تصميم',
];
const rates = ['20', '10', '5.5', '19', '7.25'];

const lineOf = ({ below, pick, chance }: Random) => ({
  ...{ name: pick(things), quantity: chance(0.7) ? String(1 + below(20)) : `${below(9)}.${1 + below(99)}` },
  unitPrice: chance(0.5) ? String(5 + below(2_000)) : `${5 + below(500)}.${10 + below(90)}`,
  ...(chance(0.7) && { tax: { category: 'S', rate: pick(rates) } }),
  ...(chance(0.2) && { discount: { type: 'percent', value: String(1 + below(50)) } }),
  ...(chance(0.2) && { description: 'As agreed on the telephone, in the week before.' }),
});
const linesOf = (random: Random) => {
  // Most have few; some have twenty.
  const count = 1 + random.below(random.chance(0.7) ? 4 : 20);
  return Array.from({ length: count }, () => lineOf(random));
};
const textsOf = ({ below, chance }: Random) => ({
  title: `Order ${below(10_000)}`,
  ...(chance(0.3) && { purchaseOrderNumber: `PO-${below(1_000)}` }),
  ...(chance(0.3) && { comments: 'Thank you for your order.\nWe look forward to the next.' }),
  ...(chance(0.3) && { paymentTermDays: below(61) }),
  ...(chance(0.2) && { discounts: [{ label: 'Loyal', type: 'percent', value: String(1 + below(20)) }] }),
  ...(chance(0.1) && { fees: [{ label: 'Delivery', type: 'amount', value: String(1 + below(30)) }] }),
});

let contacts = 0;
export const createContact: Deed = async (worker, account) => {
  contacts += 1;
  const email = `buyer-${process.pid}-${contacts}-${worker.random.below(1_000_000)}@buyer.example`;
  const names = ['Noor Buyer', 'Müller & Söhne', '東京商事', 'شركة النور', 'Łódź Works'];
  const made = await worker.ask({
    ...{ http: clientOf(worker, account), deed: 'create a contact', method: 'POST', path: '/v1/contacts' },
    ...{ body: { name: worker.random.pick(names), email }, expect: [201] },
  });
  if (made !== undefined) account.contacts.push({ id: made.body.id, email });
  return true;
};

const countDrafts = ({ invoices }: SoakAccount): number =>
  invoices.slice(-1_000).filter(({ status, isGone }) => status === 'draft' && !isGone).length;

/** Now and then the answer is lost, as the client thinks, and it asks again with the same key (API-2). */
const askAgain = async (worker: Worker, asked: Parameters<Worker['ask']>[0], first: string) => {
  const again = await worker.ask(asked);
  if (again === undefined) return;
  const isReplayed = again.headers.get('idempotency-replayed') === 'true';
  if (!isReplayed || again.body.id !== first)
    worker.wrong(asked.deed, `asked again it made ${again.body.id}, and ${first} before`);
};

export const createDraft: Deed = async (worker, account) => {
  const { random } = worker;
  if (account.contacts.length === 0) return createContact(worker, account);
  if (countDrafts(account) > draftsAtMost) return false;
  const key = random.chance(0.1) ? randomUUID() : undefined;
  const asked = {
    ...{ http: clientOf(worker, account), deed: 'create a draft', method: 'POST', path: '/v1/invoices' },
    body: {
      ...{ currency: random.pick(account.currencies), contactId: random.pick(account.contacts).id },
      ...{ ...textsOf(random), lineItems: linesOf(random) },
    },
    ...(key && { headers: { 'idempotency-key': key } }),
    expect: [201],
  };
  const made = await worker.ask(asked);
  if (made === undefined) return true;
  addInvoice(account, made.body);
  if (key !== undefined) await askAgain(worker, asked, made.body.id);
  return true;
};

export const editDraft: Deed = async (worker, account) => {
  const { random } = worker;
  const draft = pickInvoice(worker, account, ({ status }) => status === 'draft');
  if (draft === undefined) return false;
  await holding([draft], async (hold) => {
    const edited = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'edit a draft', hold },
      ...{ method: 'PATCH', path: `/v1/invoices/${draft.id}`, expect: [200] },
      body: { ...textsOf(random), ...(random.chance(0.5) && { lineItems: linesOf(random) }) },
      ...(random.chance(0.3) && { headers: { 'if-match': `"${draft.version}"` } }),
    });
    if (edited !== undefined) know(draft, edited.body);
    if (hold.raced) await look(worker, draft, hold);
  });
  return true;
};

export const deleteDraft: Deed = async (worker, account) => {
  const draft = pickInvoice(worker, account, ({ status }) => status === 'draft');
  if (draft === undefined) return false;
  await holding([draft], async (hold) => {
    // What another makes of it meanwhile must not be deleted: a finalized one may be, on some accounts.
    const deleted = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'delete a draft', hold, method: 'DELETE' },
      ...{ path: `/v1/invoices/${draft.id}`, expect: [204], headers: { 'if-match': `"${draft.version}"` } },
    });
    if (deleted !== undefined) draft.isGone = true;
    else await look(worker, draft, hold);
  });
  return true;
};

export const clone: Deed = async (worker, account) => {
  const original = pickInvoice(worker, account, () => true);
  if (original === undefined || countDrafts(account) > draftsAtMost) return false;
  await holding([original], async (hold) => {
    const cloned = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'clone', hold, method: 'POST' },
      ...{ path: `/v1/invoices/${original.id}/clone`, expect: [201] },
    });
    if (cloned === undefined) return look(worker, original, hold);
    if (cloned.body.clonedFrom !== original.id || cloned.body.status !== 'draft')
      worker.wrong('clone', `of ${original.id} is ${cloned.body.status} from ${cloned.body.clonedFrom}`);
    addInvoice(account, cloned.body);
  });
  return true;
};
