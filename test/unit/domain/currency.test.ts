import currencyList from 'currency-codes';
import { describe, expect, it } from 'vitest';
import { currencyCodes, currencyDecimals } from '#lib/domain/currency.ts';

/** What changed in ISO 4217 after the edition of 2024-06-25 that the package carries. */
const withdrawn = ['ANG', 'BGN', 'CUC'];
const introduced = { XAD: 2, XCG: 2 };
/** Codes of the list whose minor unit is "N.A."; the package gives 0 for them. */
const withoutMinorUnit = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ');

describe('currencies', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['IQD', 3],
    ['CLF', 4],
    ['UYW', 4],
    ['UYI', 0],
    ['ISK', 0],
    ['HUF', 2],
    ['MRU', 2],
    ['VES', 2],
    ['VED', 2],
    ['ZWG', 2],
    ['SLE', 2],
    ['XCG', 2],
  ])('TOT-1: %s has the decimals of ISO 4217: %i', (code, decimals) => {
    expect(currencyDecimals(code)).toBe(decimals);
  });

  it.each([
    ...withdrawn,
    'HRK',
    'ZWL',
    'SLL',
    'DEM',
    ...withoutMinorUnit,
    'eur',
    'EURO',
    '',
    ' ',
    'BTC',
    'toString',
  ])('TOT-1: nothing can be invoiced in %j', (code) => {
    expect(currencyDecimals(code)).toBeUndefined();
  });

  it('TOT-1: the codes and decimals are those of ISO 4217, with what has changed since the published edition', () => {
    const published = currencyList.data
      .filter(({ code }) => ![...withdrawn, ...withoutMinorUnit].includes(code))
      .map(({ code, digits }) => [code, digits] as const);
    const expected = Object.fromEntries([...published, ...Object.entries(introduced)]);
    expect(Object.fromEntries(currencyCodes.map((code) => [code, currencyDecimals(code)]))).toEqual(expected);
  });

  it('TOT-1: the runtime knows every currency, funds and units of account aside', () => {
    const known = new Set(Intl.supportedValuesOf('currency'));
    expect(currencyCodes.filter((code) => !known.has(code))).toEqual(
      'BOV CHE CHW CLF COU MXV USN UYI UYW VED XAD'.split(' '),
    );
  });
});
