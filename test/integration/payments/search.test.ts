import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { putRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { newId } from '#lib/data/ids.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { newPayment } from '#lib/domain/record-payment.ts';
import { type Client, newAccount, newContact, newInvoice, ok } from '#test/support/account.ts';
import { faultsOf, inShort } from '#test/support/answers.ts';
import { tableCallsOf, unitsOf } from '#test/support/capacity.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { eventually, type Json } from '#test/support/service.ts';

const record = async (client: Client, more: Json = {}): Promise<Json> =>
  ok(await client.post('/v1/payments', { amount: '10', method: 'cash', ...more }));
const path = (query: Record<string, string>) => `/v1/payments?${new URLSearchParams(query)}`;
const find = async (client: Client, query: Record<string, string>): Promise<string[]> =>
  ok(await client.get(path(query))).data.map(({ id }: Json) => id);
const ids = (...found: Json[]) => found.map(({ id }) => id).reverse();

describe('finding payments', () => {
  it('PAY-2: by amount, however it is written, and by currency', async () => {
    const { admin } = await newAccount();
    const euros = await record(admin, { amount: '1200' });
    const dollars = await record(admin, { amount: '1200.00', currency: 'USD' });
    const yen = await record(admin, { amount: '1200', currency: 'JPY' });
    const dinars = await record(admin, { amount: '1200.001', currency: 'KWD' });
    for (const amount of ['1200', '1200.0', '1200.00', '1200.0000', '1200.000000'])
      expect(await find(admin, { amount })).toEqual(ids(euros, dollars, yen));
    expect(await find(admin, { amount: '1200.001' })).toEqual(ids(dinars));
    expect(await find(admin, { amount: '1200.000001' })).toEqual([]);
    expect(await find(admin, { amount: '120' })).toEqual([]);
    expect(await find(admin, { amount: '1200', currency: 'USD' })).toEqual(ids(dollars));
    expect(await find(admin, { currency: 'KWD' })).toEqual(ids(dinars));
    expect(await find((await newAccount()).admin, { amount: '1200' })).toEqual([]);
  });

  it('PAY-2: by id, in its own account alone', async () => {
    const { admin } = await newAccount();
    const payment = await record(admin);
    expect(ok(await admin.get(`/v1/payments/${payment.id}`))).toEqual(payment);
    const stranger = (await newAccount()).admin;
    expect(inShort(await stranger.get(`/v1/payments/${payment.id}`))).toBe('404 not_found');
  });

  it('PAY-2: by the present address of its contact, in any case', async () => {
    const { admin } = await newAccount();
    const [ada, ben] = [await newContact(admin), await newContact(admin)];
    const given = await record(admin, { contactId: ada.id });
    const invoice = await newInvoice(admin, { contactId: ada.id });
    const onInvoice = ok(await admin.post(`/v1/invoices/${invoice.id}/payments`, { method: 'cash' }));
    const other = await record(admin, { contactId: ben.id });
    const both = ids(given, onInvoice);
    expect(await find(admin, { email: ada.email })).toEqual(both);
    expect(await find(admin, { email: ada.email.toUpperCase() })).toEqual(both);
    expect(await find(admin, { email: ada.email, amount: '100' })).toEqual(ids(onInvoice));
    expect(await find(admin, { email: ada.email, unapplied: 'true' })).toEqual(ids(given));
    expect(await find(admin, { email: 'nobody@buyer.example' })).toEqual([]);
    const moved = `moved-${ada.email}`;
    ok(await admin.patch(`/v1/contacts/${ada.id}`, { email: moved }));
    expect(await find(admin, { email: ada.email })).toEqual([]);
    expect(await find(admin, { email: moved })).toEqual(both);
    ok(await admin.patch(`/v1/contacts/${ben.id}`, { email: ada.email }));
    expect(await find(admin, { email: ada.email })).toEqual(ids(other));
  });

  it('PAY-2: by what of it is still unapplied', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const [none, some, all] = [await record(admin), await record(admin), await record(admin)];
    const apply = `/v1/invoices/${invoice.id}/payments/apply`;
    ok(await admin.post(apply, { paymentId: some.id, amount: '4' }));
    ok(await admin.post(apply, { paymentId: all.id }));
    await eventually(async () => {
      const found = await find(admin, { unapplied: 'true' });
      return found.join() === ids(none, some).join() || undefined;
    }, 'the list shows the rests');
    expect(await find(admin, { unapplied: 'false' })).toEqual(ids(all));
    const { data } = ok(await admin.get(path({ unapplied: 'true' })));
    expect(data.map(({ unapplied }: Json) => unapplied)).toEqual(['6.00', '10.00']);
    expect((await admin.delete(`/v1/invoices/${invoice.id}/payments/${all.id}`)).status).toBe(204);
    await eventually(async () => {
      const found = await find(admin, { unapplied: 'true' });
      return found.length === 3 || undefined;
    }, 'what was taken off is unapplied again');
  });

  it('PAY-2, API-4: pages neither skip nor repeat, newest first; a cursor belongs to its search', async () => {
    const { admin } = await newAccount();
    const made: Json[] = [];
    for (let index = 0; index < 13; index++)
      made.push(await record(admin, { amount: index % 3 === 0 ? '7' : '8' }));
    const pagesOf = async (query: Record<string, string>) => {
      const pages: string[][] = [];
      let cursor: string | null = null;
      do {
        const page: Json = ok(await admin.get(path({ ...query, ...(cursor !== null && { cursor }) })));
        pages.push(page.data.map(({ id }: Json) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return pages;
    };
    const whole = ids(...made);
    for (const limit of ['1', '4', '5', '13', '200']) {
      const pages = await pagesOf({ limit });
      expect(pages.flat()).toEqual(whole);
      expect(pages.every(({ length }) => length <= Number(limit))).toBe(true);
    }
    const sevens = ids(...made.filter(({ amount }) => amount === '7.00'));
    expect((await pagesOf({ limit: '2', amount: '7' })).flat()).toEqual(sevens);
    expect((await pagesOf({ limit: '2', amount: '7', currency: 'EUR' })).flat()).toEqual(sevens);
    const { nextCursor: cursor } = ok(await admin.get(path({ limit: '2', amount: '7' })));
    const strange: Record<string, string>[] = [
      { cursor },
      { cursor, amount: '8' },
      { cursor: `${cursor}x`, amount: '7' },
    ];
    for (const query of strange) expect(inShort(await admin.get(path(query)))).toBe('422 invalid_cursor');
  });

  it('PAY-2: a faulty search is refused with its place', async () => {
    const { admin } = await newAccount();
    const wrong = { amount: '-1', currency: 'XYZ', email: 'no address', unapplied: 'yes', method: 'cash' };
    expect(
      faultsOf(await admin.get(path(wrong)))
        .map((fault) => fault.split(' ')[0])
        .sort(),
    ).toEqual(['/query/amount', '/query/currency', '/query/email', '/query/method', '/query/unapplied']);
  });
});

describe('the cost of a search', () => {
  let own: OwnService;
  let many: Client;
  beforeAll(async () => {
    own = await startOwnService();
    many = await accountOf(1_050);
  });
  afterAll(() => own.stop());

  /** An account with so many payments: one of 77, half of the others applied, all by one contact. */
  const accountOf = async (count: number) => {
    const { id: accountId, admin } = await own.newAccount();
    const contact = ok(await admin.post('/v1/contacts', { name: 'Ada', email: 'ada@buyer.example' }));
    const begun = Date.now();
    const by = { type: 'system', id: null, name: null } as const;
    for (let made = 0; made < count; made += 100) {
      const writes = new Transaction(table());
      for (let index = made; index < Math.min(made + 100, count); index++) {
        // Each a moment after the one before: ids rise.
        const at = new Date(begun + index).toISOString();
        const payment = newPayment(
          {
            ...{ amount: index === 0 ? '77' : '10', currency: 'EUR', method: 'cash' },
            contactId: contact.id,
          },
          { id: newId('pay', at), accountId, shards: 1, today: at.slice(0, 10), at, by },
        );
        putRecord(writes, payments, undefined, {
          ...payment,
          unapplied: index % 2 === 0 ? '0.00' : payment.unapplied,
        });
      }
      await writes.commit();
    }
    return admin;
  };
  const costOf = async (client: Client, query: Record<string, string>) => {
    let found: Json;
    const calls = await tableCallsOf(async () => {
      found = ok(await client.get(path(query)));
    });
    expect(calls.map(({ command }) => command)).not.toContain('ScanCommand');
    return { found: found.data.length, calls: calls.length, units: unitsOf(calls) };
  };

  it('PAY-2: does not grow with the payments that an account has: no scan', async () => {
    const few = await accountOf(60);
    const searches: Record<string, string>[] = [
      { amount: '77' },
      { amount: '10', limit: '10' },
      { email: 'ada@buyer.example', limit: '10' },
      { unapplied: 'true', limit: '10' },
      { limit: '10' },
    ];
    for (const search of searches) {
      const [small, large] = [await costOf(few, search), await costOf(many, search)];
      expect(large).toEqual(small);
      expect(large.units).toBeLessThan(12);
    }
  });

  it('PAY-2: of a search that few of many fit, one call reads no more than five pages', async () => {
    const search = { amount: '77', unapplied: 'false', email: 'ada@buyer.example' };
    const { found, calls, units } = await costOf(many, search);
    // The one that fits is older than a thousand others.
    expect(found).toBe(0);
    expect(calls).toBeLessThan(12);
    expect(units).toBeLessThan(150);
    const all: Json[] = [];
    let cursor: string | null = null;
    do {
      const page: Json = ok(await many.get(path({ ...search, ...(cursor !== null && { cursor }) })));
      all.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(all.map(({ amount }) => amount)).toEqual(['77.00']);
  });
});
