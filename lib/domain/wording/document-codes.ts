/** Codes that every language has words for. */

/** Units whose name is a word, by UN/ECE Recommendation 20 and 21. */
export type NamedUnit =
  | 'HUR'
  | 'DAY'
  | 'WEE'
  | 'MON'
  | 'QAN'
  | 'ANN'
  | 'LS'
  | 'E48'
  | 'E49'
  | 'SET'
  | 'PR'
  | 'DZN'
  | 'BX'
  | 'XBX'
  | 'XPK'
  | 'XPX'
  | 'XCT'
  | 'XBO'
  | 'XBG'
  | 'XRO'
  | 'XPP'
  | 'NAR'
  | 'HAR'
  | 'ACT'
  | 'IE';

/** The commonest of the VATEX list. */
export type ExemptionCode =
  | 'VATEX-EU-AE'
  | 'VATEX-EU-IC'
  | 'VATEX-EU-G'
  | 'VATEX-EU-O'
  | 'VATEX-EU-D'
  | 'VATEX-EU-F'
  | 'VATEX-EU-I'
  | 'VATEX-EU-J'
  | 'VATEX-FR-FRANCHISE'
  | 'VATEX-FR-CNWVAT';

/** Means of payment, by UNTDID 4461. */
export type MeansCode =
  | '10'
  | '20'
  | '30'
  | '42'
  | '48'
  | '49'
  | '54'
  | '55'
  | '57'
  | '58'
  | '59'
  | '68'
  | '97'
  | 'ZZZ';
