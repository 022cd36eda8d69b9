import { sellerName } from '#lib/domain/party.ts';
import { type Fact, Facts, Written } from './parts.tsx';
import type { DocumentReading } from './reading.ts';

/** An image as it is embedded. */
export type Logo = { mediaType: 'image/png' | 'image/jpeg'; bytes: Uint8Array };

/** The word that the document is marked with, if it is not a valid invoice. */
export const markOf = ({ invoice, words }: DocumentReading): string | undefined =>
  invoice.status === 'voided'
    ? words.marks.voided
    : invoice.status === 'draft'
      ? words.marks.draft
      : undefined;

/** Names the document: `Invoice INV-1001`, `Invoice, draft`. */
export const titleOf = ({ invoice, words }: DocumentReading): string =>
  `${words.invoice} ${invoice.number ?? `(${words.marks.draft})`}`;

export const Letterhead = ({ reading, logo }: { reading: DocumentReading; logo: Logo | undefined }) => {
  const { invoice, words } = reading;
  const mark = markOf(reading);
  return (
    <header className="letterhead">
      <div className="sender">
        {logo === undefined ? (
          <p className="wordmark">
            <Written>{sellerName(reading)}</Written>
          </p>
        ) : (
          <img
            alt={sellerName(reading)}
            src={`data:${logo.mediaType};base64,${Buffer.from(logo.bytes).toString('base64')}`}
          />
        )}
      </div>
      <div className="name">
        <h1>{words.invoice}</h1>
        {invoice.number !== undefined && (
          <p className="number">
            <Written>{invoice.number}</Written>
          </p>
        )}
        {mark !== undefined && <p className={`mark ${invoice.status}`}>{mark}</p>}
      </div>
    </header>
  );
};

/** What is owed and until when, before anything else; a void invoice is owed nothing. */
export const Headline = ({ reading }: { reading: DocumentReading }) => {
  const { invoice, words, money, day } = reading;
  const due = invoice.dueDate === undefined ? undefined : words.dueBy(day(invoice.dueDate));
  return (
    <div className="headline">
      {invoice.title !== undefined && (
        <p className="title">
          <Written>{invoice.title}</Written>
        </p>
      )}
      {invoice.status !== 'voided' && (
        <p>
          <span className="owed">
            <Written>{money(invoice.total)}</Written>
          </span>
          {due !== undefined && <span className="due"> {due}</span>}
        </p>
      )}
    </div>
  );
};

/** The dates, references and circumstances of the invoice. */
export const Particulars = ({ reading }: { reading: DocumentReading }) => {
  const { invoice, words, day, period } = reading;
  const { field } = words;
  const dayOf = (given: string | undefined) => (given === undefined ? undefined : day(given));
  const facts: Fact[] = [
    [field.invoiceDate, dayOf(invoice.invoiceDate)],
    [field.dueDate, dayOf(invoice.dueDate)],
    [field.period, invoice.period && period(invoice.period)],
    [
      field.taxPoint,
      dayOf(invoice.taxPointDate) ?? (invoice.taxPointCode && words.taxPoints[invoice.taxPointCode]),
    ],
    [field.deliveryDate, dayOf(invoice.delivery?.date)],
    [field.purchaseOrder, invoice.purchaseOrderNumber],
    [field.buyerReference, invoice.buyerReference],
    [field.contract, invoice.contractReference],
    [field.project, invoice.projectReference],
    [field.subscription, invoice.subscriptionId],
    [field.precedingInvoices, precedingInvoices(reading)],
    [field.operation, operation(reading)],
  ];
  return <Facts className="particulars" facts={facts} />;
};

const precedingInvoices = ({ invoice, words, day }: DocumentReading): string | undefined =>
  invoice.precedingInvoices
    ?.map(({ number, date }) => (date === undefined ? number : words.dated(number, day(date))))
    .join(', ');

const operation = ({ invoice, words }: DocumentReading): string | undefined => {
  const kinds = new Set(invoice.lineItems.map(({ kind }) => kind));
  if (kinds.has('goods')) return kinds.has('services') ? words.operations.both : words.operations.goods;
  return kinds.has('services') ? words.operations.services : undefined;
};
