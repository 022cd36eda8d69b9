import { describe, expect, it } from 'vitest';
import {
  type Client,
  memberWith,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import { eventually, type Json } from '#test/support/service.ts';

const reset = (client: Client, start = 1) => client.post('/v1/numbering/reset', { start });
const remove = async (client: Client, { id }: Json, reason?: string): Promise<void> => {
  const query = reason === undefined ? '' : `?reason=${encodeURIComponent(reason)}`;
  const answer = await client.delete(`/v1/invoices/${id}${query}`);
  if (answer.status !== 204) throw new Error(`${answer.status} ${answer.text}`);
};
const deleting = async () => {
  const account = await newAccount();
  ok(await account.admin.patch('/v1/settings', { allowDeleteFinalized: true }));
  return account;
};
/** The list of drafts follows a write within 2 seconds. */
const resetOnceSeen = (client: Client, start: number): Promise<Json> =>
  eventually(async () => {
    const answer = await reset(client, start);
    return answer.status === 200 ? answer.body : undefined;
  }, 'the numbering is reset');

describe('resetting the numbering', () => {
  it('NUM-4: before any number, the start is chosen', async () => {
    const { admin } = await newAccount();
    expect(ok(await reset(admin, 500))).toEqual({ prefix: 'INV-', width: 4, next: 'INV-0500' });
    expect(ok(await admin.get('/v1/settings')).numbering.start).toBe(500);
    expect((await newInvoice(admin)).number).toBe('INV-0500');
    expect(ok(await admin.get('/v1/numbering/audit')).runs).toEqual([
      { run: 1, start: 'INV-0500', last: 'INV-0500' },
    ]);
  });

  it('NUM-4: with a finalized invoice, voided ones included, it is refused and nothing changes', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const before = ok(await admin.get('/v1/settings'));
    expect(inShort(await reset(admin))).toBe('409 invoices_exist');
    ok(await admin.post(`/v1/invoices/${invoice.id}/void`));
    expect(inShort(await reset(admin))).toBe('409 invoices_exist');
    expect(ok(await admin.get('/v1/settings'))).toEqual(before);
    expect(ok(await admin.get('/v1/numbering')).next).toBe('INV-1002');
    const start = await admin.patch('/v1/settings', { numbering: { start: 7 } });
    expect(inShort(start)).toBe('409 invoices_exist');
  });

  it('NUM-4: with a draft it is refused, and once the draft is deleted it is done', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin);
    await eventually(async () => {
      const answer = await reset(admin, 7);
      return answer.status === 409 || undefined;
    }, 'the draft is seen');
    await remove(admin, draft);
    expect((await resetOnceSeen(admin, 7)).next).toBe('INV-0007');
  });

  it('NUM-4: a number of an earlier run comes again, and the audit accounts for both', async () => {
    const { admin, adminEmail } = await deleting();
    const contact = await newContact(admin);
    const first = [];
    for (let index = 0; index < 3; index++) first.push(await newInvoice(admin, { contactId: contact.id }));
    for (const [index, invoice] of first.entries()) await remove(admin, invoice, `Trial ${index}`);
    // Numbers go on after a deletion (NUM-3); only the reset begins anew.
    expect(ok(await admin.get('/v1/numbering')).next).toBe('INV-1004');
    expect((await resetOnceSeen(admin, 1001)).next).toBe('INV-1001');
    const again = await newInvoice(admin, { contactId: contact.id });
    expect(again.number).toBe('INV-1001');
    ok(await admin.patch('/v1/settings', { numbering: { prefix: 'FA-', width: 6 } }));
    const wider = await newInvoice(admin, { contactId: contact.id });
    expect(wider.number).toBe('FA-001002');

    const pages: Json[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      pages.push(ok(await admin.get(`/v1/numbering/audit?limit=2${query}`)));
      cursor = pages.at(-1).nextCursor;
    } while (cursor !== null);
    for (const page of pages) {
      expect(page.runs).toEqual([
        { run: 1, start: 'INV-1001', last: 'INV-1003' },
        { run: 2, start: 'INV-1001', last: 'FA-001002' },
      ]);
      expect(page.gaps).toEqual([]);
      expect(page.data.length).toBeLessThanOrEqual(2);
    }
    const all = pages.flatMap(({ data }) => data);
    const founder = ok(await admin.get('/v1/me')).member;
    expect(founder.email).toBe(adminEmail);
    expect(all).toEqual([
      ...first.map(({ id, number }, index) => ({
        ...{ run: 1, number, invoiceId: id, status: 'deleted', reason: `Trial ${index}` },
        deletedAt: expect.any(String),
        deletedBy: { type: 'member', id: founder.id, name: 'Alex Founder' },
      })),
      { run: 2, number: 'INV-1001', invoiceId: again.id, status: 'issued' },
      { run: 2, number: 'FA-001002', invoiceId: wider.id, status: 'issued' },
    ]);
  });

  it('NUM-4: with no number given since, another reset begins no further run', async () => {
    const { admin } = await deleting();
    await remove(admin, await newInvoice(admin));
    await resetOnceSeen(admin, 20);
    expect(ok(await reset(admin, 30)).next).toBe('INV-0030');
    expect(ok(await admin.get('/v1/numbering/audit')).runs).toEqual([
      { run: 1, start: 'INV-1001', last: 'INV-1001' },
      { run: 2, start: 'INV-0030', last: null },
    ]);
  });

  it('NUM-4, NUM-8: dates begin anew with the run', async () => {
    const { admin } = await deleting();
    ok(await admin.patch('/v1/settings', { chronologicalNumbers: true }));
    await remove(admin, await newInvoice(admin));
    const early = () => newDraft(admin, { invoiceDate: '2020-02-29' });
    const refused = await early();
    const answer = await admin.post(`/v1/invoices/${refused.id}/finalize`);
    expect(inShort(answer)).toBe('409 invoice_date_out_of_order');
    await remove(admin, refused);
    await resetOnceSeen(admin, 1);
    const { id } = await early();
    expect(ok(await admin.post(`/v1/invoices/${id}/finalize`)).number).toBe('INV-0001');
  });

  it('NUM-4: the order of refusals', async () => {
    const account = await newAccount();
    await newInvoice(account.admin);
    const clerk = await memberWith(account, ['invoices.write', 'invoices.edit_finalized']);
    expect(inShort(await clerk.post('/v1/numbering/reset', { start: 0 }))).toBe('403 permission_denied');
    for (const start of [0, -1, 1.5, '1', null, 1e13])
      expect(inShort(await account.admin.post('/v1/numbering/reset', { start }))).toBe('422 invalid_request');
    expect(inShort(await reset(account.admin))).toBe('409 invoices_exist');
  });

  it('NUM-4: reset ‖ finalize: never both against each other', async () => {
    for (const _ of Array.from({ length: 8 })) {
      const { admin } = await newAccount();
      const draft = await newDraft(admin);
      const [resetting, finalizing] = await Promise.all([
        reset(admin, 5_000),
        admin.post(`/v1/invoices/${draft.id}/finalize`),
      ]);
      // Drafts are looked for just before: the reset may come first, and the number is then of the new start.
      expect(['200', '409 invoices_exist']).toContain(inShort(resetting));
      expect(inShort(finalizing)).toBe('200');
      const isReset = resetting.status === 200;
      expect(finalizing.body.number).toBe(isReset ? 'INV-5000' : 'INV-1001');
      expect(ok(await admin.get('/v1/numbering')).next).toBe(isReset ? 'INV-5001' : 'INV-1002');
      expect(inShort(await reset(admin))).toBe('409 invoices_exist');
    }
  });

  it('NUM-4: however many resets at once, each ends in one of the chosen starts', async () => {
    const { admin } = await newAccount();
    const answers = await Promise.all([11, 22, 33, 44].map((start) => reset(admin, start)));
    expect(answers.map(inShort)).toEqual(['200', '200', '200', '200']);
    const { next } = ok(await admin.get('/v1/numbering'));
    expect(answers.map(({ body }) => body.next)).toEqual(['INV-0011', 'INV-0022', 'INV-0033', 'INV-0044']);
    expect((await newInvoice(admin)).number).toBe(next);
  });
});
