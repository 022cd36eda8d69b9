import type { LineItem } from '#lib/domain/invoice/line-item.ts';
import { LongText, Written } from './parts.tsx';
import type { DocumentReading } from './reading.ts';
import { saysSomething } from './taxes.ts';

/** The lines, with the columns that any of them needs. */
export const Lines = ({ reading }: { reading: DocumentReading }) => {
  const { invoice, words } = reading;
  const { table } = words;
  const columns: Columns = {
    discount: invoice.lineItems.some(({ discount }) => discount !== undefined),
    tax: invoice.lineItems.some(({ tax }) => saysSomething(tax)),
  };
  return (
    <table className="lines">
      <thead>
        <tr>
          <th scope="col" className="item">
            {table.item}
          </th>
          <th scope="col">{table.quantity}</th>
          <th scope="col">{table.unitPrice}</th>
          {columns.discount && <th scope="col">{table.discount}</th>}
          {columns.tax && <th scope="col">{table.tax}</th>}
          <th scope="col">{table.amount}</th>
        </tr>
      </thead>
      <tbody>
        {invoice.lineItems.map((line) => (
          <Line key={line.id} line={line} columns={columns} reading={reading} />
        ))}
      </tbody>
    </table>
  );
};

type Columns = { discount: boolean; tax: boolean };

const Line = (props: { line: LineItem; columns: Columns; reading: DocumentReading }) => {
  const { line, columns, reading } = props;
  const { money, quantity } = reading;
  return (
    <tr>
      <td className="item">
        <Item line={line} reading={reading} />
      </td>
      <td className="quantity">{quantity(line.quantity, line.unit)}</td>
      <td>{money(line.unitPrice)}</td>
      {columns.discount && <td>{discountOf(line, reading)}</td>}
      {columns.tax && (
        <td className="tax">{saysSomething(line.tax) && <Written>{taxOf(line, reading)}</Written>}</td>
      )}
      <td className="amount">{money(line.amount)}</td>
    </tr>
  );
};

/** The column is headed with the tax's kind, so that the rate is enough for most. */
const taxOf = ({ tax }: LineItem, reading: DocumentReading): string =>
  tax.category === 'S' && tax.label === undefined ? reading.percent(tax.rate) : reading.tax(tax);

const discountOf = ({ discount }: LineItem, { money, percent }: DocumentReading): string => {
  if (discount === undefined) return '';
  return discount.type === 'percent' ? percent(discount.value) : money(discount.value);
};

const Item = ({ line, reading }: { line: LineItem; reading: DocumentReading }) => {
  const { words, period } = reading;
  const small = [
    line.sku !== undefined && words.labelled(words.line.sku, line.sku),
    line.standardId !== undefined && words.labelled(words.line.gtin, line.standardId),
    line.period !== undefined && period(line.period),
  ].filter((part) => part !== false);
  return (
    <>
      <div className="what">
        <Written>{line.name}</Written>
      </div>
      {line.description !== undefined && <LongText>{line.description}</LongText>}
      {small.length > 0 && (
        <p>
          {small.map((part) => (
            <span key={part} className="mention">
              <Written>{part}</Written>
            </span>
          ))}
        </p>
      )}
      {line.note !== undefined && <LongText>{line.note}</LongText>}
      {line.tax.exemptionReason !== undefined && (
        <p>
          <Written>{line.tax.exemptionReason}</Written>
        </p>
      )}
    </>
  );
};
