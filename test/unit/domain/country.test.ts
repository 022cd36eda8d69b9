import { describe, expect, it } from 'vitest';
import { countryCodes, isCountry } from '#lib/domain/country.ts';

describe('countries', () => {
  it('ISO 3166-1 assigns 249 codes of two capitals', () => {
    expect(countryCodes.size).toBe(249);
    expect([...countryCodes].filter((code) => !/^[A-Z]{2}$/.test(code))).toEqual([]);
  });

  it.each(['FR', 'GB', 'US', 'GR', 'SS', 'CW', 'AX'])('%s is a country', (code) => {
    expect(isCountry(code)).toBe(true);
  });

  it.each(['XK', 'XI', '1A', 'EU', 'UK', 'EL', 'AN', 'SU', 'fr', 'FRA', '', 'constructor'])(
    '%j is none',
    (code) => {
      expect(isCountry(code)).toBe(false);
    },
  );
});
