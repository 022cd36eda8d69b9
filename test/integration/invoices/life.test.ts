import { describe, expect, it } from 'vitest';
import { line, newAccount, newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import type { Answer, Json } from '#test/support/service.ts';

const unknownId = (prefix: string) => `${prefix}_01JD4M8ZQ5W7R3T9Y2K6H0N1VX`;
const refusal = ({ status, body }: Answer) => ({ status, code: body?.code });
const faults = ({ body }: Answer) =>
  (body.errors as Json[]).map(({ pointer, code }) => `${pointer} ${code}`).sort();

describe('a draft', () => {
  it('LIFE-1: needs only a currency', async () => {
    const { admin } = await newAccount();
    const draft = ok(await admin.post('/v1/invoices', { currency: 'KWD' }));
    expect(draft).toMatchObject({
      ...{ currency: 'KWD', status: 'draft', type: '380', version: 1, documentVersion: 0, source: 'api' },
      ...{ number: null, contactId: null, invoiceDate: null, dueDate: null, link: null, seller: null },
      ...{ lineItems: [], discounts: [], fees: [], taxes: [], payments: [], customProperties: {} },
      ...{ subtotal: '0.000', taxTotal: '0.000', total: '0.000', amountPaid: '0.000', balanceDue: '0.000' },
      ...{ overdue: false, daysOverdue: 0, partiallyPaid: false, warnings: [] },
    });
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(draft);
  });

  it('LIFE-1: is changed freely: values are set, replaced and removed, the currency too', async () => {
    const { admin } = await newAccount();
    const [contact, other] = [await newContact(admin), await newContact(admin, { name: 'Ines Other' })];
    const draft = ok(
      await admin.post('/v1/invoices', {
        ...{ currency: 'EUR', contactId: contact.id, title: 'First', slug: 'first', terms: 'Net 30' },
        delivery: { name: 'Depot', address: { city: 'Lyon', country: 'FR' } },
        notes: [{ text: 'one' }, { code: 'AAI', text: 'two' }],
        lineItems: [line(), line({ name: 'Second', quantity: '2' })],
        discounts: [{ type: 'percent', value: '10' }],
      }),
    );
    const patched = ok(
      await admin.patch(`/v1/invoices/${draft.id}`, {
        ...{ currency: 'JPY', contactId: other.id, title: null, dueDate: '2030-01-31' },
        delivery: { address: { city: 'Nantes' } },
        notes: null,
        lineItems: [line({ name: 'Only', unitPrice: '5000' })],
        discounts: [],
      }),
    );
    expect(patched).toMatchObject({
      ...{ currency: 'JPY', contactId: other.id, title: null, slug: 'first', terms: 'Net 30', version: 2 },
      ...{ notes: null, discounts: [], discountTotal: '0', dueDate: '2030-01-31', buyerName: 'Ines Other' },
      delivery: { name: 'Depot', date: null, address: { city: 'Nantes', country: 'FR', line1: null } },
      ...{ subtotal: '5000', total: '5000', balanceDue: '5000' },
    });
    expect(patched.lineItems).toHaveLength(1);
    const alone = ok(await admin.patch(`/v1/invoices/${draft.id}`, { contactId: null, lineItems: null }));
    expect(alone).toMatchObject({
      contactId: null,
      buyerName: null,
      buyerEmail: null,
      lineItems: [],
      total: '0',
    });
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(alone);
  });

  it('LIFE-1: a due date and a payment term replace each other', async () => {
    const { admin } = await newAccount();
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR', dueDate: '2030-05-01' }));
    const path = `/v1/invoices/${draft.id}`;
    const term = ok(await admin.patch(path, { paymentTermDays: 14 }));
    expect(term).toMatchObject({ paymentTermDays: 14, dueDate: null });
    const date = ok(await admin.patch(path, { dueDate: '2030-06-01' }));
    expect(date).toMatchObject({ paymentTermDays: null, dueDate: '2030-06-01' });
    const both = await admin.patch(path, { dueDate: '2030-06-01', paymentTermDays: 3 });
    expect(refusal(both)).toEqual({ status: 422, code: 'invalid_request' });
    expect(faults(both)).toEqual(['/paymentTermDays excludes_due_date']);
  });

  it('LIFE-7: is deleted without any switch, leaves no gap, and is gone from lists', async () => {
    const { admin } = await newAccount();
    const [first, second] = [await newDraft(admin), await newDraft(admin)];
    expect((await admin.delete(`/v1/invoices/${first.id}`)).status).toBe(204);
    expect(refusal(await admin.delete(`/v1/invoices/${first.id}`))).toEqual({
      status: 404,
      code: 'not_found',
    });
    expect(refusal(await admin.get(`/v1/invoices/${first.id}`))).toEqual({ status: 404, code: 'not_found' });
    expect(ok(await admin.post(`/v1/invoices/${second.id}/finalize`)).number).toBe('INV-1001');
    const listed = ok(await admin.get('/v1/invoices')).data as Json[];
    expect(listed.map(({ id }) => id)).toEqual([second.id]);
  });

  it('CON-2: keeps the contact and the company that it names from being deleted, until it is finalized', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    const company = ok(await admin.post('/v1/companies', { name: 'Hadd SARL' }));
    const draft = await newDraft(admin, { contactId: contact.id, companyId: company.id });
    for (const path of [`/v1/contacts/${contact.id}`, `/v1/companies/${company.id}`])
      expect(refusal(await admin.delete(path))).toEqual({ status: 409, code: 'in_use' });
    const invoice = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
    for (const path of [`/v1/contacts/${contact.id}`, `/v1/companies/${company.id}`])
      expect((await admin.delete(path)).status).toBe(204);
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`)).buyer).toEqual(invoice.buyer);
  });
});

describe('finalizing', () => {
  it('LIFE-3: names all that is missing at once, with pointers, and uses no number', async () => {
    const { admin } = await newAccount();
    const draft = ok(
      await admin.post('/v1/invoices', { currency: 'EUR', invoiceDate: '2030-03-02', dueDate: '2030-03-01' }),
    );
    const answer = await admin.post(`/v1/invoices/${draft.id}/finalize`);
    expect(refusal(answer)).toEqual({ status: 422, code: 'invoice_incomplete' });
    expect(faults(answer)).toEqual([
      '/contactId required',
      '/dueDate before_invoice_date',
      '/lineItems required',
    ]);
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(draft);
    expect((await newInvoice(admin)).number).toBe('INV-1001');
  });

  it('LIFE-3: a due date beyond the calendar that the service knows is refused, and the draft stays usable', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin, { invoiceDate: '2199-12-31', paymentTermDays: 3_650 });
    const answer = await admin.post(`/v1/invoices/${draft.id}/finalize`);
    expect(refusal(answer)).toEqual({ status: 422, code: 'invoice_incomplete' });
    expect(faults(answer)).toEqual(['/paymentTermDays too_late']);
    ok(await admin.patch(`/v1/invoices/${draft.id}`, { paymentTermDays: 0 }));
    expect(ok(await admin.post(`/v1/invoices/${draft.id}/finalize`)).dueDate).toBe('2199-12-31');
  });

  it('LIFE-4: gives number and dates and freezes copies that later changes leave alone', async () => {
    const { admin } = await newAccount();
    await admin.patch('/v1/settings', { seller: { legalName: 'Atelier Nord SAS', vatId: 'FR40303265045' } });
    const contact = await newContact(admin, { address: { city: 'Lille', country: 'FR' }, phone: '+33 1' });
    const draft = await newDraft(admin, { contactId: contact.id, paymentTermDays: 30 });
    const invoice = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
    expect(invoice).toMatchObject({
      ...{ status: 'open', number: 'INV-1001', version: 2, documentVersion: 1, paidAt: null },
      seller: { name: 'Atelier Nord SAS', legalName: 'Atelier Nord SAS', vatId: 'FR40303265045' },
      buyer: { name: contact.name, email: contact.email, contactId: contact.id, address: { city: 'Lille' } },
      ...{ lineItems: draft.lineItems, total: draft.total, language: 'fr', locale: 'fr-FR' },
    });
    expect(invoice.finalizedAt).toBe(invoice.updatedAt);
    const changes = { name: 'Renamed', email: `moved-${contact.email}`, address: { city: 'Paris' } };
    ok(await admin.patch(`/v1/contacts/${contact.id}`, changes));
    ok(await admin.patch('/v1/settings', { seller: { legalName: 'Another' }, timeZone: 'Asia/Tokyo' }));
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(invoice);
  });

  it('LIFE-4: the buyer is the company where one is named, reached at the contact’s address', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin, { vatId: 'DE123456789' });
    const company = ok(
      await admin.post('/v1/companies', { name: 'Hadd SARL', vatId: 'FR40303265045', kind: 'business' }),
    );
    const invoice = await newInvoice(admin, { contactId: contact.id, companyId: company.id });
    expect(invoice.buyer).toMatchObject({
      ...{ name: 'Hadd SARL', vatId: 'FR40303265045', kind: 'business', email: contact.email },
      ...{ contactId: contact.id, companyId: company.id },
    });
    expect(invoice).toMatchObject({ buyerName: 'Hadd SARL', buyerEmail: contact.email });
  });

  it('LIFE-4: an invoice of nothing is paid at once', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin, { lineItems: [line({ unitPrice: '0' })] });
    expect(invoice).toMatchObject({ status: 'paid', total: '0.00', balanceDue: '0.00', payments: [] });
    expect(invoice.paidAt).toBe(invoice.finalizedAt);
  });

  it('LIFE-2: statuses are four, and nothing derived is one of them', async () => {
    const { admin } = await newAccount({ timeZone: 'UTC' });
    const late = await newInvoice(admin, { invoiceDate: '2020-01-01', dueDate: '2020-01-31' });
    expect(late).toMatchObject({ status: 'open', overdue: true, partiallyPaid: false });
    expect(late.daysOverdue).toBeGreaterThan(2_000);
    ok(await admin.post(`/v1/invoices/${late.id}/payments`, { amount: '1', method: 'cash' }));
    expect(ok(await admin.get(`/v1/invoices/${late.id}`))).toMatchObject({
      ...{ status: 'open', overdue: true, partiallyPaid: true },
    });
    ok(await admin.post(`/v1/invoices/${late.id}/payments`, { method: 'cash' }));
    expect(ok(await admin.get(`/v1/invoices/${late.id}`))).toMatchObject({
      ...{ status: 'paid', overdue: false, daysOverdue: 0, partiallyPaid: false },
    });
  });
});

/** An invoice of each status, in one account. */
const oneOfEach = async () => {
  const account = await newAccount();
  const { admin } = account;
  const contact = await newContact(admin);
  const make = () => newInvoice(admin, { contactId: contact.id });
  const [draft, open, paid, voided] = [
    await newDraft(admin, { contactId: contact.id }),
    await make(),
    await make(),
    await make(),
  ];
  ok(await admin.post(`/v1/invoices/${paid.id}/payments`, { method: 'card' }));
  ok(await admin.post(`/v1/invoices/${voided.id}/void`, {}));
  return { admin, invoices: { draft, open, paid, voided } };
};

describe('what can’t be done with an invoice', () => {
  const actions = {
    finalize: (id: string) => [`/v1/invoices/${id}/finalize`, undefined],
    void: (id: string) => [`/v1/invoices/${id}/void`, {}],
    pay: (id: string) => [`/v1/invoices/${id}/payments`, { method: 'cash' }],
    send: (id: string) => [`/v1/invoices/${id}/send`, {}],
  } satisfies Record<string, (id: string) => [path: string, body: unknown]>;
  const refused: Record<keyof Awaited<ReturnType<typeof oneOfEach>>['invoices'], Record<string, string>> = {
    draft: { void: 'invoice_is_draft', pay: 'invoice_is_draft', send: 'invoice_is_draft' },
    open: { finalize: 'invoice_not_draft' },
    paid: { finalize: 'invoice_not_draft', void: 'invoice_paid', pay: 'invoice_paid' },
    voided: {
      ...{ finalize: 'invoice_not_draft', void: 'invoice_voided', pay: 'invoice_voided' },
      send: 'invoice_voided',
    },
  };

  it('LIFE-5: every change of status outside the table is refused and changes nothing', async () => {
    const { admin, invoices } = await oneOfEach();
    for (const [status, codes] of Object.entries(refused)) {
      const { id } = invoices[status as keyof typeof refused];
      const before = ok(await admin.get(`/v1/invoices/${id}`));
      for (const [action, code] of Object.entries(codes)) {
        const [path, body] = actions[action as keyof typeof actions](id);
        const answer = await admin.post(path, body);
        expect({ of: status, action, ...refusal(answer) }).toEqual({ of: status, action, status: 409, code });
      }
      expect(ok(await admin.get(`/v1/invoices/${id}`))).toEqual(before);
    }
  });

  it('LIFE-5: a finalized invoice is neither deleted nor edited while the account’s switches are off', async () => {
    const { admin, invoices } = await oneOfEach();
    for (const { id } of [invoices.open, invoices.paid, invoices.voided]) {
      const path = `/v1/invoices/${id}`;
      expect(refusal(await admin.delete(path))).toEqual({ status: 409, code: 'deletion_disabled' });
      const edit = await admin.patch(path, { title: 'Other' });
      expect(refusal(edit)).toEqual({ status: 409, code: 'editing_disabled' });
    }
  });

  it('LIFE-11: an invoice tells what it would refuse, and refuses just that', async () => {
    const { admin, invoices } = await oneOfEach();
    for (const [status, { id }] of Object.entries(invoices)) {
      const { actions: told } = ok(await admin.get(`/v1/invoices/${id}`));
      const codes = refused[status as keyof typeof refused];
      for (const action of Object.keys(actions)) expect(told[action]).toBe(codes[action] ?? null);
      expect(told.clone).toBe(null);
      expect(told.delete).toBe(status === 'draft' ? null : 'deletion_disabled');
      expect(told.edit).toBe(status === 'draft' ? null : 'editing_disabled');
    }
    const empty = ok(await admin.post('/v1/invoices', { currency: 'EUR' }));
    expect(empty.actions.finalize).toBe('invoice_incomplete');
  });

  it('LIFE-5: what does not exist is not found, whatever is asked of it', async () => {
    const { admin } = await newAccount();
    for (const [path, body] of Object.values(actions).map((of) => of(unknownId('inv'))))
      expect(refusal(await admin.post(path, body))).toEqual({ status: 404, code: 'not_found' });
  });
});
