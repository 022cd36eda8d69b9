import { describe, expect, it } from 'vitest';
import { headerKey } from '#lib/data/keys.ts';
import {
  apiKeyWith,
  line,
  memberWith,
  newAccount,
  newContact,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';
import { patchStored } from '#test/support/shared-table.ts';
import { allowEdits, faults, refusal } from './every-property.ts';

const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;
const editable = async () => {
  const account = await newAccount();
  await allowEdits(account.admin);
  return account;
};
const refused = (code: string, status = 409) => ({ status, code });

describe('who may edit a finalized invoice', () => {
  it('EDIT-1: nobody while the switch is off, as it is at first', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    expect(refusal(await admin.patch(pathOf(invoice), { title: 'Other' }))).toEqual(
      refused('editing_disabled'),
    );
    expect(ok(await admin.get(pathOf(invoice)))).toEqual(invoice);
    await allowEdits(admin);
    expect(ok(await admin.patch(pathOf(invoice), { title: 'Other' })).title).toBe('Other');
    ok(await admin.patch('/v1/settings', { allowEditFinalized: false }));
    expect(refusal(await admin.patch(pathOf(invoice), { title: 'Third' }))).toEqual(
      refused('editing_disabled'),
    );
  });

  it('EDIT-1: invoices.edit_finalized alone is enough, for a member and for a key', async () => {
    const account = await editable();
    const invoice = await newInvoice(account.admin);
    const editors = [
      await memberWith(account, ['invoices.edit_finalized']),
      await apiKeyWith(account, ['invoices.edit_finalized']),
    ];
    for (const [index, editor] of editors.entries())
      expect(ok(await editor.patch(pathOf(invoice), { title: `By ${index}` })).title).toBe(`By ${index}`);
  });

  it('EDIT-1: the permission that is needed is asked for after existence', async () => {
    const account = await editable();
    const { admin } = account;
    const [invoice, draft] = [
      await newInvoice(admin),
      ok(await admin.post('/v1/invoices', { currency: 'EUR' })),
    ];
    const [writer, editor, reader] = [
      await memberWith(account, ['invoices.write']),
      await memberWith(account, ['invoices.edit_finalized']),
      await memberWith(account, ['invoices.read']),
    ];
    const nowhere = '/v1/invoices/inv_01JD4M8ZQ5W7R3T9Y2K6H0N1VX';
    const denied = async (client: typeof writer, path: string, body: object) => {
      const { status, body: problem } = await client.patch(path, body, { headers: { 'if-match': '"99"' } });
      return `${status} ${problem.permission ?? problem.code}`;
    };
    expect(await denied(reader, nowhere, { title: 'x' })).toBe('403 invoices.write');
    expect(await denied(writer, nowhere, { title: 'x' })).toBe('404 not_found');
    expect(await denied(editor, nowhere, { title: 'x' })).toBe('404 not_found');
    expect(await denied(writer, pathOf(invoice), { title: 'x' })).toBe('403 invoices.edit_finalized');
    expect(await denied(editor, pathOf(draft), { title: 'x' })).toBe('403 invoices.write');
    expect(await denied(editor, pathOf(invoice), { internalNote: 'x' })).toBe('403 invoices.write');
    expect(await denied(writer, pathOf(invoice), { internalNote: 'x', title: 'x' })).toBe(
      '403 invoices.edit_finalized',
    );
  });
});

