import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { line, ok } from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import {
  bulk,
  expectNoGap,
  givenBy,
  idsOf,
  key,
  manyDrafts,
  numbersFrom,
  numbersOf,
  refusedIn,
  unknown,
} from '#test/support/bulk.ts';
import { tableCallsOf } from '#test/support/capacity.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { beforeNextWrite, crashAtWrite } from '#test/support/interleave.ts';
import type { Json } from '#test/support/service.ts';

describe('finalizing many, from within', () => {
  let own: OwnService;
  beforeAll(async () => {
    own = await startOwnService();
  });
  afterAll(() => own.stop());

  // It takes minutes on a machine that is busy with all else.
  it.runIf(process.env.QUITTANCE_TESTS === 'all')(
    'NUM-6: 1,000 in one request, with three calls to the table for each batch',
    async () => {
      const { admin, adminToken } = await own.newAccount();
      // Time enough on the busiest machine: what it took is printed.
      const patient = own.clientWith(adminToken, 240_000);
      const ids = await manyDrafts(admin, 1_000);
      let answer: Json;
      const started = performance.now();
      const calls = await tableCallsOf(async () => {
        answer = ok(await patient.post(bulk, { invoiceIds: ids }, key('a thousand')));
      });
      const milliseconds = Math.round(performance.now() - started);
      console.info(`1,000 finalized in ${milliseconds} ms, ${calls.length} calls to the table`);
      expect(idsOf(answer.finalized)).toEqual(ids);
      expect(numbersOf(answer)).toEqual(numbersFrom(1001, 1_000));
      // 24 in a transaction, with two reads for each, and a few for the request as a whole.
      expect(calls.filter(({ command }) => command === 'TransactWriteItemsCommand')).toHaveLength(43);
      expect(calls.length).toBeLessThan(3 * 43 + 12);
      await expectNoGap(admin, givenBy(answer));
    },
    300_000,
  );

  it('NUM-6, API-2: after a crash at any of its writes, the repeat names what was done and does the rest', async () => {
    // What is done by then: nothing, a batch, two, all but the record of the request, and that as well.
    for (const [nth, moment, done] of [
      [1, 'before', 0],
      [1, 'after', 24],
      [2, 'after', 48],
      [3, 'after', 50],
      [4, 'after', 50],
    ] as const) {
      const { admin } = await own.newAccount();
      const ids = await manyDrafts(admin, 50);
      const invoiceIds = [...ids, unknown];
      const send = () => admin.post(bulk, { invoiceIds }, key('crashed'));
      await crashAtWrite(nth, moment, send);
      expect(ok(await admin.get('/v1/numbering')).next).toBe(`INV-${1001 + done}`);
      const answer = ok(await send());
      expect(idsOf(answer.finalized)).toEqual(ids);
      expect(numbersOf(answer)).toEqual(numbersFrom(1001, 50));
      expect(refusedIn(answer)).toEqual(['not_found']);
      await expectNoGap(admin, givenBy(answer));
      expect(ok(await send())).toEqual(answer);
    }
  }, 240_000);

  it('NUM-6, API-2: the repeat of a crashed request names what was deleted or voided since', async () => {
    const { admin } = await own.newAccount();
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const ids = await manyDrafts(admin, 30);
    const send = () => admin.post(bulk, { invoiceIds: ids }, key('crashed'));
    await crashAtWrite(2, 'before', send);
    await admin.delete(`/v1/invoices/${ids[3]}`);
    ok(await admin.post(`/v1/invoices/${ids[4]}/void`));
    const answer = ok(await send());
    expect(numbersOf(answer)).toEqual(numbersFrom(1001, 30));
    expect(answer.refused).toEqual([]);
    expect(answer.finalized[4].version).toBe(3);
    const other = await admin.post(bulk, { invoiceIds: ids.slice(1) }, key('crashed'));
    expect(inShort(other)).toBe('422 idempotency_key_reused');
  });

  it('NUM-6: what changes while it runs is met: a draft edited, one deleted, one finalized by another', async () => {
    const { admin } = await own.newAccount();
    const ids = await manyDrafts(admin, 5);
    const [edited = '', deleted = '', finalized = ''] = ids;
    beforeNextWrite(async () => {
      ok(await admin.patch(`/v1/invoices/${edited}`, { lineItems: [line({ unitPrice: '7' })] }));
      await admin.delete(`/v1/invoices/${deleted}`);
      ok(await admin.post(`/v1/invoices/${finalized}/finalize`));
    });
    const answer = ok(await admin.post(bulk, { invoiceIds: ids }));
    expect(idsOf(answer.finalized)).toEqual([edited, ids[3], ids[4]]);
    expect(numbersOf(answer)).toEqual(numbersFrom(1002, 3));
    expect(refusedIn(answer)).toEqual(['not_found', 'invoice_not_draft']);
    expect(ok(await admin.get(`/v1/invoices/${edited}`)).total).toBe('7.00');
  });

  it('NUM-6: when the time of the call runs out, the rest is named, and the same request goes on with it', async () => {
    const account = await own.newAccount();
    const ids = await manyDrafts(account.admin, 60);
    // A budget that the answer alone takes up: nothing can be finalized.
    const hasty = own.clientWith(account.adminToken, 1_400);
    const none = await hasty.post(bulk, { invoiceIds: ids }, key('cut short'));
    expect(inShort(none)).toBe('503 numbering_contended');
    expect(none.headers.get('retry-after')).toBe('1');
    expect(ok(await account.admin.get('/v1/numbering')).next).toBe('INV-1001');
    // A first batch that takes longer than all that is left: it is the only one.
    beforeNextWrite(() => sleep(1_500));
    const part = ok(
      await own.clientWith(account.adminToken, 4_000).post(bulk, { invoiceIds: ids }, key('cut short')),
    );
    expect(numbersOf(part)).toEqual(numbersFrom(1001, 24));
    expect(part.refused).toEqual(
      ids.slice(24).map((invoiceId) => ({ invoiceId, code: 'numbering_contended', errors: [] })),
    );
    const whole = ok(await account.admin.post(bulk, { invoiceIds: ids }, key('cut short')));
    expect(idsOf(whole.finalized)).toEqual(ids);
    expect(numbersOf(whole)).toEqual(numbersFrom(1001, 60));
    expect(whole.refused).toEqual([]);
  });
});
