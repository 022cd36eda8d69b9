import type { ExportFormat } from './export.ts';

/** The names of an export's files. */

const stems: Record<ExportFormat, string> = {
  csv: 'invoices',
  xlsx: 'invoices',
  ndjson: 'invoices',
  quickbooks_us: 'quickbooks',
  quickbooks_intl: 'quickbooks',
  xero: 'xero',
  fec: 'FEC',
  pdf_zip: 'invoices-pdf',
};

/** ICD codes of the French register’s numbers: a SIREN, and a SIRET, which begins with one. */
const sirenSchemes = ['0002', '0009'];
const sirenOf = (id: { scheme: string; value: string } | undefined): string => {
  const digits = id && sirenSchemes.includes(id.scheme) ? id.value.replace(/\D/g, '') : '';
  return digits.slice(0, 9);
};

/**
 * `place` counts the files where there are several. That of the sales journal is named as the FEC layout wants it:
 * SIREN, `FEC`, the day.
 */
export const fileName = (
  format: ExportFormat,
  given: {
    day: string;
    extension: string;
    place: number | undefined;
    siren: { scheme: string; value: string } | undefined;
  },
): string => {
  const { day, extension, place, siren } = given;
  if (format === 'fec') return `${sirenOf(siren)}FEC${day.replaceAll('-', '')}.${extension}`;
  const counted = place === undefined ? '' : `-${place}`;
  return `${stems[format]}-${day}${counted}.${extension}`;
};
