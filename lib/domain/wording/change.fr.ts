import type { ChangeWording } from './change.ts';

export const changeWordingFr: ChangeWording = {
  language: 'fr',
  heading: 'Ce qui a changé\u00a0:',
  fromTo: (from, to) => `${from} → ${to}`,
  added: (value) => `${value} (ajout)`,
  removed: (value) => `${value} (suppression)`,
  text: {
    added: 'ajout, à lire sur la facture',
    changed: 'nouvelle version sur la facture',
    removed: 'suppression',
  },
  names: {
    title: 'Objet',
    paymentTerm: 'Délai de paiement',
    ourDetails: 'Nos coordonnées',
    yourDetails: 'Vos coordonnées',
  },
  line: { added: 'Ligne ajoutée', removed: 'Ligne supprimée', changed: 'Ligne modifiée' },
  lines: { added: 'Lignes ajoutées', removed: 'Lignes supprimées', changed: 'Lignes modifiées' },
  andMore: (names, count) => `${names.join(', ')} et ${count} autres`,
  nothingSeen: 'Les lignes, les montants et les dates restent les mêmes.',
  newTotal: (from, to) => `Le total est désormais de ${to} au lieu de ${from}.`,
  sameTotal: (total) => `Le total reste de ${total}.`,
  due: (day) => `Il est à payer au plus tard le ${day}.`,
  closing: 'Merci d’utiliser désormais cette version.',
};
