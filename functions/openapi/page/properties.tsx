import type { ReactNode } from 'react';
import { type JsonSchema, referredName } from '#functions/openapi/types.ts';
import { Inline } from './prose.tsx';
import { allowsNull, choicesOf, enumOf, limitsOf, tellingPattern, typeLabel, typesOf } from './type-label.ts';

/** The properties of an object: name, type, limits and meaning, what is nested folded below it. */

const TypeName = ({ schema }: { schema: JsonSchema }): ReactNode => {
  const reference = schema.$ref ?? schema.items?.$ref ?? choicesOf(schema)[0]?.$ref;
  const label = typeLabel(schema);
  if (reference === undefined) return label;
  const name = referredName(reference);
  return (
    <>
      {label.slice(0, label.indexOf(name))}
      <a href={`#schema-${name}`}>{name}</a>
    </>
  );
};

const Values = ({ values }: { values: unknown[] }): ReactNode =>
  values.length === 0 ? null : (
    <p className="values">
      {values.map((value) => (
        <code key={String(value)}>{String(value)}</code>
      ))}
    </p>
  );

/** Whose properties they are: null means absent in a request, removes in a patch, and is a value in an answer. */
type Side = 'request' | 'patch' | 'answer';
type Named = { name: string; schema: JsonSchema; isRequired: boolean; side: Side };

const Property = ({ name, schema, isRequired, side }: Named): ReactNode => {
  const pattern = tellingPattern(schema);
  const limits = limitsOf(schema);
  return (
    <li>
      <div className="prop">
        <code>{name}</code>
        <span>
          <TypeName schema={schema} />
          {side !== 'request' && allowsNull(schema) && ' or null'}
          {limits.length > 0 && `, ${limits.join(', ')}`}
        </span>
        {isRequired && side !== 'answer' && <em>required</em>}
      </div>
      {schema.description && (
        <p>
          <Inline text={schema.description} />
        </p>
      )}
      <Values values={enumOf(schema)} />
      {pattern && (
        <p className="values">
          <code>{pattern}</code>
        </p>
      )}
      <Nested name={name} schema={schema} side={side} />
    </li>
  );
};

const isObject = (schema: JsonSchema): boolean =>
  typesOf(schema).includes('object') && schema.properties !== undefined;

/** The object shapes in a property: its own, those of its entries, or those to choose from. */
const shapesIn = (schema: JsonSchema): JsonSchema[] => {
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.flatMap(shapesIn);
  if (schema.items !== undefined) return shapesIn(schema.items);
  return isObject(schema) ? [schema] : [];
};

const distinction = (shape: JsonSchema): string => {
  const fixed = Object.entries(shape.properties ?? {}).find(([, { const: value }]) => value !== undefined);
  return fixed === undefined ? '' : ` with ${fixed[0]} ${String(fixed[1].const)}`;
};

type NestedIn = { name: string; schema: JsonSchema; side: Side };

const Nested = ({ name, schema, side }: NestedIn): ReactNode => {
  const shapes = shapesIn(schema);
  return shapes.map((shape) => (
    <details key={distinction(shape)}>
      <summary>
        {name}
        {shapes.length > 1 && distinction(shape)}: {Object.keys(shape.properties ?? {}).length} properties
      </summary>
      <Properties schema={shape} side={side} />
    </details>
  ));
};

/** All properties of an object schema. Those of an answer are always there: none is marked as required. */
export const Properties = ({ schema, side }: { schema: JsonSchema; side: Side }): ReactNode => {
  const { properties = {}, required = [] } = schema;
  return (
    <ul className="props">
      {Object.entries(properties).map(([name, property]) => (
        <Property key={name} name={name} schema={property} side={side} isRequired={required.includes(name)} />
      ))}
    </ul>
  );
};
