import type { BuyerDetails, Seller } from '#lib/domain/party.ts';
import { addressLines } from '#lib/domain/wording/party-lines.ts';
import { Written } from './parts.tsx';
import type { DocumentReading } from './reading.ts';

type Party = (Seller | BuyerDetails) & {
  name?: string;
  email?: string | undefined;
  phone?: string | undefined;
};
type Address = Seller['address'];

/** Identifier schemes of ISO 6523 by the names that readers know. */
const schemes: Readonly<Record<string, string>> = {
  '0002': 'SIREN',
  '0007': 'Org.nr',
  '0009': 'SIRET',
  '0037': 'Y-tunnus',
  '0060': 'D-U-N-S',
  '0088': 'GLN',
  '0106': 'KvK',
  '0184': 'CVR',
  '0192': 'Org.nr',
  '0204': 'Leitweg-ID',
  '0208': 'KBO/BCE',
};

const named = ({ name, legalName, tradingName, legalForm }: Party, words: DocumentReading['words']) => {
  const legal = [legalName ?? tradingName ?? name, legalForm].filter(Boolean).join(', ');
  const others = [
    tradingName !== undefined && tradingName !== legalName && legalName !== undefined
      ? words.labelled(words.party.tradingAs, tradingName)
      : undefined,
    name !== undefined && name !== legalName && name !== tradingName ? name : undefined,
  ];
  const shown = legalName === undefined && tradingName === undefined ? [] : others;
  return { legal, others: shown.filter((other) => other !== undefined) };
};

const identity = (party: Party, { words }: DocumentReading): string[] => {
  const { legalId, vatId, taxNumber, electronicAddress } = party;
  const { labelled, party: label } = words;
  return [
    legalId && labelled(schemes[legalId.scheme] ?? label.legalId, legalId.value),
    vatId && labelled(label.vatId, vatId),
    taxNumber && labelled(label.taxNumber, taxNumber),
    electronicAddress &&
      labelled(label.electronicAddress, `${electronicAddress.scheme}:${electronicAddress.value}`),
  ].filter((line) => line !== undefined);
};

const reach = ({ contact, email, phone }: Party): string[] => {
  const lines = [contact?.name, contact?.email ?? email, contact?.phone ?? phone];
  return lines.filter((line) => line !== undefined);
};

const Lines = ({ lines, className }: { lines: readonly string[]; className?: string }) =>
  lines.length === 0 ? null : (
    <p className={className}>
      {[...new Set(lines)].map((line) => (
        <span key={line} className="line">
          <Written>{line}</Written>
        </span>
      ))}
    </p>
  );

const PartyBlock = (props: { heading: string; party: Party; reading: DocumentReading }) => {
  const { heading, party, reading } = props;
  const { legal, others } = named(party, reading.words);
  return (
    <section className="party">
      <h2>{heading}</h2>
      <p className="who">
        <Written>{legal}</Written>
      </p>
      <Lines lines={[...others, ...addressLines(party.address, reading.country)]} />
      <Lines className="small" lines={identity(party, reading)} />
      <Lines className="small" lines={reach(party)} />
    </section>
  );
};

const AddressBlock = (props: {
  heading: string;
  name?: string | undefined;
  address: Address;
  reading: DocumentReading;
}) => {
  const { heading, name, address, reading } = props;
  const lines = addressLines(address, reading.country);
  if (name === undefined && lines.length === 0) return null;
  return (
    <section className="party">
      <h2>{heading}</h2>
      {name !== undefined && (
        <p className="who">
          <Written>{name}</Written>
        </p>
      )}
      <Lines lines={lines} />
    </section>
  );
};

/** Seller and buyer, and the places that the invoice and the goods go to. */
export const Parties = ({ reading }: { reading: DocumentReading }) => {
  const { invoice, seller, buyer, words } = reading;
  const { heading } = words;
  return (
    <div className="parties">
      {seller && <PartyBlock heading={heading.seller} party={seller} reading={reading} />}
      {buyer && <PartyBlock heading={heading.buyer} party={buyer} reading={reading} />}
      <AddressBlock heading={heading.billingAddress} address={invoice.billingAddress} reading={reading} />
      <AddressBlock
        heading={heading.delivery}
        name={invoice.delivery?.name}
        address={invoice.delivery?.address}
        reading={reading}
      />
    </div>
  );
};
