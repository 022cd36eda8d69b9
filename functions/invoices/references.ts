import { isDeepStrictEqual } from 'node:util';
import { table } from '#functions/wiring/table.ts';
import { readRecords } from '#lib/data/collection.ts';
import { companies, contacts, members } from '#lib/data/collections.ts';
import { readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import type { WrittenInvoice } from '#lib/domain/invoice/draft.ts';
import type { BuyerHint } from '#lib/domain/invoice/write.ts';
import { faultsOfCustomProperties } from '#lib/domain/property-definition.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';

/** What an invoice names besides itself: contacts, companies, an owner, custom properties. */

type Named = { pointer: string; id: string };
const namedIn = (
  written: WrittenInvoice,
  single: readonly ('contactId' | 'companyId' | 'ownerId')[],
  list: 'contactIds' | 'companyIds' | undefined,
): Named[] => [
  ...single.flatMap((property) =>
    written[property] === undefined ? [] : [{ pointer: `/${property}`, id: written[property] }],
  ),
  ...(list === undefined
    ? []
    : (written[list] ?? []).map((id, index) => ({ pointer: `/${list}/${index}`, id }))),
];

const faultsOf = (
  named: readonly Named[],
  known: readonly { id: string }[],
  unchanged: ReadonlySet<string>,
): Fault[] =>
  named
    .filter(({ id }) => !unchanged.has(id) && !known.some((record) => record.id === id))
    .map(({ pointer }) => ({ pointer, code: 'not_found', detail: 'is none of this account' }));

const customFaults = async (
  accountId: string,
  written: WrittenInvoice,
  previous: WrittenInvoice | undefined,
): Promise<Fault[]> => {
  const values = withoutNull(written.customProperties);
  if (Object.keys(values).length === 0 || isDeepStrictEqual(values, withoutNull(previous?.customProperties)))
    return [];
  return faultsOfCustomProperties(values, await readPropertyDefinitions(table(), accountId));
};
const withoutNull = (values: WrittenInvoice['customProperties']) => values ?? {};

/**
 * The buyer that the invoice names, for its list entry. What it named before may have gone meanwhile.
 * @throws Refusal invalid_request for what is unknown, with each pointer
 */
export const resolveReferences = async (
  accountId: string,
  written: WrittenInvoice,
  previous?: WrittenInvoice,
): Promise<BuyerHint> => {
  const inContacts = namedIn(written, ['contactId'], 'contactIds');
  const inCompanies = namedIn(written, ['companyId'], 'companyIds');
  const owner = namedIn(written, ['ownerId'], undefined);
  const keys = (named: readonly Named[]) =>
    [...new Set(named.map(({ id }) => id))].map((id): [string, string] => [accountId, id]);
  const [foundContacts, foundCompanies, foundMembers, custom] = await Promise.all([
    readRecords(table(), contacts, keys(inContacts)),
    readRecords(table(), companies, keys(inCompanies)),
    readRecords(table(), members, keys(owner)),
    customFaults(accountId, written, previous),
  ]);
  const before = new Set(
    previous === undefined
      ? []
      : [
          ...namedIn(previous, ['contactId', 'ownerId', 'companyId'], 'contactIds'),
          ...namedIn(previous, [], 'companyIds'),
        ].map(({ id }) => id),
  );
  const errors = [
    ...faultsOf(inContacts, foundContacts, before),
    ...faultsOf(inCompanies, foundCompanies, before),
    ...faultsOf(owner, foundMembers, before),
    ...custom,
  ];
  if (errors.length > 0) throw new Refusal('invalid_request', { errors });
  const contact = foundContacts.find(({ id }) => id === written.contactId);
  const company = foundCompanies.find(({ id }) => id === written.companyId);
  return { buyerName: company?.name ?? contact?.name, buyerEmail: contact?.email };
};
