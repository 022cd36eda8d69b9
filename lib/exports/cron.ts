import { Cron } from 'croner';

/**
 * When a cron expression (minute, hour, day of month, month, day of week) is due next after an instant, in a time zone.
 * A local time that the clock skips in spring is due when the clock has skipped it; one that it strikes twice in autumn is
 * due once, the first time (but for expressions that repeat within the hour, which go on).
 * @returns undefined where it is never due again
 * @throws Error for what is no such expression
 */
export const nextDue = (cron: string, timeZone: string, after: string): string | undefined =>
  new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' })
    .nextRun(new Date(after))
    ?.toISOString();
