import type { ChangeWording } from './change.ts';
import type { ColumnsWording } from './columns.ts';
import type { DocumentWording } from './document.ts';
import type { EmailWording } from './email.ts';
import type { ExportLinkWording } from './export-link.ts';
import * as registry from './languages.ts';
import type { PageWording } from './page.ts';
import type { ReceiptWording } from './receipt.ts';
import type { SenderCodeWording } from './sender-code.ts';

/**
 * All that is said in one language, in one file of `languages`: it does not compile until it is complete. Which way it is
 * written, and how it writes numbers, days and countries, the platform knows by its tag (`format.ts`).
 */
export type Language = {
  /** Its primary subtag (BCP 47). */
  readonly language: string;
  /** The buyer's page, and names of amounts and fields in e-mails. */
  readonly page: PageWording;
  /** The PDF. */
  readonly document: DocumentWording;
  /** E-mails with an invoice, or about its edit. */
  readonly email: EmailWording;
  /** What an edit changed. */
  readonly change: ChangeWording;
  readonly receipt: ReceiptWording;
  readonly exportLink: ExportLinkWording;
  readonly senderCode: SenderCodeWording;
  /** The headers of exported tables. */
  readonly columns: ColumnsWording;
};

export const languages: readonly Language[] = Object.values(registry);

const primaryOf = (tag: string): string | undefined => {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
};

/** The language of a BCP 47 tag, by its primary subtag; English where there is none. */
export const languageNamed = (tag: string | undefined): Language => {
  const primary = tag && primaryOf(tag);
  return languages.find(({ language }) => language === primary) ?? registry.english;
};
