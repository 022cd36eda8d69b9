import * as z from 'zod';

/** The building blocks of every request, answer and stored item. Limits are those of API-8. */

const isPlainText = (text: string, multiline: boolean): boolean =>
  !(
    multiline
      ? /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/
      : /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/
  ).test(text);

/**
 * A schema's refusal with one of our own codes, which `faultsOf` hands on to the caller; what holds it is not looked at
 * then, but for checks that say `when` they can be.
 */
export const refuse = (
  ctx: z.RefinementCtx,
  code: string,
  message: string,
  path: PropertyKey[] = [],
): void => {
  // zod's `addIssue` knows only faults beside which all is looked at and faults beside which nothing is.
  ctx.issues.push({ code: 'custom', params: { code }, message, path, input: ctx.value });
};

/** Has a check of a whole list made beside faults of its items, so that all are told at once (API-1). */
export const besideItems = { when: ({ value }: { value: unknown }) => Array.isArray(value) };

const bounded = (max: number, multiline: boolean) =>
  z
    .string()
    .superRefine((text, ctx) => {
      if (text === '') refuse(ctx, 'too_short', 'must not be empty');
      else if (text.length > max && [...text].length > max)
        refuse(ctx, 'too_long', `must have at most ${max} characters`);
      else if (!text.isWellFormed()) refuse(ctx, 'invalid_text', 'has half of a surrogate pair');
      else if (!isPlainText(text, multiline)) refuse(ctx, 'invalid_text', 'has control characters');
      else if (!multiline && text.trim() === '') refuse(ctx, 'too_short', 'must not be blank');
    })
    .meta({ minLength: 1, maxLength: max });

/** A text on one line: no control character, no line break; 200 characters at most unless told. */
export const line = (max = 200) => bounded(max, false);
/** A text of several lines; 5,000 characters at most unless told. */
export const text = (max = 5_000) => bounded(max, true);

/** The same, refused where it is longer than so many bytes as JSON in UTF-8: what is kept in one item has to fit it. */
export const withinBytes = <S extends z.ZodType>(schema: S, max: number): S =>
  schema.superRefine((value, ctx) => {
    if (new TextEncoder().encode(JSON.stringify(value)).length > max)
      refuse(ctx, 'too_long', `must have at most ${max} bytes in all`);
  });

const pattern = (regex: RegExp, code: string, message: string) =>
  z
    .string()
    .superRefine((value, ctx) => {
      if (!regex.test(value)) refuse(ctx, code, message);
    })
    .meta({ pattern: regex.source });

/** A string of the given form, refused with a code of our own. */
export const formed = pattern;

/** The name of a custom property. The one that is refused is where JavaScript keeps an object's class. */
export const propertyName = () =>
  pattern(
    /^(?!constructor$)[a-zA-Z][a-zA-Z0-9_]{0,49}$/,
    'invalid_name',
    'must be a letter, then letters, digits and _, 50 at most, and not the word constructor',
  );

const ulid = '[0-7][0-9A-HJKMNP-TV-Z]{25}';
export const idPrefixes = [
  'acc',
  'mem',
  'key',
  'con',
  'com',
  'inv',
  'lin',
  'pay',
  'eml',
  'lnk',
  'viw',
  'exp',
  'sch',
  'his',
] as const;
export type IdPrefix = (typeof idPrefixes)[number];
/** An id of one kind: its prefix, an underscore and a ULID. */
export const id = (prefix: IdPrefix) =>
  pattern(new RegExp(`^${prefix}_${ulid}$`), 'invalid_id', `must be an id that begins with ${prefix}_`);
/** Whether `value` has the form of an id of that kind. */
export const isId = (prefix: IdPrefix, value: string): boolean =>
  new RegExp(`^${prefix}_${ulid}$`).test(value);

const isCalendarDay = (value: string): boolean => {
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

/** A day of the calendar, `YYYY-MM-DD`, from 1900 to 2199. */
export const day = () =>
  z
    .string()
    .superRefine((value, ctx) => {
      if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(value) || !isCalendarDay(value))
        refuse(ctx, 'invalid_date', 'must be a day of the calendar, YYYY-MM-DD');
    })
    .meta({ format: 'date' });

/** An instant in UTC with milliseconds, `2026-11-24T09:30:00.000Z`. */
export const instant = () => z.iso.datetime({ precision: 3 });

const decimal = (regex: RegExp, message: string) => pattern(regex, 'invalid_amount', message);
/** An amount of money from zero, with at most the six decimals that no currency needs; 15 integer digits. */
export const amount = () =>
  decimal(/^(0|[1-9]\d{0,14})(\.\d{1,6})?$/, 'must be a decimal string from 0, at most 15 integer digits');
/** A unit price or a quantity: from zero, up to six decimals (TOT-1). */
export const unitValue = () =>
  decimal(/^(0|[1-9]\d{0,14})(\.\d{1,6})?$/, 'must be a decimal string from 0 with at most six decimals');
/** A percentage from 0 to 100, up to four decimals. */
export const percent = () =>
  decimal(
    /^((0|[1-9]\d?)(\.\d{1,4})?|100(\.0{1,4})?)$/,
    'must be a decimal string from 0 to 100 with at most four decimals',
  );
/** A percentage from 0 that may be over 100 (a fee), up to four decimals. */
export const openPercent = () =>
  decimal(/^(0|[1-9]\d{0,5})(\.\d{1,4})?$/, 'must be a decimal string from 0 with at most four decimals');
/** An amount in an answer: in the currency's own number of decimals. */
export const money = () =>
  z.string().meta({
    pattern: '^(0|[1-9]\\d*)(\\.\\d+)?$',
    description: 'Decimal string in the currency’s decimals.',
  });

/** Units of the accounting currency for one of the invoice's: above zero, up to ten decimals. */
export const exchangeRate = () =>
  decimal(
    /^(?=.*[1-9])(0|[1-9]\d{0,9})(\.\d{1,10})?$/,
    'must be a decimal string above 0 with at most ten decimals',
  );

// The address after RFC 5321 as far as mailboxes in use go; the domain may be internationalised.
const mailbox =
  /^(?=.{3,200}$)[^\s@"(),:;<>[\]\\.]+(\.[^\s@"(),:;<>[\]\\.]+)*@[\p{L}\p{N}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?(\.[\p{L}\p{N}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?)+$/u;
/** An e-mail address, alone: no display name, no list. */
export const email = () =>
  z
    .string()
    .superRefine((value, ctx) => {
      if (!value.isWellFormed() || /[\u0000-\u001f\u007f-\u009f]/.test(value) || !mailbox.test(value))
        refuse(ctx, 'invalid_email', 'must be one e-mail address');
    })
    .meta({ format: 'idn-email', maxLength: 200 });

const mapShape = (shape: z.ZodRawShape, wrap: (schema: z.ZodType) => z.ZodType): unknown =>
  Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, wrap(schema as z.ZodType)]));

/** Optional and null alike: `null` in a request means absent. */
export const nullishShape = <S extends z.ZodRawShape>(shape: S) =>
  mapShape(shape, (schema) => schema.nullish()) as {
    [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]>>;
  };

/** As an answer shows it: always there, null when absent. */
export const nullableShape = <S extends z.ZodRawShape>(shape: S) =>
  mapShape(shape, (schema) => schema.nullable()) as {
    [K in keyof S]: z.ZodNullable<S[K]>;
  };

/** As the table keeps it: absent when there is nothing. */
export const optionalShape = <S extends z.ZodRawShape>(shape: S) =>
  mapShape(shape, (schema) => schema.optional()) as {
    [K in keyof S]: z.ZodOptional<S[K]>;
  };
