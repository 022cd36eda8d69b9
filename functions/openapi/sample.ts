import { type JsonSchema, referredName } from './types.ts';

/**
 * A value that a schema allows, for the documentation: what the seed says, and where it says nothing null, the first
 * choice or something of the right form.
 */

type Seeds = Record<string, unknown>;
export type SampleSource = { components: Record<string, JsonSchema>; seeds: Seeds };

/** The ULID part of every id in the examples. */
export const sampleUlid = '01KAV3Q8ZJ5N0W7T2XGD4RBH6M';
const sampleInstant = '2026-11-24T09:30:00.000Z';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNullable = ({ type, anyOf }: JsonSchema): boolean =>
  (Array.isArray(type) && type.includes('null')) || (anyOf ?? []).some(isNullable) || type === 'null';

const byFormat: Record<string, string> = {
  date: '2026-11-24',
  'date-time': sampleInstant,
  'idn-email': 'ada@example.com',
};

const sampleText = ({ format, pattern, examples }: JsonSchema, name: string): string => {
  const idPrefix = /^\^([a-z]{3})_\[0-7\]/.exec(pattern ?? '')?.[1];
  if (idPrefix !== undefined) return `${idPrefix}_${sampleUlid}`;
  if (format !== undefined && byFormat[format] !== undefined) return byFormat[format];
  if (examples?.[0] !== undefined) return String(examples[0]);
  const fits = new RegExp(pattern ?? '', 'u');
  return [sampleByName(name), ...textsOfManyForms].find((text) => fits.test(text)) ?? sampleByName(name);
};

/** One of them has the form of most patterns; where none has, a seed must say it. */
const textsOfManyForms = ['0.00', '20', 'ABC', 'FR', 'abc'];

const sampleByName = (name: string): string =>
  ({ email: 'ada@example.com', name: 'Ada Novak', url: 'https://…' })[name] ?? 'text';

const sampleObject = (schema: JsonSchema, seed: unknown, source: SampleSource): Record<string, unknown> => {
  const given = isRecord(seed) ? seed : {};
  const { properties = {}, required = [] } = schema;
  const shown = Object.entries(properties).filter(([name]) => required.includes(name) || name in given);
  const sampled = Object.fromEntries(
    shown.map(([name, property]) => [name, sampleOf(property, given[name], source, name)]),
  );
  // A record has no properties of its own: what the seed says is all.
  return Object.keys(properties).length === 0 ? given : sampled;
};

const sampleArray = (schema: JsonSchema, seed: unknown, source: SampleSource, name: string): unknown[] => {
  const { items = {} } = schema;
  if (Array.isArray(seed)) return seed.map((item) => sampleOf(items, item, source, name));
  return name === 'data' ? [sampleOf(items, undefined, source, name)] : [];
};

const mainType = ({ type }: JsonSchema): string | undefined =>
  Array.isArray(type) ? type.find((one) => one !== 'null') : type;

/** @throws nothing; what no rule knows is null */
export const sampleOf = (schema: JsonSchema, seed: unknown, source: SampleSource, name = ''): unknown => {
  if (seed === null || (seed === undefined && isNullable(schema))) return null;
  if (schema.$ref !== undefined) {
    const referred = referredName(schema.$ref);
    return sampleOf(source.components[referred] ?? {}, seed ?? source.seeds[referred], source, name);
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined && isRecord(seed))
    return sampleOf(choices.find((choice) => !isNullable(choice)) ?? {}, seed, source, name);
  const type = mainType(schema);
  if (type === 'object') return sampleObject(schema, seed, source);
  if (type === 'array') return sampleArray(schema, seed, source, name);
  if (seed !== undefined) return seed;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (type === 'string') return sampleText(schema, name);
  if (type === 'integer') return schema.minimum ?? 1;
  return type === 'boolean' ? false : null;
};
