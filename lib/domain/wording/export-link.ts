import { languageNamed } from './language.ts';

/** The sentences of the e-mail that brings an export's link, and of the page of its files (EXP-4). */
export type ExportLinkWording = {
  readonly language: string;
  readonly subject: (schedule: string) => string;
  readonly ready: (schedule: string, account: string) => string;
  readonly rows: string;
  readonly files: string;
  readonly changed: string;
  readonly skipped: string;
  readonly fetch: string;
  readonly ends: (day: string) => string;
  readonly keep: string;
  readonly heading: string;
};

/** The sentences in a language, by its primary subtag; English where there are none. */
export const exportLinkWordingOf = (language: string | undefined): ExportLinkWording =>
  languageNamed(language).exportLink;
