import type { EmailWording } from './email.ts';

export const emailWordingEn: EmailWording = {
  language: 'en',
  subject: (number, seller) => `Invoice ${number} from ${seller}`,
  editedSubject: (number, seller) => `Invoice ${number} from ${seller} has been changed`,
  greeting: (name) => `Hello ${name},`,
  owed: (number, amount, day) => `Here is invoice ${number}. ${amount} is due on ${day}.`,
  partlyPaid: (number, paid, balance, day) =>
    `Here is invoice ${number}. ${paid} has been paid; the remaining ${balance} is due on ${day}.`,
  paid: (number, amount) => `Here is invoice ${number} for ${amount}. Nothing is left to pay.`,
  edited: (number) => `Invoice ${number} has been changed. This version replaces the one you had.`,
  view: 'View invoice',
  viewAt: 'See the invoice in your browser:',
  attached: 'The PDF is attached to this message.',
  notAttached: 'The PDF is too large to attach; you can download it from the invoice’s page.',
  replies: (seller) => `Any questions? Reply to this message, and your answer reaches ${seller}.`,
  regards: 'Kind regards,',
};
