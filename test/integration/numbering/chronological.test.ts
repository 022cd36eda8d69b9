import { expect, it } from 'vitest';
import { newAccount, newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';

const daysAgo = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(
    Date.now() - days * 86_400_000,
  );
const switchedOn = async () => {
  const account = await newAccount();
  ok(await account.admin.patch('/v1/settings', { chronologicalNumbers: true }));
  return account;
};
const finalize = (id: string) => `/v1/invoices/${id}/finalize`;

it('NUM-8: off at first, dates may come in any order', async () => {
  const { admin } = await newAccount();
  expect(ok(await admin.get('/v1/settings')).chronologicalNumbers).toBe(false);
  for (const invoiceDate of [daysAgo(-3), daysAgo(400), daysAgo(0)]) {
    const { id } = await newDraft(admin, { invoiceDate });
    expect(ok(await admin.post(finalize(id))).invoiceDate).toBe(invoiceDate);
  }
});

it('NUM-8: switched on, a date before the last number’s or after today is refused with the earliest allowed', async () => {
  const { admin } = await switchedOn();
  const first = await newDraft(admin, { invoiceDate: daysAgo(5) });
  ok(await admin.post(finalize(first.id)));
  const early = await newDraft(admin, { invoiceDate: daysAgo(6) });
  const refused = await admin.post(finalize(early.id));
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ code: 'invoice_date_out_of_order', earliestDate: daysAgo(5) });
  const late = await newDraft(admin, { invoiceDate: daysAgo(-2) });
  expect((await admin.post(finalize(late.id))).body).toMatchObject({
    ...{ code: 'invoice_date_out_of_order', earliestDate: daysAgo(5) },
  });
  expect(ok(await admin.get('/v1/numbering')).next).toBe('INV-1002');
  ok(await admin.patch(`/v1/invoices/${early.id}`, { invoiceDate: daysAgo(5) }));
  expect(ok(await admin.post(finalize(early.id))).number).toBe('INV-1002');
});

it('NUM-8: before any number, a date after today is refused, and no date is the earliest', async () => {
  const { admin } = await switchedOn();
  const late = await newDraft(admin, { invoiceDate: daysAgo(-2) });
  const { status, body } = await admin.post(finalize(late.id));
  expect({ status, code: body.code }).toEqual({ status: 409, code: 'invoice_date_out_of_order' });
  expect(body).not.toHaveProperty('earliestDate');
});

it('NUM-8: what is missing comes before the order of dates, and status before both', async () => {
  const { admin } = await switchedOn();
  const last = await newDraft(admin, { invoiceDate: daysAgo(1) });
  ok(await admin.post(finalize(last.id)));
  const empty = await newDraft(admin, { invoiceDate: daysAgo(9), lineItems: [] });
  expect((await admin.post(finalize(empty.id))).body.code).toBe('invoice_incomplete');
  expect((await admin.post(finalize(last.id))).body.code).toBe('invoice_not_draft');
});

it('NUM-8: the date of a deleted invoice still counts: its number was given', async () => {
  const { admin } = await switchedOn();
  ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
  const last = await newDraft(admin, { invoiceDate: daysAgo(1) });
  ok(await admin.post(finalize(last.id)));
  expect((await admin.delete(`/v1/invoices/${last.id}`)).status).toBe(204);
  const early = await newDraft(admin, { invoiceDate: daysAgo(2) });
  expect((await admin.post(finalize(early.id))).body).toMatchObject({
    ...{ code: 'invoice_date_out_of_order', earliestDate: daysAgo(1) },
  });
});

