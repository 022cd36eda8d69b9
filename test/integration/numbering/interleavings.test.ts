import { afterAll, beforeAll, expect, it } from 'vitest';
import { newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { beforeNextWrite } from '#test/support/interleave.ts';
import type { Answer } from '#test/support/service.ts';

/** What comes between a look and its write, in the one order that no luck brings about. */

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());

it('NUM-4: an invoice that is finalized after the reset looked is met by its write: the reset is refused', async () => {
  const { admin } = await own.newAccount();
  const contact = await newContact(admin);
  let number = '';
  beforeNextWrite(async () => {
    number = (await newInvoice(admin, { contactId: contact.id })).number;
  });
  const answer = await admin.post('/v1/numbering/reset', { start: 5_000 });
  expect(inShort(answer)).toBe('409 invoices_exist');
  expect(number).toBe('INV-1001');
  expect(ok(await admin.get('/v1/settings')).numbering.start).toBe(1_001);
  expect(ok(await admin.get('/v1/numbering')).next).toBe('INV-1002');
});

it('NUM-4: a draft that is made and finalized around a reset gets the number that the reset chose', async () => {
  const { admin } = await own.newAccount();
  const contact = await newContact(admin);
  // The reset has looked for drafts; one is made, read for finalizing, and only then the reset is written.
  let finalizing: Promise<Answer> | undefined;
  let resetIsWritten = (): void => undefined;
  const written = new Promise<void>((resolve) => {
    resetIsWritten = resolve;
  });
  beforeNextWrite(async () => {
    const draft = await newDraft(admin, { contactId: contact.id });
    const isRead = new Promise<void>((resolve) => {
      beforeNextWrite(() => {
        resolve();
        return written;
      });
    });
    finalizing = admin.post(`/v1/invoices/${draft.id}/finalize`);
    await isRead;
  });
  const answer = await admin.post('/v1/numbering/reset', { start: 5_000 });
  resetIsWritten();
  expect(inShort(answer)).toBe('200');
  expect(ok((await finalizing) as Answer).number).toBe('INV-5000');
  const { runs, data, gaps } = ok(await admin.get('/v1/numbering/audit'));
  expect(runs).toEqual([{ run: 1, start: 'INV-5000', last: 'INV-5000' }]);
  expect([data.length, gaps]).toEqual([1, []]);
});

it('NUM-4: in bulk as well', async () => {
  const { admin } = await own.newAccount();
  const contact = await newContact(admin);
  const drafts = [
    await newDraft(admin, { contactId: contact.id }),
    await newDraft(admin, { contactId: contact.id }),
  ];
  // A new start in the settings, before the first number, is what a reset writes too.
  beforeNextWrite(async () => {
    ok(await admin.patch('/v1/settings', { numbering: { start: 70 } }));
  });
  const { finalized } = ok(
    await admin.post('/v1/invoices/finalize', { invoiceIds: drafts.map(({ id }) => id) }),
  );
  expect(finalized.map(({ number }: { number: string }) => number)).toEqual(['INV-0070', 'INV-0071']);
});

it('NUM-3: a deletion between reading the counter and writing it changes nothing of the number', async () => {
  const { admin } = await own.newAccount();
  ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
  const contact = await newContact(admin);
  const last = await newInvoice(admin, { contactId: contact.id });
  const draft = await newDraft(admin, { contactId: contact.id });
  beforeNextWrite(() => admin.delete(`/v1/invoices/${last.id}`));
  expect(ok(await admin.post(`/v1/invoices/${draft.id}/finalize`)).number).toBe('INV-1002');
  expect(inShort(await admin.post('/v1/numbering/reset', { start: 1 }))).toBe('409 invoices_exist');
  await admin.delete(`/v1/invoices/${draft.id}`);
  expect(inShort(await admin.post('/v1/numbering/reset', { start: 1 }))).toBe('200');
});
