import { describe, expect, it } from 'vitest';
import { dayIn } from '#lib/domain/day.ts';
import { datesAtFinalizing, derivedOf } from '#lib/domain/invoice/derive.ts';

const overdueAt = (timeZone: string, instant: string, dueDate: string) => {
  const { overdue, daysOverdue } = derivedOf(
    { status: 'open', dueDate, amountPaid: '0.00' },
    dayIn(timeZone, instant),
  );
  return overdue ? daysOverdue : 0;
};

describe('overdue', () => {
  // The last millisecond of the due date in its zone, as an instant in UTC, and the one after it.
  const midnights: [zone: string, dueDate: string, lastInstant: string][] = [
    ['UTC', '2027-03-10', '2027-03-10T23:59:59.999Z'],
    ['Pacific/Kiritimati', '2027-03-10', '2027-03-10T09:59:59.999Z'], // UTC+14
    ['Pacific/Pago_Pago', '2027-03-10', '2027-03-11T10:59:59.999Z'], // UTC−11
    ['Asia/Kathmandu', '2027-03-10', '2027-03-10T18:14:59.999Z'], // UTC+5:45
    ['Europe/Paris', '2027-03-27', '2027-03-27T22:59:59.999Z'], // the day before clocks go forward
    ['Europe/Paris', '2027-03-28', '2027-03-28T21:59:59.999Z'], // a day of 23 hours
    ['Europe/Paris', '2027-10-31', '2027-10-31T22:59:59.999Z'], // a day of 25 hours
    ['America/New_York', '2027-11-07', '2027-11-08T04:59:59.999Z'], // a day of 25 hours
    ['America/Sao_Paulo', '2018-11-03', '2018-11-04T02:59:59.999Z'], // midnight itself is left out that night
    ['Pacific/Apia', '2011-12-29', '2011-12-30T09:59:59.999Z'], // the next day there was the 31st
  ];
  it.each(midnights)('LIFE-8: in %s an invoice due on %s is late right after %s', (zone, dueDate, last) => {
    const next = new Date(Date.parse(last) + 1).toISOString();
    const days = zone === 'Pacific/Apia' ? 2 : 1;
    expect([overdueAt(zone, last, dueDate), overdueAt(zone, next, dueDate)]).toEqual([0, days]);
  });

  it('LIFE-8: days late are days of the calendar, over a month, a leap day and a change of clocks', () => {
    expect(overdueAt('Europe/Paris', '2028-03-01T00:30:00.000Z', '2028-02-28')).toBe(2);
    expect(overdueAt('Europe/Paris', '2027-03-28T22:30:00.000Z', '2027-03-27')).toBe(2);
    expect(overdueAt('UTC', '2028-03-01T00:00:00.000Z', '2027-03-01')).toBe(366);
  });

  it('LIFE-2: only an open invoice is late or partly paid', () => {
    const past = { dueDate: '2020-01-01', amountPaid: '1.00' };
    for (const status of ['draft', 'paid', 'voided'] as const)
      expect(derivedOf({ ...past, status }, '2027-01-01')).toEqual({
        ...{ overdue: false, daysOverdue: 0, partiallyPaid: false },
      });
    expect(derivedOf({ ...past, status: 'open' }, '2020-01-01')).toEqual({
      ...{ overdue: false, daysOverdue: 0, partiallyPaid: true },
    });
    expect(derivedOf({ status: 'open', dueDate: undefined, amountPaid: '0.000' }, '2020-01-01')).toEqual({
      ...{ overdue: false, daysOverdue: 0, partiallyPaid: false },
    });
  });
});

describe('the dates of an invoice that is finalized', () => {
  const at = '2027-12-31T10:30:00.000Z';
  it('LIFE-8: are of the day in the account’s zone, and follow the nearest term', () => {
    const dates = (zone: string, written: object, term?: number) =>
      datesAtFinalizing(written, { timeZone: zone, paymentTermDays: term }, at);
    const following = (invoiceDate: string, dueDate: string, followedTermDays: number) => ({
      ...{ invoiceDate, dueDate, followedTermDays },
    });
    expect(dates('Pacific/Kiritimati', {})).toEqual(following('2028-01-01', '2028-01-01', 0));
    expect(dates('Pacific/Pago_Pago', {})).toEqual(following('2027-12-30', '2027-12-30', 0));
    expect(dates('UTC', {}, 60)).toEqual(following('2027-12-31', '2028-02-29', 60));
    expect(dates('UTC', { followedTermDays: 10 }, 60)).toEqual(following('2027-12-31', '2028-01-10', 10));
    expect(dates('UTC', { paymentTermDays: 0 }, 60).followedTermDays).toBeUndefined();
    expect(dates('UTC', { paymentTermDays: 0 }, 60).dueDate).toBe('2027-12-31');
    expect(dates('UTC', { paymentTermDays: 1 }, 60).dueDate).toBe('2028-01-01');
    expect(dates('UTC', { invoiceDate: '2028-02-28', paymentTermDays: 2 }).dueDate).toBe('2028-03-01');
    expect(dates('UTC', { dueDate: '2030-05-05' }, 60).dueDate).toBe('2030-05-05');
  });
});
