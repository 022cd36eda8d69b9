import { inLanguage } from './in-language.ts';

/** The sentences of a payment's receipt (PAY-6). Amounts and days come formatted; other words are the page's. */
export type ReceiptWording = {
  readonly language: string;
  readonly subject: (amount: string, seller: string) => string;
  readonly received: (amount: string, day: string) => string;
  readonly amount: string;
  readonly invoice: (number: string) => string;
  readonly unapplied: string;
};

const english: ReceiptWording = {
  language: 'en',
  subject: (amount, seller) => `Receipt for your payment of ${amount} to ${seller}`,
  received: (amount, day) => `We have received your payment of ${amount} of ${day}. Thank you.`,
  amount: 'Amount received',
  invoice: (number) => `For invoice ${number}`,
  unapplied: 'Not yet assigned to an invoice',
};

const french: ReceiptWording = {
  language: 'fr',
  subject: (amount, seller) => `Reçu de votre paiement de ${amount} à ${seller}`,
  received: (amount, day) => `Nous avons bien reçu votre paiement de ${amount} du ${day}. Merci.`,
  amount: 'Montant reçu',
  invoice: (number) => `Pour la facture ${number}`,
  unapplied: 'Pas encore affecté à une facture',
};

const arabic: ReceiptWording = {
  language: 'ar',
  subject: (amount, seller) => `إيصال دفعتكم بمبلغ ${amount} إلى ${seller}`,
  received: (amount, day) => `استلمنا دفعتكم بمبلغ ${amount} بتاريخ ${day}. شكرًا لكم.`,
  amount: 'المبلغ المستلم',
  invoice: (number) => `عن الفاتورة ${number}`,
  unapplied: 'لم يُخصَّص بعد لأي فاتورة',
};

const wordings = [english, french, arabic] as const;

/** The sentences in a language, by its primary subtag; English where there are none. */
export const receiptWordingOf = (language: string | undefined): ReceiptWording =>
  inLanguage(wordings, language);
