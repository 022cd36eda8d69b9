import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { schemaVersion, storedShapes } from '#lib/data/schema.ts';

const folder = new URL('../../../lib/data/schemas/', import.meta.url);
const kept = (version: number) => JSON.parse(readFileSync(new URL(`v${version}.json`, folder), 'utf8'));
const now = JSON.parse(JSON.stringify(storedShapes()));
const howTo =
  'what is stored has changed: raise schemaVersion in lib/data/schema.ts and run `npm run schema`';

it('what is stored is as the version of the schema says', () => {
  const { items, keys, table } = kept(schemaVersion);
  for (const name of new Set([...Object.keys(items), ...Object.keys(now.items)]))
    expect(now.items[name], `${name}: ${howTo}`).toEqual(items[name]);
  expect(now.keys, howTo).toEqual(keys);
  expect(now.table, howTo).toEqual(table);
});

it('the shapes of every version are kept', () => {
  const versions = readdirSync(folder).map((name) => Number(/^v(\d+)\.json$/.exec(name)?.[1]));
  expect(versions.toSorted((left, right) => left - right)).toEqual(
    Array.from({ length: schemaVersion }, (_, index) => index + 1),
  );
  for (const version of versions) expect(kept(version).version).toBe(version);
});

it('the shapes tell each item, and a change of one is seen', () => {
  expect(Object.keys(now.items)).toEqual(
    expect.arrayContaining(['header', 'settings', 'payments', 'paymentSessions']),
  );
  expect(now.items.header.properties.total).toBeDefined();
  expect(now.keys.headerKey).toEqual({ pk: 'A#a#b', sk: 'I#HEADER' });
});
