import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { counterKey, numberKey } from '#lib/data/keys.ts';
import { getItem, queryAll } from '#lib/data/table.ts';
import { type Client, newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { atEveryCall } from '#test/support/crash.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

/**
 * A client whose call died asks again with the same Idempotency-Key. Whatever the first one had done by then, what is
 * there afterwards is what one whole call makes.
 */
const once = { headers: { 'idempotency-key': 'ask again' } };

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());

type State = { accountId: string; admin: Client };
const start = async (): Promise<State> => {
  const { id, admin } = await own.newAccount();
  return { accountId: id, admin };
};

/** The history of all that the account's stream says, with every record delivered twice. */
const actionsOf = async ({ accountId, admin }: State, path: string): Promise<string[]> => {
  const records = await own.records(accountId);
  for (const _ of [1, 2]) expect(await own.stream('record-history', records)).toEqual([]);
  return (ok(await admin.get(`${path}/history`)).data as Json[]).map(({ action }) => action);
};

const expectNumbers = async (accountId: string, given: readonly Json[]): Promise<void> => {
  const numbers = await queryAll(table(), { pk: numberKey(accountId, 1, 0).pk });
  expect(numbers.map(({ data }) => data)).toMatchObject(
    given.map(({ id, number }) => ({ number, invoiceId: id, status: 'issued' })),
  );
  const counter = await getItem(table(), counterKey(accountId));
  expect(counter?.data).toMatchObject({
    liveFinalized: given.length,
    last: { counter: 1000 + given.length },
  });
};

