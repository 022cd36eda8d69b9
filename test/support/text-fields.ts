import type { JsonSchema } from '#functions/openapi/types.ts';
import type { Json } from './service.ts';

/** Where the texts of a request's body are, by its schema in the OpenAPI document. */

export type Place = readonly string[];

export const placeOf = (pointer: string): Place =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null;
export const valueAt = (value: Json, place: Place): Json =>
  place.reduce(
    (inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  );

/** A copy with another value there; `undefined` takes it away, of a list the whole list. */
export const withValueAt = (value: Json, place: Place, there: Json): Json => {
  const [name, ...rest] = place;
  if (name === undefined) return there;
  const inner = withValueAt(isObject(value) ? value[name] : undefined, rest, there);
  if (Array.isArray(value))
    return inner === undefined ? undefined : Object.assign([...value], { [name]: inner });
  if (isObject(value) || inner !== undefined) {
    const { [name]: _, ...others } = isObject(value) ? value : {};
    return inner === undefined ? others : { ...others, [name]: inner };
  }
  return value;
};

/** @throws nothing; a schema refers to itself nowhere */
export const textFields = (schema: JsonSchema, components: Record<string, JsonSchema>): Place[] => {
  if (schema.$ref !== undefined)
    return textFields(components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, components);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    const all = choices.flatMap((choice) => textFields(choice, components));
    return [...new Map(all.map((place) => [place.join('/'), place])).values()];
  }
  if (schema.allOf !== undefined) return schema.allOf.flatMap((part) => textFields(part, components));
  const types = [schema.type].flat();
  if (types.includes('object')) {
    const { additionalProperties: others } = schema;
    const named = Object.entries(schema.properties ?? {});
    const free = isObject(others) ? [['walk', others as JsonSchema] as const] : [];
    return [...named, ...free].flatMap(([name, inner]) =>
      textFields(inner, components).map((place) => [name, ...place]),
    );
  }
  if (types.includes('array'))
    return textFields(schema.items ?? {}, components).map((place) => ['0', ...place]);
  // A schema without a type takes texts too.
  return types.includes('string') || (schema.type === undefined && schema.enum === undefined) ? [[]] : [];
};
