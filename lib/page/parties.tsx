import { sellerName } from '#lib/domain/party.ts';
import { addressLines, identityLines } from '#lib/domain/wording/party-lines.ts';
import type { Part } from './page-input.ts';

type PartyProps = {
  readonly id: string;
  readonly heading: string;
  readonly name: string;
  readonly lines: readonly (string | undefined)[];
};

const Party = ({ id, heading, name, lines }: PartyProps) => {
  const shown = [...new Set(lines)].filter((line) => line !== undefined && line !== '' && line !== name);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <address className="party">
        <div className="name">
          <bdi>{name}</bdi>
        </div>
        {shown.map((line) => (
          <div key={line}>
            <bdi>{line}</bdi>
          </div>
        ))}
      </address>
    </section>
  );
};

/** A country is written out only where the other party is in another one. */
const countryNames = ({ invoice, reading }: Part) => {
  const seller = invoice.seller?.address?.country;
  const buyer = (invoice.billingAddress ?? invoice.buyer?.address)?.country;
  return (code: string): string => (seller === buyer ? '' : reading.country(code));
};

/** Who sends the invoice, and whom it is billed to. */
export const Parties = (part: Part) => {
  const { invoice, reading } = part;
  const { seller, buyer } = invoice;
  const { words } = reading;
  const country = countryNames(part);
  return (
    <section className="columns">
      {seller && (
        <Party
          id="from"
          heading={words.from}
          name={sellerName(invoice)}
          lines={[
            seller.legalName && [seller.legalName, seller.legalForm].filter(Boolean).join(', '),
            ...addressLines(seller.address, country),
            ...identityLines(seller, words),
            seller.contact?.email,
            seller.contact?.phone,
          ]}
        />
      )}
      {buyer && (
        <Party
          id="billed-to"
          heading={words.billedTo}
          name={buyer.legalName ?? buyer.name}
          lines={[
            buyer.name,
            buyer.contact?.name,
            ...addressLines(invoice.billingAddress ?? buyer.address, country),
            ...identityLines(buyer, words),
          ]}
        />
      )}
    </section>
  );
};
