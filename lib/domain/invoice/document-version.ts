import type { Invoice } from './invoice.ts';

/**
 * The invoice as its PDF of that document version shows it: the present one, or the one before it was voided, which
 * differs by the mark alone.
 * @throws RangeError for a version that can't be shown from what the invoice is now
 */
export const atDocumentVersion = (invoice: Invoice, documentVersion: number): Invoice => {
  if (documentVersion === invoice.documentVersion) return invoice;
  if (invoice.status === 'voided' && documentVersion === invoice.documentVersion - 1)
    return { ...invoice, status: 'open', voidedAt: undefined, documentVersion };
  throw new RangeError(`document version ${documentVersion} of ${invoice.id} is not to be had any more`);
};
