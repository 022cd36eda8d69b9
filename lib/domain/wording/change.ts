import type { PropertyChange } from '#lib/domain/history/changes.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { compareAmounts, isZero } from '#lib/domain/money.ts';
import { sellerName } from '#lib/domain/party.ts';
import { closingChanges, headerChanges } from './change-facts.ts';
import { lineChanges } from './change-lines.ts';
import { emailWordingOf } from './email.ts';
import { languageNamed } from './language.ts';
import { type Reading, readingOf } from './reading.ts';
import { shortened, type Telling } from './telling.ts';

/**
 * What a buyer is told of an edit; names of fields are those of the page. Amounts, days and quantities come formatted.
 */
export type ChangeWording = {
  readonly heading: string;
  readonly fromTo: (from: string, to: string) => string;
  readonly added: (value: string) => string;
  readonly removed: (value: string) => string;
  /** What is said of a value that is too long to be repeated. */
  readonly text: Record<'added' | 'changed' | 'removed', string>;
  readonly names: Record<'title' | 'paymentTerm' | 'ourDetails' | 'yourDetails', string>;
  /** What stands before a line of the invoice, and before the names of several. */
  readonly line: Record<'added' | 'removed' | 'changed', string>;
  readonly lines: Record<'added' | 'removed' | 'changed', string>;
  /** Some names, and how many there are beside them: two at least. */
  readonly andMore: (names: readonly string[], count: number) => string;
  /** Where nothing changed that a buyer sees. */
  readonly nothingSeen: string;
  readonly newTotal: (from: string, to: string) => string;
  readonly sameTotal: (total: string) => string;
  readonly due: (day: string) => string;
  readonly closing: string;
};

/** The sentences in a language, by its primary subtag; English where there are none. */
export const changeWordingOf = (language: string | undefined): ChangeWording =>
  languageNamed(language).change;

/** Limits of an e-mail's `intro` and of a name in its `subject` (API-8), which the message is made to fit in. */
const longestBody = 5_000;
const longestName = 100;

/** Above so many lines of the invoice added, removed or changed, only some are named. */
const fewLines = 5;

const amounts = (before: Invoice, after: Invoice, wording: ChangeWording, reading: Reading): string => {
  const { money, day, words } = reading;
  const total =
    compareAmounts(before.total, after.total) === 0
      ? wording.sameTotal(money(after.total))
      : wording.newTotal(money(before.total), money(after.total));
  if (isZero(after.balanceDue)) return `${total} ${words.nothingToPay}`;
  return after.dueDate === undefined ? total : `${total} ${wording.due(day(after.dueDate))}`;
};

/**
 * A text that tells the buyer of an edit (EDIT-9), in the invoice's language: what changed of all that a buyer sees, the
 * total and the due date as they now are. Greeting and signature are not in it: the e-mail that it can be the `intro`
 * of, with the template `edited`, has its own.
 */
export const changeMessage = (
  before: Invoice,
  after: Invoice,
  changes: readonly PropertyChange[],
): { subject: string; body: string } => {
  const reading = readingOf(after);
  const wording = changeWordingOf(after.language);
  const email = emailWordingOf(after.language);
  const number = after.number ?? '';
  const seller = sellerName(after);
  const changed = new Set(changes.map(({ property }) => property));
  const telling: Telling = { before, after, changed, wording, reading };
  const bodyWith = (few: number): string => {
    const told = [...headerChanges(telling), ...lineChanges(telling, few), ...closingChanges(telling)];
    const list = [wording.heading, ...told.map((text) => `- ${text}`)].join('\n');
    return [
      email.edited(number),
      told.length === 0 ? wording.nothingSeen : list,
      amounts(before, after, wording, reading),
      wording.closing,
    ].join('\n\n');
  };
  const full = bodyWith(fewLines);
  return {
    subject: email.editedSubject(number, shortened(seller, longestName)),
    body: full.length > longestBody ? bodyWith(0) : full,
  };
};
