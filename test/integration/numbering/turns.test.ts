import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { Stale } from '#lib/data/transaction.ts';
import { awaitTurn, isAnyoneWaiting, readTurns } from '#lib/data/turns.ts';
import { newDraft, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';

/** Turns at the counter, on the real database. */

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());

const inTime = (): number => Date.now() + 60_000;

describe('turns at the counter', () => {
  it('NUM-5: are had one at a time, in the order of the tickets', async () => {
    const accountId = 'acc_in_order';
    const events: string[] = [];
    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        await sleep(25 * index);
        const turn = await awaitTurn(table(), accountId, inTime());
        events.push(`${index} has it`);
        await sleep(30);
        events.push(`${index} gives it on`);
        await turn.end();
      }),
    );
    expect(events).toEqual(
      Array.from({ length: 8 }, (_, index) => [`${index} has it`, `${index} gives it on`]).flat(),
    );
    expect(await readTurns(table(), accountId)).toEqual({ given: 8, served: 8 });
    expect(isAnyoneWaiting(await readTurns(table(), accountId))).toBe(false);
  });

  it('NUM-5: pass over whoever died with it, or left the queue', async () => {
    const accountId = 'acc_of_the_dead';
    await awaitTurn(table(), accountId, inTime());
    await expect(awaitTurn(table(), accountId, Date.now() + 5)).rejects.toThrow(Stale);
    const third = await awaitTurn(table(), accountId, inTime());
    const fourth = await awaitTurn(table(), accountId, inTime());
    await fourth.end();
    // Ended by one who was taken for dead, and twice: no turn is had again.
    await third.end();
    await fourth.end();
    expect(await readTurns(table(), accountId)).toEqual({ given: 4, served: 4 });
  });

  it('NUM-5: are waited for by who finds others waiting, and given on by a refused one', async () => {
    const { id, admin } = await own.newAccount();
    const path = async (more: Record<string, unknown> = {}) =>
      `/v1/invoices/${(await newDraft(admin, more)).id}/finalize`;
    const [good, faulty, other] = [await path(), await path({ lineItems: [] }), await path()];
    const turn = await awaitTurn(table(), id, inTime());
    const answers = Promise.all([admin.post(good), admin.post(faulty), admin.post(other)]);
    await sleep(300);
    expect(ok(await admin.get('/v1/numbering')).next).toBe('INV-1001');
    await turn.end();
    const [first, refused, second] = await answers;
    expect(refused.body.code).toBe('invoice_incomplete');
    expect([ok(first).number, ok(second).number].sort()).toEqual(['INV-1001', 'INV-1002']);
    const { given, served } = await readTurns(table(), id);
    expect([given, served]).toEqual([4, 4]);
  });
});
