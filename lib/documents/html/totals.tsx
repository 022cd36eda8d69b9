import { decimalsWritten, formatDecimal, parseDecimal } from '#lib/domain/decimal.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { Written } from './parts.tsx';
import type { DocumentReading } from './reading.ts';
import { reasonOf, saysSomething } from './taxes.ts';

type Row = {
  key: string;
  label: string;
  note?: string | undefined;
  reason?: string | undefined;
  amount: string;
};

/** How the total comes about, kept on one page. */
export const Totals = ({ reading }: { reading: DocumentReading }) => {
  const { invoice, words, money } = reading;
  const rows = [...adjustmentRows(reading), ...taxRows(reading)];
  return (
    <table className={mayHaveEndlessLine(invoice) ? 'totals' : 'totals with-last-line'}>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              <Written>{row.label}</Written>
              {row.note !== undefined && row.note !== '' && (
                <span className="note">
                  {' '}
                  <Written>{row.note}</Written>
                </span>
              )}
              {row.reason !== undefined && (
                <span className="reason">
                  <Written>{row.reason}</Written>
                </span>
              )}
            </th>
            <td>{row.amount}</td>
          </tr>
        ))}
        <tr className="total">
          <th scope="row">{invoice.status === 'voided' ? words.totals.totalOfVoided : words.totals.total}</th>
          <td>{money(invoice.total)}</td>
        </tr>
      </tbody>
    </table>
  );
};

/**
 * Totals come with the last line onto a new page. After a line longer than a page Chromium can't do that and would cut the
 * totals in two instead.
 */
const mayHaveEndlessLine = ({ lineItems }: Invoice): boolean =>
  lineItems.some(({ description = '', note = '' }) => {
    const text = description + note;
    return text.length + 40 * text.split('\n').length > 1_500;
  });

const adjustmentRows = (reading: DocumentReading): Row[] => {
  const { invoice, words, money, percent, tax } = reading;
  const rateOf = ({ type, value }: { type: string; value: string }) =>
    type === 'percent' ? percent(value) : undefined;
  const adjusted = invoice.discounts.length + invoice.fees.length > 0;
  return [
    { key: 'subtotal', label: words.totals.subtotal, amount: money(invoice.subtotal) },
    ...invoice.discounts.map((discount, index) => ({
      key: `discount ${index}`,
      label: discount.label ?? words.totals.discount,
      note: rateOf(discount),
      amount: money(negative(discount.amount)),
    })),
    ...invoice.fees.map((fee, index) => ({
      key: `fee ${index}`,
      label: fee.label ?? words.totals.fee,
      note: [rateOf(fee), saysSomething(fee.tax) ? words.totals.taxed(tax(fee.tax)) : undefined]
        .filter((part) => part !== undefined)
        .join(', '),
      amount: money(fee.amount),
    })),
    ...(adjusted && invoice.taxes.some(saysSomething)
      ? [{ key: 'before tax', label: words.totals.beforeTax, amount: money(beforeTax(invoice)) }]
      : []),
  ];
};

const negative = (amount: string): string => (/[1-9]/.test(amount) ? `-${amount}` : amount);

const beforeTax = ({ subtotal, discountTotal, feeTotal }: Invoice): string =>
  formatDecimal(
    parseDecimal(subtotal).minus(parseDecimal(discountTotal)).plus(parseDecimal(feeTotal)),
    decimalsWritten(subtotal),
  );

const taxRows = (reading: DocumentReading): Row[] => {
  const { invoice, words, money, moneyIn, tax, accountingCurrency } = reading;
  const groups = invoice.taxes.filter(saysSomething);
  const inAccounts = invoice.taxTotalAccounting !== undefined && accountingCurrency !== undefined;
  return [
    ...groups.map((group) => ({
      key: `tax ${group.category} ${group.rate}`,
      label: tax(group),
      note: words.totals.base(money(group.base)),
      reason: reasonOf(group, reading),
      amount: money(group.amount),
    })),
    ...(groups.length > 1 || inAccounts
      ? [{ key: 'tax', label: words.totals.taxTotal, amount: money(invoice.taxTotal) }]
      : []),
    ...(inAccounts
      ? [
          {
            key: 'tax in accounts',
            label: words.totals.taxTotalIn(accountingCurrency),
            note: exchange(reading, accountingCurrency),
            amount: moneyIn(invoice.taxTotalAccounting ?? '0', accountingCurrency),
          },
        ]
      : []),
  ];
};

const exchange = ({ invoice, moneyIn }: DocumentReading, accountingCurrency: string): string | undefined =>
  invoice.exchangeRate &&
  `${moneyIn('1', invoice.currency)} = ${moneyIn(invoice.exchangeRate, accountingCurrency)}`;
