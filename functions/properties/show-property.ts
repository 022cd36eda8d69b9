import { operatorsOf } from '#lib/domain/invoice/property-catalogue.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';

/** A custom property's definition as the API shows it, like those of the invoice's own properties. */
export const showCustomProperty = ({ name, label, type }: PropertyDefinition) => ({
  name: `customProperties.${name}`,
  type,
  label,
  operators: [...operatorsOf(type)],
  choices: null,
  sortable: false,
  custom: true,
});
