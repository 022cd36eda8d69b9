/** Amounts as people type them into a form: with the signs and digits of their language. */

/** Signs that part groups of three digits: spaces, apostrophes, the Arabic one. */
const parting = /(?<=[0-9])[\s'’٬](?=[0-9]{3}(?![0-9]))/g;
/** Arabic and Persian digits: both rows begin at a multiple of sixteen. */
const withPlainDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) % 16));

/** A point or comma between groups, the other one before the decimals; or nothing but groups, two of them at least. */
const grouped = /^[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,]([0-9]+))?$/;
const signsIn = (text: string): number => text.match(/[.,]/g)?.length ?? 0;

/**
 * The decimal string that a person meant: `12,50`, `1 234,50`, `1.234,50` and `١٢٫٥٠` are as good as `12.50`. What could be
 * read in two ways, as `1,234` can, is undefined, since it is about money; a single point stands before decimals.
 */
export const typedAmount = (text: string): string | undefined => {
  const plain = withPlainDigits(text.trim()).replace(parting, '').replace('٫', ',');
  if (/^[0-9]+(?:\.[0-9]+)?$/.test(plain)) return plain;
  if (/^[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})$/.test(plain)) return plain.replace(',', '.');
  const parts = grouped.exec(plain);
  if (parts === null || signsIn(plain) < 2) return undefined;
  const [, group = '', decimals] = parts;
  const whole = (decimals === undefined ? plain : plain.slice(0, -decimals.length - 1)).replaceAll(group, '');
  return decimals === undefined ? whole : `${whole}.${decimals}`;
};
