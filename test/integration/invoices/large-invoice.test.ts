import { describe, expect, it } from 'vitest';
import { type Client, line, newAccount, newContact, newDraft, ok } from '#test/support/account.ts';
import { eventually, type Json } from '#test/support/service.ts';

/** The whole history once it has so many entries, read in pages of three. */
const historyOf = (client: Client, path: string, count: number): Promise<Json[]> =>
  eventually(async () => {
    const entries: Json[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `limit=3${cursor === null ? '' : `&cursor=${cursor}`}`;
      const page: Json = ok(await client.get(`${path}/history?${query}`));
      entries.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return entries.length >= count ? entries : undefined;
  }, `${count} entries in the history`);
const changed = ({ changes }: Json, property: string) =>
  changes.find((change: Json) => change.property === property);

describe('a large invoice', () => {
  const wide = (length: number) => '世'.repeat(length);
  const notes = Array.from({ length: 20 }, (_, index) => ({ code: 'AAI', text: `${index}${wide(4_990)}` }));
  const lines = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) =>
      line({ name: `Line ${index}`, description: `${index} ${wide(length)}` }),
    );

  it('HIST-3: a thousand lines of long texts and twenty long notes are kept, and told of whole', async () => {
    const { admin } = await newAccount();
    const contactId = (await newContact(admin)).id;
    const terms = { comments: wide(5_000), terms: wide(5_000), internalNote: wide(5_000) };
    const written = { currency: 'EUR', contactId, notes, ...terms, lineItems: lines(1_000, 150) };
    const draft = ok(await admin.post('/v1/invoices', written));
    expect(draft.notes).toEqual(notes);
    expect(draft.lineItems).toMatchObject(written.lineItems);
    const path = `/v1/invoices/${draft.id}`;
    expect(ok(await admin.get(path))).toEqual(draft);
    const fewer = ok(await admin.patch(path, { lineItems: lines(150, 200), notes: notes.slice(0, 3) }));
    expect(ok(await admin.get(path))).toEqual(fewer);
    const invoice = ok(await admin.post(`${path}/finalize`));
    expect(ok(await admin.get(path))).toEqual(invoice);
    expect(invoice.lineItems).toEqual(fewer.lineItems);
    const [created, updated] = await historyOf(admin, path, 3);
    expect(changed(created, 'lineItems').to).toMatchObject(written.lineItems);
    expect(changed(created, 'notes').to).toEqual(notes);
    expect(changed(created, 'terms').to).toBe(terms.terms);
    expect(changed(updated, 'lineItems').from).toMatchObject(written.lineItems);
    expect(changed(updated, 'lineItems').to).toMatchObject(lines(150, 200));
    expect(changed(updated, 'notes')).toEqual({ property: 'notes', from: notes, to: notes.slice(0, 3) });
  });

  it('API-8: every long text at its limit, in characters of four bytes, is kept', async () => {
    const { admin } = await newAccount();
    const long = '😀'.repeat(5_000);
    const texts = {
      ...{ comments: long, terms: long, internalNote: long },
      notes: Array.from({ length: 20 }, () => ({ text: long })),
    };
    const draft = await newDraft(admin, texts);
    expect(draft).toMatchObject({ ...texts, notes: texts.notes });
    const invoice = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(invoice);
    const many = ok(
      await admin.post('/v1/invoices/finalize', { invoiceIds: [(await newDraft(admin, texts)).id] }),
    );
    expect(many.finalized).toHaveLength(1);
    expect(ok(await admin.get(`/v1/invoices/${many.finalized[0].invoiceId}`))).toMatchObject(texts);
    expect(await historyOf(admin, `/v1/invoices/${draft.id}`, 2)).toHaveLength(2);
    expect((await admin.delete(`/v1/invoices/${(await newDraft(admin, texts)).id}`)).status).toBe(204);
  });
});
