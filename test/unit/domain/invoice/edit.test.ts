import { describe, expect, it } from 'vitest';
import { writtenOf } from '#lib/domain/invoice/draft.ts';
import { associated, edited, isAssociating, type NamedAnew } from '#lib/domain/invoice/edit.ts';
import { account, contact, draftOf, finalizedOf, somebody } from './invoice-builders.ts';
import { refusalOf } from './refusal-of.ts';

const invoice = finalizedOf();
const later = '2027-03-12T12:00:00.000Z';
const nobody: NamedAnew = {
  ...{
    buyer: false,
    seller: false,
    term: false,
    companyId: undefined,
    contact: undefined,
    company: undefined,
  },
};
const edit = (more: Partial<ReturnType<typeof writtenOf>>, named: NamedAnew = nobody, of = invoice) =>
  edited(of, { ...writtenOf(of), ...more }, named, {
    ...{ account: account({ paymentTermDays: 9 }), buyer: {}, stamp: { at: later, by: somebody } },
    newLineId: () => 'lin_0000000000000000000000000A',
  });

describe('an edit', () => {
  it('EDIT-8: keeps number, currency, type, source and what finalizing gave, and raises both versions', () => {
    const { number, currency, type, source, counter, run, linkId, finalizedAt, createdAt } = invoice;
    expect(edit({ title: 'Other' })).toMatchObject({
      ...{ number, currency, type, source, counter, run, linkId, finalizedAt, createdAt, title: 'Other' },
      ...{ version: invoice.version + 1, documentVersion: 2, status: 'open', updatedAt: later },
    });
  });

  it('TOT-5: of something else leaves the rate with the currency that it was given for', () => {
    const invoice = finalizedOf(draftOf({ currency: 'USD', exchangeRate: '0.9' }));
    const later = account({ currency: 'GBP' });
    const write = (more: object) =>
      edited(invoice, { ...writtenOf(invoice), ...more }, nobody, {
        ...{ account: later, buyer: {}, stamp: { at: invoice.updatedAt, by: somebody } },
        newLineId: () => 'lin_0000000000000000000000000A',
      }).accountingCurrency;
    expect(write({ title: 'Other' })).toBe('EUR');
    expect(write({ exchangeRate: '0.8' })).toBe('GBP');
    expect(write({ exchangeRate: undefined })).toBeUndefined();
  });

  it('LIFE-5: that leaves nothing to pay makes it paid', () => {
    const free = edit({ lineItems: [{ name: 'Free', quantity: '1', unitPrice: '0' }] });
    expect(free).toMatchObject({ status: 'paid', paidAt: later, balanceDue: '0.00' });
  });

  it('LIFE-3: without a line or a contact is refused', () => {
    expect(refusalOf(() => edit({ lineItems: [] }))).toBe('invoice_incomplete');
    expect(refusalOf(() => edit({ contactId: undefined }))).toBe('invoice_incomplete');
    expect(refusalOf(() => edit({ dueDate: '2020-01-01' }))).toBe('invoice_incomplete');
  });

  it('LIFE-8: keeps the dates that it does not change, whatever the day and the account’s term are by now', () => {
    const { invoiceDate, dueDate } = invoice;
    expect(edit({ title: 'Other' })).toMatchObject({ invoiceDate, dueDate });
    const termed = finalizedOf(draftOf({ paymentTermDays: 30 }));
    expect(edit({ invoiceDate: '2027-05-01' }, nobody, termed).dueDate).toBe('2027-05-31');
  });
});

describe('the buyer’s copy in an edit', () => {
  const company = { id: 'com_1', name: 'Maison Duval', vatId: 'FR40303265045' };
  const moved = { ...contact, name: 'Moved', email: 'moved@example.com' };
  const named: NamedAnew = { ...nobody, buyer: true };
  const ofCompany = edit({ companyId: company.id }, { ...named, contact, company, companyId: company.id });

  it('LIFE-4: stays unless a party is named', () => {
    expect(edit({ title: 'Other' }).buyer).toBe(invoice.buyer);
    expect(edit({}, { ...named, contact: moved })).toMatchObject({
      ...{ buyerName: 'Moved', buyerEmail: moved.email, buyer: { name: 'Moved', contactId: contact.id } },
    });
    expect(ofCompany.buyer).toMatchObject({ name: 'Maison Duval', email: contact.email, companyId: 'com_1' });
  });

  it('LIFE-4: of a party that was deleted meanwhile stays what it was beside the one that is named', () => {
    const withoutContact = edit({ companyId: company.id }, { ...named, company, companyId: company.id });
    expect(withoutContact.buyer).toEqual(ofCompany.buyer);
    const before = { ...finalizedOf(), buyer: ofCompany.buyer };
    const withoutCompany = edit({}, { ...named, contact: moved, companyId: company.id }, before);
    expect(withoutCompany.buyer).toEqual({ ...ofCompany.buyer, email: moved.email });
  });

  it('LIFE-4: can’t be made of a contact that is no more', () => {
    expect(refusalOf(() => edit({}, named))).toBe('invoice_incomplete');
  });
});

describe('a change of associations', () => {
  it('LIFE-9: is one that names nothing else', () => {
    const names = ['ownerId', 'contactIds', 'companyIds', 'internalNote', 'customProperties'];
    expect(isAssociating(Object.fromEntries(names.map((name) => [name, null])))).toBe(true);
    for (const other of ['contactId', 'companyId', 'title', 'slug', 'refreshSeller'])
      expect(isAssociating({ internalNote: 'x', [other]: null })).toBe(false);
  });

  it('LIFE-9: leaves the document as it is', () => {
    const written = { ...writtenOf(invoice), internalNote: 'x', contactIds: ['con_2'], title: 'Never' };
    expect(associated(invoice, written, { at: later, by: somebody })).toEqual({
      ...{ ...invoice, internalNote: 'x', contactIds: ['con_2'], version: invoice.version + 1 },
      ...{ updatedAt: later, updatedBy: somebody, ownerId: undefined, companyIds: undefined },
      customProperties: undefined,
    });
  });
});
