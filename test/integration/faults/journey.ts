import { type Client, line, newContact, ok } from '#test/support/account.ts';
import type { FaultSchedule } from '#test/support/fault-schedule.ts';
import { sessionsOf } from '#test/support/online-in-process.ts';
import type { Json } from '#test/support/service.ts';
import { insisting, type World, workersOf } from './world.ts';

/** What there is after a journey: an invoice that was sent, one paid by hand, one paid online, one voided. */
export type Journey = {
  accountId: string;
  /** A client to look with, when nothing goes wrong any more. */
  admin: Client;
  to: string;
  sent: string;
  byHand: string;
  online: string;
  voided: string;
  exportId: string;
  settle: () => Promise<void>;
};

const tokenOf = ({ link }: Json): string => new URL(link).pathname.split('/')[2] as string;

const drafts = async (staff: Client, contactId: string): Promise<string[]> => {
  const ids: string[] = [];
  for (const unitPrice of ['100', '49.99', '250.50', '10'])
    ids.push(
      ok(
        await staff.post('/v1/invoices', {
          ...{ currency: 'EUR', contactId, title: 'First', allowOnlinePayment: true },
          lineItems: [line({ unitPrice, tax: { category: 'S', rate: '20' } })],
        }),
      ).id,
    );
  return ids;
};

/** The buyer pays on the provider's page; its message comes twice. */
const payOnline = async (world: World, buyer: Client, invoice: Json): Promise<void> => {
  const { provider } = world;
  const answer = await buyer.post(`/i/${tokenOf(invoice)}/checkout`, {});
  if (answer.status !== 303) throw new Error(`${answer.status} ${answer.text}`);
  const page = answer.headers.get('location') ?? '';
  const session = sessionsOf(provider, invoice.id).find(({ id }) => page.includes(id));
  if (session === undefined) throw new Error(`no session of ${page}`);
  provider.stripe.state.act(session.id, 'pay');
};

const tell = async ({ provider }: World, schedule: FaultSchedule): Promise<void> => {
  for (const event of provider.events.splice(0))
    for (let told = 0, tries = 0; told < 2; tries++) {
      if (tries > 40) throw new Error('the message is not taken');
      if ((await schedule.under(() => provider.deliver(event))).status === 204) told += 1;
    }
};

/** An edit, then a payment of its own, one that is applied, and one that is taken off again. */
const editAndPay = async (staff: Client, byHand: Json): Promise<void> => {
  ok(await staff.patch(`/v1/invoices/${byHand.id}`, { title: 'Second' }));
  const at = `/v1/invoices/${byHand.id}/payments`;
  ok(await staff.post(at, { amount: '20', method: 'cash' }));
  const loose = ok(await staff.post('/v1/payments', { amount: '15', currency: 'EUR', method: 'check' }));
  ok(await staff.post(`${at}/apply`, { paymentId: loose.id, amount: '9.99' }));
  const wrong = ok(await staff.post(at, { amount: '5', method: 'cash' }));
  // Asked again after a lost answer, it is gone already.
  const gone = await staff.delete(`${at}/${wrong.id}`);
  if (![204, 404].includes(gone.status)) throw new Error(`${gone.status} ${gone.text}`);
};

/** From the draft to the export, with things going wrong all the way. Answers what is to be looked at. */
export const travel = async (world: World, schedule: FaultSchedule): Promise<Journey> => {
  const { own } = world;
  const { id: accountId, admin } = await own.newAccount();
  ok(await admin.patch('/v1/settings', { onlinePayment: { provider: 'stripe' }, allowEditFinalized: true }));
  const { id: contactId, email: to } = await newContact(admin);
  const staff = insisting(admin, schedule);
  const workers = workersOf(world, schedule, accountId);

  const ids = await drafts(staff, contactId);
  const finalize = async (id: string): Promise<Json> => ok(await staff.post(`/v1/invoices/${id}/finalize`));
  const [first, second, third, fourth] = ids as [string, string, string, string];
  const sent = await finalize(first);
  const [byHand, online, voided] = (await Promise.all([second, third, fourth].map(finalize))) as [
    Json,
    Json,
    Json,
  ];
  await workers.round();

  ok(await staff.post(`/v1/invoices/${sent.id}/send`, { intro: 'Thank you.' }));
  await workers.round();
  ok(await staff.get(`/i/${tokenOf(sent)}`));

  await editAndPay(staff, byHand);
  await payOnline(world, staff, online);
  await tell(world, schedule);
  ok(await staff.post(`/v1/invoices/${voided.id}/void`, { reason: 'Twice' }));
  const { id: exportId } = ok(
    await staff.post('/v1/exports', { format: 'csv', columns: ['number', 'total', 'status', 'amountPaid'] }),
  );
  await workers.settle();
  schedule.end();
  await tell(world, schedule);
  await workers.settle();
  const journey = { sent: sent.id, byHand: byHand.id, online: online.id, voided: voided.id };
  return { accountId, admin, to, ...journey, exportId, settle: workers.settle };
};
