import { describe, expect, it } from 'vitest';
import { headerKey, linkKey } from '#lib/data/keys.ts';
import { queryAll } from '#lib/data/table.ts';
import { pdfPrefix } from '#lib/documents/document-store.ts';
import {
  type Client,
  memberWith,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
  type TestAccount,
} from '#test/support/account.ts';
import { faultsOf, inShort } from '#test/support/answers.ts';
import { call, eventually, type Json } from '#test/support/service.ts';
import { documentKeys, patchStored, sharedTable } from '#test/support/shared-table.ts';

const deleting = async (): Promise<TestAccount> => {
  const account = await newAccount();
  ok(await account.admin.patch('/v1/settings', { allowDeleteFinalized: true }));
  return account;
};
const path = ({ id }: Json) => `/v1/invoices/${id}`;

/** What the invoice's partition holds yet, by the beginnings of the sort keys. */
const leftOf = async (accountId: string, { id }: Json): Promise<string[]> => {
  const items = await queryAll(sharedTable(), { pk: headerKey(accountId, id).pk });
  return items.map(({ sk }) => sk.split('#')[0] as string).sort();
};
const pdfsOf = (accountId: string, { id }: Json) => documentKeys(pdfPrefix({ accountId, invoiceId: id }));
const untilOnlyLinks = (accountId: string, invoice: Json) =>
  eventually(async () => {
    const left = [...(await leftOf(accountId, invoice)), ...(await pdfsOf(accountId, invoice))];
    return left.join() === 'LINK' || undefined;
  }, 'all but the link is removed');

const pdfIsMade = (client: Client, invoice: Json) =>
  eventually(async () => {
    const answer = await client.get(`${path(invoice)}/pdf`);
    return answer.status === 200 || undefined;
  }, 'the PDF is made');

