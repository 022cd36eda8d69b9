import { advice, chairs, fitting, showcases } from './french-exports.ts';
import {
  counter,
  course,
  design,
  disbursement,
  lounge,
  shelves,
  shutters,
  staircase,
  tables,
  upkeep,
} from './french-jobs.ts';
import { type DayAgo, type DemoInvoice, draft, invoice, open, paid, partlyPaid, voided } from './plan.ts';

const sent = { sent: true };

/** The last months of the workshop in Lyon, oldest first; terms are 30 days. */
export const frenchInvoices = (day: DayAgo): DemoInvoice[] => [
  invoice('librairie', 148, paid(24, 'sepa'), shelves(5)),
  invoice('ferrand', 143, paid(31, 'wire_transfer'), design('agence du cours Lafayette', 28)),
  invoice('kranich', 139, paid(19, 'sepa'), chairs(24, 'EUR', '139')),
  invoice('roussel', 133, paid(12, 'check'), staircase(22, '6.4')),
  invoice('tanneurs', 127, paid(30, 'wire_transfer'), upkeep(day(217), day(128))),
  invoice('harcourt', 121, paid(28, 'wire_transfer'), {
    ...fitting('GBP', ['472.50', '104', '320'], { exchangeRate: '1.1532', purchaseOrderNumber: 'HSG-0419' }),
  }),
  invoice('marronnier', 118, voided('Facture établie deux fois'), tables(9)),
  invoice('marronnier', 118, paid(27, 'card'), tables(9)),
  invoice('commune', 111, paid(46, 'wire_transfer'), {
    ...{ ...course(2), buyerReference: 'FIN-0312', purchaseOrderNumber: 'ENG-2418' },
  }),
  invoice('linde', 104, paid(22, 'sepa'), chairs(36, 'EUR', '142.50')),
  invoice('belkacem', 98, paid(9, 'card'), shutters(4)),
  invoice('vautravers', 93, paid(33, 'wire_transfer'), showcases(3)),
  invoice('ferrand', 88, partlyPaid('1500.00', 35, 'wire_transfer'), design('maison de santé', 46), sent),
  invoice('bluestem', 84, open, {
    ...fitting('USD', ['590', '128.40', '1150'], { exchangeRate: '0.8617', purchaseOrderNumber: 'BSH-7741' }),
  }),
  invoice('librairie', 79, paid(30, 'sepa'), upkeep(day(169), day(80))),
  invoice('aoba', 74, paid(26, 'wire_transfer'), {
    ...fitting('JPY', ['88500', '18900', '96000'], { exchangeRate: '0.0056' }),
  }),
  invoice('roussel', 70, open, staircase(9, '2.1'), sent),
  invoice('tanneurs', 66, paid(29, 'wire_transfer'), counter('3.2', 'BC-2188')),
  invoice('kranich', 62, open, advice(18), sent),
  invoice('commune', 58, partlyPaid('2000.00', 30, 'wire_transfer'), {
    ...{ ...shelves(9), buyerReference: 'FIN-0312', purchaseOrderNumber: 'ENG-2467' },
  }),
  invoice('noor', 53, open, fitting('KWD', ['182.500', '39.750', '145.250'])),
  invoice('marronnier', 49, open, tables(4)),
  invoice('belkacem', 45, paid(15, 'card'), shutters(2)),
  invoice('linde', 42, open, chairs(12, 'EUR', '142.50')),
  invoice('ferrand', 38, paid(20, 'wire_transfer'), disbursement('236.40')),
  invoice('harcourt', 35, open, chairs(16, 'GBP', '131'), sent),
  invoice('vautravers', 33, partlyPaid('3000.00', 21, 'wire_transfer'), showcases(2)),
  invoice('librairie', 29, paid(14, 'sepa'), shelves(3)),
  invoice('tanneurs', 27, open, upkeep(day(117), day(28))),
  invoice('commune', 26, open, { ...course(3), buyerReference: 'FIN-0312', purchaseOrderNumber: 'ENG-2503' }),
  invoice('roussel', 24, paid(6, 'check'), staircase(5, '1.2')),
  invoice('aoba', 22, open, fitting('JPY', ['88500', '18900', '74000'], { exchangeRate: '0.0056' }), sent),
  invoice('kranich', 19, voided('Commande annulée avant livraison'), chairs(40, 'EUR', '139')),
  invoice('belkacem', 17, open, shutters(3)),
  invoice('ferrand', 15, open, design('hall de l’immeuble Vendôme', 33), sent),
  invoice('bluestem', 13, open, chairs(20, 'USD', '172.40')),
  invoice('marronnier', 11, partlyPaid('2500.00', 4, 'card'), counter('4.6', 'PM-118')),
  invoice('noor', 9, open, fitting('KWD', ['182.500', '39.750', '98.500'])),
  invoice('librairie', 7, open, shelves(7)),
  invoice('linde', 5, open, advice(24), sent),
  invoice('tanneurs', 3, open, lounge(day(4)), { sent: true, showcase: true }),
  invoice('vautravers', 0, draft, showcases(1)),
  invoice('marronnier', 0, draft, tables(6)),
  invoice('ferrand', 0, draft, design('salle de réunion', 16)),
  invoice('librairie', 0, draft, shelves(4)),
  invoice('commune', 0, draft, { ...course(1), buyerReference: 'FIN-0312' }),
];
