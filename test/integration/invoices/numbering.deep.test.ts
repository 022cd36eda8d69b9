import { describe, expect, it } from 'vitest';
import { memberWith, newAccount, newInvoice, ok } from '#test/support/account.ts';
import { drafts, finalize, numbersOf, sequence } from './many-drafts.ts';

describe('many at once', () => {
  it('NUM-5: five rounds of sixteen, in several accounts at once, by several people', async () => {
    const accounts = await Promise.all([newAccount(), newAccount()]);
    await Promise.all(
      accounts.map(async (account) => {
        const member = await memberWith(account, ['invoices.write']);
        const all = await drafts(account.admin, 80);
        for (let round = 0; round < 5; round++) {
          const some = all.slice(16 * round, 16 * (round + 1));
          const answers = await Promise.all(
            some.map((draft, index) => finalize(index % 2 === 0 ? account.admin : member, draft)),
          );
          expect(numbersOf(answers)).toEqual(sequence(1001 + 16 * round, 16));
        }
      }),
    );
  });

  it('NUM-5: among refused ones, deleted drafts and voids they leave no gap', async () => {
    const { admin } = await newAccount();
    const open = await newInvoice(admin);
    const [good, doomed] = [await drafts(admin, 20), await drafts(admin, 10)];
    const incomplete = await drafts(admin, 10, { lineItems: [] });
    const [answers, , refused] = await Promise.all([
      Promise.all(good.map((draft) => finalize(admin, draft))),
      Promise.all(doomed.map(({ id }) => admin.delete(`/v1/invoices/${id}`))),
      Promise.all(incomplete.map((draft) => finalize(admin, draft))),
      admin.post(`/v1/invoices/${open.id}/void`),
    ]);
    expect(refused.map(({ status }) => status)).toEqual(incomplete.map(() => 422));
    expect(numbersOf(answers)).toEqual(sequence(1002, 20));
    expect((await newInvoice(admin)).number).toBe('INV-1022');
    expect(ok(await admin.get('/v1/numbering/audit')).gaps).toEqual([]);
  });
});
