import { describe, expect, it } from 'vitest';
import { atEveryCall } from '#test/support/crash.ts';
import { at, delivery, emailOf, historyOf, inDoubt, own, sent, withOwnService, worker } from './sent-mail.ts';

withOwnService();

describe('the provider’s events', () => {
  it('HIST-3: a crash at any call, and the message again: everything once', async () => {
    await atEveryCall(
      async () => {
        const state = await sent();
        await inDoubt(state, 'unknown');
        return state;
      },
      (state) => own.queue(worker, [delivery(state, [state.to])]),
      async (state) => {
        expect(await own.queue(worker, [delivery(state, [state.to])])).toBe(0);
        const email = await emailOf(state);
        expect(email.recipients[0]).toEqual({ email: state.to, status: 'delivered', at: at(1) });
        const history = await historyOf(state);
        expect(history.filter((action) => action === 'email_delivered')).toHaveLength(1);
      },
    );
  });
});
