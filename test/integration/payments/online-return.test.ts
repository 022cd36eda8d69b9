import { afterEach, describe, expect, it, vi } from 'vitest';
import { inShort } from '#test/support/answers.ts';
import { sessionsOf, sweepLater } from '#test/support/online-in-process.ts';
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
afterEach(() => {
  world().provider.meddle(undefined);
  vi.useRealTimers();
});

/** A buyer on the provider's page, who has done something there that nobody was told of. */
const begun = async (deed?: 'pay' | 'wait', withManual = false): Promise<Paying> => {
  const paying = await newPaying(world(), withManual);
  expect((await checkOutOf(paying)).status).toBe(303);
  if (deed !== undefined) act(paying, deed);
  return paying;
};
const act = ({ id }: Paying, deed: 'pay' | 'wait' | 'settle' | 'fail') =>
  world().provider.stripe.state.act(sessionsOf(world().provider, id).at(-1)?.id ?? '', deed);
const shown = async ({ path }: Paying) => (await world().admin.get(path)).body;

/** From now on, how often the provider is asked what became of a session. */
const countQuestions = (): (() => number) => {
  let questions = 0;
  world().provider.meddle(async (method) => {
    if (method === 'GET') questions += 1;
    return undefined;
  });
  return () => questions;
};
const secondsPass = (seconds: number) =>
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });

describe('a buyer who comes back to the page, and no message has come', () => {
  it('ONL-3, LINK-4: sees what he paid at once, and staff does', async () => {
    const paying = await begun('pay');
    const page = await openPage(paying);
    expect(page).toContain('Amount paid');
    expect(page).not.toContain('/checkout"');
    const invoice = await shown(paying);
    expect(invoice).toMatchObject({ status: 'paid', balanceDue: '0.00' });
    expect(invoice.payments).toMatchObject([{ amount: '100.00', online: true }]);
    await endsWell(paying, 'by messages');
  });

  it('ONL-3: sees it at the link with the slug too, and pays the rest', async () => {
    const paying = await newPaying(world(), false);
    const part = await world().admin.post(`/i/${paying.token}/checkout`, { amount: '40' });
    expect(part.status).toBe(303);
    act(paying, 'pay');
    const { text } = await world().admin.get(`/i/${paying.token}/inv-1`);
    expect(text).toContain('€40.00 of €100.00 has been paid.');
    expect((await checkOutOf(paying)).status).toBe(303);
    act(paying, 'pay');
    expect(await openPage(paying)).toContain('Amount paid');
    await endsWell(paying, 'by nobody');
  });

  it('ONL-4: sees that his money is on its way, then that it came, or that it did not', async () => {
    for (const outcome of ['settle', 'fail'] as const) {
      const paying = await begun('wait');
      expect(await openPage(paying)).toContain('A payment is on its way');
      expect((await shown(paying)).actions.pay).toBe('payment_processing');
      act(paying, outcome);
      secondsPass(61);
      expect(await openPage(paying)).toContain(outcome === 'settle' ? 'Amount paid' : '/checkout"');
      vi.useRealTimers();
      await endsWell(paying, 'by nobody');
    }
  });

  it('LINK-6: has paid nothing: all stays as it is, and the session goes on', async () => {
    const paying = await begun();
    const seen = async () => ({ ...(await shown(paying)), lastViewedAt: null });
    const before = await seen();
    expect(await openPage(paying)).toContain('/checkout"');
    expect(await seen()).toEqual(before);
    expect(sessionsOf(world().provider, paying.id).map(({ status }) => status)).toEqual(['open']);
    expect((await checkOutOf(paying)).status).toBe(303);
    expect(sessionsOf(world().provider, paying.id)).toHaveLength(1);
    await endsWell(paying, 'by nobody');
  });

  it('LINK-6: asks the provider seldom, however often and by how many at once the page is opened', async () => {
    const paying = await begun();
    const asked = countQuestions();
    // The clock stands still in between.
    secondsPass(0);
    await Promise.all(Array.from({ length: 8 }, () => openPage(paying)));
    expect(asked()).toBe(1);
    secondsPass(4);
    await openPage(paying);
    expect(asked()).toBe(1);
    secondsPass(2);
    await openPage(paying);
    expect(asked()).toBe(2);
    vi.useRealTimers();
    await endsWell(paying, 'by nobody');
    const done = await newPaying(world(), false);
    await openPage(done);
    const before = asked();
    await openPage(done);
    expect(asked()).toBe(before);
  });

  it.each(['down', 'lost'] as const)(
    'LINK-4: is shown the page all the same where the provider is %s',
    async (fate) => {
      const paying = await begun('pay');
      world().provider.meddle(async () => fate);
      expect(await openPage(paying)).toContain('Amount due');
      world().provider.meddle(undefined);
      await endsWell(paying, 'by nobody');
    },
  );

  it('LINK-4: does not wait long for a provider that is silent', async () => {
    const paying = await begun('pay');
    let release = (): void => {};
    const silence = new Promise<undefined>((resolve) => {
      release = () => resolve(undefined);
    });
    world().provider.meddle(() => silence);
    const since = performance.now();
    expect(await openPage(paying)).toContain('Amount due');
    expect(performance.now() - since).toBeLessThan(6_000);
    release();
    world().provider.meddle(undefined);
    await endsWell(paying, 'by nobody');
  });

  it('ONL-3: pages, the message and a checkout at once: the money is there once', async () => {
    const paying = await begun('pay');
    const event = world().provider.events.at(-1);
    if (event === undefined) throw new Error('nothing happened');
    const { deliver } = world().provider;
    await Promise.all([
      ...[openPage(paying), deliver(event), openPage(paying), deliver(event), checkOutOf(paying)],
    ]);
    expect(await shown(paying)).toMatchObject({ status: 'paid', amountPaid: '100.00' });
    await endsWell(paying, 'by messages');
  });

  it.each(deeds)(
    'EDIT-6, EDIT-7: while staff does %s: one of them is first, and no money is lost',
    async (deed: Deed) => {
      const paying = await begun('pay', needsManual(deed));
      const [answer] = await Promise.all([doIt(deed, paying), openPage(paying), deliverAll(world())]);
      // Once the buyer's money is there, a payment by hand beside it can be taken off.
      expect(needsManual(deed) ? [204, 409] : [409], inShort(answer)).toContain(answer.status);
      await endsWell(paying, 'by nobody');
    },
  );

  it('EDIT-6: what staff was refused for is there after the sweeper’s next run, not after the session’s end', async () => {
    const paying = await begun('pay');
    expect(inShort(await doIt('edit', paying))).toBe('409 invoice_has_payments');
    await sweepLater(0);
    expect(await shown(paying)).toMatchObject({ status: 'paid', amountPaid: '100.00', title: 'As seen' });
    await endsWell(paying, 'by nobody');
  });
});
