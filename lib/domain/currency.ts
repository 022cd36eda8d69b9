/**
 * The codes of ISO 4217 list one by their number of decimals, as of amendment 180: with SLE, VED, XAD, XCG and ZWG;
 * without ANG, BGN, CUC, HRK, SLL and ZWL. Funds codes are in it where they have a minor unit. What has none (metals,
 * units of account such as XDR, the test code XTS, the no-currency XXX) is left out: nothing can be invoiced in it.
 * Source: https://www.six-group.com/en/products-services/financial-information/market-reference-data/data-standards.html
 */
const codesByDecimals: ReadonlyArray<readonly [decimals: number, codes: string]> = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
     COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
     INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
     MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
     STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const decimalsByCode: ReadonlyMap<string, number> = new Map(
  codesByDecimals.flatMap(([decimals, codes]) => codes.split(/\s+/).map((code) => [code, decimals] as const)),
);

/** Every currency that an invoice can be in, in the order of the codes. */
export const currencyCodes: readonly string[] = [...decimalsByCode.keys()].sort();

/** Decimals of the currency's minor unit (ISO 4217), or undefined if there is no such currency or it has none. */
export function currencyDecimals(code: string): number | undefined {
  return decimalsByCode.get(code);
}
