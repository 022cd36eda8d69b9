import { describe, expect, it } from 'vitest';
import { line, newAccount, newInvoice, ok } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';
import { drafts, finalize, numbersOf, sequence } from './many-drafts.ts';

describe('numbers', () => {
  it('NUM-1: prefix, then the counter padded to the width; a new prefix or width needs no reset', async () => {
    const { admin } = await newAccount();
    const number = async (numbering?: Json) => {
      if (numbering) ok(await admin.patch('/v1/settings', { numbering }));
      return (await newInvoice(admin)).number;
    };
    expect(await number({ prefix: 'A/B+C_', width: 6, start: 7 })).toBe('A/B+C_000007');
    expect(await number()).toBe('A/B+C_000008');
    expect(await number({ prefix: 'F-' })).toBe('F-000009');
    expect(await number({ width: 1 })).toBe('F-10');
    expect(await number({ prefix: 'ABCDEFGHIJKLMNOPQRS-', width: 15 })).toHaveLength(35);
  });

  it('NUM-1: a prefix that could make two numbers one is refused', async () => {
    const { admin } = await newAccount();
    for (const prefix of ['INV1', '1INV-', '-INV', 'IN V', 'INV.', 'É-', '', 'ABCDEFGHIJKLMNOPQRSTU']) {
      const answer = await admin.patch('/v1/settings', { numbering: { prefix } });
      expect(answer.status).toBe(422);
      expect(answer.body.errors[0].pointer).toBe('/numbering/prefix');
    }
  });

  it('NUM-1: two accounts number by themselves', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    expect((await newInvoice(one.admin)).number).toBe('INV-1001');
    expect((await newInvoice(other.admin)).number).toBe('INV-1001');
  });

  it('NUM-2: a refused finalize uses no number', async () => {
    const { admin } = await newAccount();
    const [draft] = await drafts(admin, 1);
    const empty = ok(await admin.post('/v1/invoices', { currency: 'EUR' }));
    expect((await finalize(admin, empty)).status).toBe(422);
    const stale = await admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, {
      headers: { 'if-match': '"7"' },
    });
    expect(stale.status).toBe(412);
    expect(ok(await finalize(admin, draft)).number).toBe('INV-1001');
    expect((await finalize(admin, draft)).status).toBe(409);
    expect((await newInvoice(admin)).number).toBe('INV-1002');
  });

  it('NUM-3: the next number follows the last one given, whatever was deleted or voided', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const [first, second] = [await newInvoice(admin), await newInvoice(admin)];
    expect((await admin.delete(`/v1/invoices/${second.id}`)).status).toBe(204);
    expect((await newInvoice(admin)).number).toBe('INV-1003');
    ok(await admin.post(`/v1/invoices/${first.id}/void`));
    const [draft] = await drafts(admin, 1);
    expect((await admin.delete(`/v1/invoices/${draft.id}`)).status).toBe(204);
    expect((await newInvoice(admin)).number).toBe('INV-1004');
  });
});

describe('many at once', () => {
  it('NUM-5: 64 finalizations at once all succeed, with 64 consecutive numbers', async () => {
    const { admin } = await newAccount();
    const all = await drafts(admin, 64);
    const answers = await Promise.all(all.map((draft) => finalize(admin, draft)));
    expect(numbersOf(answers)).toEqual(sequence(1001, 64));
    const listed = ok(await admin.get('/v1/invoices?sort=number&limit=200')).data as Json[];
    expect(listed.map(({ number }) => number)).toEqual(sequence(1001, 64));
  });

  it('NUM-2: with one key however many come at once, one number is used', async () => {
    const { admin } = await newAccount();
    const [draft] = await drafts(admin, 1);
    const headers = { 'idempotency-key': 'finalize it once' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, { headers }),
      ),
    );
    expect(answers.map((one) => [one.status, ok(one).number])).toEqual(answers.map(() => [200, 'INV-1001']));
    expect((await newInvoice(admin, { lineItems: [line()] })).number).toBe('INV-1002');
  });
});
