import { describe, expect, it } from 'vitest';
import { line, newAccount, newDraft, ok } from '#test/support/account.ts';
import { eventually, type Json } from '#test/support/service.ts';
import { allOf, pathOf, valuesOf } from './history-pages-of.ts';

describe('pages of the history', () => {
  it('HIST-1: never cut an entry, be it of a thousand lines', async () => {
    const { admin } = await newAccount();
    const many = (note: string) =>
      Array.from({ length: 1_000 }, (_, index) =>
        line({ name: `${note} ${index}`, description: 'd'.repeat(300) }),
      );
    const draft = await newDraft(admin, { lineItems: many('first') });
    ok(await admin.patch(pathOf(draft), { lineItems: many('second'), notes: [{ text: 'n'.repeat(5_000) }] }));
    ok(await admin.patch(pathOf(draft), { lineItems: [line()], title: 'Short' }));
    const path = `${pathOf(draft)}/history`;
    const whole = await eventually(async () => {
      const entries = await allOf(admin, path);
      return entries.length === 3 ? entries : undefined;
    }, 'the whole history');
    expect(whole.map(({ action }) => action)).toEqual(['created', 'updated', 'updated']);
    expect(await allOf(admin, path, 1)).toEqual(whole);
    expect(await allOf(admin, path, 2)).toEqual(whole);
    const lines = whole.map(({ changes }) => changes.find(({ property }: Json) => property === 'lineItems'));
    expect(lines.map(({ from, to }) => [from?.length ?? 0, to.length])).toEqual([
      [0, 1_000],
      [1_000, 1_000],
      [1_000, 1],
    ]);
    expect(lines[1].to.map(({ name }: Json) => name)).toEqual(many('second').map(({ name }) => name));
    const values = await valuesOf(admin, draft, 'lineItems', 3);
    expect(values.map(({ value }) => value.length)).toEqual([1_000, 1_000, 1]);
  });

  it('HIST-2: hold a list whole, where only a part of it changed', async () => {
    const { admin } = await newAccount();
    const names = Array.from({ length: 250 }, (_, index) => `Item ${index}`);
    const lineItems = names.map((name) => line({ name }));
    const draft = await newDraft(admin, { lineItems });
    ok(await admin.patch(pathOf(draft), { lineItems: lineItems.with(240, line({ name: 'Other' })) }));
    ok(await admin.patch(pathOf(draft), { lineItems: lineItems.slice(0, 200) }));
    const values = await eventually(async () => {
      const found = await allOf(admin, `${pathOf(draft)}/history/lineItems`);
      return found.length === 3 && found.every(({ value }) => value?.length >= 200) ? found : undefined;
    }, 'whole lists');
    expect(values.map(({ value }) => value.map(({ name }: Json) => name))).toEqual([
      names,
      names.with(240, 'Other'),
      names.slice(0, 200),
    ]);
  });

  it('HIST-1: fit what an answer can carry, however large their entries', async () => {
    const { admin } = await newAccount();
    const texts = (letter: string) => ({
      notes: Array.from({ length: 20 }, () => ({ text: letter.repeat(5_000) })),
      lineItems: Array.from({ length: 100 }, () => line({ description: letter.repeat(5_000) })),
    });
    const draft = await newDraft(admin, texts('a'));
    for (const letter of 'bcdef') ok(await admin.patch(pathOf(draft), texts(letter)));
    const path = `${pathOf(draft)}/history`;
    const entries = await eventually(async () => {
      const found = await allOf(admin, path);
      return found.length === 6 ? found : undefined;
    }, 'six entries');
    const page = await admin.get(`${path}?limit=200`);
    expect(page.text.length).toBeLessThan(6_000_000);
    expect(page.body.nextCursor).not.toBe(null);
    expect(entries.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    const values = await allOf(admin, `${path}/lineItems`);
    expect(values.map(({ value }) => value[99].description[0]).join('')).toBe('abcdef');
  });
});
