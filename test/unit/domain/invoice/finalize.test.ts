import { describe, expect, it } from 'vitest';
import { frozenBuyerOf } from '#lib/domain/invoice/finalize.ts';
import { account, contact, draftOf, finalizedOf } from './invoice-builders.ts';

describe('a finalized invoice', () => {
  it('LIFE-4: has its number, its dates and both parties, and all that was written', () => {
    const draft = draftOf({ title: 'Spring', paymentTermDays: 30 });
    const invoice = finalizedOf(draft, {
      counter: 7,
      account: account({ seller: { vatId: 'DE123456789' } }),
    });
    expect(invoice).toMatchObject({
      ...{ number: 'INV-0007', counter: 7, run: 1, status: 'open', documentVersion: 1, version: 2 },
      ...{ invoiceDate: '2027-03-10', dueDate: '2027-04-09', finalizedAt: '2027-03-10T12:00:00.000Z' },
      seller: { name: 'Atelier Nord', vatId: 'DE123456789' },
      buyer: { name: 'Noor Haddad', email: 'noor@example.com', contactId: contact.id },
      ...{ title: 'Spring', total: draft.total, lineItems: draft.lineItems, buyerName: 'Noor Haddad' },
    });
    expect(invoice.paidAt).toBeUndefined();
  });

  it('LIFE-4: of nothing is paid at once', () => {
    const free = draftOf({ lineItems: [{ name: 'Gift', quantity: '1', unitPrice: '0' }] });
    expect(finalizedOf(free)).toMatchObject({ status: 'paid', paidAt: '2027-03-10T12:00:00.000Z' });
    const currency = draftOf({ currency: 'KWD', lineItems: [{ name: 'G', quantity: '0', unitPrice: '5' }] });
    expect(finalizedOf(currency)).toMatchObject({ status: 'paid', total: '0.000' });
  });

  it('LIFE-4: freezes the company where one is named, with the contact’s address', () => {
    const company = { id: 'com_1', name: 'Hadd SARL', vatId: 'FR40303265045', kind: 'business' as const };
    const buyer = frozenBuyerOf({ ...contact, vatId: 'DE1', phone: '+49 1', legalName: 'N. H.' }, company);
    expect(buyer).toMatchObject({ name: 'Hadd SARL', vatId: 'FR40303265045', email: 'noor@example.com' });
    expect(buyer).toMatchObject({ contactId: contact.id, companyId: 'com_1', kind: 'business' });
    expect(buyer.phone).toBeUndefined();
    expect(buyer.legalName).toBeUndefined();
    expect(frozenBuyerOf(contact, undefined).companyId).toBeUndefined();
  });

  it('LIFE-4: is written in its own language, else the buyer’s, else the account’s', () => {
    expect(finalizedOf(draftOf({ language: 'fr', locale: 'fr-CH' }))).toMatchObject({
      ...{ language: 'fr', locale: 'fr-CH' },
    });
    const german = account({ language: 'de', locale: 'de-AT' });
    expect(finalizedOf(draftOf({}, german), { account: german })).toMatchObject({
      ...{ language: 'de', locale: 'de-AT' },
    });
    expect(finalizedOf(draftOf({ language: 'fr' }, german), { account: german }).locale).toBe('fr');
  });

  it('LIFE-4: keeps a time that does not run backwards', () => {
    const invoice = finalizedOf(draftOf(), { at: '2027-03-10T11:59:59.000Z' });
    expect(invoice).toMatchObject({
      ...{ updatedAt: '2027-03-10T12:00:00.000Z', finalizedAt: '2027-03-10T12:00:00.000Z' },
    });
  });
});
