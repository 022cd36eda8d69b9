import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, line, newAccount, newContact, ok } from '#test/support/account.ts';
import { type Answer, eventually, type Json } from '#test/support/service.ts';

let admin: Client;
beforeAll(async () => {
  admin = (await newAccount()).admin;
});

const draft = (more: Json) => admin.post('/v1/invoices', { currency: 'EUR', ...more });
const faultsOf = ({ body }: Answer): [string, string][] =>
  (body.errors ?? []).map(({ pointer, code }: Json) => [pointer, code]);
const expectFault = (answer: Answer, pointer: string, code: string): void => {
  expect([answer.status, answer.body.code]).toEqual([422, 'invalid_request']);
  expect(faultsOf(answer)).toEqual([[pointer, code]]);
};
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
// One character to a reader and to JSON Schema, two to JavaScript, four bytes to the table.
const astral = '💶';

describe('a text', () => {
  const oneLine = ['title', 'purchaseOrderNumber', 'buyerReference', 'contractReference', 'projectReference'];
  it.each(oneLine)('API-8: %s has 200 characters at most, whatever the script', async (field) => {
    for (const letter of ['a', 'é', '語', astral]) {
      const made = ok(await draft({ [field]: letter.repeat(200) }));
      expect(made[field]).toBe(letter.repeat(200));
      expectFault(await draft({ [field]: letter.repeat(201) }), `/${field}`, 'too_long');
    }
  });

  it.each(['comments', 'terms', 'internalNote'])('API-8: %s has 5,000 characters at most', async (field) => {
    for (const letter of ['a', '語', astral]) {
      const made = ok(await draft({ [field]: letter.repeat(5_000) }));
      expect(made[field]).toBe(letter.repeat(5_000));
      expectFault(await draft({ [field]: letter.repeat(5_001) }), `/${field}`, 'too_long');
    }
  });

  it('API-8: of a line, a note, a contact, a member and the settings has its limit too', async () => {
    const [long, longer] = ['x'.repeat(201), 'x'.repeat(5_001)];
    expectFault(await draft({ lineItems: [line({ name: long })] }), '/lineItems/0/name', 'too_long');
    expectFault(
      await draft({ lineItems: [line({ description: longer })] }),
      '/lineItems/0/description',
      'too_long',
    );
    expectFault(await draft({ notes: [{ text: longer }] }), '/notes/0/text', 'too_long');
    expectFault(
      await draft({ discounts: [{ label: long, type: 'amount', value: '0' }] }),
      '/discounts/0/label',
      'too_long',
    );
    expectFault(await admin.post('/v1/contacts', { name: long }), '/name', 'too_long');
    expectFault(
      await admin.post('/v1/contacts', { name: 'x', address: { city: long } }),
      '/address/city',
      'too_long',
    );
    expectFault(await admin.post('/v1/members', { name: long, email: 'a@example.com' }), '/name', 'too_long');
    expectFault(await admin.patch('/v1/settings', { terms: longer }), '/terms', 'too_long');
    const seller = { legalMentions: longer };
    expectFault(await admin.patch('/v1/settings', { seller }), '/seller/legalMentions', 'too_long');
  });

  it.each([
    ['title', ''],
    ['title', '   '],
    ['comments', ''],
  ])('API-8: %s can’t be "%s"', async (field, value) => {
    expectFault(await draft({ [field]: value }), `/${field}`, 'too_short');
  });

  it('API-8: a void’s and a deletion’s reason have 5,000 characters at most', async () => {
    const made = ok(await draft({}));
    const path = `/v1/invoices/${made.id}`;
    expectFault(await admin.post(`${path}/void`, { reason: 'x'.repeat(5_001) }), '/reason', 'too_long');
    expectFault(await admin.delete(`${path}?reason=${'x'.repeat(5_001)}`), '/query/reason', 'too_long');
    expect((await admin.delete(`${path}?reason=${'x'.repeat(5_000)}`)).status).toBe(204);
  });
});

