import { describe, expect, it } from 'vitest';
import { line, newAccount, newContact, newInvoice, ok } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';
import {
  allowEdits,
  defineCustomProperties,
  everyProperty,
  faults,
  newParties,
  refusal,
} from './every-property.ts';

const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;
const editable = async (given: Record<string, unknown> = {}) => {
  const account = await newAccount(given);
  await allowEdits(account.admin);
  return account;
};

describe('an edit', () => {
  it('EDIT-8: computes all amounts anew, with a new version and a new document version', async () => {
    const { admin } = await editable();
    const tax = { category: 'S', rate: '20' };
    const invoice = await newInvoice(admin, { lineItems: [line({ tax })], slug: 'kept' });
    const answer = await admin.patch(pathOf(invoice), {
      lineItems: [line({ quantity: '3', tax }), line({ unitPrice: '10' })],
      discounts: [{ type: 'percent', value: '10' }],
      fees: [{ type: 'amount', value: '5' }],
    });
    const edited = ok(answer);
    expect(edited).toMatchObject({
      ...{ subtotal: '310.00', discountTotal: '31.00', feeTotal: '5.00', taxTotal: '54.00' },
      ...{ total: '338.00', amountPaid: '0.00', balanceDue: '338.00', status: 'open' },
      ...{ version: 3, documentVersion: 2, number: invoice.number, link: invoice.link, slug: 'kept' },
      ...{ type: '380', source: 'api', currency: 'EUR', finalizedAt: invoice.finalizedAt },
      ...{ createdAt: invoice.createdAt, createdBy: invoice.createdBy, seller: invoice.seller },
    });
    expect(answer.headers.get('etag')).toBe('"3"');
    const { changes: _changes, changeMessage: _message, ...rest } = edited;
    const read = await admin.get(pathOf(invoice));
    expect(read.headers.get('etag')).toBe('"3"');
    expect(read.body).toEqual(rest);
  });

  it('LIFE-8: moves the due date with the invoice date by the term; the two replace each other', async () => {
    const { admin } = await editable();
    const invoice = await newInvoice(admin, { invoiceDate: '2026-01-10', paymentTermDays: 30 });
    const edit = async (patch: object) => {
      const { invoiceDate, dueDate, paymentTermDays } = ok(await admin.patch(pathOf(invoice), patch));
      return [invoiceDate, dueDate, paymentTermDays];
    };
    expect(await edit({ invoiceDate: '2026-02-01' })).toEqual(['2026-02-01', '2026-03-03', 30]);
    expect(await edit({ paymentTermDays: 10 })).toEqual(['2026-02-01', '2026-02-11', 10]);
    expect(await edit({ dueDate: '2026-02-20' })).toEqual(['2026-02-01', '2026-02-20', null]);
    expect(await edit({ invoiceDate: '2026-02-05' })).toEqual(['2026-02-05', '2026-02-20', null]);
    expect(await edit({ paymentTermDays: 1 })).toEqual(['2026-02-05', '2026-02-06', 1]);
    expect(await edit({ invoiceDate: null })).toEqual(['2026-02-05', '2026-02-06', 1]);
    expect(await edit({ paymentTermDays: null })).toEqual(['2026-02-05', '2026-02-05', null]);
    ok(await admin.patch('/v1/settings', { paymentTermDays: 14 }));
    expect(await edit({ title: 'x' })).toEqual(['2026-02-05', '2026-02-05', null]);
    expect(await edit({ dueDate: null })).toEqual(['2026-02-05', '2026-02-19', null]);
    const both = await admin.patch(pathOf(invoice), { dueDate: '2026-06-01', paymentTermDays: 3 });
    expect(faults(both)).toEqual(['/paymentTermDays excludes_due_date']);
  });

  it('LIFE-5: that leaves nothing to pay makes it paid', async () => {
    const { admin } = await editable();
    const invoice = await newInvoice(admin);
    const edited = ok(await admin.patch(pathOf(invoice), { lineItems: [line({ unitPrice: '0' })] }));
    expect(edited).toMatchObject({ status: 'paid', total: '0.00', balanceDue: '0.00', documentVersion: 2 });
    expect(edited.paidAt).toBe(edited.updatedAt);
    expect(edited.actions).toMatchObject({ edit: 'invoice_paid', pay: 'invoice_paid', send: null });
    expect(edited.changes).toContainEqual({ property: 'status', from: 'open', to: 'paid' });
  });

  it('EDIT-9: says what changed, property by property, nested ones and lines too', async () => {
    const account = await editable();
    await defineCustomProperties(account);
    const { admin } = account;
    const parties = await newParties(account);
    const invoice = await newInvoice(admin, { ...everyProperty(parties), contactId: parties.contact.id });
    const { changes } = ok(
      await admin.patch(pathOf(invoice), {
        ...{ title: 'Summer', buyerReference: null, internalNote: 'Secret' },
        delivery: { address: { city: 'Nice' } },
        lineItems: [{ name: 'Only', quantity: '2', unitPrice: '10' }],
        discounts: [],
        customProperties: { urgent: true, weight: null },
      }),
    );
    const of = Object.fromEntries(changes.map(({ property, ...rest }: Json) => [property, rest]));
    expect(Object.keys(of)).toEqual([
      ...['balanceDue', 'buyerReference', 'customProperties.urgent', 'customProperties.weight', 'delivery'],
      ...['discountTotal', 'discounts', 'internalNote', 'lineItems', 'subtotal', 'taxTotal'],
      ...['taxTotalAccounting', 'taxes', 'title', 'total'],
    ]);
    expect(of).toMatchObject({
      title: { from: 'Catalogue', to: 'Summer' },
      buyerReference: { from: 'BR-1', to: null },
      'customProperties.urgent': { from: false, to: true },
      'customProperties.weight': { from: 12.5, to: null },
      delivery: {
        from: { address: { city: 'Marseille' } },
        to: { name: 'Depot', address: { city: 'Nice' } },
      },
      total: { from: invoice.total, to: '31.88' },
      subtotal: { from: invoice.subtotal, to: '20.00' },
    });
    expect(of.lineItems.from.map(({ name }: Json) => name)).toEqual(['Layout', 'Proofs']);
    expect(of.lineItems.to).toMatchObject([{ name: 'Only', amount: '20.00', unit: 'C62' }]);
    expect(of.discounts.from).toHaveLength(2);
  });

  it('EDIT-9: brings a text to tell the buyer, in the invoice’s language, silent on what is for staff', async () => {
    const account = await editable();
    await defineCustomProperties(account);
    const { admin } = account;
    const staffOnly = {
      ...{ internalNote: 'a-secret-note', customProperties: { costCentre: 'a-secret-centre' } },
      ownerId: ok(await admin.get('/v1/me')).member.id,
    };
    const told = async (language: string, patch: object) => {
      const invoice = await newInvoice(admin, { language, locale: language, dueDate: '2031-03-26' });
      return ok(await admin.patch(pathOf(invoice), { ...staffOnly, ...patch })).changeMessage;
    };
    const english = await told('en', { dueDate: '2031-04-10', lineItems: [line({ quantity: '2' })] });
    expect(english.subject).toMatch(/^Invoice INV-\d+ from Atelier Nord has been changed$/);
    expect(english.body).toContain('Due date: March 26, 2031 → April 10, 2031');
    expect(english.body).toContain('The total is now €200.00 instead of €100.00.');
    const french = await told('fr', { dueDate: '2031-04-10' });
    expect(french.subject).toMatch(/^La facture INV-\d+ d’Atelier Nord a été modifiée$/);
    expect(french.body).toMatch(/Échéance\s: 26 mars 2031 → 10 avril 2031/);
    expect((await told('en', { allowOnlinePayment: true })).body).toContain(
      'The items, the amounts and the dates are the same as before.',
    );
    for (const { body } of [english, french]) expect(body).not.toMatch(/secret|Alex Founder|note/i);
  });

  it('EDIT-9: is told by nobody but staff: nothing is sent, a PATCH of a draft says nothing of it', async () => {
    const { admin } = await editable();
    const invoice = await newInvoice(admin);
    ok(await admin.patch(pathOf(invoice), { title: 'x' }));
    expect(ok(await admin.get(`${pathOf(invoice)}/emails`)).data).toEqual([]);
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR' }));
    const changed = ok(await admin.patch(pathOf(draft), { title: 'x' }));
    expect(changed).not.toHaveProperty('changes');
    expect(changed).not.toHaveProperty('changeMessage');
  });
});

