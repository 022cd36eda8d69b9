import { isZero } from '#lib/domain/money.ts';
import { lineReckoning } from '#lib/domain/wording/line-words.ts';
import { totalRows } from '#lib/domain/wording/total-rows.ts';
import { style } from './email-style.ts';
import { fewLines, type Message } from './message.ts';

type RowProps = {
  readonly name: string;
  readonly amount: string;
  readonly note?: string | undefined;
  readonly end: 'left' | 'right';
  readonly ruled?: boolean;
  readonly strong?: boolean;
};

/** Without CSS for logical sides in some mail programs, the side is told by `align` as well. */
const Row = ({ name, amount, note, end, ruled = false, strong = false }: RowProps) => {
  const cell = ruled ? style.row : style.plainRow;
  const weight = strong ? { fontWeight: 600 } : {};
  return (
    <tr>
      <td className={ruled ? 'rule' : undefined} style={cell}>
        <div
          className="ink"
          dir="auto"
          style={{ ...style.cell, ...weight, textAlign: end === 'right' ? 'left' : 'right' }}
        >
          {name}
        </div>
        {note && (
          <div className="soft" style={style.small}>
            {note}
          </div>
        )}
      </td>
      <td className={ruled ? 'rule' : undefined} style={cell} align={end}>
        <div className="ink" style={{ ...style.amount, ...weight }}>
          {amount}
        </div>
      </td>
    </tr>
  );
};

const endOf = ({ reading }: Message): 'left' | 'right' =>
  reading.wordsDirection === 'rtl' ? 'left' : 'right';

/** The lines, when they are few enough to be read in a message. */
export const Items = (message: Message) => {
  const { input, reading } = message;
  const { lineItems } = input.invoice;
  if (lineItems.length > fewLines) return null;
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} border={0} aria-label={reading.words.items}>
      <tbody>
        {lineItems.map((line) => (
          <Row
            key={line.id}
            name={line.name}
            note={lineReckoning(line, reading)}
            amount={reading.money(line.amount)}
            end={endOf(message)}
            ruled
          />
        ))}
      </tbody>
    </table>
  );
};

/** How the total came about, and what is left of it. */
export const TotalsTable = (message: Message) => {
  const { input, reading } = message;
  const { invoice } = input;
  const { words, money, lessMoney } = reading;
  const end = endOf(message);
  const paid = !isZero(invoice.amountPaid);
  return (
    <table
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      aria-label={words.total}
      style={{ marginTop: 12 }}
    >
      <tbody>
        {totalRows(invoice, reading).map(({ name, amount }) => (
          <Row key={name} name={name} amount={amount} end={end} />
        ))}
        <Row name={words.total} amount={money(invoice.total)} end={end} strong={!paid} />
        {paid && <Row name={words.paid} amount={lessMoney(invoice.amountPaid)} end={end} />}
        {paid && <Row name={words.balanceDue} amount={money(invoice.balanceDue)} end={end} strong />}
      </tbody>
    </table>
  );
};
