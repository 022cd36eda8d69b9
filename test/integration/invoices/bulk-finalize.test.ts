import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { contactKey } from '#lib/data/keys.ts';
import { line, memberWith, newAccount, newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { faultsOf, inShort } from '#test/support/answers.ts';
import {
  bulk,
  expectNoGap,
  givenBy,
  idsOf,
  key,
  manyDrafts,
  numbersFrom,
  numbersOf,
  refusedIn,
  unknown,
} from '#test/support/bulk.ts';
import type { Json } from '#test/support/service.ts';
import { sharedTable } from '#test/support/shared-table.ts';

describe('finalizing many at once', () => {
  it('NUM-6: numbers follow the order of the request, whatever the order of the drafts', async () => {
    const { admin } = await newAccount();
    const ids = (await manyDrafts(admin, 60)).sort(() => Math.random() - 0.5);
    const answer = ok(await admin.post(bulk, { invoiceIds: ids }));
    expect(idsOf(answer.finalized)).toEqual(ids);
    expect(numbersOf(answer)).toEqual(numbersFrom(1001, 60));
    expect(answer.refused).toEqual([]);
    expect(answer.finalized.every(({ version }: Json) => version === 2)).toBe(true);
    expect(ok(await admin.get(`/v1/invoices/${ids[41]}`))).toMatchObject({
      ...{ status: 'open', number: 'INV-1042', version: 2, link: expect.any(String) },
      buyer: { name: 'Noor Buyer' },
    });
    await expectNoGap(admin, givenBy(answer));
  });

  it('NUM-6: who can’t be finalized is listed with the reason, and leaves no gap', async () => {
    const account = await newAccount();
    const { admin } = account;
    const { id: contactId } = await newContact(admin);
    const goner = await newContact(admin);
    const named = (more: Json = {}) => newDraft(admin, { contactId, ...more });
    const [first, second, third] = [await named(), await named(), await named()];
    const empty = await named({ lineItems: [], invoiceDate: '2026-03-02', dueDate: '2026-03-01' });
    const buyerless = ok(await admin.post('/v1/invoices', { currency: 'EUR', lineItems: [line()] }));
    const orphan = await named({ contactId: goner.id });
    await sharedTable().client.send(
      new DeleteCommand({ TableName: sharedTable().name, Key: contactKey(account.id, goner.id) }),
    );
    const done = await newInvoice(admin, { contactId });
    const voided = await newInvoice(admin, { contactId });
    ok(await admin.post(`/v1/invoices/${voided.id}/void`));
    const foreign = await newDraft((await newAccount()).admin);
    const removed = await named();
    await admin.delete(`/v1/invoices/${removed.id}`);
    const all = [first, empty, buyerless, second, orphan, done, voided, foreign, removed, third];
    const invoiceIds = [...all.map(({ id }) => id), unknown];
    const answer = ok(await admin.post(bulk, { invoiceIds }));
    expect(answer.finalized).toEqual(
      [first, second, third].map(({ id: invoiceId }, index) => ({
        ...{ invoiceId, number: `INV-${1003 + index}`, version: 2 },
      })),
    );
    expect(idsOf(answer.refused)).toEqual([
      ...[empty, buyerless, orphan, done, voided, foreign, removed].map(({ id }) => id),
      unknown,
    ]);
    expect(refusedIn(answer)).toEqual([
      'invoice_incomplete /lineItems required /dueDate before_invoice_date',
      'invoice_incomplete /contactId required',
      'invoice_incomplete /contactId not_found',
      ...['invoice_not_draft', 'invoice_not_draft', 'not_found', 'not_found', 'not_found'],
    ]);
    expect(ok(await admin.get(`/v1/invoices/${empty.id}`))).toEqual(empty);
  });

  it('CON-2: a draft whose contact went meanwhile is incomplete, alone as in bulk', async () => {
    const account = await newAccount();
    const contact = await newContact(account.admin);
    const draft = await newDraft(account.admin, { contactId: contact.id });
    expect(inShort(await account.admin.delete(`/v1/contacts/${contact.id}`))).toBe('409 in_use');
    await sharedTable().client.send(
      new DeleteCommand({ TableName: sharedTable().name, Key: contactKey(account.id, contact.id) }),
    );
    const answer = await account.admin.post(`/v1/invoices/${draft.id}/finalize`);
    expect(inShort(answer)).toBe('422 invoice_incomplete');
    expect(faultsOf(answer)).toEqual(['/contactId not_found']);
    expect(ok(await account.admin.get('/v1/numbering')).next).toBe('INV-1001');
  });

  it('NUM-8: a date out of order is listed with the earliest, and those behind it go on', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { chronologicalNumbers: true }));
    const { id: contactId } = await newContact(admin);
    const drafts = [];
    for (const invoiceDate of [
      '2026-02-01',
      '2026-02-03',
      '2026-02-02',
      '2026-02-03',
      '2198-01-01',
      undefined,
    ])
      drafts.push(await newDraft(admin, { contactId, ...(invoiceDate && { invoiceDate }) }));
    const answer = ok(await admin.post(bulk, { invoiceIds: drafts.map(({ id }) => id) }));
    expect(numbersOf(answer)).toEqual(numbersFrom(1001, 4));
    expect(idsOf(answer.refused)).toEqual([drafts[2].id, drafts[4].id]);
    expect(refusedIn(answer)).toEqual([
      'invoice_date_out_of_order /invoiceDate out_of_order',
      'invoice_date_out_of_order /invoiceDate out_of_order',
    ]);
    expect(answer.refused[0].errors[0].detail).toContain('2026-02-03');
  });

  it('NUM-6, API-8: an id twice, none, more than 1,000, or what is no id, is refused with its place', async () => {
    const account = await newAccount();
    const { id } = await newDraft(account.admin);
    const cases: [Json, string][] = [
      [{ invoiceIds: [id, unknown, id] }, '/invoiceIds/2 duplicate'],
      [{ invoiceIds: [] }, '/invoiceIds too_small'],
      [{ invoiceIds: [id, 'INV-1001'] }, '/invoiceIds/1 invalid_id'],
      [{}, '/invoiceIds required'],
    ];
    for (const [body, fault] of cases) {
      const answer = await account.admin.post(bulk, body);
      expect(inShort(answer)).toBe('422 invalid_request');
      expect(faultsOf(answer)).toEqual([fault]);
    }
    const many = Array.from({ length: 1_001 }, (_, index) => `inv_${String(index).padStart(26, '0')}`);
    const answer = await account.admin.post(bulk, { invoiceIds: many });
    expect(faultsOf(answer).map((fault) => fault.split(' ')[0])).toEqual(['/invoiceIds']);
    const reader = await memberWith(account, ['invoices.read']);
    expect(inShort(await reader.post(bulk, { invoiceIds: [] }))).toBe('403 permission_denied');
    expect(ok(await account.admin.get('/v1/numbering')).next).toBe('INV-1001');
  });

  it('NUM-6: two requests at once: each in its order, all numbers given once', async () => {
    const { admin } = await newAccount();
    const ids = await manyDrafts(admin, 120);
    const halves = [ids.slice(0, 60), ids.slice(60)];
    const answers = await Promise.all(halves.map((invoiceIds) => admin.post(bulk, { invoiceIds })));
    const [left, right] = answers.map(ok);
    for (const [index, answer] of [left, right].entries()) {
      expect(idsOf(answer.finalized)).toEqual(halves[index]);
      expect(numbersOf(answer)).toEqual(numbersOf(answer).sort());
    }
    expect([...numbersOf(left), ...numbersOf(right)].sort()).toEqual(numbersFrom(1001, 120));
    await expectNoGap(admin, givenBy(left, right));
  });

  it('NUM-6: two requests at once that share drafts: each draft gets one number, in one of the answers', async () => {
    const { admin } = await newAccount();
    const ids = await manyDrafts(admin, 40);
    const [left, right] = (
      await Promise.all([
        admin.post(bulk, { invoiceIds: ids }),
        admin.post(bulk, { invoiceIds: [...ids].reverse() }),
      ])
    ).map(ok);
    expect([...idsOf(left.finalized), ...idsOf(right.finalized)].sort()).toEqual([...ids].sort());
    for (const answer of [left, right]) {
      expect(answer.finalized.length + answer.refused.length).toBe(40);
      expect(answer.refused.every(({ code }: Json) => code === 'invoice_not_draft')).toBe(true);
    }
    expect([...numbersOf(left), ...numbersOf(right)].sort()).toEqual(numbersFrom(1001, 40));
    await expectNoGap(admin, givenBy(left, right));
  });

  it('NUM-6, API-2: the same request several times at once takes effect once, and all answers name the same', async () => {
    const { admin } = await newAccount();
    const ids = await manyDrafts(admin, 60);
    const invoiceIds = [...ids.slice(0, 30), unknown, ...ids.slice(30)];
    const answers = await Promise.all(
      [1, 2, 3].map(() => admin.post(bulk, { invoiceIds }, key('bulk at once'))),
    );
    const [one] = answers.map(ok);
    for (const answer of answers) {
      expect(answer.body).toEqual(one);
      expect(idsOf(answer.body.finalized)).toEqual(ids);
      expect(refusedIn(answer.body)).toEqual(['not_found']);
    }
    expect(numbersOf(one)).toEqual(numbersFrom(1001, 60));
    await expectNoGap(admin, givenBy(one));
  });

  it('NUM-6, API-2: a repeat is answered with what was done, by its present version', async () => {
    const { admin } = await newAccount();
    const ids = await manyDrafts(admin, 3);
    const first = ok(await admin.post(bulk, { invoiceIds: [...ids, unknown] }, key('again')));
    ok(await admin.post(`/v1/invoices/${ids[1]}/void`));
    const again = await admin.post(bulk, { invoiceIds: [...ids, unknown] }, key('again'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body.finalized).toEqual(
      first.finalized.map((one: Json, index: number) => ({ ...one, version: index === 1 ? 3 : 2 })),
    );
    expect(again.body.refused).toEqual(first.refused);
    const other = await admin.post(bulk, { invoiceIds: ids }, key('again'));
    expect(inShort(other)).toBe('422 idempotency_key_reused');
  });
});
