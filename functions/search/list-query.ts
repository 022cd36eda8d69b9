import * as z from 'zod';
import { pageQuery } from '#functions/http/lists.ts';
import { currency } from '#lib/domain/codes.ts';
import { formed, id, line, refuse } from '#lib/domain/fields.ts';
import { invoiceSources, invoiceStatuses } from '#lib/domain/invoice/invoice.ts';
import { filterLimits, sortDirections, sortProperties } from '#lib/domain/search/filter.ts';

/** The parameters of `GET /v1/invoices`, and the search that they ask for. */

/** Each says that a property has this value. Anything else can be asked with `filterGroups`. */
const equalities = {
  status: z.enum(invoiceStatuses),
  currency: currency(),
  source: z.enum(invoiceSources),
  number: line(),
  contactId: id('con'),
  companyId: id('com'),
  ownerId: id('mem'),
  overdue: z.enum(['true', 'false']),
};
type Equality = keyof typeof equalities;
const equalityNames = Object.keys(equalities) as Equality[];

const withDescription = Object.fromEntries(
  Object.entries(equalities).map(([name, schema]) => [
    name,
    (schema as z.ZodType).optional().meta({ description: `Only invoices with this \`${name}\`.` }),
  ]),
) as { [K in Equality]: z.ZodOptional<(typeof equalities)[K]> };

const json = formed(/^\s*\[/, 'invalid_type', 'must be a list as JSON').meta({
  description: `The \`filterGroups\` of \`POST /v1/invoices/search\` as JSON, at most ${filterLimits.groups} groups; the other parameters hold beside them.`,
  maxLength: 8_000,
});

export const listQuery = pageQuery
  .extend({
    ...withDescription,
    filterGroups: json.optional(),
    sort: z.enum([...sortProperties, ...sortProperties.map((sort) => `-${sort}` as const)]).optional(),
    direction: z
      .enum(sortDirections)
      .optional()
      .meta({ description: 'Another way to say the direction of `sort`.' }),
    columns: z
      .string()
      .max(4_000)
      .optional()
      .meta({ description: 'Properties of each row, with commas between them; all if absent.' }),
    query: z.string().max(200).optional().meta({
      description:
        'Found, ignoring case and accents, in number, title, buyer’s name and e-mail, and purchase order number.',
    }),
    explain: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'Whether to answer with the plan and the capacity that it took.' }),
  })
  .superRefine(({ sort = '', direction }, ctx) => {
    if (direction !== undefined && (sort === '' || sort.startsWith('-')))
      refuse(ctx, 'excludes_sort', 'goes with a `sort` that does not say it', ['direction']);
  });
export type ListQuery = z.infer<typeof listQuery>;

const sortOf = ({ sort, direction }: ListQuery) =>
  sort && {
    property: sort.replace('-', ''),
    direction: sort.startsWith('-') ? 'desc' : (direction ?? 'asc'),
  };

const parsedOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const equalitiesOf = (query: ListQuery) =>
  equalityNames.flatMap((property) => {
    const given = query[property];
    if (given === undefined) return [];
    return [{ property, operator: 'EQ', value: property === 'overdue' ? given === 'true' : given }];
  });

/**
 * The body of the search that the parameters ask for, and what holds beside its filter.
 * `filterGroups` that are no JSON stay a text, which the search refuses.
 */
export const searchOf = (query: ListQuery): { body: Record<string, unknown>; beside: unknown[] } => ({
  body: {
    filterGroups: query.filterGroups === undefined ? undefined : parsedOr(query.filterGroups),
    sort: sortOf(query),
    columns: query.columns?.split(',').filter((name) => name !== ''),
    query: query.query,
    limit: query.limit === undefined ? undefined : Number(query.limit),
    cursor: query.cursor,
    explain: query.explain === 'true',
  },
  beside: equalitiesOf(query),
});
