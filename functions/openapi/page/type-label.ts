import { type JsonSchema, referredName } from '#functions/openapi/types.ts';

/** What a schema allows, in a few words. */

/** The types of a schema besides null. */
export const typesOf = ({ type }: JsonSchema): string[] =>
  [type ?? []].flat().filter((one) => one !== 'null');

export const allowsNull = ({ type, anyOf }: JsonSchema): boolean =>
  [type ?? []].flat().includes('null') || (anyOf ?? []).some(allowsNull);

/** The shapes to choose from, null aside. */
export const choicesOf = ({ anyOf, oneOf }: JsonSchema): JsonSchema[] =>
  (anyOf ?? oneOf ?? [])
    .filter(({ type }) => type !== 'null')
    .flatMap((choice) => {
      const inner = choicesOf(choice);
      return inner.length > 0 ? inner : [choice];
    });

const formats: Record<string, string> = {
  date: 'day',
  'date-time': 'instant',
  'idn-email': 'e-mail address',
};

const idPattern = /^\^([a-z]{3})_\[0-7\]/;
const isDecimal = (pattern: string): boolean =>
  /\\d[+*\\{].*\\\.|\\\.\\d/.test(pattern) && pattern.includes('0');

const stringLabel = ({ format, pattern = '' }: JsonSchema): string => {
  const id = idPattern.exec(pattern)?.[1];
  if (id !== undefined) return `id ${id}_…`;
  if (format !== undefined) return formats[format] ?? 'string';
  return isDecimal(pattern) ? 'decimal string' : 'string';
};

/** The type in words: `list of objects`, `id inv_…`, `integer`. */
export const typeLabel = (schema: JsonSchema): string => {
  if (schema.$ref !== undefined) return referredName(schema.$ref);
  const choices = choicesOf(schema);
  if (choices.length > 0) return [...new Set(choices.map(typeLabel))].join(' or ');
  const [type] = typesOf(schema);
  if (type === 'string') return stringLabel(schema);
  if (type === 'array') return `list of ${listed(typeLabel(schema.items ?? {}))}`;
  if (type === 'object' && schema.properties === undefined) return 'map';
  return type ?? 'any';
};

const plurals: Record<string, string> = {
  object: 'objects',
  string: 'strings',
  'e-mail address': 'e-mail addresses',
};
const listed = (label: string): string => plurals[label] ?? label.replace(/^id /, 'ids ');

const number = (value: number): string => value.toLocaleString('en-US');

const range = (low: number | undefined, high: number | undefined, of: string): string[] => {
  if (high === undefined) return low === undefined || low === 0 ? [] : [`from ${number(low)}${of}`];
  return [low === undefined ? `at most ${number(high)}${of}` : `${number(low)}–${number(high)}${of}`];
};

/** The limits in words: `1–200 characters`, `at most 20`. */
export const limitsOf = (schema: JsonSchema): string[] => [
  ...range(schema.minLength, schema.maxLength, ' characters'),
  ...range(schema.minimum, schema.maximum, ''),
  ...range(schema.minItems, schema.maxItems, ' entries'),
  ...range(undefined, schema.maxProperties, ' names'),
  ...(schema.default === undefined ? [] : [`${schema.default} if absent`]),
];

/** The pattern, where it tells a reader more than the type does. */
export const tellingPattern = (schema: JsonSchema): string | undefined => {
  const { pattern, format } = schema;
  if (pattern === undefined || format !== undefined || idPattern.test(pattern)) return undefined;
  return isDecimal(pattern) || pattern.length > 60 ? undefined : pattern;
};

/** The values to choose from, null aside. */
export const enumOf = (schema: JsonSchema): unknown[] => {
  const values = schema.enum ?? schema.items?.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return values.filter((value) => value !== null);
};