describe('a list', () => {
  it.each<[string, number, (index: number) => Json]>([
    ['discounts', 20, () => ({ type: 'amount', value: '0' })],
    ['fees', 20, () => ({ type: 'amount', value: '0' })],
    ['notes', 20, () => ({ text: 'Note' })],
    ['precedingInvoices', 20, (index: number) => ({ number: `A${index}` })],
  ])('API-8: %s has %i at most', async (field, most, make) => {
    expect(ok(await draft({ lineItems: [line()], [field]: times(most, make) }))[field]).toHaveLength(most);
    expectFault(await draft({ [field]: times(most + 1, make) }), `/${field}`, 'too_large');
  });

  it('API-8: contactIds and companyIds have 50 at most, each once', async () => {
    const contacts = await Promise.all(times(51, async () => (await newContact(admin)).id));
    const companies = await Promise.all(
      times(51, async () => ok(await admin.post('/v1/companies', { name: 'One of many' })).id),
    );
    for (const [field, ids] of [
      ['contactIds', contacts],
      ['companyIds', companies],
    ] as const) {
      expect(ok(await draft({ [field]: ids.slice(0, 50) }))[field]).toHaveLength(50);
      expectFault(await draft({ [field]: ids }), `/${field}`, 'too_large');
      expectFault(await draft({ [field]: [ids[0], ids[1], ids[0]] }), `/${field}/2`, 'duplicate');
    }
  });

  it('API-8: the settings’ notes are 20 at most, and what of them is kept fits where it is kept', async () => {
    const notes = (count: number, text: string) => ({ notes: times(count, () => ({ text })) });
    expect(ok(await admin.patch('/v1/settings', notes(20, 'x'.repeat(5_000)))).notes).toHaveLength(20);
    expectFault(await admin.patch('/v1/settings', notes(21, 'x')), '/notes', 'too_large');
    const answer = await admin.patch('/v1/settings', notes(20, astral.repeat(5_000)));
    expect([200, 422]).toContain(answer.status);
  });

  it('API-8: all of an invoice’s texts at their longest are kept or refused, in any script', async () => {
    for (const letter of ['x', '語', astral]) {
      const text = letter.repeat(5_000);
      const body = { comments: text, terms: text, internalNote: text, notes: times(20, () => ({ text })) };
      const answer = await draft(body);
      if (letter === 'x') expect(answer.status).toBe(201);
      else expect([letter, [201, 422].includes(answer.status)]).toEqual([letter, true]);
      if (answer.status === 201)
        expect(ok(await admin.get(`/v1/invoices/${answer.body.id}`))).toEqual(answer.body);
    }
  });

  it('API-8: lines with texts at their longest are kept or refused', async () => {
    for (const [count, letter] of [
      [150, 'x'],
      [40, '語'],
      [40, astral],
    ] as const) {
      const long = {
        name: letter.repeat(200),
        description: letter.repeat(5_000),
        note: letter.repeat(5_000),
      };
      const answer = await draft({ lineItems: times(count, () => line(long)) });
      expect([letter, [201, 413, 422].includes(answer.status)]).toEqual([letter, true]);
      if (answer.status === 201)
        expect(ok(await admin.get(`/v1/invoices/${answer.body.id}`)).lineItems).toHaveLength(count);
    }
  });

  it('TOT-6: an invoice has 1,000 lines at most', async () => {
    expect(ok(await draft({ lineItems: times(1_000, () => line()) })).lineItems).toHaveLength(1_000);
    const answer = await draft({ lineItems: times(1_001, () => line()) });
    expect([answer.status, answer.body.code]).toEqual([422, 'too_many_lines']);
    expect(answer.body.errors).toMatchObject([{ pointer: '/lineItems', code: 'too_many_lines' }]);
  });

  it('SEND-2: an e-mail has nine copies at most', async () => {
    const made = ok(await draft({}));
    const cc = (count: number) => times(count, (index) => `copy${index}@example.com`);
    const answer = await admin.post(`/v1/invoices/${made.id}/send`, { cc: cc(10) });
    expect([answer.status, answer.body.code]).toEqual([422, 'too_many_cc']);
    expect((await admin.post(`/v1/invoices/${made.id}/send`, { cc: cc(9) })).body.code).toBe(
      'invoice_is_draft',
    );
  });
});

