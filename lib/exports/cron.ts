import { Cron } from 'croner';

/** croner also takes an instant, or a word such as `@daily`. */
const fiveFields = /^\s*\S+(\s+\S+){4}\s*$/;

/** By how many minutes clocks are set back: mostly an hour, half of one on Lord Howe Island, two at Troll. */
const setBackBy = [30, 60, 120];
const localTime = (at: Date, timeZone: string): string => at.toLocaleString('sv-SE', { timeZone });

/**
 * When a cron expression (minute, hour, day of month, month, day of week) is due next after an instant, in a time zone.
 * A local time that the clock skips in spring is due when the clock has skipped it; one that it strikes twice in autumn is
 * due once, the first time (but for expressions that repeat within the hour, which go on).
 * @returns undefined where it is never due again
 * @throws Error for what is no such expression
 */
export const nextDue = (cron: string, timeZone: string, after: string): string | undefined => {
  if (!fiveFields.test(cron)) throw new Error('not five fields');
  const due = new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' });
  /** Whether the due time before it was at the same local time. */
  const isAgain = (at: Date): boolean =>
    setBackBy.some((minutes) => {
      const before = new Date(at.getTime() - minutes * 60_000);
      const isSameTime = localTime(before, timeZone) === localTime(at, timeZone);
      return isSameTime && due.nextRun(before)?.getTime() === at.getTime();
    });
  let next = due.nextRun(new Date(after));
  while (next !== null && isAgain(next)) next = due.nextRun(next);
  return next?.toISOString();
};
