import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalDecimal,
  fitsDecimals,
  formatDecimal,
  fromMinorUnits,
  parseDecimal,
  percentOf,
  round,
  toMinorUnits,
} from '#lib/domain/decimal.ts';

const written = (text: string, decimals: number): string =>
  formatDecimal(round(parseDecimal(text), decimals), decimals);

describe('exact decimals', () => {
  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '1e3',
    '.5',
    '5.',
    '007',
    '1,5',
    '0x10',
    '--1',
    'NaN',
    'Infinity',
    '1\n',
    '١',
  ])('TOT-1: %j is no decimal', (text) => {
    expect(() => parseDecimal(text)).toThrow(RangeError);
  });

  it('TOT-1: a JavaScript number never enters a computation, nor leaves it', () => {
    const one = parseDecimal('1');
    expect(() => one.plus(0.1)).toThrow(TypeError);
    expect(() => one.times(2)).toThrow(TypeError);
    expect(() => one.cmp(1)).toThrow(TypeError);
    expect(() => round(one, 2).minus(1)).toThrow(TypeError);
    expect(() => Number(one)).toThrow();
    expect(() => parseDecimal('0.1234567890123456789').toNumber()).toThrow();
  });

  it('TOT-1: sums and products of many digits lose none', () => {
    const a = parseDecimal('999999999999999.999999');
    expect(a.times(a).toFixed()).toBe('999999999999999999998000000000.000000000001');
    expect(a.plus(parseDecimal('0.000001')).toFixed()).toBe('1000000000000000');
  });

  it.each([
    ['0.005', 2, '0.01'],
    ['0.004999999', 2, '0.00'],
    ['2.675', 2, '2.68'],
    ['1.005', 2, '1.01'],
    ['-0.005', 2, '-0.01'],
    ['-2.5', 0, '-3'],
    ['2.5', 0, '3'],
    ['0.0005', 3, '0.001'],
    ['999.995', 2, '1000.00'],
  ])('TOT-2: %s is rounded half away from zero to %i decimals', (text, decimals, expected) => {
    expect(written(text, decimals)).toBe(expected);
  });

  it.each([
    ['-0', 2, '0.00'],
    ['-0.001', 2, '0.00'],
    ['0.00000001', 8, '0.00000001'],
    ['1000000000000000000000000', 2, '1000000000000000000000000.00'],
  ])('TOT-1: %s is written with %i decimals, without exponent or minus zero', (text, decimals, expected) => {
    expect(written(text, decimals)).toBe(expected);
  });

  it('TOT-1: writing never rounds on its own', () => {
    expect(() => formatDecimal(parseDecimal('0.001'), 2)).toThrow(RangeError);
  });

  it('TOT-1: a percentage of four decimals is applied exactly', () => {
    expect(percentOf(parseDecimal('1234.56'), parseDecimal('8.8750')).toFixed()).toBe('109.5672');
  });

  it('TOT-2: the shortest form is the same for every way to write a value', () => {
    expect(['20', '20.0', '20.00', '20.0000'].map((text) => canonicalDecimal(parseDecimal(text)))).toEqual(
      Array(4).fill('20'),
    );
    expect(['5.50', '0.0', '-0', '100'].map((text) => canonicalDecimal(parseDecimal(text)))).toEqual([
      '5.5',
      '0',
      '0',
      '100',
    ]);
  });

  it('TOT-1: trailing zeros do not make a value longer', () => {
    expect(fitsDecimals(parseDecimal('1.500'), 1)).toBe(true);
    expect(fitsDecimals(parseDecimal('1.501'), 2)).toBe(false);
  });

  it('TOT-1: any amount survives the way to minor units and back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.nat(4), (units, decimals) => {
        const amount = fromMinorUnits(units, decimals);
        expect(toMinorUnits(parseDecimal(formatDecimal(amount, decimals)), decimals)).toBe(units);
      }),
    );
  });
});
