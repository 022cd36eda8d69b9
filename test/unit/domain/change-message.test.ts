import { describe, expect, it } from 'vitest';
import { editChanges } from '#lib/domain/invoice/edit-changes.ts';
import { changeMessage } from '#lib/domain/wording/change.ts';
import { finalizedInvoice, type InvoiceInput } from '#test/unit/page/invoice-builders.ts';

const layout = { name: 'Layout', quantity: '10', unit: 'HUR', unitPrice: '100' };
const proofs = { name: 'Proofs', quantity: '3', unitPrice: '42.50' };
const french = { language: 'fr', locale: 'fr-FR' };
const arabic = { language: 'ar', locale: 'ar-AE' };

const messageOf = (before: InvoiceInput, after: InvoiceInput) => {
  const [old, now] = [
    finalizedInvoice({ lines: [layout], ...before }),
    finalizedInvoice({ lines: [layout], ...after }),
  ];
  const { subject, body } = changeMessage(old, now, editChanges(old, now));
  // Spaces that do not break are for the reader's eye.
  return { subject, body: body.replace(/[\u00a0\u202f]/g, ' ') };
};
const bodyOf = (before: InvoiceInput, after: InvoiceInput): string => messageOf(before, after).body;
/** What is said of each change, without the dashes. */
const told = (before: InvoiceInput, after: InvoiceInput): string[] =>
  bodyOf(before, after)
    .split('\n')
    .filter((text) => text.startsWith('- '))
    .map((text) => text.slice(2));

const named = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => ({ ...proofs, name: `${prefix} ${index + 1}` }));

