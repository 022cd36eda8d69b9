import { parseDecimal, sum } from '#lib/domain/decimal.ts';
import {
  appliedPayment,
  type Invoice,
  type InvoiceDetails,
  type InvoiceHeader,
  storedDetails,
  storedHeader,
} from '#lib/domain/invoice/invoice.ts';
import { type LineItem, storedLineItem } from '#lib/domain/invoice/line-item.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { chunksOf, joinedDetails } from './invoice-parts.ts';
import type { Item } from './table.ts';

/** An invoice as the data of its items, and of them the invoice again. */

/** Only what the schema names, without what is undefined. */
const pick = <T extends object>(schema: { shape: Record<string, unknown> }, source: object): T =>
  withoutNulls(
    Object.fromEntries(Object.keys(schema.shape).map((key) => [key, source[key as keyof typeof source]])),
  ) as T;

/** The nulls of an actor say something: the system has neither id nor name. */
export const headerOf = (invoice: InvoiceHeader): InvoiceHeader => ({
  ...pick<InvoiceHeader>(storedHeader, invoice),
  createdBy: invoice.createdBy,
  updatedBy: invoice.updatedBy,
});
export const detailsOf = (invoice: Invoice): InvoiceDetails => pick(storedDetails, invoice);

/** A part of an invoice: an item's data under the end of its sort key. */
type Part = { name: string; revision: unknown; parts: unknown; data: unknown };

/** All that is paid is what the payments say: else they were read at another time than the header. */
const isPaidBy = (header: InvoiceHeader, payments: readonly { amount: string }[]): boolean =>
  payments.length === header.paymentCount &&
  sum(payments.map(({ amount }) => parseDecimal(amount))).eq(parseDecimal(header.amountPaid));

/** The invoice that parts make; `torn` where they are of different writes, undefined without a header. */
export const assembled = (parts: readonly Part[]): Invoice | 'torn' | undefined => {
  const named = (prefix: string) => parts.filter(({ name }) => name.startsWith(prefix));
  const [headerPart] = named('HEADER');
  if (headerPart === undefined) return undefined;
  const header = storedHeader.parse(headerPart.data);
  const details = named('DETAILS');
  const chunks = named('LINES');
  const isWhole =
    details.length === (details[0]?.parts ?? 1) &&
    details.every(({ revision }) => revision === header.detailsRevision) &&
    chunks.every(({ revision }) => revision === header.linesRevision);
  const lineItems = chunks.flatMap(({ data }) =>
    storedLineItem.array().parse((data as { lineItems: unknown }).lineItems),
  );
  const payments = named('PAYMENT').map(({ data }) => appliedPayment.parse(data));
  if (!isWhole || lineItems.length !== header.lineCount || !isPaidBy(header, payments)) return 'torn';
  payments.sort((left, right) => (left.appliedAt + left.id < right.appliedAt + right.id ? -1 : 1));
  const whole = storedDetails.parse(joinedDetails(details.map(({ data }) => data)));
  return { ...header, ...whole, lineItems, payments };
};

/** An item under a prefix as a part. */
export const partOf =
  (prefix: string) =>
  ({ sk, revision, parts, data }: Item): Part => ({ name: sk.slice(prefix.length), revision, parts, data });

/** The lines as the data of their items. */
export const linesParts = (invoice: Pick<Invoice, 'lineItems'>): { lineItems: LineItem[] }[] =>
  chunksOf(withoutNulls(invoice.lineItems) as LineItem[]).map((lineItems) => ({ lineItems }));
