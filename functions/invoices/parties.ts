import { table } from '#functions/wiring/table.ts';
import { readRecords } from '#lib/data/collection.ts';
import { companies, contacts } from '#lib/data/collections.ts';
import type { Company, Contact } from '#lib/domain/directory.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';

/** The contact and company that invoices are addressed to. */
export type Parties = { contact: Contact | undefined; company: Company | undefined };

/** Those of several invoices, read at once; what does not exist is undefined. */
export const readParties = async (
  accountId: string,
  invoices: readonly Pick<InvoiceHeader, 'contactId' | 'companyId'>[],
): Promise<{ of: (invoice: Pick<InvoiceHeader, 'contactId' | 'companyId'>) => Parties }> => {
  const keys = (property: 'contactId' | 'companyId'): [string, string][] =>
    [...new Set(invoices.flatMap((invoice) => invoice[property] ?? []))].map((id) => [accountId, id]);
  const [knownContacts, knownCompanies] = await Promise.all([
    readRecords(table(), contacts, keys('contactId')),
    readRecords(table(), companies, keys('companyId')),
  ]);
  return {
    of: ({ contactId, companyId }) => ({
      contact: knownContacts.find(({ id }) => id === contactId),
      company: knownCompanies.find(({ id }) => id === companyId),
    }),
  };
};
