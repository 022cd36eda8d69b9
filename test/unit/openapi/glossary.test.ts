import { describe, expect, it } from 'vitest';
import { openApiDocument } from '#functions/openapi/document.ts';
import type { JsonSchema } from '#functions/openapi/types.ts';

const document = openApiDocument({ baseUrl: 'https://api.example.com' });

const undescribed = (schema: JsonSchema, place: string): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    ...(property.description === undefined && property.$ref === undefined ? [`${place}.${name}`] : []),
    ...undescribed(property, `${place}.${name}`),
  ]),
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((choice) => undescribed(choice, place)),
  ...(schema.items === undefined ? [] : undescribed(schema.items, place)),
];

describe('the named schemas', () => {
  it('API-5: describe every property', () => {
    const gaps = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
      undescribed(schema, name),
    );
    expect(gaps).toEqual([]);
  });
});
