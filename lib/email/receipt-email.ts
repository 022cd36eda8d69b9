import { accountName, type Settings } from '#lib/domain/account/settings.ts';
import type { Contact } from '#lib/domain/directory.ts';
import { isZero } from '#lib/domain/money.ts';
import type { Payment } from '#lib/domain/payment.ts';
import { emailWordingOf } from '#lib/domain/wording/email.ts';
import { addressLines, identityLines } from '#lib/domain/wording/party-lines.ts';
import { type Reading, readingOf } from '#lib/domain/wording/reading.ts';
import { receiptWordingOf } from '#lib/domain/wording/receipt.ts';
import { composeLetter, type LetterPart } from './letter.tsx';
import type { EmailContent } from './message.ts';

export type ReceiptInput = {
  account: Pick<Settings, 'name' | 'seller' | 'language' | 'locale' | 'brandColor'>;
  payment: Payment;
  /** Whom the payment is from; the receipt is in his language. */
  contact: Pick<Contact, 'name' | 'language'> | undefined;
};

const rowsOf = ({ payment }: ReceiptInput, reading: Reading): LetterPart => {
  const { words, money, day } = reading;
  const receipt = receiptWordingOf(words.language);
  const { reference, applications, unapplied } = payment;
  const rows: [string, string][] = [
    [receipt.amount, money(payment.amount)],
    [words.paymentDate, day(payment.date)],
    [words.paymentMethod, words.methods[payment.method]],
  ];
  if (reference !== undefined) rows.push([words.reference, reference]);
  rows.push(
    ...applications.map(({ number, amount }): [string, string] => [receipt.invoice(number), money(amount)]),
  );
  if (!isZero(unapplied)) rows.push([receipt.unapplied, money(unapplied)]);
  return { kind: 'rows', rows };
};

/** A payment's receipt: what was received, when and how, and which invoices it is for (PAY-6). Pure. */
export const composeReceipt = (input: ReceiptInput): EmailContent => {
  const { account, payment, contact } = input;
  const language = contact?.language ?? account.language;
  const reading = readingOf({ language, locale: account.locale, currency: payment.currency });
  const { money, day, words } = reading;
  const email = emailWordingOf(language);
  const receipt = receiptWordingOf(language);
  const { seller: party } = account;
  const seller = accountName(account);
  const below = [party.legalName, ...addressLines(party.address, reading.country)]
    .concat(identityLines(party, words))
    .filter((line) => line !== undefined && line !== seller);
  return composeLetter({
    ...{ language: receipt.language, brandColor: account.brandColor, sender: seller },
    subject: receipt.subject(money(payment.amount), seller),
    parts: [
      ...(contact ? [{ kind: 'text', text: email.greeting(contact.name) } as const] : []),
      { kind: 'text', text: receipt.received(money(payment.amount), day(payment.date)) },
      rowsOf(input, reading),
    ],
    foot: [email.replies(seller), [seller, ...new Set(below)].join(' · ')],
  });
};