describe('what refuses an edit', () => {
  it('EDIT-2: a payment on it, in whole or in part, until it is taken off', async () => {
    const { admin } = await editable();
    const invoice = await newInvoice(admin);
    const payment = ok(await admin.post(`${pathOf(invoice)}/payments`, { amount: '1', method: 'cash' }));
    const before = ok(await admin.get(pathOf(invoice)));
    expect(before.actions.edit).toBe('invoice_has_payments');
    expect(refusal(await admin.patch(pathOf(invoice), { title: 'x' }))).toEqual(
      refused('invoice_has_payments'),
    );
    expect(ok(await admin.get(pathOf(invoice)))).toEqual(before);
    expect((await admin.delete(`${pathOf(invoice)}/payments/${payment.id}`)).status).toBe(204);
    expect(ok(await admin.patch(pathOf(invoice), { title: 'x' })).title).toBe('x');
  });

  it('EDIT-2: an online payment that ever was', async () => {
    const { admin, id } = await editable();
    const invoice = await newInvoice(admin);
    await patchStored(headerKey(id, invoice.id), { hadOnlinePayment: true });
    expect(refusal(await admin.patch(pathOf(invoice), { title: 'x' }))).toEqual(
      refused('invoice_has_payments'),
    );
  });

  it('EDIT-3: that it is paid or void', async () => {
    const { admin } = await editable();
    const [paid, voided] = [await newInvoice(admin), await newInvoice(admin)];
    ok(await admin.post(`${pathOf(paid)}/payments`, { method: 'cash' }));
    ok(await admin.post(`${pathOf(voided)}/void`));
    expect(refusal(await admin.patch(pathOf(paid), { title: 'x' }))).toEqual(refused('invoice_paid'));
    expect(refusal(await admin.patch(pathOf(voided), { title: 'x' }))).toEqual(refused('invoice_voided'));
  });

  it('EDIT-4: that it came from a subscription; its draft is changed freely, its clone edited', async () => {
    const { admin } = await editable();
    const contact = await newContact(admin);
    const draft = ok(
      await admin.post('/v1/invoices', {
        ...{ currency: 'EUR', contactId: contact.id, lineItems: [line()] },
        ...{ source: 'subscription', subscriptionId: 'sub_9' },
      }),
    );
    ok(await admin.patch(pathOf(draft), { title: 'March' }));
    ok(await admin.post(`${pathOf(draft)}/finalize`));
    expect(refusal(await admin.patch(pathOf(draft), { title: 'x' }))).toEqual(
      refused('invoice_from_subscription'),
    );
    const clone = ok(await admin.post(`${pathOf(draft)}/clone`));
    expect(clone).toMatchObject({ source: 'clone', subscriptionId: null });
    ok(await admin.post(`${pathOf(clone)}/finalize`));
    expect(ok(await admin.patch(pathOf(clone), { title: 'x' })).source).toBe('clone');
  });

  it('EDIT-1: the first of several in the order of the rules', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    const draft = ok(
      await admin.post('/v1/invoices', {
        ...{ currency: 'EUR', contactId: contact.id, lineItems: [line()] },
        ...{ source: 'subscription', subscriptionId: 'sub_9' },
      }),
    );
    const faulty = { currency: 'USD', contactId: null, period: { start: '2026-01-02' } };
    const refuse = async (invoice: Json, etag: string | undefined) =>
      refusal(await admin.patch(pathOf(invoice), faulty, etag ? { headers: { 'if-match': etag } } : {})).code;
    ok(await admin.post(`${pathOf(draft)}/finalize`));
    ok(await admin.post(`${pathOf(draft)}/payments`, { method: 'cash' }));
    expect(await refuse(draft, '"1"')).toBe('version_conflict');
    expect(await refuse(draft, '"3"')).toBe('editing_disabled');
    await allowEdits(admin);
    expect(await refuse(draft, '"3"')).toBe('invoice_from_subscription');
    const paid = await newInvoice(admin, { contactId: contact.id });
    ok(await admin.post(`${pathOf(paid)}/payments`, { method: 'cash' }));
    expect(await refuse(paid, undefined)).toBe('invoice_paid');
    const part = await newInvoice(admin, { contactId: contact.id });
    ok(await admin.post(`${pathOf(part)}/payments`, { method: 'cash', amount: '1' }));
    expect(await refuse(part, undefined)).toBe('invoice_has_payments');
    const open = await newInvoice(admin, { contactId: contact.id });
    expect(await refuse(open, undefined)).toBe('invalid_request');
  });

  it('EDIT-8: currency, type, number and source never change', async () => {
    const { admin } = await editable();
    const invoice = await newInvoice(admin);
    const currency = await admin.patch(pathOf(invoice), { currency: 'USD' });
    expect({ ...refusal(currency), faults: faults(currency) }).toEqual({
      ...refused('invalid_request', 422),
      faults: ['/currency unchangeable'],
    });
    const source = await admin.patch(pathOf(invoice), { source: 'subscription', subscriptionId: 'sub_1' });
    expect(faults(source)).toEqual(['/source unchangeable']);
    for (const name of ['type', 'number', 'status', 'total', 'documentVersion'])
      expect(faults(await admin.patch(pathOf(invoice), { [name]: '380' }))).toEqual([
        `/${name} unknown_field`,
      ]);
    expect(faults(await admin.patch(pathOf(invoice), { subscriptionId: 'sub_1' }))).toEqual([
      '/subscriptionId subscription_mismatch',
    ]);
    expect(ok(await admin.get(pathOf(invoice)))).toEqual(invoice);
    const same = { currency: 'EUR', source: 'api', title: 'Same' };
    expect(ok(await admin.patch(pathOf(invoice), same))).toMatchObject(same);
  });

  it('LIFE-3: an edit that leaves it incomplete changes nothing', async () => {
    const { admin } = await editable();
    const invoice = await newInvoice(admin, { invoiceDate: '2030-03-02', dueDate: '2030-03-31' });
    const cases: [Json, string[]][] = [
      [{ lineItems: [] }, ['/lineItems required']],
      [{ lineItems: null }, ['/lineItems required']],
      [{ contactId: null }, ['/contactId required']],
      [{ dueDate: '2030-03-01' }, ['/dueDate before_invoice_date']],
      [{ invoiceDate: '2030-04-01' }, ['/dueDate before_invoice_date']],
      [{ invoiceDate: '2199-12-31', paymentTermDays: 1 }, ['/paymentTermDays too_late']],
      [
        { lineItems: [], contactId: null, dueDate: '2030-03-01' },
        ['/contactId required', '/dueDate before_invoice_date', '/lineItems required'],
      ],
    ];
    for (const [patch, named] of cases) {
      const answer = await admin.patch(pathOf(invoice), patch);
      expect(refusal(answer)).toEqual(refused('invoice_incomplete', 422));
      expect(faults(answer)).toEqual(named);
    }
    expect(ok(await admin.get(pathOf(invoice)))).toEqual(invoice);
  });

  it('API-3: a stale If-Match', async () => {
    const { admin } = await editable();
    const invoice = await newInvoice(admin);
    const at = (etag: string) => ({ headers: { 'if-match': etag } });
    expect(refusal(await admin.patch(pathOf(invoice), { title: 'x' }, at('"1"')))).toEqual(
      refused('version_conflict', 412),
    );
    expect(ok(await admin.patch(pathOf(invoice), { title: 'x' }, at('"2"'))).version).toBe(3);
  });
});
