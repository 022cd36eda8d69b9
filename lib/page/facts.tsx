import { addressLines } from '#lib/domain/wording/party-lines.ts';
import type { Part } from './page-input.ts';

/** A list of names and values; those without a value are left out. */
export const Facts = ({
  facts,
}: {
  facts: readonly (readonly [name: string, value: string | undefined])[];
}) => (
  <dl className="facts">
    {facts
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => (
        <div className="fact" key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
  </dl>
);

const written = <T,>(value: T | undefined, write: (value: T) => string): string | undefined =>
  value === undefined ? undefined : write(value);

const deliveryText = ({ invoice: { delivery }, reading }: Part): string | undefined =>
  delivery &&
  [written(delivery.date, reading.day), delivery.name, ...addressLines(delivery.address, reading.country)]
    .filter(Boolean)
    .join(', ');

/** The invoice's dates and the references that a buyer files it under. */
export const Details = (part: Part) => {
  const { invoice, reading } = part;
  const { words, day, period } = reading;
  return (
    <section aria-labelledby="details">
      <h2 id="details">{words.details}</h2>
      <Facts
        facts={[
          [words.invoiceDate, written(invoice.invoiceDate, day)],
          [words.dueDate, written(invoice.dueDate, day)],
          [words.period, written(invoice.period, period)],
          [words.taxPoint, written(invoice.taxPointDate, day)],
          [words.delivery, deliveryText(part)],
          [words.purchaseOrder, invoice.purchaseOrderNumber],
          [words.buyerReference, invoice.buyerReference],
          [words.contract, invoice.contractReference],
          [words.project, invoice.projectReference],
          ...(invoice.precedingInvoices ?? []).map(
            ({ number, date }) =>
              [
                words.precedingInvoice,
                date === undefined ? number : words.datedNumber(number, day(date)),
              ] as const,
          ),
        ]}
      />
    </section>
  );
};