describe('the frozen copies in an edit', () => {
  it('LIFE-4: stay, unless the edit names the contact or the company, or asks for the seller’s', async () => {
    const { admin } = await editable();
    ok(await admin.patch('/v1/settings', { seller: { legalName: 'Before SAS' } }));
    const contact = await newContact(admin, { name: 'Noor', address: { city: 'Lille', country: 'FR' } });
    const invoice = await newInvoice(admin, { contactId: contact.id });
    ok(await admin.patch(`/v1/contacts/${contact.id}`, { name: 'Moved', address: { city: 'Paris' } }));
    ok(await admin.patch('/v1/settings', { seller: { legalName: 'After SAS' } }));
    const edit = async (patch: object) => ok(await admin.patch(pathOf(invoice), patch));
    const kept = await edit({ title: 'x', refreshSeller: false });
    expect([kept.seller, kept.buyer, kept.buyerName]).toEqual([invoice.seller, invoice.buyer, 'Noor']);
    const renewed = await edit({ contactId: contact.id });
    expect(renewed).toMatchObject({
      buyerName: 'Moved',
      buyer: { name: 'Moved', address: { city: 'Paris' } },
    });
    expect(renewed.seller).toEqual(invoice.seller);
    expect(renewed.changes.map(({ property }: Json) => property)).toEqual(['buyer', 'buyerName']);
    const refreshed = await edit({ refreshSeller: true });
    expect(refreshed.seller).toMatchObject({ name: 'After SAS', legalName: 'After SAS' });
    expect(refreshed.buyer).toEqual(renewed.buyer);
  });

  it('LIFE-4: are the company’s once one is named, and the contact’s once it is not', async () => {
    const { admin } = await editable();
    const contact = await newContact(admin, { vatId: 'DE123456789' });
    const company = ok(await admin.post('/v1/companies', { name: 'Duval', vatId: 'FR40303265045' }));
    const invoice = await newInvoice(admin, { contactId: contact.id });
    const named = ok(await admin.patch(pathOf(invoice), { companyId: company.id }));
    expect(named).toMatchObject({
      ...{ companyId: company.id, buyerName: 'Duval', buyerEmail: contact.email },
      buyer: { name: 'Duval', vatId: 'FR40303265045', email: contact.email, contactId: contact.id },
    });
    const other = await newContact(admin, { name: 'Other' });
    const moved = ok(await admin.patch(pathOf(invoice), { contactId: other.id }));
    expect(moved.buyer).toEqual({ ...named.buyer, email: other.email, contactId: other.id });
    const alone = ok(await admin.patch(pathOf(invoice), { companyId: null }));
    expect(alone).toMatchObject({ companyId: null, buyer: { name: 'Other', vatId: null, companyId: null } });
  });

  it('LIFE-4: of a party that was deleted stay, and it can’t be named again', async () => {
    const { admin } = await editable();
    const contact = await newContact(admin);
    const [first, second] = [
      ok(await admin.post('/v1/companies', { name: 'First' })),
      ok(await admin.post('/v1/companies', { name: 'Second' })),
    ];
    const invoice = await newInvoice(admin, { contactId: contact.id, companyId: first.id });
    expect((await admin.delete(`/v1/contacts/${contact.id}`)).status).toBe(204);
    const again = await admin.patch(pathOf(invoice), { contactId: contact.id });
    expect(faults(again)).toEqual(['/contactId not_found']);
    const edited = ok(await admin.patch(pathOf(invoice), { title: 'x' }));
    expect(edited).toMatchObject({ contactId: contact.id, buyer: invoice.buyer });
    const moved = ok(await admin.patch(pathOf(invoice), { companyId: second.id }));
    expect(moved.buyer).toMatchObject({ name: 'Second', email: contact.email, contactId: contact.id });
    const nobody = await admin.patch(pathOf(invoice), { companyId: null });
    expect(refusal(nobody)).toEqual({ status: 422, code: 'invoice_incomplete' });
    expect(faults(nobody)).toEqual(['/contactId not_found']);
    expect((await admin.delete(`/v1/companies/${second.id}`)).status).toBe(204);
    const other = await newContact(admin, { name: 'Other' });
    const kept = ok(await admin.patch(pathOf(invoice), { contactId: other.id }));
    expect(kept.buyer).toEqual({ ...moved.buyer, email: other.email, contactId: other.id });
  });
});