it('NUM-8: however many finalize at once, dates never run back along the numbers', async () => {
  const { admin } = await switchedOn();
  const { id: contactId } = await newContact(admin);
  const drafts = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      newDraft(admin, { contactId, invoiceDate: daysAgo((index * 7) % 40) }),
    ),
  );
  const answers = await Promise.all(drafts.map(({ id }) => admin.post(finalize(id))));
  const given = answers.filter(({ status }) => status === 200).map(({ body }) => body as Json);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(given.length).toBeGreaterThan(0);
  const inOrder = given.sort((left, right) => (left.number < right.number ? -1 : 1));
  expect(inOrder.map(({ number }) => number)).toEqual(given.map((_, index) => `INV-${1001 + index}`));
  const dates = inOrder.map(({ invoiceDate }) => invoiceDate);
  expect(dates).toEqual([...dates].sort());
  for (const { body } of refused) {
    expect(body.code).toBe('invoice_date_out_of_order');
    expect(dates).toContain(body.earliestDate);
  }
  expect(ok(await admin.get('/v1/numbering')).next).toBe(`INV-${1001 + given.length}`);
});

it('NUM-8: an edit moves the date of the last number on, up to today, and numbers follow it', async () => {
  const { admin } = await switchedOn();
  ok(await admin.patch('/v1/settings', { allowEditFinalized: true }));
  const [first, last] = [
    await newInvoice(admin, { invoiceDate: daysAgo(9) }),
    await newInvoice(admin, { invoiceDate: daysAgo(7) }),
  ];
  const redate = (invoice: Json, invoiceDate: string) =>
    admin.patch(`/v1/invoices/${invoice.id}`, { invoiceDate, dueDate: daysAgo(-30) });
  const outOfOrder = (earliestDate: string) => ({ code: 'invoice_date_out_of_order', earliestDate });
  expect((await redate(last, daysAgo(8))).body).toMatchObject(outOfOrder(daysAgo(7)));
  expect((await redate(last, daysAgo(-1))).body).toMatchObject(outOfOrder(daysAgo(7)));
  // Another number follows it.
  for (const days of [8, 7, 0])
    expect((await redate(first, daysAgo(days))).body).toMatchObject(outOfOrder(daysAgo(9)));
  expect(ok(await redate(first, daysAgo(9))).invoiceDate).toBe(daysAgo(9));
  expect(ok(await redate(last, daysAgo(4))).invoiceDate).toBe(daysAgo(4));
  const early = await newDraft(admin, { invoiceDate: daysAgo(5) });
  expect((await admin.post(finalize(early.id))).body).toMatchObject(outOfOrder(daysAgo(4)));
  expect((await newInvoice(admin, { invoiceDate: daysAgo(4) })).number).toBe('INV-1003');
});

it('NUM-8: of an edit and a finalization at once, the order of the numbers is that of the dates', async () => {
  const { admin } = await switchedOn();
  ok(await admin.patch('/v1/settings', { allowEditFinalized: true }));
  for (let round = 0; round < 4; round++) {
    const last = await newInvoice(admin, { invoiceDate: daysAgo(9 - round) });
    const draft = await newDraft(admin, { invoiceDate: daysAgo(9 - round) });
    const [edited, next] = await Promise.all([
      admin.patch(`/v1/invoices/${last.id}`, { invoiceDate: daysAgo(8 - round), dueDate: daysAgo(-30) }),
      admin.post(finalize(draft.id)),
    ]);
    // Whoever comes second finds the other's date.
    expect([edited.status, next.status].sort()).toEqual([200, 409]);
    expect((edited.status === 409 ? edited : next).body.code).toBe('invoice_date_out_of_order');
  }
});

it('NUM-8: a date that an edit changed while the switch was off counts once it is on', async () => {
  const { admin } = await newAccount();
  ok(await admin.patch('/v1/settings', { allowEditFinalized: true }));
  const last = await newInvoice(admin, { invoiceDate: daysAgo(9) });
  ok(await admin.patch(`/v1/invoices/${last.id}`, { invoiceDate: daysAgo(2), dueDate: daysAgo(-30) }));
  ok(await admin.patch('/v1/settings', { chronologicalNumbers: true }));
  const draft = await newDraft(admin, { invoiceDate: daysAgo(3) });
  expect((await admin.post(finalize(draft.id))).body).toMatchObject({ earliestDate: daysAgo(2) });
});
