import type { DemoAccount } from './plan.ts';

/** A joiner's and interior designer's workshop in Lyon. It does not exist. */

const siren = '012345674';

export const frenchAccount: Pick<DemoAccount, 'name' | 'account' | 'settings' | 'people'> = {
  name: 'atelier-corvane',
  account: { name: 'Atelier Corvane', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' },
  settings: {
    brandColor: '#1f5f4a',
    paymentTermDays: 30,
    numbering: { prefix: 'FA-', width: 4, start: 1 },
    terms: 'Règlement par virement, en rappelant le numéro de la facture.',
    notes: [
      {
        code: 'PMD',
        text: 'Pénalités de retard : trois fois le taux d’intérêt légal (art. L441-10 du code de commerce).',
      },
      {
        code: 'PMT',
        text: 'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40\u00a0€.',
      },
      { code: 'AAB', text: 'Pas d’escompte pour paiement anticipé.' },
    ],
    defaultTax: { category: 'S', rate: '20' },
    seller: {
      legalName: 'Atelier Corvane',
      legalForm: 'SAS',
      legalId: { scheme: '0002', value: siren },
      vatId: `FR09${siren}`,
      electronicAddress: { scheme: '0225', value: siren },
      address: { line1: '14 rue des Tourneurs', postalCode: '69001', city: 'Lyon', country: 'FR' },
      contact: {
        name: 'Claire Aubanel',
        email: 'bonjour@atelier-corvane.example',
        phone: '+33 1 99 00 14 20',
      },
      iban: 'FR7699999012340002841736591',
      bic: 'CRVNFRPP',
      accountName: 'Atelier Corvane SAS',
      legalMentions: `Atelier Corvane SAS au capital de 40\u00a0000\u00a0€, RCS Lyon 012\u00a0345\u00a0674, assurance décennale Mutuelle des Compagnons nº\u00a04471-208.`,
    },
  },
  people: {
    superAdmin: { email: 'claire@atelier-corvane.example', name: 'Claire Aubanel' },
    member: { email: 'hugo@atelier-corvane.example', name: 'Hugo Lemarchand' },
    readOnly: { email: 'expert@cabinet-vial.example', name: 'Sophie Vial' },
  },
};
