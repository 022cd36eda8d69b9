import { type Accounting, entryOf } from '#lib/domain/account/accounting.ts';
import { dayIn } from '#lib/domain/day.ts';
import { type Decimal, parseDecimal, round, zero } from '#lib/domain/decimal.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { dayAs, type LaidOut } from './rows.ts';

/** The sales journal in FEC layout: an entry an invoice, whose debit is the sum of its credits. */

export const fecHeader =
  'JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise'.split(
    '|',
  );

type Books = {
  currency: string;
  decimals: number;
  timeZone: string;
  accounting: Accounting | undefined;
};
type Posting = { account: string; label: string; net: Decimal; original: string; isDebit: boolean };

/** Fields are parted by `|` and lines by their ends: a text holds neither. */
const field = (text: string): string => text.replace(/[|\s\u0000-\u001f]+/g, ' ').trim();

const creditsOf = (
  invoice: Invoice,
  { accounting }: Books,
  converted: (amount: string) => Decimal,
): Posting[] =>
  invoice.taxes.flatMap((group) => {
    const sales = entryOf(accounting?.salesAccounts, group);
    const tax = entryOf(accounting?.taxAccounts, group);
    const credit = (account: string, label: string, original: string): Posting => ({
      ...{ account, label, original, net: converted(original), isDebit: false },
    });
    return [
      credit(sales?.account ?? '706000', sales?.label ?? `Ventes ${group.rate} %`, group.base),
      credit(tax?.account ?? '445710', tax?.label ?? `TVA collectée ${group.rate} %`, group.amount),
    ].filter(({ net, original }) => !net.eq(zero) || !parseDecimal(original).eq(zero));
  });

export const fec = (invoice: Invoice, books: Books): LaidOut => {
  const { currency, decimals, accounting, timeZone } = books;
  const isForeign = invoice.currency !== currency;
  const rate = isForeign ? invoice.exchangeRate : '1';
  if (rate === undefined) return { reason: 'exchange_rate_missing' };
  if (parseDecimal(invoice.total).eq(zero)) return { reason: 'total_is_zero' };
  const converted = (amount: string) => round(parseDecimal(amount).times(parseDecimal(rate)), decimals);
  const credits = creditsOf(invoice, books, converted);
  const debit: Posting = {
    ...{ account: accounting?.receivableAccount ?? '411000', label: 'Clients', isDebit: true },
    ...{ net: credits.reduce((sum, { net }) => sum.plus(net), zero), original: invoice.total },
  };
  const { number = '', invoiceDate = '', finalizedAt = '', buyer } = invoice;
  const name = buyer?.name ?? invoice.buyerName ?? '';
  const day = dayAs('YYYYMMDD', invoiceDate);
  const auxiliary = buyer?.accountingCode ?? invoice.companyId ?? invoice.contactId ?? '';
  const written = (amount: Decimal): string => amount.toFixed(decimals).replace('.', ',');
  const rows = [debit, ...credits].map(({ account, label, net, original, isDebit }) =>
    [
      ...[accounting?.journalCode ?? 'VE', accounting?.journalLabel ?? 'Journal des ventes', number, day],
      ...[account, label, isDebit ? auxiliary : '', isDebit ? name : ''],
      ...[number, day, `Facture ${number} ${name}`],
      ...[written(isDebit ? net : zero), written(isDebit ? zero : net), '', ''],
      dayAs('YYYYMMDD', dayIn(timeZone, finalizedAt)),
      ...(isForeign ? [original.replace('.', ','), invoice.currency] : ['', '']),
    ].map(field),
  );
  return { rows };
};
