import { canonicalDecimal, parseDecimal } from '#lib/domain/decimal.ts';
import { compareAmounts, isZero } from '#lib/domain/money.ts';
import { type Payment, storedPayment } from '#lib/domain/payment.ts';
import { type IndexName, orderedAmount } from './indexes.ts';
import { readList } from './lists.ts';
import type { Table } from './table.ts';

/** The search of payments (PAY-2): by amount, contact or unapplied rest, each with an index of its own. */

export type PaymentSearch = {
  amount?: string | undefined;
  currency?: string | undefined;
  contactId?: string | undefined;
  unapplied?: boolean | undefined;
};

/** The narrowest list that holds all that is looked for. */
const listFor = ({ amount, contactId, unapplied }: PaymentSearch): { index: IndexName; value?: string } => {
  if (contactId !== undefined) return { index: 'byContact', value: contactId };
  if (amount !== undefined)
    return { index: 'byTotal', value: orderedAmount(canonicalDecimal(parseDecimal(amount))) };
  return unapplied === true ? { index: 'byStatus', value: 'unapplied' } : { index: 'byCreation' };
};

const fits = (payment: Payment, { amount, currency, contactId, unapplied }: PaymentSearch): boolean =>
  (amount === undefined || compareAmounts(payment.amount, amount) === 0) &&
  (currency === undefined || payment.currency === currency) &&
  (contactId === undefined || payment.contactId === contactId) &&
  (unapplied === undefined || isZero(payment.unapplied) !== unapplied);

/** Whether all that stands in the list fits: no more is read then than is shown. */
const isWholeList = ({ amount, currency, contactId, unapplied }: PaymentSearch): boolean =>
  currency === undefined &&
  unapplied !== false &&
  [amount, contactId, unapplied].filter((given) => given !== undefined).length <= 1;

/** Payments that one page of a list holds where not all fit. */
const wholePage = 200;
/** Pages of the list that one call reads at most: where few of a list fit, a page may be short, with a cursor. */
const pagesAtMost = 5;

/** One page of payments, newest first, at most `limit`; `next` is where to go on, if there may be more. */
export const searchPayments = async (
  table: Table,
  search: PaymentSearch,
  page: { accountId: string; shards: number; limit: number; after: string | undefined },
): Promise<{ payments: Payment[]; next: string | undefined }> => {
  const found: { payment: Payment; place: string }[] = [];
  const limit = isWholeList(search) ? page.limit + 1 : wholePage;
  let after = page.after;
  for (let pages = 0; pages < pagesAtMost; pages++) {
    const listing = { ...listFor(search), ...page, after, kind: 'P' as const, descending: true, limit };
    const { items, places, next } = await readList(table, listing);
    items.forEach((item, index) => {
      const payment = storedPayment.parse({ ...(item.data as object), revision: item.revision ?? 0 });
      if (fits(payment, search)) found.push({ payment, place: places[index] as string });
    });
    if (found.length > page.limit) {
      const shown = found.slice(0, page.limit);
      return { payments: shown.map(({ payment }) => payment), next: shown.at(-1)?.place };
    }
    after = next;
    if (next === undefined) break;
  }
  return { payments: found.map(({ payment }) => payment), next: after };
};
