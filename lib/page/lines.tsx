import type { LineItem } from '#lib/domain/invoice/line-item.ts';
import { lineDiscount } from '#lib/domain/wording/line-words.ts';
import { isTelling, taxName } from '#lib/domain/wording/reading.ts';
import type { Part } from './page-input.ts';

/**
 * On a phone the table is laid out as a grid, and browsers then no longer tell a screen reader that it is a table.
 * The roles say so again.
 */
const table = { role: 'table' } as const;
const rowGroup = { role: 'rowgroup' } as const;
const row = { role: 'row' } as const;
const columnHeader = { role: 'columnheader', scope: 'col' } as const;
const rowHeader = { role: 'rowheader', scope: 'row' } as const;
const cell = { role: 'cell' } as const;

const More = ({ children }: { children: string | undefined }) =>
  children ? (
    <span className="more">
      <bdi>{children}</bdi>
    </span>
  ) : null;

type LineProps = Part & { readonly line: LineItem; readonly taxed: boolean };

const Line = ({ invoice, reading, line, taxed }: LineProps) => {
  const { money, quantity, period } = reading;
  return (
    <tr {...row}>
      <th {...rowHeader}>
        <bdi>{line.name}</bdi>
        <More>{line.description}</More>
        <More>{line.sku}</More>
        <More>{line.period && period(line.period)}</More>
        <More>{line.note}</More>
        <More>{lineDiscount(line, reading)}</More>
      </th>
      <td {...cell} className="end num quantity">
        {quantity(line.quantity, line.unit)}
      </td>
      <td {...cell} className="end money price">
        {money(line.unitPrice)}
      </td>
      {taxed && (
        <td {...cell} className="end taxed">
          {taxName(line.tax, reading, invoice.seller?.vatId !== undefined)}
        </td>
      )}
      <td {...cell} className="end money total">
        {money(line.amount)}
      </td>
    </tr>
  );
};

/** The lines; a column for tax where any was said. */
export const Lines = (part: Part) => {
  const { invoice, reading } = part;
  const { words } = reading;
  const taxed = invoice.taxes.some(isTelling);
  return (
    <section>
      <table {...table} className="lines">
        <caption>{words.items}</caption>
        <thead {...rowGroup}>
          <tr {...row}>
            <th {...columnHeader}>{words.item}</th>
            <th {...columnHeader} className="end">
              {words.quantity}
            </th>
            <th {...columnHeader} className="end">
              {words.unitPrice}
            </th>
            {taxed && (
              <th {...columnHeader} className="end">
                {words.tax}
              </th>
            )}
            <th {...columnHeader} className="end">
              {words.amount}
            </th>
          </tr>
        </thead>
        <tbody {...rowGroup}>
          {invoice.lineItems.map((line) => (
            <Line key={line.id} {...part} line={line} taxed={taxed} />
          ))}
        </tbody>
      </table>
    </section>
  );
};
