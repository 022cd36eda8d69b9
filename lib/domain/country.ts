import { iso31661Alpha2ToAlpha3 } from 'iso-3166';

/** Every ISO 3166-1 alpha-2 code that is officially assigned; reserved and user-assigned ones (EU, XI, XK) are not. */
export const countryCodes: ReadonlySet<string> = new Set(Object.keys(iso31661Alpha2ToAlpha3));

/** Whether this is a country's code in ISO 3166-1 alpha-2, in capitals. */
export function isCountry(code: string): boolean {
  return countryCodes.has(code);
}
