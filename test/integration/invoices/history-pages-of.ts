import { expect } from 'vitest';
import { type Client, ok } from '#test/support/account.ts';
import { eventually, type Json } from '#test/support/service.ts';

export const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;

/** All pages of a list. */
export const allOf = async (admin: Client, path: string, limit = 200): Promise<Json[]> => {
  const all: Json[] = [];
  for (let cursor = ''; ; ) {
    const page = ok(await admin.get(`${path}?limit=${limit}${cursor}`));
    expect(page.data.length).toBeLessThanOrEqual(limit);
    all.push(...page.data);
    if (page.nextCursor === null) return all;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
};
/** The history once it has so many entries. */
export const historyOf = (admin: Client, invoice: Json, count: number): Promise<Json[]> =>
  eventually(async () => {
    const entries = await allOf(admin, `${pathOf(invoice)}/history`);
    return entries.length >= count ? entries : undefined;
  }, `${count} entries of history`);
/** A property's values once there are so many. */
export const valuesOf = (admin: Client, invoice: Json, property: string, count: number): Promise<Json[]> =>
  eventually(async () => {
    const values = await allOf(admin, `${pathOf(invoice)}/history/${property}`);
    return values.length >= count ? values : undefined;
  }, `${count} values of ${property}`);
