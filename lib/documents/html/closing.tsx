import { groupedIban } from '#lib/domain/wording/party-lines.ts';
import { type Fact, Facts, LongText, Section } from './parts.tsx';
import type { DocumentReading } from './reading.ts';

/** How to pay; a void invoice is not to be paid. */
export const Payment = ({ reading }: { reading: DocumentReading }) => {
  const { invoice, seller, words } = reading;
  if (invoice.status === 'voided') return null;
  const { payment } = words;
  const methods = invoice.paymentMethods?.map((method) => payment.methodNames[method]).join(', ');
  const toAccount: Fact[] =
    seller?.iban === undefined
      ? []
      : [
          [payment.accountName, seller.accountName ?? seller.legalName ?? seller.name],
          [payment.iban, groupedIban(seller.iban)],
          [payment.bic, seller.bic],
          [payment.reference, invoice.number],
        ];
  const facts: Fact[] = [
    [
      payment.means,
      invoice.paymentMeans && (payment.meansNames[invoice.paymentMeans] ?? invoice.paymentMeans),
    ],
    [payment.methods, methods],
    ...toAccount,
  ];
  const term = invoice.paymentTermDays === undefined ? undefined : payment.term(invoice.paymentTermDays);
  if (term === undefined && facts.every(([, value]) => !value)) return null;
  return (
    <Section heading={words.heading.payment} className="payment">
      {term !== undefined && <p>{term}</p>}
      <Facts className="accounts" facts={facts} />
    </Section>
  );
};

/** Everything that is said at the end: comments, notes, terms and the seller's legal mentions. */
export const Closing = ({ reading }: { reading: DocumentReading }) => {
  const { invoice, seller, words } = reading;
  const { heading } = words;
  return (
    <>
      {invoice.comments !== undefined && (
        <Section heading={heading.comments}>
          <LongText>{invoice.comments}</LongText>
        </Section>
      )}
      {invoice.notes !== undefined && invoice.notes.length > 0 && (
        <Section heading={heading.notes}>
          {invoice.notes.map((note, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes of one document have no other name.
            <LongText key={index}>{note.text}</LongText>
          ))}
        </Section>
      )}
      {invoice.terms !== undefined && (
        <Section heading={heading.terms}>
          <LongText>{invoice.terms}</LongText>
        </Section>
      )}
      {seller?.legalMentions !== undefined && (
        <footer className="legal">
          <h2>{heading.legal}</h2>
          <LongText>{seller.legalMentions}</LongText>
        </footer>
      )}
    </>
  );
};
