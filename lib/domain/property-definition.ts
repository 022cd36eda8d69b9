import * as z from 'zod';
import type { CustomProperties } from './invoice/properties.ts';
import type { Fault } from './refusal.ts';

/** Definitions of custom properties (FILT-6): what values invoices may carry under a name. */
export const propertyTypes = ['string', 'number', 'boolean', 'date'] as const;
export type PropertyType = (typeof propertyTypes)[number];

export const storedPropertyDefinition = z.object({
  /** Its name: what invoices carry the value under. */
  name: z.string(),
  label: z.string(),
  type: z.enum(propertyTypes),
  accountId: z.string(),
  revision: z.number(),
  createdAt: z.string(),
});
export type PropertyDefinition = z.infer<typeof storedPropertyDefinition>;

const isDay = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value);
const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(value);
const fits: Record<PropertyType, (value: unknown) => boolean> = {
  string: isText,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  date: isDay,
};

/** What is wrong with custom values: an unknown name or a value of another type, each with its pointer. */
export const faultsOfCustomProperties = (
  values: CustomProperties,
  definitions: readonly PropertyDefinition[],
): Fault[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const pointer = `/customProperties/${name}`;
    const definition = definitions.find((known) => known.name === name);
    if (definition === undefined) return [{ pointer, code: 'unknown_property', detail: 'is not defined' }];
    return fits[definition.type](value)
      ? []
      : [{ pointer, code: 'invalid_type', detail: `must be a ${definition.type}` }];
  });
