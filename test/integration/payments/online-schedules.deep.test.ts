import { afterEach, describe, expect, it } from 'vitest';
import { inShort } from '#test/support/answers.ts';
import { atWrite, payAnyway, sessionsOf } from '#test/support/online-in-process.ts';
import type { Answer } from '#test/support/service.ts';
import {
  checkOutOf,
  type Deed,
  deeds,
  deliverAll,
  doIt,
  endsWell,
  needsManual,
  newPaying,
  openPage,
  type Paying,
  worldOfFile,
} from './online-world.ts';

const world = worldOfFile();
afterEach(() => world().provider.meddle(undefined));

/** Where in the course of what staff does the buyer comes in. */
const moments = ['before', 'at the provider', 'before the first write', 'before the last write'] as const;
type Moment = (typeof moments)[number];
const buyers = [
  ...(['pays', 'pays late', 'fails late', 'opens again', 'is charged all the same'] as const),
  ...(['pays and comes back', 'comes back without paying'] as const),
];
type Buyer = (typeof buyers)[number];
const messages = ['at once', 'afterwards', 'twice', 'never'] as const;
type Telling = (typeof messages)[number];

const isLong = process.env.QUITTANCE_TESTS === 'all';
const fates = ['down', 'lost'] as const;

/** What the buyer does with the session that he has, and whether the provider tells of it at once. */
const buys = async (paying: Paying, buyer: Buyer, telling: Telling): Promise<void> => {
  const { provider } = world();
  const session = sessionsOf(provider, paying.id).at(-1);
  if (session === undefined) throw new Error('no session');
  if (buyer === 'opens again') {
    await checkOutOf(paying);
    return;
  }
  if (buyer === 'is charged all the same' && session.status !== 'complete') payAnyway(provider, session);
  if (buyer === 'pays' || buyer === 'pays and comes back') provider.stripe.state.act(session.id, 'pay');
  if (buyer === 'pays late' || buyer === 'fails late') provider.stripe.state.act(session.id, 'wait');
  if (buyer.includes('comes back')) await openPage(paying);
  if (telling === 'at once' || telling === 'twice') {
    const told = [...provider.events];
    await deliverAll(world());
    if (telling === 'twice') for (const event of told) await provider.deliver(event);
  }
};

/** In the end what was promised comes, or does not; and a message of before comes again. */
const later = async (paying: Paying, buyer: Buyer, telling: Telling): Promise<void> => {
  const { provider } = world();
  const before = [...provider.events];
  for (const { id, money } of sessionsOf(provider, paying.id))
    if (money === 'processing') provider.stripe.state.act(id, buyer === 'fails late' ? 'fail' : 'settle');
  if (telling === 'never') return;
  provider.events.reverse();
  await deliverAll(world());
  for (const event of before) await provider.deliver(event);
};

const runAt = (moment: Moment, paying: Paying, deed: Deed, meanwhile: () => Promise<void>) => {
  const run = () => doIt(deed, paying);
  if (moment === 'before the first write') return atWrite(1, meanwhile, run);
  if (moment === 'before the last write') return atWrite(2, meanwhile, run);
  let done = false;
  world().provider.meddle(async (method) => {
    if (done || method !== 'POST') return undefined;
    done = true;
    world().provider.meddle(undefined);
    await meanwhile();
    return undefined;
  });
  return run();
};

const isRefusal = (answer: Answer): boolean => answer.status >= 400;

const play = async (deed: Deed, moment: Moment, buyer: Buyer, telling: Telling): Promise<void> => {
  const paying = await newPaying(world(), needsManual(deed));
  expect((await checkOutOf(paying)).status).toBe(303);
  const meanwhile = () => buys(paying, buyer, telling);
  if (moment === 'before') await meanwhile();
  const answer =
    moment === 'before' ? await doIt(deed, paying) : await runAt(moment, paying, deed, meanwhile);
  // No refusal but one that says why; never a failure of ours.
  if (isRefusal(answer)) expect(answer.status).toBe(409);
  world().provider.meddle(undefined);
  await later(paying, buyer, telling);
  await endsWell(paying, telling === 'never' ? 'by nobody' : 'by messages');
};

/** A provider that takes back its word tells of it at least: nobody would ask it again. */
const isFair = (buyer: Buyer, telling: Telling): boolean =>
  buyer !== 'is charged all the same' || telling !== 'never';

/** All moments, each with every way of telling in the long run, and else with one of them, by turns. */
const schedulesOf = (deed: Deed, buyer: Buyer): [Moment, Telling][] => {
  const turn = deeds.indexOf(deed) + buyers.indexOf(buyer);
  return moments.flatMap((moment, index) => {
    const fair = messages.filter((telling) => isFair(buyer, telling));
    const chosen = isLong ? fair : fair.filter((_, place) => place === (turn + index) % fair.length);
    return chosen.map((telling): [Moment, Telling] => [moment, telling]);
  });
};

