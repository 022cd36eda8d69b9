import type { ReactNode } from 'react';
import { isZero } from '#lib/domain/money.ts';
import { totalRows } from '#lib/domain/wording/total-rows.ts';
import { isOwed, type Part } from './page-input.ts';

const Row = ({
  name,
  amount,
  strong,
  note,
}: {
  name: string;
  amount: string;
  strong?: string;
  note?: ReactNode;
}) => (
  <div className={strong === undefined ? 'fact' : `fact strong ${strong}`}>
    <dt>
      <bdi>{name}</bdi>
      {note && <small>{note}</small>}
    </dt>
    <dd className="money">{amount}</dd>
  </div>
);

/** Subtotal, discounts, fees, taxes by rate, total; then what was paid and what is left. */
export const Totals = ({ invoice, reading }: Part) => {
  const { words, money, lessMoney } = reading;
  const hasPayments = !isZero(invoice.amountPaid);
  return (
    <section className="sums" aria-label={words.total}>
      <dl className="totals">
        {totalRows(invoice, reading).map(({ name, amount, note }) => (
          <Row key={`${name} ${note}`} name={name} amount={amount} note={note} />
        ))}
        <Row name={words.total} amount={money(invoice.total)} strong={hasPayments ? '' : 'last'} />
        {hasPayments && (
          <>
            <Row name={words.paid} amount={lessMoney(invoice.amountPaid)} />
            <Row name={words.balanceDue} amount={money(invoice.balanceDue)} strong="last" />
          </>
        )}
        {!hasPayments && invoice.status === 'paid' && !isOwed(invoice) && (
          <Row name={words.balanceDue} amount={money(invoice.balanceDue)} />
        )}
      </dl>
    </section>
  );
};
