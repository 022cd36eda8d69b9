import { sellerName } from '#lib/domain/party.ts';
import { readingOf } from '#lib/domain/wording/reading.ts';
import { Details } from './facts.tsx';
import { Lines } from './lines.tsx';
import { Owed, shownStatus } from './owed.tsx';
import type { InvoicePageInput, Part } from './page-input.ts';
import { Parties } from './parties.tsx';
import { HowToPay, Payments } from './payments.tsx';
import { type Page, renderShell } from './shell.tsx';
import { Comments, LegalMentions, NotesAndTerms } from './texts.tsx';
import { Totals } from './totals.tsx';

const picture = /^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/;

const Masthead = ({ name, logo }: { name: string; logo: string | undefined }) => (
  <header className="masthead">
    {logo !== undefined && picture.test(logo) ? (
      <img className="logo" src={logo} alt={name} />
    ) : (
      <bdi>{name}</bdi>
    )}
  </header>
);

const nameOf = ({ invoice, reading: { words } }: Part): string =>
  invoice.number === undefined ? words.draft : `${words.invoice} ${invoice.number}`;

const Sheet = (props: InvoicePageInput & Part) => {
  const { invoice, reading } = props;
  const status = shownStatus(props);
  return (
    <main className="sheet">
      <div className="title">
        <h1>{nameOf(props)}</h1>
        <p className={`status ${status}`}>{reading.words.status[status]}</p>
      </div>
      {invoice.title !== undefined && (
        <p className="subject">
          <bdi>{invoice.title}</bdi>
        </p>
      )}
      <Owed {...props} />
      <Comments {...props} />
      <Parties {...props} />
      <Lines {...props} />
      <Totals {...props} />
      <Payments {...props} />
      <div className="columns">
        <HowToPay {...props} />
        <Details {...props} />
      </div>
      <NotesAndTerms {...props} />
    </main>
  );
};

/**
 * The page behind an invoice's link (LINK-4): complete without JavaScript, in the invoice's language and the seller's
 * colour. Pure: the same input gives the same bytes. The headers are part of the page: its policy names its style.
 */
export const renderInvoicePage = (input: InvoicePageInput): Page => {
  const { invoice, logo, previewNotice } = input;
  const reading = readingOf(invoice);
  const seller = sellerName(invoice);
  const title = [nameOf({ invoice, reading }), seller].filter(Boolean).join(' · ');
  return renderShell({
    title,
    reading,
    brandColor: invoice.seller?.brandColor,
    formTarget: input.payForm?.provider,
    children: (
      <>
        {previewNotice === true && <aside className="notice">{reading.words.previewNotice}</aside>}
        <Masthead name={seller} logo={logo} />
        <Sheet {...input} reading={reading} />
        <LegalMentions invoice={invoice} reading={reading} />
      </>
    ),
  });
};
