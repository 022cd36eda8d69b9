import { sellerName } from '#lib/domain/party.ts';
import type { Part } from './page-input.ts';

const Texts = ({ id, heading, texts }: { id: string; heading: string; texts: readonly string[] }) =>
  texts.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {texts.map((text) => (
        <p className="text" dir="auto" key={text}>
          {text}
        </p>
      ))}
    </section>
  );

const present = (text: string | undefined): string[] => (text === undefined ? [] : [text]);

/** What the seller says to the buyer, in the seller's own words. */
export const Comments = ({ invoice, reading }: Part) => (
  <Texts
    id="comments"
    heading={reading.words.comments(sellerName(invoice))}
    texts={present(invoice.comments)}
  />
);

export const NotesAndTerms = ({ invoice, reading }: Part) => (
  <>
    <Texts id="notes" heading={reading.words.notes} texts={(invoice.notes ?? []).map(({ text }) => text)} />
    <Texts id="terms" heading={reading.words.terms} texts={present(invoice.terms)} />
  </>
);

/** What the law asks the seller to print. */
export const LegalMentions = ({ invoice: { seller } }: Part) =>
  seller?.legalMentions === undefined ? null : (
    <footer>
      <p className="text" dir="auto">
        {seller.legalMentions}
      </p>
    </footer>
  );
