/** UN/ECE Recommendation 20 codes whose names every locale has (ECMA-402, table of sanctioned units). */
const named: Record<string, string> = {
  SEC: 'second',
  MIN: 'minute',
  HUR: 'hour',
  DAY: 'day',
  WEE: 'week',
  MON: 'month',
  ANN: 'year',
  GRM: 'gram',
  KGM: 'kilogram',
  LBR: 'pound',
  ONZ: 'ounce',
  MLT: 'milliliter',
  LTR: 'liter',
  GLL: 'gallon',
  MMT: 'millimeter',
  CMT: 'centimeter',
  MTR: 'meter',
  KMT: 'kilometer',
  INH: 'inch',
  FOT: 'foot',
  YRD: 'yard',
  SMI: 'mile',
  HAR: 'hectare',
  ACR: 'acre',
  P1: 'percent',
};

/** Those that are written with the same sign everywhere. */
const signs: Record<string, string> = {
  MTK: 'm²',
  MTQ: 'm³',
  FTK: 'ft²',
  TNE: 't',
  MGM: 'mg',
  KWH: 'kWh',
  MWH: 'MWh',
  WTT: 'W',
  KWT: 'kW',
};

/**
 * A quantity with its unit, `12.5 hours`. The pieces (`C62`, `H87`, `EA`) and units that no reader would know by their
 * code are left out.
 * @param quantity decimal string
 * @param locale whose words and digits are used
 */
export const quantityWithUnit = (quantity: string, unit: string, locale: string): string => {
  const name = named[unit];
  const format = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 6,
    ...(name !== undefined && { style: 'unit', unit: name, unitDisplay: 'long' }),
  });
  const written = format.format(quantity as `${number}`);
  const sign = signs[unit];
  return sign === undefined ? written : `${written}\u00a0${sign}`;
};