describe.each(deeds)('EDIT-5, EDIT-6, EDIT-7, ONL-3: %s, while the buyer', (deed) => {
  it.each(buyers.filter((buyer) => isLong || buyer !== 'comes back without paying'))(
    '%s: money is neither lost nor put on what he did not see',
    async (buyer) => {
      for (const [moment, telling] of schedulesOf(deed, buyer))
        await play(deed, moment, buyer, telling).catch((error) => {
          throw new Error(`${deed}, ${moment}, ${buyer}, told ${telling}: ${error.message}`, {
            cause: error,
          });
        });
    },
    120_000,
  );
});

describe('a payment in progress', () => {
  it.each(deeds)('EDIT-5, EDIT-7: %s ends the session first, and is done', async (deed) => {
    const paying = await newPaying(world(), needsManual(deed));
    await checkOutOf(paying);
    expect((await doIt(deed, paying)).status).toBeLessThan(300);
    expect(sessionsOf(world().provider, paying.id).map(({ status }) => status)).toEqual(['expired']);
    await endsWell(paying, 'by messages');
  });

  const whenPaid: Record<Deed, string> = {
    ...{ edit: 'invoice_has_payments', void: 'invoice_has_online_payment', delete: 'invoice_has_payments' },
    ...{ record: 'payment_processing', apply: 'payment_processing' },
    ...{ 'take off': 'payment_processing', 'delete payment': 'payment_processing' },
  };
  it.each(deeds)('EDIT-6: %s is refused if the buyer was first, told or not', async (deed) => {
    const paying = await newPaying(world(), needsManual(deed));
    await checkOutOf(paying);
    const [session] = sessionsOf(world().provider, paying.id);
    world().provider.stripe.state.act(session?.id ?? '', 'pay');
    const before = await world().admin.get(paying.path);
    expect(inShort(await doIt(deed, paying))).toBe(`409 ${whenPaid[deed]}`);
    expect((await world().admin.get(paying.path)).body).toEqual(before.body);
    await endsWell(paying, 'by nobody');
  });

  it.each(deeds)('ONL-4: %s is not done while the provider does not answer clearly', async (deed) => {
    for (const fate of isLong ? fates : fates.slice(deeds.indexOf(deed) % 2).slice(0, 1)) {
      const paying = await newPaying(world(), needsManual(deed));
      await checkOutOf(paying);
      const before = await world().admin.get(paying.path);
      world().provider.meddle(async () => fate);
      const answer = await doIt(deed, paying);
      expect(inShort(answer)).toBe('503 payment_provider_unavailable');
      expect(answer.headers.get('retry-after')).not.toBeNull();
      expect((await world().admin.get(paying.path)).body).toEqual(before.body);
      world().provider.meddle(undefined);
      await endsWell(paying, 'by nobody');
    }
  });

  it('ONL-3: a message of another account at the provider, with ids of ours on it, changes nothing', async () => {
    const paying = await newPaying(world(), false);
    await checkOutOf(paying);
    const { provider } = world();
    const [mine] = sessionsOf(provider, paying.id);
    if (mine === undefined) throw new Error('no session');
    const { amount, currency, title, metadata, expiresAt } = mine;
    const forged = provider.stripe.state.create(
      { account: 'acct_other', successUrl: '', amount, currency, title, metadata, expiresAt },
      undefined,
    );
    provider.stripe.state.act(forged.id, 'pay');
    provider.stripe.state.act(forged.id, 'refund');
    await deliverAll(world());
    expect((await world().admin.get(paying.path)).body).toMatchObject({ status: 'open', payments: [] });
    expect((await world().admin.get(`/v1/payments/${mine.metadata.quittance_session}`)).status).toBe(404);
    Object.assign(forged, { money: 'none' });
    await endsWell(paying, 'by messages');
  });

  it('EDIT-7: money that can’t be applied is kept as an unapplied payment, and staff sees it', async () => {
    const paying = await newPaying(world(), false);
    await checkOutOf(paying);
    await doIt('void', paying);
    const [session] = sessionsOf(world().provider, paying.id);
    if (session) payAnyway(world().provider, session);
    await deliverAll(world());
    const { body } = await world().admin.get('/v1/payments?unapplied=true&amount=100.00');
    expect(body.data[0]).toMatchObject({
      ...{ id: session?.metadata.quittance_session, online: true, status: 'succeeded' },
      ...{ unapplied: '100.00', applications: [] },
    });
    await endsWell(paying, 'by messages');
  });
});
