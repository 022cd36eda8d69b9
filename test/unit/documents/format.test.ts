import { describe, expect, it } from 'vitest';
import {
  directionOf,
  formatCountry,
  formatDay,
  formatMoney,
  formatPercent,
  formatPeriod,
  formatQuantity,
} from '#lib/domain/wording/format.ts';

/** Intl separates with several kinds of spaces, which differ between its versions. */
const spaced = (text: string) => text.replace(/\s/g, ' ');

describe('what is written for a reader of a locale', () => {
  it.each([
    ['1234.50', 'EUR', 'en-IE', '€1,234.50'],
    ['1234.50', 'EUR', 'fr-FR', '1 234,50 €'],
    ['1200', 'JPY', 'en-US', '¥1,200'],
    ['3.141', 'KWD', 'en-US', 'KWD 3.141'],
    ['-50.00', 'USD', 'en-US', '-$50.00'],
    ['1234567.00', 'INR', 'en-IN', '₹12,34,567.00'],
  ])('TOT-1: %s %s is shown in %s as %s', (amount, currency, locale, shown) => {
    expect(spaced(formatMoney(amount, currency, locale))).toBe(shown);
  });

  it('TOT-1: shows every digit of an amount that no float could hold', () => {
    expect(formatMoney('999999999999999.99', 'EUR', 'en-IE')).toBe('€999,999,999,999,999.99');
    expect(formatMoney('900719925474099312345.67', 'USD', 'en-US')).toBe('$900,719,925,474,099,312,345.67');
  });

  it('TOT-1: gives a unit price the decimals it has, and at least the currency’s', () => {
    expect(formatMoney('12.5', 'EUR', 'en-IE')).toBe('€12.50');
    expect(formatMoney('0.000125', 'USD', 'en-US')).toBe('$0.000125');
    expect(formatMoney('12', 'JPY', 'en-US')).toBe('¥12');
  });

  it('drops the zeros that say nothing from quantities and percentages', () => {
    expect(formatQuantity('2.500', 'fr-FR')).toBe('2,5');
    expect(formatQuantity('125000', 'en-US')).toBe('125,000');
    expect(formatQuantity('0.000001', 'en-US')).toBe('0.000001');
    expect(formatPercent('20.00', 'en-GB')).toBe('20%');
    expect(spaced(formatPercent('5.50', 'fr-FR'))).toBe('5,5 %');
    expect(formatPercent('8.8750', 'en-US')).toBe('8.875%');
    expect(formatPercent('0.0001', 'en-US')).toBe('0.0001%');
  });

  it('writes days out, in the Gregorian calendar everywhere', () => {
    expect(formatDay('2026-11-24', 'en-US')).toBe('November 24, 2026');
    expect(formatDay('2026-11-24', 'fr-FR')).toBe('24 novembre 2026');
    expect(formatDay('2026-11-24', 'th-TH')).toContain('2026');
    expect(formatDay('2026-01-01', 'en-GB')).toBe('1 January 2026');
  });

  it('writes a period with both its days', () => {
    expect(spaced(formatPeriod({ start: '2026-11-01', end: '2026-12-05' }, 'en-GB'))).toBe(
      '1 Nov – 5 Dec 2026',
    );
    expect(formatPeriod({ start: '2026-11-01', end: '2026-11-01' }, 'en-GB')).toBe('1 Nov 2026');
  });

  it('names countries in the reader’s language', () => {
    expect(formatCountry('DE', 'fr-FR')).toBe('Allemagne');
    expect(formatCountry('DE', 'en-GB')).toBe('Germany');
  });

  it.each([
    ['ar', 'rtl'],
    ['he-IL', 'rtl'],
    ['fa', 'rtl'],
    ['ur-PK', 'rtl'],
    ['az-Arab', 'rtl'],
    ['az', 'ltr'],
    ['en', 'ltr'],
    ['zh-Hant', 'ltr'],
  ])('LINK-4: %s is written %s', (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});
