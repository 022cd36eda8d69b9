import { languageNamed } from './language.ts';

/**
 * The sentences of the messages that buyers get; names of amounts and fields are those of the page. Amounts and days come
 * formatted.
 */
export type EmailWording = {
  readonly subject: (number: string, seller: string) => string;
  readonly editedSubject: (number: string, seller: string) => string;
  readonly greeting: (name: string) => string;
  readonly owed: (number: string, amount: string, day: string) => string;
  readonly partlyPaid: (number: string, paid: string, balance: string, day: string) => string;
  readonly paid: (number: string, amount: string) => string;
  readonly edited: (number: string) => string;
  readonly view: string;
  readonly viewAt: string;
  readonly attached: string;
  readonly notAttached: string;
  readonly replies: (seller: string) => string;
  readonly regards: string;
};

/** The sentences in a language, by its primary subtag; English where there are none. */
export const emailWordingOf = (language: string | undefined): EmailWording => languageNamed(language).email;
