import { disbursed, training, vat10, vat20, vat55 } from './french-taxes.ts';
import { item, type Written } from './plan.ts';

/** What the workshop in Lyon writes on its invoices at home. */

const hours = { unit: 'HUR', kind: 'services' } as const;
const goods = { kind: 'goods' } as const;

export const design = (place: string, count: number): Written => ({
  currency: 'EUR',
  title: `Aménagement : ${place}`,
  lineItems: [
    item('Relevé sur site', 1, '420', vat20, { unit: 'DAY', kind: 'services' }),
    item('Conception et plans d’exécution', count, '78', vat20, hours),
  ],
});

export const counter = (metres: string, purchaseOrderNumber: string): Written => ({
  currency: 'EUR',
  title: 'Comptoir sur mesure',
  purchaseOrderNumber,
  lineItems: [
    item('Comptoir en chêne massif', metres, '1285', vat20, {
      ...{ unit: 'MTR', ...goods },
      description: 'Plateau de 40 mm, chant arrondi, huilé trois couches.',
    }),
    item('Pose et raccordements', 14, '62', vat20, hours),
  ],
  fees: [{ label: 'Livraison', type: 'amount', value: '145', tax: vat20 }],
});

export const tables = (count: number): Written => ({
  currency: 'EUR',
  title: 'Tables et chaises de salle',
  lineItems: [
    item('Table bistrot, plateau chêne', count, '298.50', vat20, { sku: 'TB-70', ...goods }),
    item('Chaise Corvane, frêne', count * 4, '164', vat20, {
      ...{ sku: 'CH-02', ...goods },
      discount: { type: 'percent', value: '5' },
    }),
  ],
});

export const shelves = (count: number): Written => ({
  currency: 'EUR',
  title: 'Bibliothèque en frêne',
  lineItems: [
    item('Module de bibliothèque, 80 cm', count, '415', vat20, { sku: 'BI-80', ...goods }),
    item('Livraison et montage', 1, '180', vat20, { unit: 'LS', kind: 'services' }),
  ],
  discounts: [{ label: 'Remise fidélité', type: 'percent', value: '3' }],
});

export const staircase = (count: number, surface: string): Written => ({
  currency: 'EUR',
  title: 'Rénovation de l’escalier',
  comments: 'Logement achevé depuis plus de deux ans : TVA à 10 % sur les travaux.',
  lineItems: [
    item('Dépose, ponçage et reprise des marches', count, '58', vat10, hours),
    item('Chêne massif fourni et posé', surface, '145', vat10, { unit: 'MTK', ...goods }),
  ],
});

export const shutters = (count: number): Written => ({
  currency: 'EUR',
  title: 'Volets isolants',
  lineItems: [
    item('Volet isolant sur mesure, fourni et posé', count, '752', vat55, {
      ...goods,
      description: 'Travaux d’amélioration énergétique : TVA à 5,5 %.',
    }),
    item('Reprise des boiseries', 6, '58', vat10, hours),
  ],
});

export const upkeep = (start: string, end: string): Written => ({
  currency: 'EUR',
  title: 'Entretien du mobilier',
  period: { start, end },
  lineItems: [item('Forfait trimestriel', 1, '540', vat20, { unit: 'QAN', kind: 'services' })],
});

export const course = (days: number): Written => ({
  currency: 'EUR',
  title: 'Formation « Entretenir le bois »',
  lineItems: [item('Formation sur site', days, '890', training, { unit: 'DAY', kind: 'services' })],
});

export const disbursement = (amount: string): Written => ({
  currency: 'EUR',
  title: 'Débours',
  lineItems: [item('Permission de voirie, avancée pour votre compte', 1, amount, disbursed)],
});

/** The invoice that is shown first: something of everything. */
export const lounge = (deliveredOn: string): Written => ({
  currency: 'EUR',
  title: 'Salon et bibliothèque du premier étage',
  purchaseOrderNumber: 'BC-2207',
  projectReference: 'Tanneurs – salon',
  slug: 'salon-des-tanneurs',
  comments:
    'Merci pour votre accueil pendant le chantier. Les huiles sont sèches : le salon peut être ouvert dès réception.',
  delivery: {
    date: deliveredOn,
    name: 'Hôtel des Tanneurs, entrée livraisons',
    address: { line1: '5 passage du Canal', postalCode: '74000', city: 'Annecy', country: 'FR' },
  },
  lineItems: [
    item('Conception et plans d’exécution', '36.5', '78', vat20, hours),
    item('Bibliothèque en frêne, module de 80 cm', 6, '415', vat20, {
      ...{ sku: 'BI-80', ...goods },
      description: 'Montants assemblés à tenons, tablettes réglables, finition huile naturelle.',
    }),
    item('Fauteuil Corvane, frêne et laine', 8, '486', vat20, {
      ...{ sku: 'FA-01', ...goods },
      discount: { type: 'percent', value: '5' },
    }),
    item('Table basse, noyer', 3, '548.90', vat20, { sku: 'TL-90', ...goods }),
    item('Lampe de lecture, chêne tourné', 8, '118.25', vat20, { sku: 'LA-11', ...goods }),
    item('Livres d’art pour la bibliothèque', 42, '24.60', vat55, goods),
    item('Pose et mise au point', 22, '62', vat20, hours),
  ],
  discounts: [{ label: 'Remise de fin de chantier', type: 'percent', value: '4' }],
  fees: [{ label: 'Livraison à Annecy', type: 'amount', value: '265', tax: vat20 }],
});
