import { languageNamed } from './language.ts';

/** The sentences of the e-mail that carries a sender address's code (SEND-15). */
export type SenderCodeWording = {
  readonly language: string;
  readonly subject: (account: string) => string;
  readonly asked: (account: string, address: string) => string;
  readonly expires: (minutes: number) => string;
  readonly ignore: string;
};

/** The sentences in a language, by its primary subtag; English where there are none. */
export const senderCodeWordingOf = (language: string | undefined): SenderCodeWording =>
  languageNamed(language).senderCode;
