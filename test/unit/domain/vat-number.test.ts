import { describe, expect, it } from 'vitest';
import { isVatNumber } from '#lib/domain/account/vat-number.ts';

describe('a VAT number', () => {
  it.each([
    'ATU13585627',
    'BE0428759497',
    'BG175074752',
    'CHE107787577MWST',
    'CHE107787577',
    'CY10259033P',
    'CZ25123891',
    'DE136695976',
    'DK13585628',
    'EE100931558',
    'EL094259216',
    'ESX2482300W',
    'FI20774740',
    'FR40303265045',
    'FRK7399859412',
    'GB980780684',
    'HR33392005961',
    'HU12892312',
    'IE6433435OA',
    'IT00743110157',
    'LT119511515',
    'LU15027442',
    'LV40003521600',
    'MT11679112',
    'NL004495445B01',
    'NO974760673MVA',
    'NO974760673',
    'PL8567346215',
    'PT501964843',
    'RO18547290',
    'SE123456789701',
    'SI50223054',
    'SK2022749619',
    'XI980780684',
  ])('SET-1: %s has the check digits that its country wants', (number) => {
    expect(isVatNumber(number)).toBe(true);
  });

  it.each([
    'FR41303265045',
    'DE136695977',
    'DE13669597',
    'DEDE136695976',
    'IT00743110158',
    'ATU13585626',
    'BE0428759498',
    'NO974760674MVA',
    'CHE107787578MWST',
    'XI980780685',
    'EL094259217',
  ])('SET-1: %s has not', (number) => {
    expect(isVatNumber(number)).toBe(false);
  });

  it('SET-1: is taken as it is where its country’s rule, or its kind, is not known', () => {
    expect(isVatNumber('AE100000000000003')).toBe(true);
    expect(isVatNumber('BG7523169263')).toBe(true);
    expect(isVatNumber('CZ640903926')).toBe(true);
  });
});
