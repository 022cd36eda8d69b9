import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Stale, untilWritten } from '#lib/data/transaction.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

/** An attempt that takes so many milliseconds, and is refused as stale the first times. */
const attempting = (milliseconds: number, refusals: number) =>
  vi.fn(async () => {
    vi.setSystemTime(Date.now() + milliseconds);
    if (attempt.mock.calls.length <= refusals) throw new Stale('moved');
    return 'written';
  });
let attempt: ReturnType<typeof attempting>;

it('NUM-5: what somebody else was faster at is decided anew', async () => {
  attempt = attempting(10, 3);
  await expect(untilWritten(attempt, { deadline: Date.now() + 10_000 })).resolves.toBe('written');
  expect(attempt).toHaveBeenCalledTimes(4);
});

it('NUM-5: an attempt that would not be done in time is not begun', async () => {
  attempt = attempting(600, 1);
  await expect(untilWritten(attempt, { deadline: Date.now() + 1_000 })).rejects.toBeInstanceOf(Stale);
  expect(attempt).toHaveBeenCalledTimes(1);
});

it('NUM-5: another failure ends it at once', async () => {
  const failure = new Error('of another kind');
  const failing = vi.fn(() => Promise.reject(failure));
  await expect(untilWritten(failing, { deadline: Date.now() + 10_000 })).rejects.toBe(failure);
  expect(failing).toHaveBeenCalledTimes(1);
});