describe('a crash at any call', () => {
  it('NUM-2: of finalizing leaves neither a gap nor a duplicate, and no number without its invoice', async () => {
    const crashes = await atEveryCall(
      async () => {
        const state = await start();
        const contactId = (await newContact(state.admin)).id;
        const [draft, next] = [
          await newDraft(state.admin, { contactId }),
          await newDraft(state.admin, { contactId }),
        ];
        return { ...state, draft, next };
      },
      ({ admin, draft }) => admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, once),
      async (state) => {
        const { accountId, admin, draft, next } = state;
        const path = `/v1/invoices/${draft.id}`;
        const invoice = ok(await admin.post(`${path}/finalize`, undefined, once));
        expect(invoice).toMatchObject({ number: 'INV-1001', status: 'open', version: 2, documentVersion: 1 });
        expect(ok(await admin.get(path))).toEqual(invoice);
        const second = ok(await admin.post(`/v1/invoices/${next.id}/finalize`));
        expect(second.number).toBe('INV-1002');
        await expectNumbers(accountId, [invoice, second]);
        expect(ok(await admin.get(`${path}/links`)).data).toHaveLength(1);
        expect(await actionsOf(state, path)).toEqual(['created', 'finalized']);
      },
    );
    expect(crashes).toBeGreaterThan(10);
  });

  it('NUM-2: of finalizing many uses each number once', async () => {
    await atEveryCall(
      async () => {
        const state = await start();
        const contactId = (await newContact(state.admin)).id;
        const drafts = [
          await newDraft(state.admin, { contactId }),
          await newDraft(state.admin, { contactId }),
          await newDraft(state.admin, { contactId }),
        ];
        return { ...state, drafts, body: { invoiceIds: drafts.map(({ id }) => id) } };
      },
      ({ admin, body }) => admin.post('/v1/invoices/finalize', body, once),
      async ({ accountId, admin, drafts, body }) => {
        const { finalized, refused } = ok(await admin.post('/v1/invoices/finalize', body, once));
        expect(refused).toEqual([]);
        expect(finalized.map(({ number }: Json) => number)).toEqual(['INV-1001', 'INV-1002', 'INV-1003']);
        const invoices = await Promise.all(
          drafts.map(async ({ id }) => ok(await admin.get(`/v1/invoices/${id}`))),
        );
        await expectNumbers(accountId, invoices);
      },
    );
  });

  it('LIFE-1: of creating leaves one draft', async () => {
    await atEveryCall(
      start,
      ({ admin }) => admin.post('/v1/invoices', { currency: 'EUR', title: 'One' }, once),
      async (state) => {
        const { admin } = state;
        const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR', title: 'One' }, once));
        expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(draft);
        expect(ok(await admin.get('/v1/invoices')).data).toHaveLength(1);
        expect(await actionsOf(state, `/v1/invoices/${draft.id}`)).toEqual(['created']);
      },
    );
  });

  it('LIFE-1: of a patch leaves the draft as it was or as it becomes, whole', async () => {
    const body = { title: 'New', terms: 'New terms', lineItems: [] };
    await atEveryCall(
      async () => {
        const state = await start();
        return { ...state, draft: await newDraft(state.admin) };
      },
      ({ admin, draft }) => admin.patch(`/v1/invoices/${draft.id}`, body),
      async (state) => {
        const { admin, draft } = state;
        const now = ok(await admin.get(`/v1/invoices/${draft.id}`));
        if (now.version === 1) expect(now).toEqual(draft);
        else expect(now).toMatchObject({ version: 2, ...body, total: '0.00' });
        const actions = await actionsOf(state, `/v1/invoices/${draft.id}`);
        expect(actions).toEqual(now.version === 1 ? ['created'] : ['created', 'updated']);
      },
    );
  });

  it('PAY-3: of recording a payment leaves one payment, and the balance that it makes', async () => {
    await atEveryCall(
      async () => {
        const state = await start();
        return { ...state, invoice: await newInvoice(state.admin) };
      },
      ({ admin, invoice }) =>
        admin.post(`/v1/invoices/${invoice.id}/payments`, { amount: '40', method: 'cash' }, once),
      async (state) => {
        const { admin, invoice } = state;
        const path = `/v1/invoices/${invoice.id}`;
        const payment = ok(await admin.post(`${path}/payments`, { amount: '40', method: 'cash' }, once));
        const after = ok(await admin.get(path));
        expect(after).toMatchObject({ amountPaid: '40.00', balanceDue: '60.00', status: 'open', version: 3 });
        expect(after.payments).toMatchObject([{ id: payment.id, amount: '40.00' }]);
        expect(ok(await admin.get('/v1/payments')).data).toEqual([payment]);
        expect(await actionsOf(state, path)).toEqual(['created', 'finalized', 'payment_recorded']);
        expect(await actionsOf(state, `/v1/payments/${payment.id}`)).toEqual(['payment_recorded']);
      },
    );
  });

  it('PAY-7: of taking a payment off leaves both sides saying the same', async () => {
    await atEveryCall(
      async () => {
        const state = await start();
        const invoice = await newInvoice(state.admin);
        const path = `/v1/invoices/${invoice.id}`;
        const payment = ok(await state.admin.post(`${path}/payments`, { method: 'cash' }));
        return { ...state, path, payment };
      },
      ({ admin, path, payment }) => admin.delete(`${path}/payments/${payment.id}`),
      async (state) => {
        const { admin, path, payment } = state;
        expect([204, 404]).toContain((await admin.delete(`${path}/payments/${payment.id}`)).status);
        expect(ok(await admin.get(path))).toMatchObject({
          ...{ status: 'open', balanceDue: '100.00', payments: [], paidAt: null },
        });
        expect(ok(await admin.get(`/v1/payments/${payment.id}`))).toMatchObject({
          ...{ unapplied: '100.00', applications: [] },
        });
        const actions = ['created', 'finalized', 'payment_recorded', 'payment_taken_off'];
        expect(await actionsOf(state, path)).toEqual(actions);
      },
    );
  });

  it('VOID-1: of voiding leaves it void once', async () => {
    await atEveryCall(
      async () => {
        const state = await start();
        return { ...state, path: `/v1/invoices/${(await newInvoice(state.admin)).id}` };
      },
      ({ admin, path }) => admin.post(`${path}/void`, { reason: 'Twice' }, once),
      async (state) => {
        const voided = ok(await state.admin.post(`${state.path}/void`, { reason: 'Twice' }, once));
        expect(voided).toMatchObject({ status: 'voided', version: 3, documentVersion: 2 });
        expect(await actionsOf(state, state.path)).toEqual(['created', 'finalized', 'voided']);
      },
    );
  });

  it('DEL-3: of deleting leaves all of the invoice, or its history and number alone', async () => {
    await atEveryCall(
      async () => {
        const state = await start();
        ok(await state.admin.patch('/v1/settings', { allowDeleteFinalized: true }));
        const invoice = await newInvoice(state.admin);
        return { ...state, invoice, path: `/v1/invoices/${invoice.id}` };
      },
      ({ admin, path }) => admin.delete(path),
      async (state) => {
        const { accountId, admin, invoice, path } = state;
        const found = await admin.get(path);
        if (found.status === 200) {
          expect(found.body).toEqual(invoice);
          expect((await admin.delete(path)).status).toBe(204);
        }
        expect((await admin.get(path)).status).toBe(404);
        expect(await queryAll(table(), { pk: `A#${accountId}#${invoice.id}`, prefix: 'I#' })).toEqual([]);
        expect(await actionsOf(state, path)).toEqual(['created', 'finalized', 'deleted']);
        const audit = ok(await admin.get('/v1/numbering/audit'));
        expect(audit.data).toMatchObject([{ number: 'INV-1001', status: 'deleted' }]);
      },
    );
  });

  it('SEND-11: of asking for an e-mail leaves one e-mail queued', async () => {
    await atEveryCall(
      async () => {
        const state = await start();
        return { ...state, path: `/v1/invoices/${(await newInvoice(state.admin)).id}` };
      },
      ({ admin, path }) => admin.post(`${path}/send`, {}, once),
      async ({ admin, path }) => {
        const email = ok(await admin.post(`${path}/send`, {}, once));
        expect(ok(await admin.get(`${path}/emails`)).data).toEqual([email]);
      },
    );
  });
});
