import { describe, expect, it } from 'vitest';
import { atEveryCall } from '#test/support/crash.ts';
import { sessionsOf, sweepLater } from '#test/support/online-in-process.ts';
import {
  checkOutOf,
  deeds,
  deliverAll,
  doIt,
  endsWell,
  needsManual,
  newPaying,
  type Paying,
  worldOfFile,
} from './online-world.ts';

const world = worldOfFile();

const isLong = process.env.QUITTANCE_TESTS === 'all';
const patience = isLong ? 900_000 : 120_000;

/** An invoice whose buyer is on the provider's page, and has done something there that nobody was told of. */
const begun = async (withManual: boolean, deed?: 'pay' | 'wait'): Promise<Paying> => {
  const paying = await newPaying(world(), withManual);
  expect((await checkOutOf(paying)).status).toBe(303);
  const [session] = sessionsOf(world().provider, paying.id);
  if (deed !== undefined) world().provider.stripe.state.act(session?.id ?? '', deed);
  return paying;
};

/** The buyer's money comes, whatever has been told and done until then. */
const settles = ({ id }: Paying): void => {
  for (const session of sessionsOf(world().provider, id))
    if (session.money === 'processing') world().provider.stripe.state.act(session.id, 'settle');
};

const endsUntold = async (paying: Paying): Promise<void> => {
  settles(paying);
  world().provider.events.length = 0;
  // Money on its way is looked after every few hours.
  await sweepLater(500);
  await endsWell(paying, 'by nobody');
};

let turns = 0;
/** By messages and by the sweeper alone, in turn. */
const told = () => (turns++ % 2 === 0 ? 'by messages' : 'by nobody');
const inTheEnd = async (paying: Paying): Promise<void> => {
  if (told() === 'by nobody') return endsUntold(paying);
  settles(paying);
  await endsWell(paying, 'by messages');
};

describe('a crash at any call leaves nothing lost and nothing stuck', () => {
  it.each(isLong ? deeds : (['edit', 'delete payment'] as const))(
    'EDIT-5, EDIT-7: of %s, which ends a session',
    async (deed) => {
      const crashes = await atEveryCall(
        () => begun(needsManual(deed)),
        (paying) => doIt(deed, paying),
        inTheEnd,
      );
      expect(crashes).toBeGreaterThan(8);
    },
    patience,
  );

  it(
    'ONL-1: of a checkout',
    async () => {
      const prepare = () => newPaying(world(), false);
      const crashes = await atEveryCall(prepare, checkOutOf, async (paying) => {
        // Whoever asks again after the crash is led to a session that can be paid.
        const page = (await checkOutOf(paying)).headers.get('location');
        const id = page?.split('/').at(-1) ?? '';
        expect(world().provider.stripe.state.act(id, 'pay')).toBe(true);
        await endsWell(paying, told());
      });
      expect(crashes).toBeGreaterThan(6);
    },
    patience,
  );

  it.each(['pay', 'wait'] as const)(
    'ONL-3, ONL-4: of a message, after the buyer’s %s',
    async (deed) => {
      const crashes = await atEveryCall(
        async () => {
          const paying = await begun(false, deed);
          return { paying, event: world().provider.events.pop() };
        },
        async ({ event }) => event && world().provider.deliver(event),
        async ({ paying, event }) => {
          // The provider tells again what was not taken.
          if (event !== undefined) world().provider.events.unshift(event);
          await inTheEnd(paying);
        },
      );
      expect(crashes).toBeGreaterThan(8);
    },
    patience,
  );

  it.each(isLong ? ([undefined, 'pay', 'wait'] as const) : (['pay'] as const))(
    'ONL-3: of the invoice’s page, opened after the buyer’s %s',
    async (deed) => {
      const open = ({ world: { admin }, token }: Paying) => admin.get(`/i/${token}`);
      const crashes = await atEveryCall(() => begun(false, deed), open, endsUntold);
      expect(crashes).toBeGreaterThan(8);
    },
    patience,
  );

  it.each(isLong ? ([undefined, 'pay', 'wait'] as const) : (['pay'] as const))(
    'ONL-3: of the sweeper, after the buyer’s %s',
    async (deed) => {
      const crashes = await atEveryCall(
        () => begun(false, deed),
        () => sweepLater(),
        endsUntold,
      );
      expect(crashes).toBeGreaterThan(6);
    },
    patience,
  );
});

describe('a buyer whose money is on its way', () => {
  it('ONL-4: is asked for by the sweeper until it has come, though nothing is told', async () => {
    const paying = await begun(false, 'wait');
    await deliverAll(world());
    await sweepLater(500);
    const { body } = await world().admin.get(paying.path);
    expect(body.actions.pay).toBe('payment_processing');
    settles(paying);
    world().provider.events.length = 0;
    await sweepLater(1_000);
    expect((await world().admin.get(paying.path)).body).toMatchObject({
      status: 'paid',
      amountPaid: '100.00',
    });
    await endsWell(paying, 'by nobody');
  });
});
