import * as z from 'zod';
import { storedSettings } from '#lib/domain/account/settings.ts';
import { change } from '#lib/domain/change.ts';
import { appliedPayment, storedDetails, storedHeader } from '#lib/domain/invoice/invoice.ts';
import { storedLineItem } from '#lib/domain/invoice/line-item.ts';
import { storedCounter, storedNumber, storedRun } from '#lib/domain/numbering.ts';
import * as collections from './collections.ts';
import { tableDefinition } from './indexes.ts';
import * as keys from './keys.ts';
import { paymentSessions } from './payment-sessions.ts';

/**
 * The version of what is stored. It rises with each change of shape, key or index; lib/data/schemas keeps the shapes of
 * each version, and a test fails where this one is not as it is kept (README, "Changing what is stored").
 */
export const schemaVersion = 2;

const single = {
  settings: storedSettings,
  header: storedHeader,
  details: storedDetails,
  line: storedLineItem,
  appliedPayment,
  counter: storedCounter,
  run: storedRun,
  number: storedNumber,
  change,
};
const shapeOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** Each key for arguments that show where they go. */
const keyShapes = () =>
  Object.entries(keys).flatMap(([name, make]) =>
    typeof make === 'function' && name.endsWith('Key')
      ? [[name, (make as (...given: unknown[]) => unknown)('a', 'b', 'c', 'd')]]
      : [],
  );

/** What is stored, as data: the shapes of all items, their keys, the table and its indexes. */
export const storedShapes = () => ({
  version: schemaVersion,
  table: tableDefinition,
  keys: Object.fromEntries(keyShapes()),
  items: Object.fromEntries([
    ...Object.entries(single).map(([name, schema]) => [name, shapeOf(schema)]),
    ...Object.entries({ ...collections, paymentSessions }).map(([name, { schema }]) => [
      name,
      shapeOf(schema as z.ZodType),
    ]),
  ]),
});
