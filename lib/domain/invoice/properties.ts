import * as z from 'zod';
import { language, locale, noteSubjectCode, paymentMeansCode, taxPointCode } from '#lib/domain/codes.ts';
import {
  day,
  exchangeRate,
  formed,
  id,
  line,
  nullableShape,
  nullishShape,
  optionalShape,
  propertyName,
  refuse,
  text,
} from '#lib/domain/fields.ts';
import { addressShape } from '#lib/domain/party.ts';
import { paymentMethods } from '#lib/domain/payment-method.ts';
import { discountRequest, feeRequest, lineItemRequest, period } from './line-item.ts';

/**
 * What a client writes on an invoice, property by property. Header properties can be filtered, sorted and
 * listed; details are the long or nested ones, read with the invoice itself only.
 */

/** A list in which nothing stands twice. */
export const distinct = <T extends z.ZodType>(items: z.ZodArray<T>) =>
  items.superRefine((list, ctx) => {
    list.forEach((item, index) => {
      if (list.indexOf(item) !== index) refuse(ctx, 'duplicate', 'stands in the list already', [index]);
    });
  });

const atMost = <T extends z.ZodType>(items: T, max: number) => z.array(items).max(max);

const slug = () =>
  formed(
    /^(?!(?:pdf|checkout)$)[a-z0-9-]{1,64}$/,
    'invalid_slug',
    'must be 1 to 64 of a-z, 0-9 and -, and neither pdf nor checkout',
  );

/** What the table keeps exactly: not beyond 2^53 − 1, and not closer to zero than 1e-100 but for zero itself. */
const customNumber = z.number().superRefine((value, ctx) => {
  const size = Math.abs(value);
  if (size > Number.MAX_SAFE_INTEGER || (size < 1e-100 && size !== 0))
    refuse(ctx, 'invalid_number', 'must be from -9007199254740991 to 9007199254740991');
});
const customValue = z.union([z.string().max(4_096), customNumber, z.boolean()]);
/** Values by the name of their definition; at most 50, 4 KB together (API-8). */
export const customProperties = z
  .record(propertyName(), customValue.nullable())
  .superRefine((values, ctx) => {
    if (Object.keys(values).length > 50 || new TextEncoder().encode(JSON.stringify(values)).length > 4_096)
      refuse(ctx, 'too_long', 'has more than 50 properties or 4 KB');
  })
  .meta({ maxProperties: 50 });
export const storedCustomProperties = z.record(z.string(), customValue);
export type CustomProperties = z.infer<typeof storedCustomProperties>;

/** Short properties, kept in the header. `currency` is the only one that a draft needs (LIFE-1). */
export const writtenHeader = {
  invoiceDate: day(),
  dueDate: day(),
  paymentTermDays: z.int().min(0).max(3_650),
  title: line(),
  purchaseOrderNumber: line(),
  buyerReference: line(),
  contractReference: line(),
  projectReference: line(),
  contactId: id('con'),
  companyId: id('com'),
  contactIds: distinct(atMost(id('con'), 50)),
  companyIds: distinct(atMost(id('com'), 50)),
  ownerId: id('mem'),
  language: language(),
  locale: locale(),
  slug: slug(),
  allowOnlinePayment: z.boolean(),
  allowPartialPayments: z.boolean(),
  paymentMeans: paymentMeansCode(),
  exchangeRate: exchangeRate(),
  taxPointDate: day(),
  taxPointCode: taxPointCode(),
  subscriptionId: line(),
};

const note = { code: noteSubjectCode(), text: text() };
const preceding = { number: line(35), date: day() };
const delivery = { date: day(), name: line() };

/** Long and nested properties in a request. */
export const writtenDetails = {
  comments: text(),
  notes: atMost(z.strictObject({ ...note, code: note.code.nullish() }), 20),
  terms: text(),
  internalNote: text(),
  paymentMethods: distinct(atMost(z.enum(paymentMethods), paymentMethods.length)),
  billingAddress: z.strictObject(nullishShape(addressShape)),
  delivery: z.strictObject({
    ...nullishShape(delivery),
    address: z.strictObject(nullishShape(addressShape)).nullish(),
  }),
  period,
  precedingInvoices: atMost(
    z.strictObject({
      number: preceding.number,
      date: preceding.date.nullish(),
    }),
    20,
  ),
  discounts: atMost(discountRequest, 20),
  fees: atMost(feeRequest, 20),
};

const lineItems = z
  .array(lineItemRequest)
  .superRefine((lines, ctx) => {
    if (lines.length > 1_000) refuse(ctx, 'too_many_lines', 'has more than 1,000 lines');
  })
  .meta({ maxItems: 1_000 });

/** All that a client may write, `currency` and `source` aside. */
export const writtenShape = {
  ...writtenHeader,
  ...writtenDetails,
  lineItems,
  customProperties,
};

/** As they are kept: the details that do not differ from the request but for null. */
export const storedDetailsShape = optionalShape({
  comments: z.string(),
  notes: z.array(z.object({ code: z.string().optional(), text: z.string() })),
  terms: z.string(),
  internalNote: z.string(),
  paymentMethods: z.array(z.enum(paymentMethods)),
  billingAddress: z.object(optionalShape(addressShape)),
  delivery: z.object({
    ...optionalShape(delivery),
    address: z.object(optionalShape(addressShape)).optional(),
  }),
  period: z.object({ start: z.string(), end: z.string() }),
  precedingInvoices: z.array(z.object({ number: z.string(), date: z.string().optional() })),
});

/** As an answer shows them. */
export const detailsAnswerShape = nullableShape({
  comments: text(),
  notes: z.array(z.object({ code: note.code.nullable(), text: note.text })),
  terms: text(),
  internalNote: text(),
  paymentMethods: z.array(z.enum(paymentMethods)),
  billingAddress: z.object(nullableShape(addressShape)),
  delivery: z.object({
    ...nullableShape(delivery),
    address: z.object(nullableShape(addressShape)).nullable(),
  }),
  period: z.object({ start: day(), end: day() }),
  precedingInvoices: z.array(z.object({ number: preceding.number, date: preceding.date.nullable() })),
});