describe('the text that tells the buyer of an edit', () => {
  it('EDIT-9: is a whole message in English', () => {
    expect(
      messageOf({}, { dueDate: '2026-04-10', purchaseOrderNumber: 'PO-7', lines: [layout, proofs] }),
    ).toEqual({
      subject: 'Invoice INV-1001 from Acme Studio has been changed',
      body: `Invoice INV-1001 has been changed. This version replaces the one you had.

What has changed:
- Due date: 26 March 2026 → 10 April 2026
- Purchase order: PO-7 (added)
- Item added: Proofs (3 × €42.50 = €127.50)
- VAT: €200.00 → €225.50

The total is now €1,353.00 instead of €1,200.00. It is due on 10 April 2026.

Please use this version from now on. Thank you.`,
    });
  });

  it('EDIT-9: is a whole message in French, with amounts and days as France writes them', () => {
    const more = { dueDate: '2026-04-10', lines: [{ ...layout, quantity: '12' }] };
    expect(messageOf({ ...french, title: 'Refonte' }, { ...french, ...more })).toEqual({
      subject: 'La facture INV-1001 d’Acme Studio a été modifiée',
      body: `La facture INV-1001 a été modifiée. Cette version remplace celle que vous aviez reçue.

Ce qui a changé :
- Objet : Refonte (suppression)
- Échéance : 26 mars 2026 → 10 avril 2026
- Layout : 10 heures × 100,00 € = 1 000,00 € → 12 heures × 100,00 € = 1 200,00 €
- TVA : 200,00 € → 240,00 €

Le total est désormais de 1 440,00 € au lieu de 1 200,00 €. Il est à payer au plus tard le 10 avril 2026.

Merci d’utiliser désormais cette version.`,
    });
  });

  it('EDIT-9: is in Arabic too, with the arrow from right to left', () => {
    const { subject, body } = messageOf(arabic, { ...arabic, dueDate: '2026-04-10' });
    expect(subject).toContain('INV-1001');
    expect(body).toContain('تاريخ الاستحقاق: 26 مارس 2026 ← 10 أبريل 2026');
  });

  it('EDIT-9: is in English where the language has no words, with its own numbers', () => {
    const german = { language: 'de', locale: 'de-DE' };
    expect(bodyOf(german, { ...german, lines: [{ ...layout, quantity: '12' }] })).toContain(
      'The total is now 1.440,00 € instead of 1.200,00 €.',
    );
  });

  it('EDIT-9: says nothing of what only staff see', () => {
    const inner = {
      internalNote: 'Bad payer',
      ownerId: 'mem_00000000000000000000000002',
      contactIds: ['con_00000000000000000000000002'],
      companyIds: ['com_00000000000000000000000002'],
      customProperties: { margin: 12 },
    };
    const body = bodyOf({}, { ...inner, dueDate: '2026-04-10' });
    expect(told({}, { ...inner, dueDate: '2026-04-10' })).toEqual([
      'Due date: 26 March 2026 → 10 April 2026',
    ]);
    expect(body).not.toMatch(/Bad payer|mem_|con_|com_|margin/);
    expect(bodyOf({}, inner)).toContain('The items, the amounts and the dates are the same as before.');
  });

  it('EDIT-9: gives short values before and after, and of long ones says that they are new', () => {
    const long = 'Redesign of the catalogue, '.repeat(5);
    expect(
      told(
        { buyerReference: 'A-1', projectReference: 'Spring', terms: 'Net 30', title: long },
        { buyerReference: 'A-2', terms: 'Net 45', title: 'Redesign', comments: 'Thank you\nfor waiting' },
      ),
    ).toEqual([
      'Subject: changed, please see the invoice',
      'Your reference: A-1 → A-2',
      'Project: Spring (removed)',
      'Message from Acme Studio: new, please see the invoice',
      'Terms: changed, please see the invoice',
    ]);
  });

  it('EDIT-9: names a new bank account, and that the parties’ details are others', () => {
    const { seller, buyer } = finalizedInvoice();
    if (seller === undefined || buyer === undefined) throw new Error('no parties');
    expect(
      told(
        {},
        {
          seller: { ...seller, iban: 'GB33BUKB20201555555555', legalForm: 'Ltd', brandColor: '#123456' },
          buyer: { ...buyer, address: { line1: '9 rue des Lilas' } },
        },
      ),
    ).toEqual([
      'IBAN: GB29 NWBK 6016 1331 9268 19 → GB33 BUKB 2020 1555 5555 55',
      'Our details: changed, please see the invoice',
      'Your details: changed, please see the invoice',
    ]);
    expect(told({}, { buyer: { ...buyer, contactId: 'con_00000000000000000000000002' } })).toEqual([]);
  });

  it('EDIT-9: tells of discounts and fees by what they come to', () => {
    const discount = { type: 'percent', value: '10' } as const;
    const fee = {
      type: 'amount',
      value: '15',
      label: 'Delivery',
      tax: { category: 'S', rate: '20' },
    } as const;
    expect(
      told({ discounts: [discount] }, { discounts: [{ ...discount, value: '20' }], fees: [fee] }),
    ).toEqual(['Discount: €100.00 → €200.00', 'Fee: €15.00 (added)', 'VAT: €180.00 → €163.00']);
    expect(told({ fees: [fee] }, { fees: [{ ...fee, label: 'Courier' }] })).toEqual([
      'Fee: changed, please see the invoice',
    ]);
  });

  it('EDIT-9: finds the line that was put in or taken out, wherever it stood', () => {
    expect(told({ lines: [layout, proofs] }, { lines: [proofs] }).at(0)).toBe(
      'Item removed: Layout (10 hours × €100.00 = €1,000.00)',
    );
    expect(told({ lines: [proofs] }, { lines: [layout, proofs] }).at(0)).toBe(
      'Item added: Layout (10 hours × €100.00 = €1,000.00)',
    );
  });

  it('EDIT-9: tells apart a line’s amount, tax, name and the rest', () => {
    const lineTold = (after: object) => told({}, { lines: [{ ...layout, ...after }] }).at(0);
    expect(lineTold({ discount: { type: 'percent', value: '5' } })).toBe(
      'Layout: 10 hours × €100.00 = €1,000.00 → 10 hours × €100.00 · Discount 5% = €950.00',
    );
    expect(lineTold({ tax: { category: 'S', rate: '5.5' } })).toBe('Layout: VAT 20% → VAT 5.5%');
    expect(lineTold({ name: 'Layout and print' })).toBe('Item changed: Layout → Layout and print');
    expect(lineTold({ description: 'Twelve pages' })).toBe('Layout: changed, please see the invoice');
  });

  it('EDIT-9: says that lines stand in another order', () => {
    expect(told({ lines: [layout, proofs] }, { lines: [proofs, layout] })).toEqual([
      'Items: changed, please see the invoice',
    ]);
  });

  it('EDIT-9: sums many lines up', () => {
    const after = [layout, ...named(14, 'Proof')];
    expect(told({}, { lines: after }).at(0)).toBe('Items added: Proof 1, Proof 2, Proof 3 and 11 more');
    expect(told({ ...french, lines: after }, { ...french, lines: [layout] }).at(0)).toBe(
      'Lignes supprimées : Proof 1, Proof 2, Proof 3 et 11 autres',
    );
    const dearer = after.map((line) => ({ ...line, unitPrice: '50' }));
    expect(told({ lines: after }, { lines: dearer }).at(0)).toBe(
      'Items changed: Layout, Proof 1, Proof 2 and 12 more',
    );
    expect(
      told({}, { lines: [layout, ...named(5, 'Proof')] }).filter((text) => /Proof/.test(text)),
    ).toHaveLength(5);
  });

  it('EDIT-9: says that the total remains, and that nothing is left of one of nothing', () => {
    expect(bodyOf({}, { title: 'Redesign' })).toContain(
      'The total remains €1,200.00. It is due on 26 March 2026.',
    );
    expect(bodyOf({}, { lines: [{ ...layout, unitPrice: '0' }], status: 'paid' })).toContain(
      'The total is now €0.00 instead of €1,200.00. Nothing is left to pay.',
    );
  });

  describe('fits the e-mail that can carry it', () => {
    const texts = (letter: string) => {
      const long = letter.repeat(80);
      return {
        ...{ title: long, purchaseOrderNumber: long, buyerReference: long, contractReference: long },
        ...{ projectReference: long, comments: long, terms: long, notes: [{ text: long }] },
        ...{
          delivery: { name: long },
          billingAddress: { line1: long },
          seller: { name: long, accountName: long },
        },
        precedingInvoices: [{ number: letter.repeat(35) }, { number: letter.repeat(34) }],
      };
    };
    const many = (count: number, letter: string, more: object = {}) =>
      Array.from({ length: count }, (_, index) => ({
        ...{ id: `lin_${letter}${index}`, name: `${letter}${index} `.padEnd(200, letter), unit: 'ANN' },
        ...{ quantity: '123456.123456', unitPrice: '123456.123456' },
        ...{ discount: { type: 'percent', value: '12.3456' } as const, ...more },
      }));
    const dearer = { unitPrice: '654321.654321', tax: { category: 'S', rate: '12.3456' } as const };
    const renamed = (count: number) =>
      many(count, 'd', dearer).map((line, index) => ({ ...line, id: `lin_a${index}` }));

    it('EDIT-9: with a thousand lines', () => {
      const { body } = messageOf(
        { lines: many(1_000, 'a') },
        { lines: [...renamed(500), ...many(500, 'c')] },
      );
      expect(body.length).toBeLessThan(2_000);
      expect(body).toMatch(/Items changed: d0 .* and 497 more/);
    });

    it('EDIT-9: with few lines, told one by one only if there is room for it', () => {
      const before = { ...texts('a'), lines: [...many(5, 'a'), ...many(5, 'b')] };
      const lines = [...renamed(5), ...many(5, 'c')];
      expect(bodyOf({ lines: before.lines }, { lines })).toContain('123,456.123456 years × €123,456.123456');
      const crowded = bodyOf(before, { ...texts('z'), lines });
      expect(crowded.length).toBeLessThanOrEqual(5_000);
      expect(crowded).toMatch(/Items added: c0 .* and 2 more/);
    });

    it('EDIT-9: with a long name of the seller in the subject', () => {
      const seller = { name: 'Acme '.repeat(40).trim() };
      const { subject } = messageOf({ seller }, { seller, title: 'Redesign' });
      expect(subject.length).toBeLessThanOrEqual(200);
    });
  });
});
