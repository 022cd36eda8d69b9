import type { EmailWording } from './email.ts';
import { de } from './page.fr.ts';

export const emailWordingFr: EmailWording = {
  language: 'fr',
  subject: (number, seller) => `Facture ${number} ${de(seller)}`,
  editedSubject: (number, seller) => `La facture ${number} ${de(seller)} a été modifiée`,
  greeting: (name) => `Bonjour ${name},`,
  owed: (number, amount, day) =>
    `Voici la facture ${number}. Le montant de ${amount} est à payer au plus tard le ${day}.`,
  partlyPaid: (number, paid, balance, day) =>
    `Voici la facture ${number}. Vous avez déjà payé ${paid} ; le reste, ${balance}, est à payer au plus tard le ${day}.`,
  paid: (number, amount) => `Voici la facture ${number} de ${amount}. Il ne reste rien à payer.`,
  edited: (number) =>
    `La facture ${number} a été modifiée. Cette version remplace celle que vous aviez reçue.`,
  view: 'Voir la facture',
  viewAt: 'Voir la facture dans votre navigateur :',
  attached: 'Le PDF est joint à ce message.',
  notAttached:
    'Le PDF est trop volumineux pour être joint ; vous pouvez le télécharger depuis la page de la facture.',
  replies: (seller) => `Une question ? Répondez à ce message : votre réponse parviendra à ${seller}.`,
  regards: 'Cordialement,',
};
