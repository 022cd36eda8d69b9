import { languageNamed } from './language.ts';

/** The sentences of a payment's receipt (PAY-6). Amounts and days come formatted; other words are the page's. */
export type ReceiptWording = {
  readonly language: string;
  readonly subject: (amount: string, seller: string) => string;
  readonly received: (amount: string, day: string) => string;
  readonly amount: string;
  readonly invoice: (number: string) => string;
  readonly unapplied: string;
};

/** The sentences in a language, by its primary subtag; English where there are none. */
export const receiptWordingOf = (language: string | undefined): ReceiptWording =>
  languageNamed(language).receipt;
