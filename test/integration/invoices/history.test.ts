import { describe, expect, it } from 'vitest';
import { actions } from '#functions/actions.ts';
import {
  apiKeyWith,
  line,
  memberWith,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import { call, type Json } from '#test/support/service.ts';
import { allowEdits, defineCustomProperties, refusal } from './every-property.ts';
import { historyOf, pathOf, valuesOf } from './history-pages-of.ts';

describe('the history of an invoice', () => {
  it('HIST-1: tells all that was done, in order, by whom, when and how', async () => {
    const account = await newAccount();
    const { admin } = account;
    ok(await admin.patch('/v1/settings', { allowEditFinalized: true, allowDeleteFinalized: true }));
    const [member, key] = [
      await memberWith(account, ['invoices.write', 'payments.write']),
      await apiKeyWith(account, ['invoices.edit_finalized']),
    ];
    const other = await newContact(admin);
    const draft = await newDraft(admin);
    ok(await member.patch(pathOf(draft), { title: 'March' }));
    const finalized = await admin.post(`${pathOf(draft)}/finalize`);
    ok(await key.patch(pathOf(draft), { title: 'April' }));
    ok(await member.put(`${pathOf(draft)}/contacts/${other.id}`));
    const payment = ok(await member.post(`${pathOf(draft)}/payments`, { amount: '40', method: 'cash' }));
    expect((await member.delete(`${pathOf(draft)}/payments/${payment.id}`)).status).toBe(204);
    ok(await admin.post(`${pathOf(draft)}/void`, { reason: 'Ordered twice' }));
    expect((await admin.delete(`${pathOf(draft)}?reason=By%20mistake`)).status).toBe(204);
    const entries = await historyOf(admin, draft, 9);
    expect(entries.map(({ action, actor, version }) => [action, actor.type, actor.name, version])).toEqual([
      ['created', 'member', 'Alex Founder', 1],
      ['updated', 'member', 'Kim Member', 2],
      ['finalized', 'member', 'Alex Founder', 3],
      ['updated', 'apiKey', 'Test key', 4],
      ['contact_added', 'member', 'Kim Member', 5],
      ['payment_recorded', 'member', 'Kim Member', 6],
      ['payment_taken_off', 'member', 'Kim Member', 7],
      ['voided', 'member', 'Alex Founder', 8],
      ['deleted', 'member', 'Alex Founder', 8],
    ]);
    expect(entries.every(({ source }) => source === 'api')).toBe(true);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
    expect(new Set(entries.map(({ id }) => id)).size).toBe(9);
    expect(entries[2]?.requestId).toBe(finalized.headers.get('x-request-id'));
    expect(entries[1]?.changes).toEqual([{ property: 'title', from: null, to: 'March' }]);
    expect(entries[3]?.changes).toEqual([
      { property: 'documentVersion', from: 1, to: 2 },
      { property: 'title', from: 'March', to: 'April' },
    ]);
    expect(entries[5]).toMatchObject({ paymentId: payment.id, amount: '40.00' });
    expect(entries[5]?.changes).toContainEqual({ property: 'balanceDue', from: '100.00', to: '60.00' });
    expect(entries[6]).toMatchObject({ paymentId: payment.id, amount: '40.00' });
    expect([entries[7]?.reason, entries[8]?.reason]).toEqual(['Ordered twice', 'By mistake']);
    expect(entries[7]?.changes).toContainEqual({ property: 'status', from: 'open', to: 'voided' });
  });

  it('HIST-1: tells an edit as its answer told it', async () => {
    const account = await newAccount();
    await defineCustomProperties(account);
    const { admin } = account;
    await allowEdits(admin);
    const invoice = await newInvoice(admin, { customProperties: { weight: 1 } });
    const { changes } = ok(
      await admin.patch(pathOf(invoice), {
        ...{
          title: 'x',
          terms: 'Net 8',
          dueDate: '2031-01-01',
          customProperties: { weight: 2, urgent: true },
        },
        lineItems: [line({ quantity: '2' }), line({ name: 'More' })],
        contactId: invoice.contactId,
      }),
    );
    const entry = (await historyOf(admin, invoice, 3)).at(-1);
    const byName = (list: Json[]) => list.toSorted((a, b) => (a.property < b.property ? -1 : 1));
    const besides = byName(entry?.changes).filter(({ property }) => property !== 'documentVersion');
    expect(besides).toEqual(byName(changes));
  });

  it('HIST-4: is there for the deleted, a draft too, with who deleted it', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin, { title: 'Gone' });
    expect((await admin.delete(pathOf(draft))).status).toBe(204);
    const entries = await historyOf(admin, draft, 2);
    expect(entries.map(({ action, actor }) => [action, actor.name])).toEqual([
      ['created', 'Alex Founder'],
      ['deleted', 'Alex Founder'],
    ]);
    expect(await valuesOf(admin, draft, 'title', 1)).toMatchObject([{ value: 'Gone' }]);
    expect(refusal(await admin.get(pathOf(draft)))).toEqual({ status: 404, code: 'not_found' });
  });

  it('PERM-2: is nobody else’s, and there is none of what never was', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin);
    await historyOf(admin, draft, 1);
    const foreign = (await newAccount()).admin;
    for (const path of ['history', 'history/title']) {
      expect(refusal(await foreign.get(`${pathOf(draft)}/${path}`)).code).toBe('not_found');
      const never = `/v1/invoices/inv_01JD4M8ZQ5W7R3T9Y2K6H0N1VX/${path}`;
      expect(refusal(await admin.get(never)).code).toBe('not_found');
    }
  });

  it('HIST-5: has no route that changes it', async () => {
    const onHistory = actions.filter(({ path }) => path.includes('/history'));
    expect(onHistory.map(({ method }) => method)).toEqual(onHistory.map(() => 'GET'));
    const { admin, adminToken } = await newAccount();
    const draft = await newDraft(admin);
    const [entry] = await historyOf(admin, draft, 1);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const path of ['history', 'history/title', `history/${entry?.id}`]) {
        const answer = await call(method, `${pathOf(draft)}/${path}`, {
          headers: { authorization: `Bearer ${adminToken}` },
        });
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, expect.stringContaining('GET')]);
      }
    expect(await historyOf(admin, draft, 1)).toEqual([entry]);
  });
});
