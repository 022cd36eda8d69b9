import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedAmount } from '#lib/domain/online/typed-amount.ts';

describe('an amount that a buyer types', () => {
  it.each([
    ['12.50', '12.50'],
    ['12,50', '12.50'],
    [' 12,5 ', '12.5'],
    ['480', '480'],
    ['1 234,50', '1234.50'],
    ['1\u202f234,50', '1234.50'],
    ['1\u00a0234', '1234'],
    ['1.234,50', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1’234.50', '1234.50'],
    ['1,234,567', '1234567'],
    ['1.234.567,8', '1234567.8'],
    ['١٢٫٥٠', '12.50'],
    ['١٬٢٣٤٫٥', '1234.5'],
    ['۱۲', '12'],
    ['1.234', '1.234'],
  ])('ONL-1: %j is %s', (typed, amount) => {
    expect(typedAmount(typed)).toBe(amount);
  });

  it.each([
    '1,234',
    '1,23,4',
    '1.2.3',
    '1 2',
    '12 50',
    ',50',
    '12,',
    '',
    '1,2.3',
    '1.234,567,8',
    '-5',
    '1e2',
    'x',
  ])('ONL-1: %j can’t be read in one way, and is none', (typed) => {
    expect(typedAmount(typed)).toBeUndefined();
  });

  it('ONL-1: every amount is read back as every language writes it, or not at all', () => {
    const locales = ['en', 'fr', 'de', 'de-CH', 'ar-EG', 'fa', 'es', 'pt-BR'];
    fc.assert(
      fc.property(fc.nat(99_999_999_99), fc.constantFrom(...locales), (cents, locale) => {
        const amount = cents / 100;
        const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(amount);
        expect(typedAmount(written)).toBe(amount.toFixed(2));
        const whole = typedAmount(new Intl.NumberFormat(locale).format(Math.trunc(amount)));
        // `1,234` is none; `1.234` is taken by its point, and has a decimal too many for most currencies.
        expect([undefined, Math.trunc(amount), Math.trunc(amount) / 1_000]).toContain(
          whole === undefined ? undefined : Number(whole),
        );
      }),
    );
  });
});
