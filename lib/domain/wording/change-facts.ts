import { changesBetween } from '#lib/domain/history/changes.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { sellerName } from '#lib/domain/party.ts';
import { documentWording } from './document.ts';
import { formatQuantity } from './format.ts';
import { groupedIban } from './party-lines.ts';
import { type Telling, toldChange } from './telling.ts';

/**
 * What an edit changed of all that a buyer sees beside the lines. Notes for staff, associations, the owner and custom
 * properties are not of it.
 */

/** A value that is short enough to be repeated; `write` says how it is read. */
const short = <T>(
  telling: Telling,
  name: string,
  pick: (invoice: Invoice) => T | undefined,
  write: (value: T) => string,
): string[] => {
  const written = (value: T | undefined) => (value === undefined ? undefined : write(value));
  return toldChange(name, written(pick(telling.before)), written(pick(telling.after)), telling);
};

/** A value that is too long for that, or has many parts: that it was added, changed or removed. */
const long = (telling: Telling, name: string, pick: (invoice: Invoice) => unknown): string[] => {
  const { wording, reading } = telling;
  const [change] = changesBetween({ value: pick(telling.before) }, { value: pick(telling.after) });
  if (change === undefined) return [];
  const { from, to } = change;
  const kind = isNothing(from) ? 'added' : isNothing(to) ? 'removed' : 'changed';
  return [reading.words.pair(name, wording.text[kind])];
};

const isNothing = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

const asItIs = (value: string): string => value;

/** What stands above the lines: dates and references. */
export const headerChanges = (telling: Telling): string[] => {
  const { wording, reading, changed } = telling;
  const { words, day, period, days } = reading;
  const { taxPoints } = documentWording(words.language);
  // A due date and a payment term replace each other: the date says all.
  const term = changed.has('dueDate')
    ? []
    : short(telling, wording.names.paymentTerm, (invoice) => invoice.paymentTermDays, days);
  return [
    ...short(telling, wording.names.title, ({ title }) => title, asItIs),
    ...short(telling, words.invoiceDate, ({ invoiceDate }) => invoiceDate, day),
    ...short(telling, words.dueDate, ({ dueDate }) => dueDate, day),
    ...term,
    ...short(telling, words.period, (invoice) => invoice.period, period),
    ...short(telling, words.taxPoint, ({ taxPointDate }) => taxPointDate, day),
    ...short(
      telling,
      words.taxPoint,
      ({ taxPointCode }) => taxPointCode,
      (code) => taxPoints[code],
    ),
    ...long(telling, words.delivery, ({ delivery }) => delivery),
    ...short(telling, words.purchaseOrder, (invoice) => invoice.purchaseOrderNumber, asItIs),
    ...short(telling, words.buyerReference, ({ buyerReference }) => buyerReference, asItIs),
    ...short(telling, words.contract, ({ contractReference }) => contractReference, asItIs),
    ...short(telling, words.project, ({ projectReference }) => projectReference, asItIs),
    ...short(telling, words.precedingInvoice, precedingOf, (invoices) =>
      invoices
        .map(({ number, date }) => (date === undefined ? number : words.datedNumber(number, day(date))))
        .join(', '),
    ),
  ];
};

const precedingOf = ({ precedingInvoices }: Invoice) =>
  precedingInvoices?.length === 0 ? undefined : precedingInvoices;

const amountChanges = (telling: Telling): string[] => {
  const { after, reading } = telling;
  const { words, money } = reading;
  const taxes = after.seller?.vatId === undefined ? words.taxNames.general : words.taxNames.valueAdded;
  return [
    ...totalOrTerms(telling, words.discount, discountTotalOf, discountsOf),
    ...totalOrTerms(telling, words.fee, feeTotalOf, ({ fees }) => fees),
    ...short(telling, taxes, ({ taxTotal }) => taxTotal, money),
  ];
};

/** What discounts or fees come to; where that is as before, whether they are others. */
const totalOrTerms = (
  telling: Telling,
  name: string,
  totalOf: (invoice: Invoice) => string | undefined,
  termsOf: (invoice: Invoice) => unknown,
): string[] => {
  const total = short(telling, name, totalOf, telling.reading.money);
  return total.length > 0 ? total : long(telling, name, termsOf);
};

const discountTotalOf = ({ discounts, discountTotal }: Invoice) =>
  discounts.length === 0 ? undefined : discountTotal;
/** The parts follow from the lines. */
const discountsOf = ({ discounts }: Invoice) => discounts.map(({ parts: _parts, ...terms }) => terms);
const feeTotalOf = ({ fees, feeTotal }: Invoice) => (fees.length === 0 ? undefined : feeTotal);

const paymentChanges = (telling: Telling): string[] => {
  const { reading } = telling;
  const { words, either } = reading;
  const { payment, field } = documentWording(words.language);
  const locale = telling.after.locale ?? reading.language;
  return [
    ...short(
      telling,
      field.exchangeRate,
      ({ exchangeRate }) => exchangeRate,
      (rate) => formatQuantity(rate, locale),
    ),
    ...short(
      telling,
      payment.means,
      ({ paymentMeans }) => paymentMeans,
      (code) => payment.meansNames[code] ?? code,
    ),
    ...short(
      telling,
      words.acceptedMethods,
      ({ paymentMethods }) => paymentMethods,
      (methods) => either(methods.map((method) => payment.methodNames[method])),
    ),
    ...short(telling, payment.iban, ({ seller }) => seller?.iban, groupedIban),
    ...short(telling, payment.bic, ({ seller }) => seller?.bic, asItIs),
    ...short(telling, payment.accountName, ({ seller }) => seller?.accountName, asItIs),
  ];
};

const partyChanges = (telling: Telling): string[] => {
  const { wording, reading } = telling;
  const { heading } = documentWording(reading.words.language);
  return [
    ...long(telling, wording.names.ourDetails, sellerSeen),
    ...long(telling, wording.names.yourDetails, buyerSeen),
    ...long(telling, heading.billingAddress, ({ billingAddress }) => billingAddress),
  ];
};

/** Without what is told by itself, or is no detail of the seller: its look. */
const sellerSeen = ({ seller }: Invoice) => {
  if (seller === undefined) return undefined;
  const { iban: _iban, bic: _bic, accountName: _name, brandColor: _color, logoKey: _logo, ...seen } = seller;
  const { accountingCode: _code, ...details } = seen;
  return details;
};
const buyerSeen = ({ buyer }: Invoice) => {
  if (buyer === undefined) return undefined;
  const { contactId: _contact, companyId: _company, kind: _kind, accountingCode: _code, ...details } = buyer;
  return details;
};

const textChanges = (telling: Telling): string[] => {
  const { after, reading } = telling;
  const { words } = reading;
  const seller = sellerName(after);
  return [
    ...long(telling, words.comments(seller), ({ comments }) => comments),
    ...long(telling, words.notes, ({ notes }) => notes),
    ...long(telling, words.terms, ({ terms }) => terms),
  ];
};

/** What stands below the lines: discounts, fees and tax, how to pay, the parties, and texts. */
export const closingChanges = (telling: Telling): string[] => [
  ...amountChanges(telling),
  ...paymentChanges(telling),
  ...partyChanges(telling),
  ...textChanges(telling),
];
