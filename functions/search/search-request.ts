import * as z from 'zod';
import { filterOperators } from '#lib/domain/invoice/property-catalogue.ts';
import { maxColumns } from '#lib/domain/search/check-choice.ts';
import { filterLimits, sortDirections, sortProperties } from '#lib/domain/search/filter.ts';

/** The body of a search as the documentation shows it, and the part of it that its own schema checks. */

const operand = (description: string) =>
  z
    .union([z.string().max(4_096), z.number(), z.boolean()])
    .nullish()
    .meta({ description });

const filter = z.strictObject({
  property: z
    .string()
    .max(100)
    .meta({ description: 'A property of the header, or `customProperties.<name>`.' }),
  operator: z.enum(filterOperators).meta({
    description: 'One that the type of the property has. `NEQ` and `NOT_…` match an absent value too.',
  }),
  value: operand('What it is compared with, in the form of the property: an amount is a decimal string.'),
  highValue: operand('The upper end of `BETWEEN`, included like the lower one.'),
  values: z
    .array(z.union([z.string().max(4_096), z.number(), z.boolean()]))
    .min(1)
    .max(filterLimits.values)
    .nullish()
    .meta({ description: 'The values of `IN` and `NOT_IN`.' }),
});
const group = z.strictObject({
  filters: z
    .array(filter)
    .max(filterLimits.filtersInGroup)
    .meta({ description: 'Conditions that must all hold.' }),
});
const filterGroups = z
  .array(group)
  .max(filterLimits.groups)
  .nullish()
  .meta({
    description: `Groups of which one has to hold; none is every invoice. At most ${filterLimits.filters} filters in all.`,
  });
const sort = z
  .strictObject({
    property: z.enum(sortProperties).meta({ description: 'The order; absent values come last, either way.' }),
    direction: z.enum(sortDirections).nullish().meta({ description: 'Ascending if absent.' }),
  })
  .nullish()
  .meta({ description: 'The newest first if absent.' });

/** What has no say in which invoices are found, or a form that a schema can check by itself. */
const plainShape = {
  columns: z.array(z.string().max(100)).max(maxColumns).nullish().meta({
    description:
      'Properties that each row shows beside its `id`, `customProperties.<name>` included; all of the header’s if absent or empty.',
  }),
  query: z.string().max(200).nullish().meta({
    description:
      'Found, ignoring case and accents, in number, title, buyer’s name and e-mail, and purchase order number.',
  }),
  limit: z.int().min(1).max(200).nullish().meta({ description: 'How many at most: 1 to 200, 25 if absent.' }),
  cursor: z
    .string()
    .max(2_000)
    .nullish()
    .meta({ description: 'The `nextCursor` of the page before, with the same filter, query and order.' }),
  explain: z
    .boolean()
    .nullish()
    .meta({ description: 'Whether to answer with the plan and the capacity that it took.' }),
};

/** Filter and order are checked against the properties that the account has, all else here: all faults at once. */
export const searchShape = z.strictObject({
  ...plainShape,
  filterGroups: z.unknown().optional(),
  sort: z.unknown().optional(),
});
export type SearchShape = z.infer<typeof searchShape>;

const documented = z.strictObject({ filterGroups, sort, ...plainShape });
const { $schema: _schema, ...schema } = z.toJSONSchema(documented, { io: 'input' });

/** Anything: the action refuses what is faulty, since only the account’s definitions tell. */
export const searchRequest = z.unknown().meta(schema);

const schemaOf = (part: z.ZodType): Record<string, unknown> => {
  const { $schema: _schema, ...json } = z.toJSONSchema(part, { io: 'input' });
  return json;
};
/** Parts of a search in other requests: checked like those of a search, by `checkFilter` and `checkSort`. */
export const filterGroupsPart = z.unknown().optional().meta(schemaOf(filterGroups));
export const sortPart = z.unknown().optional().meta(schemaOf(sort));
export const columnsPart = plainShape.columns;
