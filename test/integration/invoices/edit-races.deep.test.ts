import { describe, expect, it } from 'vitest';
import {
  type Client,
  line,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import type { Answer, Json } from '#test/support/service.ts';
import { allowEdits } from './every-property.ts';

/** Two actions at once on one invoice: what comes of it is what comes of one after the other, in some order. */
const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;
const rounds = 10;
const told = ({ status, body }: Answer): string => (status < 300 ? 'done' : (body?.code ?? String(status)));

type Outcome = Record<string, unknown>;
type Race = {
  prepare: (admin: Client) => Promise<Json>;
  first: (admin: Client, invoice: Json) => Promise<Answer>;
  second: (admin: Client, invoice: Json) => Promise<Answer>;
  /** What is looked at when both are done. */
  look: (invoice: Json, answers: { first: Answer; second: Answer }) => Outcome;
  /** What may be seen: one of these. */
  allowed: Outcome[];
};

const run = async ({ prepare, first, second, look, allowed }: Race): Promise<void> => {
  const { admin } = await newAccount();
  ok(await admin.patch('/v1/settings', { allowEditFinalized: true, allowDeleteFinalized: true }));
  for (let round = 0; round < rounds; round++) {
    const invoice = await prepare(admin);
    const begin = [() => first(admin, invoice), () => second(admin, invoice)];
    // Either may be sent first.
    if (round % 2 === 1) begin.reverse();
    const answers = await Promise.all(begin.map((go) => go()));
    const [one, two] = (round % 2 === 1 ? answers.reverse() : answers) as [Answer, Answer];
    const after = await admin.get(pathOf(invoice));
    const seen = { first: told(one), second: told(two), ...look(after.body, { first: one, second: two }) };
    expect(allowed).toContainEqual(seen);
  }
};

const edit = (admin: Client, invoice: Json) =>
  admin.patch(pathOf(invoice), { title: 'Edited', lineItems: [line({ unitPrice: '150' })], terms: 'Edited' });
const isEdited = ({ title, lineItems, terms, total }: Json) => [title, lineItems[0].unitPrice, terms, total];
const editedWhole = ['Edited', '150', 'Edited', '150.00'];
const before = [null, '100', null, '100.00'];

describe('an edit', () => {
  it('EDIT-2: and a payment at once: the whole of what is owed is paid, or the edit is refused', async () => {
    await run({
      prepare: (admin) => newInvoice(admin),
      first: edit,
      second: (admin, invoice) => admin.post(`${pathOf(invoice)}/payments`, { method: 'cash' }),
      look: (invoice) => ({
        whole: isEdited(invoice),
        paid: [invoice.status, invoice.amountPaid, invoice.balanceDue, invoice.payments.length],
        versions: [invoice.version, invoice.documentVersion],
      }),
      allowed: [
        {
          ...{ first: 'done', second: 'done', whole: editedWhole, versions: [4, 2] },
          paid: ['paid', '150.00', '0.00', 1],
        },
        {
          ...{ first: 'invoice_paid', second: 'done', whole: before, versions: [3, 1] },
          paid: ['paid', '100.00', '0.00', 1],
        },
      ],
    });
  });

  it('EDIT-3: and voiding at once: it is void with the edit, or without', async () => {
    await run({
      prepare: (admin) => newInvoice(admin),
      first: edit,
      second: (admin, invoice) => admin.post(`${pathOf(invoice)}/void`),
      look: (invoice) => ({
        whole: isEdited(invoice),
        state: [invoice.status, invoice.version, invoice.documentVersion],
      }),
      allowed: [
        { first: 'done', second: 'done', whole: editedWhole, state: ['voided', 4, 3] },
        { first: 'invoice_voided', second: 'done', whole: before, state: ['voided', 3, 2] },
      ],
    });
  });

  it('EDIT-8: and another at once: both are in it, each with a document version of its own', async () => {
    await run({
      prepare: (admin) => newInvoice(admin),
      first: edit,
      second: (admin, invoice) => admin.patch(pathOf(invoice), { comments: 'Second' }),
      look: (invoice, { first, second }) => ({
        whole: [...isEdited(invoice), invoice.comments],
        versions: [first.body.documentVersion, second.body.documentVersion].toSorted(),
        version: invoice.version,
      }),
      allowed: [
        { first: 'done', second: 'done', whole: [...editedWhole, 'Second'], versions: [2, 3], version: 4 },
      ],
    });
  });

  it('API-3: and another at once, both of the version that was seen: one is refused', async () => {
    const at = { headers: { 'if-match': '"2"' } };
    const patch = (title: string) => (admin: Client, invoice: Json) =>
      admin.patch(pathOf(invoice), { title }, at);
    await run({
      prepare: (admin) => newInvoice(admin),
      first: patch('First'),
      second: patch('Second'),
      look: ({ title, version, documentVersion }) => ({ title, version, documentVersion }),
      allowed: [
        { first: 'done', second: 'version_conflict', title: 'First', version: 3, documentVersion: 2 },
        { first: 'version_conflict', second: 'done', title: 'Second', version: 3, documentVersion: 2 },
      ],
    });
  });

  it('DEL-3: and deleting at once: it is gone, edited before or not', async () => {
    await run({
      prepare: (admin) => newInvoice(admin),
      first: edit,
      second: (admin, invoice) => admin.delete(pathOf(invoice)),
      look: (problem) => ({ seen: problem.code }),
      allowed: [
        { first: 'done', second: 'done', seen: 'not_found' },
        { first: 'not_found', second: 'done', seen: 'not_found' },
      ],
    });
  });

  it('LIFE-6: and a clone at once: the clone is of before or of after, never of both', async () => {
    const { admin } = await newAccount();
    await allowEdits(admin);
    // Header, details and several chunks of lines change together.
    const whole = (word: string) => ({
      ...{ title: word, terms: word },
      lineItems: Array.from({ length: 210 }, (_, index) => line({ name: `${word} ${index}` })),
    });
    const invoice = await newInvoice(admin, whole('0'));
    for (let round = 1; round <= rounds; round++) {
      const [edited, ...clones] = await Promise.all([
        admin.patch(pathOf(invoice), whole(String(round))),
        ...[1, 2].map(() => admin.post(`${pathOf(invoice)}/clone`)),
      ]);
      expect(edited?.status).toBe(200);
      for (const { title, terms, lineItems, clonedFrom } of clones.map((answer) => ok(answer))) {
        expect([String(round - 1), String(round)]).toContain(title);
        expect([terms, clonedFrom]).toEqual([title, invoice.id]);
        expect(lineItems.map(({ name }: Json) => name)).toEqual(
          whole(title).lineItems.map(({ name }) => name),
        );
      }
    }
  });
});

describe('an association', () => {
  it('LIFE-9: and finalizing at once: both are done', async () => {
    const { admin } = await newAccount();
    const other = await newContact(admin);
    for (let round = 0; round < rounds; round++) {
      const draft = await newDraft(admin);
      const [put, patched, finalized] = await Promise.all([
        admin.put(`${pathOf(draft)}/contacts/${other.id}`),
        admin.patch(pathOf(draft), { internalNote: 'Noted' }),
        admin.post(`${pathOf(draft)}/finalize`),
      ]);
      expect([put.status, patched.status, finalized.status]).toEqual([200, 200, 200]);
      expect(ok(await admin.get(pathOf(draft)))).toMatchObject({
        ...{ status: 'open', number: `INV-${1001 + round}`, version: 4, documentVersion: 1 },
        ...{ contactIds: [other.id], internalNote: 'Noted' },
      });
    }
    expect(ok(await admin.get('/v1/numbering')).next).toBe(`INV-${1001 + rounds}`);
  });

  it('LIFE-9: and an edit at once: both are done, none of the other’s is lost', async () => {
    const { admin } = await newAccount();
    await allowEdits(admin);
    const other = await newContact(admin);
    for (let round = 0; round < rounds; round++) {
      const invoice = await newInvoice(admin);
      const answers = await Promise.all([
        admin.put(`${pathOf(invoice)}/contacts/${other.id}`),
        edit(admin, invoice),
        admin.patch(pathOf(invoice), { internalNote: 'Noted' }),
      ]);
      expect(answers.map(told)).toEqual(['done', 'done', 'done']);
      const after = ok(await admin.get(pathOf(invoice)));
      expect([...isEdited(after), after.contactIds, after.internalNote]).toEqual([
        ...editedWhole,
        [other.id],
        'Noted',
      ]);
      expect([after.version, after.documentVersion]).toEqual([5, 2]);
    }
  });
});
