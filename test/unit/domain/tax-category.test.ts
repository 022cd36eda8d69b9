import { describe, expect, it } from 'vitest';
import { parseDecimal } from '#lib/domain/decimal.ts';
import { allowsRate, isTaxCategory, taxCategories } from '#lib/domain/tax-category.ts';

const allowed = (rate: string): string =>
  taxCategories
    .filter((category) => allowsRate(category, parseDecimal(rate)))
    .sort()
    .join(' ');

describe('tax categories', () => {
  it('TOT-6: only the standard rate, IGIC and IPSI have a rate other than 0', () => {
    expect(allowed('20')).toBe('L M S');
    expect(allowed('0.0001')).toBe('L M S');
  });

  it('TOT-6: every category can have the rate 0, however it is written', () => {
    expect(allowed('0')).toBe('AE E G K L M O S Z');
    expect(allowed('0.00')).toBe('AE E G K L M O S Z');
  });

  it('TOT-6: no category has a negative rate', () => {
    expect(allowed('-1')).toBe('');
  });

  it.each(['AA', 's', 'B', '', 'ZZ'])('EN 16931 has no category %j', (code) => {
    expect(isTaxCategory(code)).toBe(false);
  });
});
