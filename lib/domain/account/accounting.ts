import * as z from 'zod';
import { parseDecimal } from '#lib/domain/decimal.ts';
import {
  formed,
  line,
  nullableShape,
  nullishShape,
  optionalShape,
  percent,
  refuse,
} from '#lib/domain/fields.ts';
import { allowsRate, taxCategories } from '#lib/domain/tax-category.ts';

/**
 * What the accounting layouts need to know of an account's books: accounts by tax group for the sales journal, codes
 * by tax group for QuickBooks and Xero.
 */

/** A code of a chart of accounts: it has no sign that one of the layouts parts its fields with. */
const account = () =>
  formed(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/,
    'invalid_account',
    'must have 1 to 20 letters, digits and . _ -, and begin with a letter or digit',
  );
/** What the target program calls a tax. */
const taxCode = () => line(50);

const texts = {
  receivableAccount: account(),
  journalCode: formed(/^[A-Za-z0-9]{1,10}$/, 'invalid_journal_code', 'must have 1 to 10 letters and digits'),
  journalLabel: line(100),
  xeroAccountCode: account(),
};

const group = { category: z.enum(taxCategories), rate: percent() };
type Group = { category: (typeof taxCategories)[number]; rate: string };

/** `20` and `20.00` are one rate. */
const keyOf = ({ category, rate }: Group): string => `${category} ${parseDecimal(rate)}`;

/** At most so many tax groups: more than any country has. */
const maxGroups = 50;

const eachOnce = (entries: readonly Group[], ctx: z.RefinementCtx): void => {
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    if (!allowsRate(entry.category, parseDecimal(entry.rate)))
      refuse(ctx, 'rate_not_allowed', `must be 0 for the category ${entry.category}`, [index, 'rate']);
    else if (seen.has(keyOf(entry))) refuse(ctx, 'duplicate', 'is a tax group that stands before', [index]);
    seen.add(keyOf(entry));
  }
};

const accountOf = { ...group, account: account() };
const label = { label: line(100) };
const typeOf = { ...group, taxType: taxCode() };
const codeOf = { ...group, taxCode: taxCode() };

const groups = <S extends z.ZodRawShape>(shape: S) =>
  z.array(z.strictObject({ ...group, ...shape })).max(maxGroups);
const requestShape = {
  ...texts,
  salesAccounts: groups({ account: account(), ...nullishShape(label) }).superRefine(eachOnce),
  taxAccounts: groups({ account: account(), ...nullishShape(label) }).superRefine(eachOnce),
  xeroTaxTypes: groups({ taxType: taxCode() }).superRefine(eachOnce),
  quickbooksTaxCodes: groups({ taxCode: taxCode() }).superRefine(eachOnce),
};
const storedAccount = z.object({ ...accountOf, ...optionalShape(label) });
const shownAccount = z.object({ ...accountOf, ...nullableShape(label) });

/** The codes as they are written. */
export const accountingRequest = z.strictObject(nullishShape(requestShape));

/** The codes as they are kept. */
export const storedAccounting = z.object(
  optionalShape({
    ...texts,
    salesAccounts: z.array(storedAccount),
    taxAccounts: z.array(storedAccount),
    xeroTaxTypes: z.array(z.object(typeOf)),
    quickbooksTaxCodes: z.array(z.object(codeOf)),
  }),
);
export type Accounting = z.infer<typeof storedAccounting>;

/** The codes in an answer. */
export const accountingAnswer = z.object(
  nullableShape({
    ...texts,
    salesAccounts: z.array(shownAccount),
    taxAccounts: z.array(shownAccount),
    xeroTaxTypes: z.array(z.object(typeOf)),
    quickbooksTaxCodes: z.array(z.object(codeOf)),
  }),
);

/** The entry of a tax group, or undefined: `20` and `20.00` are one rate. */
export const entryOf = <E extends Group>(entries: readonly E[] | undefined, wanted: Group): E | undefined =>
  entries?.find((entry) => keyOf(entry) === keyOf(wanted));
