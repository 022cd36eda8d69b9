import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, newContact, ok } from '#test/support/account.ts';
import { atEveryCall } from '#test/support/crash.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { mailsTo } from '#test/support/mailbox.ts';

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());

let made = 0;
type State = { admin: Client; accountId: string; to: string; bodies: string[] };
/** Work that waits on the e-mail queue. */
const waiting = async (ask: (admin: Client, to: string) => Promise<unknown>): Promise<State> => {
  made += 1;
  const { id: accountId, admin } = await own.newAccount();
  const to = `waits-${process.pid}-${Date.now()}-${made}@mail.example`;
  await ask(admin, to);
  await own.stream('relay-outbox', await own.records(accountId));
  const bodies = await own.take('email', accountId);
  expect(bodies).toHaveLength(1);
  return { admin, accountId, to, bodies };
};

const code = () =>
  waiting(async (admin, email) =>
    ok(await admin.post('/v1/sender-addresses', { email, sharedWith: 'account' })),
  );
const receipt = () =>
  waiting(async (admin, email) => {
    const contact = await newContact(admin, { email });
    const body = { amount: '5', currency: 'EUR', method: 'cash', contactId: contact.id };
    const payment = ok(await admin.post('/v1/payments', body));
    ok(await admin.post(`/v1/payments/${payment.id}/receipt`, {}));
  });

describe.each([
  ['a code', code],
  ['a receipt', receipt],
])('%s', (_what, prepare) => {
  it('SEND-11: goes out once, however often the queue brings its message', async () => {
    const state = await prepare();
    expect(await own.queue('send-email', state.bodies)).toBe(0);
    for (const _ of [1, 2]) expect(await own.queue('send-email', [...state.bodies, ...state.bodies])).toBe(0);
    // And the stream its record.
    await own.stream('relay-outbox', await own.records(state.accountId));
    expect(await own.queue('send-email', await own.take('email', state.accountId))).toBe(0);
    expect(await mailsTo(state.to)).toHaveLength(1);
  });

  it('SEND-11: a crash at any call never sends two', async () => {
    await atEveryCall(
      prepare,
      ({ bodies }) => own.queue('send-email', bodies),
      async ({ bodies, to }) => {
        for (const _ of [1, 2]) await own.queue('send-email', bodies);
        expect((await mailsTo(to)).length).toBeLessThan(2);
      },
    );
  });
});
