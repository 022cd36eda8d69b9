import { isDeepStrictEqual } from 'node:util';
import { table } from '#functions/wiring/table.ts';
import { readRecords } from '#lib/data/collection.ts';
import { companies, contacts, members } from '#lib/data/collections.ts';
import { readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import type { Company, Contact } from '#lib/domain/directory.ts';
import type { Missing } from '#lib/domain/invoice/clone.ts';
import type { WrittenInvoice } from '#lib/domain/invoice/draft.ts';
import type { BuyerHint } from '#lib/domain/invoice/write.ts';
import { faultsOfCustomProperties, type PropertyDefinition } from '#lib/domain/property-definition.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';

/** What an invoice names besides itself: contacts, companies, an owner, custom properties. */

type Named = { pointer: string; id: string };
const single = (written: WrittenInvoice, property: 'contactId' | 'companyId' | 'ownerId'): Named[] =>
  written[property] === undefined ? [] : [{ pointer: `/${property}`, id: written[property] }];
const listed = (written: WrittenInvoice, property: 'contactIds' | 'companyIds'): Named[] =>
  (written[property] ?? []).map((id, index) => ({ pointer: `/${property}/${index}`, id }));

const contactsIn = (written: WrittenInvoice): Named[] => [
  ...single(written, 'contactId'),
  ...listed(written, 'contactIds'),
];
const companiesIn = (written: WrittenInvoice): Named[] => [
  ...single(written, 'companyId'),
  ...listed(written, 'companyIds'),
];

type Known = {
  contacts: Contact[];
  companies: Company[];
  members: { id: string }[];
  definitions: PropertyDefinition[];
};

/** Those of the named that the account has; the definitions only where `withCustom`. */
const lookUp = async (accountId: string, written: WrittenInvoice, withCustom: boolean): Promise<Known> => {
  const keys = (named: readonly Named[]) =>
    [...new Set(named.map(({ id }) => id))].map((id): [string, string] => [accountId, id]);
  const [knownContacts, knownCompanies, knownMembers, definitions] = await Promise.all([
    readRecords(table(), contacts, keys(contactsIn(written))),
    readRecords(table(), companies, keys(companiesIn(written))),
    readRecords(table(), members, keys(single(written, 'ownerId'))),
    withCustom ? readPropertyDefinitions(table(), accountId) : [],
  ]);
  return { contacts: knownContacts, companies: knownCompanies, members: knownMembers, definitions };
};

const unknown = (named: readonly Named[], known: readonly { id: string }[]): Named[] =>
  named.filter(({ id }) => !known.some((record) => record.id === id));

const hintOf = (written: WrittenInvoice, known: Known): BuyerHint => {
  const contact = known.contacts.find(({ id }) => id === written.contactId);
  const company = known.companies.find(({ id }) => id === written.companyId);
  return { buyerName: company?.name ?? contact?.name, buyerEmail: contact?.email };
};

/**
 * The buyer that the invoice names, for its list entry. What it named before may have gone meanwhile.
 * @throws Refusal invalid_request for what is unknown, with each pointer
 */
export const resolveReferences = async (
  accountId: string,
  written: WrittenInvoice,
  previous?: WrittenInvoice,
): Promise<BuyerHint> => {
  // A value that stays needs no definition any more.
  const custom = Object.fromEntries(
    Object.entries(written.customProperties ?? {}).filter(
      ([name, value]) => !isDeepStrictEqual(value, previous?.customProperties?.[name]),
    ),
  );
  const isCustomNew = Object.keys(custom).length > 0;
  const known = await lookUp(accountId, written, isCustomNew);
  const before = previous
    ? [...contactsIn(previous), ...companiesIn(previous), ...single(previous, 'ownerId')]
    : [];
  const strange = [
    ...unknown(contactsIn(written), [...known.contacts, ...before]),
    ...unknown(companiesIn(written), [...known.companies, ...before]),
    ...unknown(single(written, 'ownerId'), [...known.members, ...before]),
  ];
  const errors: Fault[] = [
    ...strange.map(({ pointer }) => ({ pointer, code: 'not_found', detail: 'is none of this account' })),
    ...(isCustomNew ? faultsOfCustomProperties(custom, known.definitions) : []),
  ];
  if (errors.length > 0) throw new Refusal('invalid_request', { errors });
  return hintOf(written, known);
};

/** What the invoice names that exists no more, and the buyer hint of what does (LIFE-6). */
export const missingReferences = async (
  accountId: string,
  written: WrittenInvoice,
): Promise<{ missing: Missing; buyer: BuyerHint }> => {
  const custom = written.customProperties ?? {};
  const known = await lookUp(accountId, written, Object.keys(custom).length > 0);
  const ids = (named: Named[]) => new Set(named.map(({ id }) => id));
  const missing = {
    contactIds: ids(unknown(contactsIn(written), known.contacts)),
    companyIds: ids(unknown(companiesIn(written), known.companies)),
    memberIds: ids(unknown(single(written, 'ownerId'), known.members)),
    customProperties: new Set(
      faultsOfCustomProperties(custom, known.definitions).map(({ pointer }) => pointer.split('/')[2] ?? ''),
    ),
  };
  return { missing, buyer: hintOf(written, known) };
};
