import { idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { table } from '#functions/wiring/table.ts';
import { fitting, type HistoryEntry, readHistory } from '#lib/data/history.ts';
import { readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import { propertyName } from '#lib/domain/fields.ts';
import { writtenShape } from '#lib/domain/invoice/properties.ts';
import { headerProperties } from '#lib/domain/invoice/property-catalogue.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { getPropertyHistory } from './contract.ts';

/** What the service gives besides, and the history knows. */
const given = ['seller', 'buyer', 'taxes', 'email', 'link'];
/** Each custom property has a history of its own, and they have none together. */
const { customProperties: _each, ...written } = writtenShape;
const known = new Set([...headerProperties.map(({ name }) => name), ...Object.keys(written), ...given]);
const customPrefix = 'customProperties.';
const customNameIn = (property: string): string | undefined =>
  property.startsWith(customPrefix)
    ? propertyName().safeParse(property.slice(customPrefix.length)).data
    : undefined;

/** Entries that one call reads at most, whatever few of them name the property. */
const entriesAtMost = 1_000;

type Value = Pick<HistoryEntry, 'at' | 'actor' | 'source'> & { value: unknown };
type Found = { entryId: string; value: Value };

/** The property's values in a page of the history. */
const valuesIn = (entries: readonly HistoryEntry[], property: string): Found[] =>
  entries.flatMap(({ id: entryId, at, actor, source, changes }) =>
    changes
      .filter((change) => change.property === property)
      .map(({ to }) => ({ entryId, value: { value: to, at, actor, source } })),
  );

type Page = { limit: number; after: string | undefined };

const valuesOf = async (
  accountId: string,
  invoiceId: string,
  property: string,
  { limit, after: first }: Page,
): Promise<{ values: Value[]; next: string | undefined }> => {
  const found: Found[] = [];
  let after = first;
  for (let read = 0; read < entriesAtMost; ) {
    const { entries, next } = await readHistory(table(), accountId, invoiceId, { limit: 100, after });
    if (entries.length === 0 && after === undefined) await loadHeader(accountId, invoiceId);
    found.push(...valuesIn(entries, property));
    const shown = fitting(found, limit);
    const values = shown.map(({ value }) => value);
    // One more is known of: the next page begins after the last one shown.
    if (shown.length < found.length) return { values, next: shown.at(-1)?.entryId };
    if (next === undefined) return { values, next };
    after = next;
    read += entries.length;
  }
  return { values: found.map(({ value }) => value), next: after };
};

/** A custom property that is not defined any more has its history still. */
const refuseUndefined = async (accountId: string, name: string): Promise<void> => {
  const definitions = await readPropertyDefinitions(table(), accountId);
  if (!definitions.some((definition) => definition.name === name)) throw new Refusal('not_found');
};

export const handler = handle(getPropertyHistory, {
  run: async ({ caller, params, query }) => {
    const { accountId } = caller;
    const { property } = params;
    const id = idOf('inv', params.invoiceId);
    const custom = customNameIn(property);
    if (!known.has(property) && custom === undefined) throw new Refusal('not_found');
    const scope = `${accountId} history ${id} ${property}`;
    const after = await positionOf(query, scope);
    const { values, next } = await valuesOf(accountId, id, property, { limit: limitOf(query), after });
    const isUnseen = values.length === 0 && after === undefined && next === undefined;
    if (isUnseen && custom !== undefined) await refuseUndefined(accountId, custom);
    return { result: { data: values, nextCursor: await nextCursor(next, scope) } };
  },
});
