import type { Settings } from '#lib/domain/account/settings.ts';
import { daysBetween } from '#lib/domain/day.ts';
import { type WrittenInvoice, writtenOf } from './draft.ts';
import type { Invoice } from './invoice.ts';
import { writtenHeader } from './properties.ts';

/** What of an invoice its clone begins with (LIFE-6). */

const termOf = ({ paymentTermDays, invoiceDate, dueDate }: Invoice): number | undefined => {
  if (paymentTermDays !== undefined || invoiceDate === undefined || dueDate === undefined)
    return paymentTermDays;
  return Math.max(0, daysBetween(invoiceDate, dueDate));
};

const isTerm = (days: number): boolean => writtenHeader.paymentTermDays.safeParse(days).success;

type Warning = { code: string; detail: string };

/** What a clone begins with, and a warning for each thing that was left out. */
export type Cloned = { written: WrittenInvoice; warnings: Warning[] };

/**
 * All that a client wrote, except the slug and the dates; the payment term is kept, the days between the two dates
 * where only these were given.
 */
export const clonedFrom = (invoice: Invoice, account: Pick<Settings, 'currency'>): Cloned => {
  const { slug: _slug, invoiceDate: _invoiceDate, dueDate: _dueDate, ...written } = writtenOf(invoice);
  // A clone comes from its original, not from the subscription that this may come from.
  const { source: _source, subscriptionId: _subscriptionId, ...kept } = written;
  const warnings: Warning[] = [];
  const leaveOut = (detail: string): undefined => {
    warnings.push({ code: 'left_out', detail });
  };
  const { accountingCurrency = account.currency } = invoice;
  const exchangeRate =
    accountingCurrency === account.currency
      ? kept.exchangeRate
      : leaveOut(`exchangeRate ${kept.exchangeRate} was given for ${accountingCurrency}.`);
  const term = termOf(invoice);
  const paymentTermDays =
    term === undefined || isTerm(term)
      ? term
      : leaveOut(`paymentTermDays ${term} is longer than a payment term can be.`);
  return { written: { ...kept, exchangeRate, paymentTermDays }, warnings };
};

/** What a clone names that exists no more, to be left out and told. */
export type Missing = {
  contactIds: ReadonlySet<string>;
  companyIds: ReadonlySet<string>;
  memberIds: ReadonlySet<string>;
  customProperties: ReadonlySet<string>;
};

/** The written invoice without what is missing, and a warning for each. */
export const withoutMissing = ({ written, warnings: earlier }: Cloned, missing: Missing): Cloned => {
  const warnings = [...earlier];
  const left = <T>(property: string, value: T, isMissing: boolean): T | undefined => {
    if (!isMissing) return value;
    warnings.push({ code: 'left_out', detail: `${property} ${String(value)} exists no more.` });
    return undefined;
  };
  const single = (property: 'contactId' | 'companyId' | 'ownerId', gone: ReadonlySet<string>) => {
    const id = written[property];
    return left(property, id, id !== undefined && gone.has(id));
  };
  const list = (property: 'contactIds' | 'companyIds', gone: ReadonlySet<string>) =>
    written[property]?.filter((id) => left(property, id, gone.has(id)) !== undefined);
  const custom = Object.entries(written.customProperties ?? {}).filter(
    ([name]) => left('customProperties', name, missing.customProperties.has(name)) !== undefined,
  );
  const result: WrittenInvoice = {
    ...written,
    contactId: single('contactId', missing.contactIds),
    companyId: single('companyId', missing.companyIds),
    ownerId: single('ownerId', missing.memberIds),
    contactIds: list('contactIds', missing.contactIds),
    companyIds: list('companyIds', missing.companyIds),
    customProperties: custom.length === 0 ? undefined : Object.fromEntries(custom),
  };
  return { written: result, warnings };
};
