import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Client, line, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

/** Exports step by step, with parts so small that a few invoices make several. */

export let own: OwnService;
export let account: { id: string; admin: Client };
export const ids: string[] = [];

/** Starts the service of a file of tests, with an account of seven invoices. */
export const withSevenInvoices = (): void => {
  beforeAll(async () => {
    own = await startOwnService();
    process.env.EXPORT_PART_BYTES = '150';
    account = await own.newAccount();
    for (const title of ['=1+1', 'plain, with "quotes"', 'ünïcode', '@x', '-5', 'last'])
      ids.push((await newInvoice(account.admin, { title, lineItems: [line({ unitPrice: '10.10' })] })).id);
    ids.push((await newDraft(account.admin, { currency: 'JPY', title: 'draft' })).id);
  });
  afterAll(async () => {
    delete process.env.EXPORT_PART_BYTES;
    delete process.env.EXPORT_PROGRESS_MS;
    await own.stop();
  });
};

export const begin = async (body: Json): Promise<string> =>
  ok(await account.admin.post('/v1/exports', body)).id as string;
export const read = async (id: string): Promise<Json> => ok(await account.admin.get(`/v1/exports/${id}`));
export const message = (exportId: string): string => JSON.stringify({ accountId: account.id, exportId });
/** Steps as the queue brings them, until no message is left: one that failed comes again. */
export const runOut = async (exportId: string, first = [message(exportId)]): Promise<void> => {
  for (let bodies = first; bodies.length > 0; bodies = await own.take('export', exportId))
    for (const body of bodies) await own.queue('run-export', [body]);
};
export const fetched = async (file: Json): Promise<string> => {
  const response = await fetch(file.url);
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
  expect(bytes.length).toBe(file.bytes);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
};
export const exported = async (body: Json): Promise<{ done: Json; text: string }> => {
  const id = await begin(body);
  await runOut(id);
  const done = await read(id);
  expect(done).toMatchObject({ status: 'done', error: null });
  return { done, text: await fetched(done.files[0]) };
};