describe('custom properties', () => {
  const define = async (own: Client, type: string, count: number): Promise<string[]> => {
    const names = times(count, (index) => `${type}${index}`);
    for (const name of names) ok(await own.post('/v1/invoices/properties', { name, label: name, type }));
    return names;
  };

  it('API-8: are 50 at most, with 4 KB together', async () => {
    const own = (await newAccount()).admin;
    const names = await define(own, 'string', 51);
    const make = (customProperties: Json) => own.post('/v1/invoices', { currency: 'EUR', customProperties });
    const valued = (count: number, value: string) =>
      Object.fromEntries(names.slice(0, count).map((name) => [name, value]));
    expect(ok(await make(valued(50, 'x'))).customProperties).toEqual(valued(50, 'x'));
    expectFault(await make(valued(51, 'x')), '/customProperties', 'too_long');
    ok(await make(valued(1, 'x'.repeat(4_000))));
    for (const long of ['x'.repeat(4_097), '語'.repeat(2_000)])
      expect(faultsOf(await make(valued(1, long)))).toContainEqual(['/customProperties', 'too_long']);
  });

  it('API-8: grow no larger by a patch either', async () => {
    const own = (await newAccount()).admin;
    const [first, second] = (await define(own, 'string', 2)) as [string, string];
    const customProperties = { [first]: 'x'.repeat(3_000) };
    const made = ok(await own.post('/v1/invoices', { currency: 'EUR', customProperties }));
    const patch = { customProperties: { [second]: 'x'.repeat(3_000) } };
    expectFault(await own.patch(`/v1/invoices/${made.id}`, patch), '/customProperties', 'too_long');
    expect(ok(await own.get(`/v1/invoices/${made.id}`))).toEqual(made);
  });

  it('API-1: of another type, unknown or of no name are named', async () => {
    const own = (await newAccount()).admin;
    const make = (customProperties: Json) => own.post('/v1/invoices', { currency: 'EUR', customProperties });
    for (const type of ['string', 'number', 'boolean', 'date']) await define(own, type, 1);
    const wrong = await make({ string0: 1, number0: '1', boolean0: 'true', date0: '2026-02-30' });
    expect(faultsOf(wrong)).toEqual(
      ['string0', 'number0', 'boolean0', 'date0'].map((name) => [
        `/customProperties/${name}`,
        'invalid_type',
      ]),
    );
    expectFault(await make({ nobody: 1 }), '/customProperties/nobody', 'unknown_property');
    expectFault(await make({ 'a b': 1 }), '/customProperties/a b', 'invalid_name');
    expectFault(await make({ string0: ['x'] }), '/customProperties/string0', 'invalid_type');
    expectFault(await make({ string0: { x: 1 } }), '/customProperties/string0', 'invalid_type');
    const right = { string0: 'x', number0: -1.5, boolean0: false, date0: '2026-02-28' };
    expect(ok(await make(right)).customProperties).toEqual(right);
  });

  it.each([1e300, -1e300, 1e-300, 1.5e21, 0.1, 123456789012345680000, Number.MAX_VALUE, -0])(
    'API-1: the number %d is kept as it is, or refused',
    async (value) => {
      const own = (await newAccount()).admin;
      await define(own, 'number', 1);
      const answer = await own.post('/v1/invoices', {
        currency: 'EUR',
        customProperties: { number0: value },
      });
      expect([201, 422]).toContain(answer.status);
      if (answer.status === 422) expect(faultsOf(answer)[0]?.[0]).toBe('/customProperties/number0');
      else {
        const seen = ok(await own.get(`/v1/invoices/${answer.body.id}`)).customProperties.number0;
        expect(seen === value).toBe(true);
      }
    },
  );

  it('API-1: are defined once, under a name that is one', async () => {
    const own = (await newAccount()).admin;
    const make = (body: Json) => own.post('/v1/invoices/properties', { label: 'x', type: 'string', ...body });
    ok(await make({ name: 'colour' }));
    expectFault(await make({ name: 'colour' }), '/name', 'already_defined');
    for (const name of ['', '1a', 'a-b', 'a b', '__proto__', 'x'.repeat(51), 'é'])
      expectFault(await make({ name }), '/name', 'invalid_name');
    expectFault(await make({ name: 'shape', type: 'object' }), '/type', 'invalid_value');
  });
});

describe('what was refused', () => {
  it('API-1: leaves nothing half written', async () => {
    const own = (await newAccount()).admin;
    const contact = await newContact(own);
    const before = ok(
      await own.post('/v1/invoices', { currency: 'EUR', contactId: contact.id, lineItems: [line()] }),
    );
    const patches: Json[] = [
      { title: 'New', lineItems: [line(), line({ unitPrice: '-1' })] },
      { title: 'New', contactIds: ['con_01M7ZZZZZZZZZZZZZZZZZZZZZZ'] },
      { title: 'New', customProperties: { nobody: 1 } },
      { title: 'New', discounts: [{ type: 'amount', value: '100.01' }] },
      { title: 'New', currency: 'JPY', lineItems: [line({ discount: { type: 'amount', value: '0.5' } })] },
    ];
    for (const patch of patches)
      expect((await own.patch(`/v1/invoices/${before.id}`, patch)).status).toBe(422);
    expect(ok(await own.get(`/v1/invoices/${before.id}`))).toEqual(before);
    const history = await eventually(async () => {
      const entries = ok(await own.get(`/v1/invoices/${before.id}/history`)).data;
      return entries.length > 0 ? entries : undefined;
    }, 'the creation is in the history');
    expect(history.map(({ action }: Json) => action)).toEqual(['created']);
  });
});
