import type { BuyerDetails, Seller } from '#lib/domain/party.ts';
import type { PageWording } from './page.ts';

type Address = NonNullable<Seller['address']>;
type Party = Pick<BuyerDetails, 'legalId' | 'vatId' | 'taxNumber'>;

/** Countries that write the city first and the region's abbreviation and the postal code after it. */
const cityFirst = new Set(['US', 'CA', 'AU']);
/** Countries that write the postal code on a line of its own, below the city. */
const codeBelow = new Set(['GB', 'IE', 'IN']);

const joined = (parts: readonly (string | undefined)[], separator: string): string =>
  parts.filter((part) => part !== undefined && part !== '').join(separator);

const cityLines = ({ city, region, postalCode, country }: Address): string[] => {
  if (country !== undefined && cityFirst.has(country))
    return [joined([city, joined([region, postalCode], ' ')], ', ')];
  if (country !== undefined && codeBelow.has(country)) return [city ?? '', region ?? '', postalCode ?? ''];
  return [joined([postalCode, city], ' '), region ?? ''];
};

/**
 * The lines of an address, as its country orders them, without those that would be empty.
 * @param countryName writes a country's code out
 */
export const addressLines = (
  address: Address | undefined,
  countryName: (code: string) => string,
): string[] => {
  if (address === undefined) return [];
  const { line1, line2, line3, country } = address;
  return [line1, line2, line3, ...cityLines(address), country && countryName(country)].filter(
    (line): line is string => line !== undefined && line !== '',
  );
};

/** Names of ISO 6523 schemes that readers know them by. */
const schemes: Record<string, string> = {
  '0002': 'SIREN',
  '0009': 'SIRET',
  '0007': 'Organisationsnummer',
  '0060': 'D-U-N-S',
  '0088': 'GLN',
  '0106': 'KvK',
  '0208': 'KBO/BCE',
};

/** The identifiers of a party, each with its name: `SIREN 123 456 789`, `VAT ID FR…`. */
export const identityLines = ({ legalId, vatId, taxNumber }: Party, words: PageWording): string[] => {
  const lines: string[] = [];
  if (legalId !== undefined) lines.push(`${schemes[legalId.scheme] ?? words.otherId} ${legalId.value}`);
  if (vatId !== undefined) lines.push(`${words.vatId} ${vatId}`);
  if (taxNumber !== undefined) lines.push(`${words.taxNumber} ${taxNumber}`);
  return lines;
};

/** An IBAN in groups of four, as it is printed (ISO 13616). */
export const groupedIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');