describe('deleting a finalized invoice', () => {
  it('DEL-1: only while the switch is on, by a super admin or with the permission to edit finalized ones', async () => {
    const account = await newAccount();
    const { admin } = account;
    const { id: contactId } = await newContact(admin);
    const [first, second] = [await newInvoice(admin, { contactId }), await newInvoice(admin, { contactId })];
    const editor = await memberWith(account, ['invoices.edit_finalized']);
    expect(ok(await admin.get(path(first))).actions.delete).toBe('deletion_disabled');
    for (const client of [admin, editor])
      expect(inShort(await client.delete(path(first)))).toBe('409 deletion_disabled');
    expect(ok(await admin.get(path(first)))).toEqual(first);
    const switched = ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    expect(switched.warnings.length).toBeGreaterThan(0);
    expect(ok(await admin.get(path(first))).actions.delete).toBeNull();
    expect(inShort(await editor.delete(path(first)))).toBe('204');
    expect(inShort(await admin.delete(path(second), { headers: { 'if-match': '"2"' } }))).toBe('204');
    expect(inShort(await admin.delete(path(second)))).toBe('404 not_found');
  });

  it('DEL-1: the reason is kept whole, in the history and with the number', async () => {
    const { admin } = await deleting();
    const invoice = await newInvoice(admin);
    const long = await admin.delete(`${path(invoice)}?reason=${'x'.repeat(5_001)}`);
    expect([inShort(long), faultsOf(long)[0]?.split(' ')[0]]).toEqual([
      '422 invalid_request',
      '/query/reason',
    ]);
    const reason = 'Dupliqué — voir n° 7 & 8\nAnn';
    expect(inShort(await admin.delete(`${path(invoice)}?reason=${encodeURIComponent(reason)}`))).toBe('204');
    expect(ok(await admin.get(`${path(invoice)}/history`)).data.at(-1)).toMatchObject({
      ...{ action: 'deleted', reason, version: 2, source: 'api' },
      actor: { type: 'member', name: 'Alex Founder' },
    });
    expect(ok(await admin.get('/v1/numbering/audit')).data[0].reason).toBe(reason);
  });

  it('DEL-2: a payment on it has to come off first; a void one goes as it is', async () => {
    const { admin } = await deleting();
    const { id: contactId } = await newContact(admin);
    const [paid, voided] = [await newInvoice(admin, { contactId }), await newInvoice(admin, { contactId })];
    const payment = ok(await admin.post(`${path(paid)}/payments`, { method: 'cash' }));
    expect(inShort(await admin.delete(path(paid)))).toBe('409 invoice_paid');
    ok(await admin.post(`${path(voided)}/void`));
    expect(inShort(await admin.delete(path(voided)))).toBe('204');
    expect(inShort(await admin.delete(`${path(paid)}/payments/${payment.id}`))).toBe('204');
    ok(await admin.post(`${path(paid)}/payments/apply`, { paymentId: payment.id, amount: '1' }));
    expect(inShort(await admin.delete(path(paid)))).toBe('409 invoice_has_payments');
    expect(inShort(await admin.delete(`/v1/payments/${payment.id}`))).toBe('204');
    expect(inShort(await admin.delete(path(paid)))).toBe('204');
    expect(ok(await admin.get('/v1/numbering')).next).toBe('INV-1003');
  });

  it('DEL-3: it is gone from every list at once, and nothing can be done with it any more', async () => {
    const account = await deleting();
    const { admin } = account;
    const { id: contactId } = await newContact(admin);
    const [kept, gone] = [await newInvoice(admin, { contactId }), await newInvoice(admin, { contactId })];
    expect(inShort(await admin.delete(path(gone)))).toBe('204');
    const sorts = ['createdAt', 'invoiceDate', 'dueDate', 'number', 'total'];
    const until = Date.now() + 2_000;
    await eventually(
      async () => {
        const lists = await Promise.all(
          sorts.flatMap((sort) => [
            admin.get(`/v1/invoices?sort=${sort}`),
            admin.get(`/v1/invoices?sort=-${sort}`),
          ]),
        );
        const shown = lists.map((list) =>
          ok(list)
            .data.map(({ id }: Json) => id)
            .join(),
        );
        return shown.every((ids) => ids === kept.id) || undefined;
      },
      'every list is without it',
      Math.max(0, until - Date.now()) / 1_000,
    );
    const requests = [
      admin.get(path(gone)),
      admin.patch(path(gone), { title: 'No' }),
      ...['pdf', 'preview', 'explain', 'links', 'emails'].map((part) => admin.get(`${path(gone)}/${part}`)),
      ...['finalize', 'void', 'clone', 'send'].map((part) => admin.post(`${path(gone)}/${part}`, {})),
      admin.post(`${path(gone)}/payments`, { method: 'cash' }),
    ];
    for (const answer of await Promise.all(requests)) expect(inShort(answer)).toBe('404 not_found');
    const bulk = ok(await admin.post('/v1/invoices/finalize', { invoiceIds: [gone.id] }));
    expect(bulk.refused).toEqual([{ invoiceId: gone.id, code: 'not_found', errors: [] }]);
  });

  it('DEL-3: lines, e-mails, PDFs and copies are removed; history, link and number stay', async () => {
    const { id: accountId, admin } = await deleting();
    const contact = await newContact(admin);
    const invoice = await newInvoice(admin, { contactId: contact.id });
    await pdfIsMade(admin, invoice);
    const email = ok(await admin.post(`${path(invoice)}/send`, {}));
    await eventually(async () => {
      const { data } = ok(await admin.get(`${path(invoice)}/emails`));
      return data[0].recipients[0].status === 'delivered' || undefined;
    }, 'the e-mail is delivered');
    // Void: a second PDF, or a copy until it is made.
    ok(await admin.post(`${path(invoice)}/void`));
    expect(await leftOf(accountId, invoice)).toEqual(expect.arrayContaining(['EMAIL', 'I', 'LINK', 'PDF']));
    expect((await pdfsOf(accountId, invoice)).length).toBeGreaterThan(0);
    expect(inShort(await admin.delete(path(invoice)))).toBe('204');
    await untilOnlyLinks(accountId, invoice);
    expect(ok(await admin.get('/v1/numbering/audit')).data).toMatchObject([
      { number: 'INV-1001', invoiceId: invoice.id, status: 'deleted' },
    ]);
    const history = await eventually(async () => {
      const { data } = ok(await admin.get(`${path(invoice)}/history`));
      return data.length === 6 ? data : undefined;
    }, 'the history is whole');
    expect(history.map(({ action }: Json) => action)).toEqual([
      ...['created', 'finalized', 'email_sent', 'email_delivered', 'voided', 'deleted'],
    ]);
    expect(history[2].changes[0].to.id).toBe(email.id);
  });

  it('DEL-3: deleted while its PDF is made and its e-mail waits, nothing comes after it', async () => {
    const { id: accountId, admin } = await deleting();
    const contact = await newContact(admin);
    for (const isSent of [false, true, true]) {
      const invoice = await newInvoice(admin, { contactId: contact.id });
      if (isSent) ok(await admin.post(`${path(invoice)}/send`, {}));
      expect(inShort(await admin.delete(path(invoice)))).toBe('204');
      await untilOnlyLinks(accountId, invoice);
    }
    // One that comes after them all: what the workers had to do for the others is done by then.
    const last = await newInvoice(admin, { contactId: contact.id });
    await pdfIsMade(admin, last);
    for (const entry of ok(await admin.get('/v1/numbering/audit')).data.slice(0, 3)) {
      const invoice = { id: entry.invoiceId };
      expect([...(await leftOf(accountId, invoice)), ...(await pdfsOf(accountId, invoice))]).toEqual([
        'LINK',
      ]);
    }
  });

  it('LINK-7, DEL-3: a link that worked answers 410; a revoked, expired or unknown one 404', async () => {
    const { id: accountId, admin } = await deleting();
    const { id: contactId } = await newContact(admin);
    const openedBy = async (change?: Json) => {
      const invoice = await newInvoice(admin, { contactId });
      const [link] = ok(await admin.get(`${path(invoice)}/links`)).data;
      if (change !== undefined) await patchStored(linkKey(accountId, invoice.id, link.id), change);
      const open = async () => {
        const [, , token = ''] = new URL(invoice.link).pathname.split('/');
        const paths = [new URL(invoice.link).pathname, `/i/${token}`, `/i/${token}/pdf`];
        const answers = await Promise.all(paths.map((one) => call('GET', one)));
        return [...new Set(answers.map(({ status }) => status))];
      };
      const before = await open();
      expect(inShort(await admin.delete(path(invoice)))).toBe('204');
      return { before, after: await open(), text: (await call('GET', invoice.link)).text, invoice };
    };
    const live = await openedBy();
    expect(live.after).toEqual([410]);
    // Nothing of the invoice is told.
    expect(live.text).not.toContain(live.invoice.number);
    const past = '2026-01-01T00:00:00.000Z';
    for (const change of [{ revokedAt: past }, { expiresAt: past }]) {
      const { before, after } = await openedBy(change);
      expect([before, after]).toEqual([[404], [404]]);
    }
    const [, , token = ''] = new URL(live.invoice.link).pathname.split('/');
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect((await call('GET', `/i/${forged}`)).status).toBe(404);
  });

  it('HIST-4: the history of a deleted invoice is read as before, by its own account alone', async () => {
    const account = await deleting();
    const { admin } = account;
    const editor = await memberWith(account, ['invoices.edit_finalized']);
    const reader = await memberWith(account, ['invoices.read']);
    const [invoice, draft] = [await newInvoice(admin), await newDraft(admin)];
    ok(await admin.patch(path(invoice), { internalNote: 'To be checked' }));
    expect(inShort(await editor.delete(`${path(invoice)}?reason=Wrong`))).toBe('204');
    expect(inShort(await admin.delete(path(draft)))).toBe('204');
    const story = await eventually(async () => {
      const { data } = ok(await reader.get(`${path(invoice)}/history`));
      return data.length === 4 ? data : undefined;
    }, 'the history is whole');
    expect(story.map(({ action, actor }: Json) => [action, actor.name])).toEqual([
      ['created', 'Alex Founder'],
      ['finalized', 'Alex Founder'],
      ['updated', 'Alex Founder'],
      ['deleted', 'Kim Member'],
    ]);
    expect(story.at(-1)).toMatchObject({ reason: 'Wrong', actor: { type: 'member', id: editor.id } });
    const notes = ok(await reader.get(`${path(invoice)}/history/internalNote`)).data;
    expect(notes).toMatchObject([{ value: 'To be checked', actor: { name: 'Alex Founder' } }]);
    const drafts = ok(await reader.get(`${path(draft)}/history`)).data;
    expect(drafts.at(-1)).toMatchObject({ action: 'deleted', actor: { name: 'Alex Founder' } });
    const stranger = (await newAccount()).admin;
    expect(inShort(await stranger.get(`${path(invoice)}/history`))).toBe('404 not_found');
  });

  it('NUM-3, NUM-4: deletions and finalizations at once leave the count of invoices right', async () => {
    const { admin } = await deleting();
    const { id: contactId } = await newContact(admin);
    const invoices = await Promise.all(Array.from({ length: 8 }, () => newInvoice(admin, { contactId })));
    const drafts = await Promise.all(Array.from({ length: 8 }, () => newDraft(admin, { contactId })));
    const [deleted, finalized] = await Promise.all([
      Promise.all(invoices.map((invoice) => admin.delete(path(invoice)))),
      Promise.all(drafts.map((draft) => admin.post(`${path(draft)}/finalize`))),
    ]);
    expect(deleted.map(inShort)).toEqual(deleted.map(() => '204'));
    const numbers = finalized.map((answer) => ok(answer).number).sort();
    expect(numbers).toEqual(numbers.map((_, index) => `INV-${1009 + index}`));
    expect(inShort(await admin.post('/v1/numbering/reset', { start: 1 }))).toBe('409 invoices_exist');
    const [one, ...others] = drafts as [Json, ...Json[]];
    await Promise.all(others.map((draft) => admin.delete(path(draft))));
    expect(inShort(await admin.post('/v1/numbering/reset', { start: 1 }))).toBe('409 invoices_exist');
    expect(inShort(await admin.delete(path(one)))).toBe('204');
    const reset = await eventually(async () => {
      const answer = await admin.post('/v1/numbering/reset', { start: 1 });
      return answer.status === 200 ? answer.body : undefined;
    }, 'nothing is left');
    expect(reset.next).toBe('INV-0001');
    const { data, gaps } = ok(await admin.get('/v1/numbering/audit?limit=200'));
    expect([data.length, gaps]).toEqual([16, []]);
    expect(data.every(({ status }: Json) => status === 'deleted')).toBe(true);
  });

  it('DEL-3: delete ‖ delete: one of them, counted once', async () => {
    const { admin } = await deleting();
    const { id: contactId } = await newContact(admin);
    for (let round = 0; round < 4; round++) {
      const invoice = await newInvoice(admin, { contactId });
      const answers = await Promise.all([1, 2, 3].map(() => admin.delete(path(invoice))));
      expect(answers.map(inShort).sort()).toEqual(['204', '404 not_found', '404 not_found']);
    }
    await newInvoice(admin, { contactId });
    expect(inShort(await admin.post('/v1/numbering/reset', { start: 1 }))).toBe('409 invoices_exist');
  });
});
