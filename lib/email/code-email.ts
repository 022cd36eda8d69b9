import type { Settings } from '#lib/domain/account/settings.ts';
import { codeLifeMinutes } from '#lib/domain/sending/sender-address.ts';
import { senderCodeWordingOf } from '#lib/domain/wording/sender-code.ts';
import { composeLetter } from './letter.tsx';
import type { EmailContent } from './message.ts';

/** The e-mail with the code that proves a sender address: six digits alone on a line (SEND-15). */
export const composeCodeEmail = (
  account: Pick<Settings, 'name' | 'language'>,
  address: string,
  code: string,
): EmailContent => {
  const words = senderCodeWordingOf(account.language);
  return composeLetter({
    language: words.language,
    subject: words.subject(account.name),
    sender: account.name,
    parts: [
      { kind: 'text', text: words.asked(account.name, address) },
      { kind: 'code', code },
      { kind: 'text', text: words.expires(codeLifeMinutes) },
      { kind: 'text', text: words.ignore },
    ],
  });
};
