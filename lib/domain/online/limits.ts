import { parseDecimal, zero } from '#lib/domain/decimal.ts';
import { writeAmount } from '#lib/domain/money.ts';

/**
 * What Stripe can charge (ONL-7), and how it writes amounts: whole numbers of its own smallest unit, which is not
 * ISO 4217's in every currency (https://docs.stripe.com/currencies).
 */

/** Currencies without decimals at Stripe. */
const withoutDecimals = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Whole amounts that are written with two decimals all the same. */
const wholeInHundredths = new Set(['ISK', 'UGX']);
/** Three decimals, the last of which has to be 0. */
const inThousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

const charged = new Set(
  `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP CRC
   CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY
   KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO
   NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD STN SVC SZL THB
   TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW`.split(/\s+/),
);

/** The least that is charged, where Stripe publishes it; elsewhere its answer decides. */
const least: Readonly<Record<string, string>> = {
  ...{ AED: '2', AUD: '0.50', BRL: '0.50', CAD: '0.50', CHF: '0.50', CZK: '15', DKK: '2.50', EUR: '0.50' },
  ...{ GBP: '0.30', HKD: '4', HUF: '175', INR: '0.50', JPY: '50', MXN: '10', MYR: '2', NOK: '3' },
  ...{ NZD: '0.50', PLN: '2', RON: '2', SEK: '3', SGD: '0.50', THB: '10', USD: '0.50' },
};

/** Eight digits of the smallest unit; rupiahs are many. */
const most = (currency: string): string => (currency === 'IDR' ? '999999999999' : '99999999');

/** Decimals of Stripe's unit, and its smallest step in that unit. */
const unitOf = (currency: string): { exponent: number; step: string } => {
  if (withoutDecimals.has(currency)) return { exponent: 0, step: '1' };
  if (inThousandths.has(currency)) return { exponent: 3, step: '10' };
  return { exponent: 2, step: wholeInHundredths.has(currency) ? '100' : '1' };
};

type Charge = { units: number; fault?: undefined } | { fault: string; units?: undefined };

/** An amount as Stripe's units, or what keeps it from being charged, as a sentence. */
export const chargeOf = (amount: string, currency: string): Charge => {
  if (!charged.has(currency)) return { fault: `${currency} can’t be paid online.` };
  const { exponent, step } = unitOf(currency);
  const value = parseDecimal(amount);
  const units = value.times(parseDecimal(String(10 ** exponent)));
  if (!units.mod(parseDecimal(step)).eq(zero))
    return { fault: `${amount} ${currency} has more decimals than can be paid online.` };
  const minimum = parseDecimal(least[currency] ?? '0');
  if (value.lte(zero) || value.lt(minimum))
    return { fault: `Less than ${writeAmount(minimum, currency)} ${currency} can’t be paid online.` };
  if (units.gt(parseDecimal(most(currency))))
    return { fault: `${amount} ${currency} is more than can be paid online.` };
  return { units: units.toNumber() };
};

/** The amount that so many of Stripe's units are. */
export const amountOfUnits = (units: number, currency: string): string =>
  writeAmount(
    parseDecimal(String(units)).times(parseDecimal((10 ** -unitOf(currency).exponent).toFixed(3))),
    currency,
  );
