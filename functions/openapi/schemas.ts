import * as z from 'zod';
import type { Contract } from '#functions/http/contract.ts';
import { money } from '#lib/domain/fields.ts';
import { descriptionOf } from './glossary.ts';
import { bodyName } from './names.ts';
import type { JsonSchema } from './types.ts';

/** The contracts' zod schemas as JSON Schema: what goes in, what comes out, and the named ones as components. */

export type Schemas = {
  queries: Record<string, JsonSchema>;
  bodies: Record<string, JsonSchema>;
  results: Record<string, JsonSchema>;
  components: Record<string, JsonSchema>;
};

type Direction = 'input' | 'output';
const generalDescription = money().meta()?.description;

/** `anyOf: [X, null]` as one schema with two types, where X is of one plain type. */
const withNullAsType = (schema: JsonSchema): JsonSchema => {
  const { anyOf, ...rest } = schema;
  const [inner, other] = anyOf ?? [];
  if (anyOf?.length !== 2 || inner === undefined || other?.type !== 'null') return schema;
  if (typeof inner.type !== 'string' || inner.const !== undefined) return schema;
  return {
    ...inner,
    ...rest,
    type: [inner.type, 'null'],
    ...(inner.enum && { enum: [...inner.enum, null] }),
  };
};

const isDefaultBound = (bound: number | undefined): boolean =>
  bound !== undefined && Math.abs(bound) === Number.MAX_SAFE_INTEGER;

/** Without what says nothing: the bounds of safe integers, the long form of an instant, the closedness of answers. */
const tidied = (schema: JsonSchema, direction: Direction): JsonSchema => {
  const tidy = { ...schema };
  if (isDefaultBound(tidy.minimum)) delete tidy.minimum;
  if (isDefaultBound(tidy.maximum)) delete tidy.maximum;
  if (tidy.format === 'date-time') tidy.pattern = '\\.\\d{3}Z$';
  if (tidy.type === 'integer') delete tidy.pattern;
  // Answers may gain properties: a client that validates them must not fail at that.
  if (direction === 'output' && tidy.additionalProperties === false) delete tidy.additionalProperties;
  return tidy;
};

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const described = (schema: JsonSchema, owner: string, name: string): JsonSchema => {
  const own = schema.description === generalDescription ? undefined : schema.description;
  const description = own ?? descriptionOf(owner, name) ?? schema.description;
  return description === undefined ? schema : { ...schema, description };
};

/** The schema and all in it, made ready for the document; `owner` names what its properties belong to. */
const refine = (schema: JsonSchema, direction: Direction, owner: string): JsonSchema => {
  const refined = tidied(schema, direction);
  const inner = (part: JsonSchema): JsonSchema => refine(part, direction, owner);
  if (refined.$ref !== undefined) refined.$ref = refined.$ref.replace('#/$defs/', '#/components/schemas/');
  if (refined.properties !== undefined)
    refined.properties = Object.fromEntries(
      Object.entries(refined.properties).map(([name, property]) => [
        name,
        described(refine(property, direction, name), owner, name),
      ]),
    );
  for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const)
    if (refined[keyword] !== undefined) refined[keyword] = refined[keyword].map(inner);
  if (refined.items !== undefined) refined.items = inner(refined.items);
  if (isSchema(refined.additionalProperties))
    refined.additionalProperties = inner(refined.additionalProperties);
  return withNullAsType(refined);
};

const convert = (
  schemas: Record<string, z.ZodType>,
  direction: Direction,
  ownerOf: (name: string) => string = () => '',
): { own: Record<string, JsonSchema>; components: Record<string, JsonSchema> } => {
  const whole = z.toJSONSchema(z.object(schemas), { io: direction, unrepresentable: 'any' });
  const { properties = {}, $defs = {} } = whole as {
    properties?: Record<string, JsonSchema>;
    $defs?: Record<string, JsonSchema>;
  };
  const refineEach = (found: Record<string, JsonSchema>, owner: (name: string) => string) =>
    Object.fromEntries(
      Object.entries(found).map(([key, schema]) => [key, refine(withoutId(schema), direction, owner(key))]),
    );
  return { own: refineEach(properties, ownerOf), components: refineEach($defs, (name) => name) };
};

const withoutId = (schema: JsonSchema & { id?: string }): JsonSchema => {
  const { id: _id, ...rest } = schema;
  return rest;
};

/** @throws Error where one name means two shapes: as a request's part and as an answer's */
const merged = (
  left: Record<string, JsonSchema>,
  right: Record<string, JsonSchema>,
): Record<string, JsonSchema> => {
  for (const [name, schema] of Object.entries(left))
    if (name in right && JSON.stringify(schema) !== JSON.stringify(right[name]))
      throw new Error(`the schema ${name} differs between requests and answers`);
  return { ...left, ...right };
};

const pick = (
  contracts: readonly Contract[],
  choose: (contract: Contract) => unknown,
): Record<string, z.ZodType> =>
  Object.fromEntries(
    contracts.flatMap((contract) => {
      const schema = choose(contract);
      return schema instanceof z.ZodType ? [[contract.name, schema]] : [];
    }),
  );

/** Every schema of the contracts, and those that stand beside them under a name. */
export const schemasOf = (contracts: readonly Contract[], beside: Record<string, z.ZodType>): Schemas => {
  const queries = convert(
    pick(contracts, ({ query }) => query),
    'input',
  );
  const bodies = convert(
    pick(contracts, ({ body }) => body),
    'input',
    bodyName,
  );
  const results = convert({ ...pick(contracts, ({ result }) => result), ...beside }, 'output');
  return {
    queries: queries.own,
    bodies: bodies.own,
    results: results.own,
    components: merged(bodies.components, results.components),
  };
};
