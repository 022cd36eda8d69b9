import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  line,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
  type TestAccount,
} from '#test/support/account.ts';
import { accountRoutes, callRoute } from '#test/support/every-route.ts';
import type { Answer, Json } from '#test/support/service.ts';

let account: TestAccount;
let admin: Client;
beforeAll(async () => {
  account = await newAccount();
  admin = account.admin;
});

const json = 'application/json';
const raw = (text: string | Uint8Array, type: string | undefined = json, more: Record<string, string> = {}) =>
  admin.post('/v1/contacts', undefined, { raw: text, headers: { 'content-type': type, ...more } });
const codeOf = ({ status, body }: Answer) => [status, body?.code];
const faultsOf = ({ body }: Answer): [string, string][] =>
  (body.errors ?? []).map(({ pointer, code }: Json) => [pointer, code]);
const contacts = async (): Promise<number> => ok(await admin.get('/v1/contacts?limit=200')).data.length;

describe('a body that can’t be read', () => {
  it.each([
    ['half of it', '{"name": "Ada"'],
    ['words', 'hello'],
    ['NaN', '{"name": NaN}'],
    ['a trailing comma', '{"name": "Ada",}'],
    ['single quotes', "{'name': 'Ada'}"],
    ['a comment', '{"name": "Ada"} // Ada'],
    ['two values', '{"name":"Ada"}{"name":"Ada"}'],
    ['a form', 'name=Ada&email=ada%40example.com'],
    ['a control character in a text', '{"name": "A\u0000da"}'],
    ['a line break in a text', '{"name": "A\nda"}'],
    ['only spaces', '   '],
    ['100,000 brackets without their ends', '['.repeat(100_000)],
    ['half of a brace', '{'],
  ])('API-1: %s is malformed_request, and nothing is made', async (_, text) => {
    const before = await contacts();
    expect(codeOf(await raw(text))).toEqual([400, 'malformed_request']);
    expect(await contacts()).toBe(before);
  });

  it('API-1: bytes that are not UTF-8 make no contact', async () => {
    const latin1 = Buffer.from('{"name":"Andr\u00e9"}', 'latin1');
    const answer = await admin.patch(`/v1/contacts/${(await newContact(admin)).id}`, undefined, {
      raw: latin1,
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(codeOf(answer)).toEqual([400, 'malformed_request']);
  });

  it.each([
    ['a text', '"Ada"'],
    ['a number', '7'],
    ['a list', '[]'],
    ['a list of objects', '[{"name":"Ada"}]'],
    ['true', 'true'],
    ['100,000 brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('API-1: %s is no object', async (_, text) => {
    const answer = await raw(text);
    expect(codeOf(answer)).toEqual([422, 'invalid_request']);
    expect(faultsOf(answer)).toEqual([['', 'invalid_type']]);
  });

  it('API-1: null is none either', async () => {
    expect(faultsOf(await raw('null'))).toEqual([['', 'required']]);
  });

  it('API-1: 100,000 brackets where a text belongs are no text', async () => {
    const answer = await raw(`{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(faultsOf(answer)).toEqual([['/name', 'invalid_type']]);
  });

  it('API-1: 100,000 objects inside each other, with a key that is a trap at the bottom, are refused', async () => {
    const answer = await raw(
      `{"name":"x","a":${'{"b":'.repeat(100_000)}{"__proto__":1}${'}'.repeat(100_000)}}`,
    );
    expect(codeOf(answer)).toEqual([422, 'invalid_request']);
  });

  it('API-1: an empty body is an empty object to a POST, and no document to a PATCH', async () => {
    expect(faultsOf(await admin.post('/v1/contacts', undefined, { raw: '' }))).toEqual([
      ['/name', 'required'],
    ]);
    const path = `/v1/contacts/${(await newContact(admin)).id}`;
    expect(codeOf(await admin.patch(path, undefined, { raw: '' }))).toEqual([422, 'invalid_request']);
    expect((await admin.get(path)).body.version).toBe(1);
  });

  it('API-1: a byte order mark at the beginning is passed over', async () => {
    expect((await raw('\ufeff{"name":"Ada"}')).status).toBe(201);
  });

  it('API-1: of a key that comes twice the last counts', async () => {
    expect((await raw('{"name":"First","name":"Last"}')).body.name).toBe('Last');
  });
});

describe('the media type', () => {
  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json-patch+json',
    'application/problem+json',
    'application/merge-patch+json',
    'json',
    ';',
  ])('API-1: %s is refused', async (type) => {
    expect(codeOf(await raw('{"name":"Ada"}', type))).toEqual([415, 'unsupported_media_type']);
  });

  it.each([
    json,
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json ; v=1',
  ])('API-1: %s is taken', async (type) => {
    expect((await raw('{"name":"Ada"}', type)).status).toBe(201);
  });

  it.each(['iso-8859-1', 'utf-16', '"windows-1252"'])('API-1: the charset %s is refused', async (charset) => {
    expect(codeOf(await raw('{"name":"Ada"}', `${json}; charset=${charset}`))).toEqual([
      ...[415, 'unsupported_media_type'],
    ]);
  });

  it.each(['gzip', 'br', 'deflate', 'gzip, identity'])(
    'API-1: the content encoding %s is refused',
    async (encoding) => {
      const answer = await raw(gzipSync('{"name":"Ada"}'), json, { 'content-encoding': encoding });
      expect(codeOf(answer)).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('API-1: a merge patch may be called one', async () => {
    const path = `/v1/contacts/${(await newContact(admin)).id}`;
    for (const type of ['application/merge-patch+json', json]) {
      const headers = { 'content-type': type };
      expect((await admin.patch(path, { phone: type.slice(0, 40) }, { headers })).status).toBe(200);
    }
    const patch = { headers: { 'content-type': 'application/json-patch+json' } };
    expect(codeOf(await admin.patch(path, [], patch))).toEqual([415, 'unsupported_media_type']);
  });

  it('API-1: an action without a body takes none, or {}, with or without a media type', async () => {
    const bodies: [string | undefined, string][] = [
      ...([
        [undefined, json],
        ['{}', json],
        ['{}', 'text/plain'],
        [' { } ', 'text/plain'],
        ['', 'text/plain'],
      ] as const),
    ].map(([text, type]) => [text, type]);
    for (const [text, type] of bodies)
      for (const action of ['finalize', 'void']) {
        const invoice = action === 'void' ? await newInvoice(admin) : await newDraft(admin);
        const call = { headers: { 'content-type': type }, ...(text !== undefined && { raw: text }) };
        const answer = await admin.post(`/v1/invoices/${invoice.id}/${action}`, undefined, call);
        expect([action, text, type, answer.status]).toEqual([action, text, type, 200]);
      }
  });

  it('API-1: an action without a body takes no other', async () => {
    const draft = await newDraft(admin);
    const finalize = (text: string) =>
      admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, { raw: text });
    expect(faultsOf(await finalize('{"number":"1"}'))).toEqual([['/number', 'unknown_field']]);
    expect(faultsOf(await finalize('[]'))).toEqual([['', 'invalid_type']]);
    expect(codeOf(await finalize('{'))).toEqual([400, 'malformed_request']);
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`)).status).toBe('draft');
  });
});

describe('a body that is too large', () => {
  const padded = (bytes: number): string => {
    const text = '{"name":"Ada"}';
    return text + ' '.repeat(bytes - text.length);
  };

  it('API-1: is refused over 2,097,152 bytes, and taken up to there', async () => {
    expect((await raw(padded(2_097_152))).status).toBe(201);
    for (const bytes of [2_097_153, 3_000_000])
      expect(codeOf(await raw(padded(bytes)))).toEqual([413, 'body_too_large']);
  });

  it('API-1: is measured in bytes, and before its media type and JSON are looked at', async () => {
    const text = `{"name":"${'é'.repeat(1_100_000)}"}`;
    expect(text.length).toBeLessThan(2_097_152);
    expect(codeOf(await raw(text))).toEqual([413, 'body_too_large']);
    expect(codeOf(await raw('x'.repeat(3_000_000), 'text/plain'))).toEqual([413, 'body_too_large']);
  });
});

describe('a field that is none', () => {
  it('API-1: is named, at the top and inside, all at once', async () => {
    const answer = await admin.post('/v1/invoices', {
      currency: 'EUR',
      total: '1',
      'a/b~c': 1,
      lineItems: [
        { ...line(), amount: '1' },
        { ...line(), tax: { category: 'S', rate: '20', x: 1 } },
      ],
      billingAddress: { street: 'x' },
      notes: [{ text: 'x', subject: 'y' }],
      delivery: { address: { planet: 'x' } },
      discounts: [{ type: 'amount', value: '1', percent: 2 }],
    });
    expect(codeOf(answer)).toEqual([422, 'invalid_request']);
    expect(faultsOf(answer).sort()).toEqual(
      [
        '/total',
        '/a~1b~0c',
        '/lineItems/0/amount',
        '/lineItems/1/tax/x',
        '/billingAddress/street',
        '/notes/0/subject',
        '/delivery/address/planet',
        '/discounts/0/percent',
      ]
        .map((pointer) => [pointer, 'unknown_field'])
        .sort(),
    );
  });

  it.each([
    ['at the top', '{"currency":"EUR","__proto__":{"title":"x"}}', '/__proto__'],
    ['written with an escape', '{"currency":"EUR","\\u005f_proto__":{"title":"x"}}', '/__proto__'],
    [
      'inside',
      '{"currency":"EUR","lineItems":[{"name":"x","quantity":"1","unitPrice":"1","__proto__":{}}]}',
      '/lineItems/0/__proto__',
    ],
    [
      'among custom properties',
      '{"currency":"EUR","customProperties":{"__proto__":"x"}}',
      '/customProperties/__proto__',
    ],
    ['inside of what is none', '{"currency":"EUR","__proto__":{"__proto__":1}}', '/__proto__'],
  ])('API-1: __proto__ is none, %s', async (_, text, pointer) => {
    const answer = await admin.post('/v1/invoices', undefined, { raw: text });
    expect(codeOf(answer)).toEqual([422, 'invalid_request']);
    expect(faultsOf(answer)).toEqual([[pointer, 'unknown_field']]);
  });

  it('API-1, FILT-6: a custom property can have any name of Object.prototype but the one that no item can hold', async () => {
    const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => /^[a-z]\w*$/i.test(name));
    const values = Object.fromEntries(names.map((name) => [name, name]));
    for (const name of names) {
      const answer = await admin.post('/v1/invoices/properties', { name, label: name, type: 'string' });
      if (name !== 'constructor') expect(answer.status).toBe(201);
      else expect(faultsOf(answer)).toEqual([['/name', 'invalid_name']]);
    }
    const { constructor: _none, ...held } = values;
    const draft = await newDraft(admin, { customProperties: held });
    expect(draft.customProperties).toEqual(held);
    const refused = await admin.patch(`/v1/invoices/${draft.id}`, { customProperties: { constructor: 'x' } });
    expect(faultsOf(refused)).toEqual([['/customProperties/constructor', 'invalid_name']]);
  });

  it('API-1: constructor and prototype are none either', async () => {
    const answer = await admin.post('/v1/contacts', {
      name: 'Ada',
      constructor: {},
      prototype: {},
      toString: 1,
    });
    expect(faultsOf(answer).map(([pointer]) => pointer)).toEqual(['/constructor', '/prototype', '/toString']);
  });

  it('API-1: is named in the query too, together with what is wrong in the body', async () => {
    const answer = await admin.post('/v1/contacts?dryRun=true&__proto__=1', { name: '' });
    expect(faultsOf(answer)).toEqual([
      ['/query/dryRun', 'unknown_field'],
      ['/query/__proto__', 'unknown_field'],
      ['/name', 'too_short'],
    ]);
  });

  it('API-1: of 5,000 no more than 1,000 are named', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, 1]));
    const answer = await admin.post('/v1/contacts', { name: 'Ada', ...many });
    expect([answer.status, answer.body.errors.length]).toEqual([422, 1_000]);
  });

  it('API-1: with a name of a million characters makes no answer of millions', async () => {
    const name = '/'.repeat(1_000_000);
    for (const body of [{ [name]: 1 }, { customProperties: { [name]: {} } }]) {
      const answer = await admin.post('/v1/invoices', { currency: 'EUR', ...body });
      expect(answer.status).toBe(422);
      expect(answer.text.length).toBeLessThan(10_000);
    }
  });

  it.each(
    accountRoutes.filter(({ method }) => method === 'GET').map((route) => [route.name, route] as const),
  )('API-1: %s refuses a query parameter that it has not', async (_, route) => {
    const path = { ...route, path: `${route.path}?whatever=1` };
    const answer = await callRoute(path, { authorization: `Bearer ${account.adminToken}` });
    expect(codeOf(answer)).toEqual([422, 'invalid_request']);
    expect(faultsOf(answer)).toContainEqual(['/query/whatever', 'unknown_field']);
  });

  it('API-1: a query of 30,000 characters is refused like a short one', async () => {
    const answer = await admin.get(`/v1/contacts?${'x'.repeat(10_000)}=1`);
    expect(codeOf(answer)).toEqual([422, 'invalid_request']);
    expect(answer.text.length).toBeLessThan(2_000);
    const many = Array.from({ length: 2_000 }, (_, index) => `a${index}=`).join('&');
    expect((await admin.get(`/v1/contacts?${many}`)).status).toBe(422);
  });
});

describe('a value of another type', () => {
  it.each([
    ['a number', 7],
    ['true', true],
    ['a list', ['x']],
    ['an object', { x: 1 }],
    ['too large a number', '1e400'],
  ])('API-1: %s is named where a text belongs', async (_, value) => {
    const text = value === '1e400' ? '1e400' : JSON.stringify(value);
    const body = `{"currency":${text},"title":${text},"contactId":${text},"invoiceDate":${text},"lineItems":[{"name":${text},"quantity":${text},"unitPrice":${text}}]}`;
    const answer = await admin.post('/v1/invoices', undefined, { raw: body });
    expect(codeOf(answer)).toEqual([422, 'invalid_request']);
    expect(faultsOf(answer)).toEqual(
      [
        ...['/currency', '/invoiceDate', '/title', '/contactId'],
        ...['/lineItems/0/name', '/lineItems/0/quantity', '/lineItems/0/unitPrice'],
      ].map((pointer) => [pointer, 'invalid_type']),
    );
  });

  it.each(['"30"', '30.5', '-1', '3651', '1e400', 'true', '[30]', '{}', '99999999999999999999'])(
    'API-1: %s are no days of a payment term',
    async (text) => {
      const answer = await admin.post('/v1/invoices', undefined, {
        raw: `{"currency":"EUR","paymentTermDays":${text}}`,
      });
      expect(faultsOf(answer).map(([pointer]) => pointer)).toEqual(['/paymentTermDays']);
    },
  );

  it.each([
    '2026-02-30',
    '2026-13-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    '1899-12-31',
    '2200-01-01',
    ' 2026-01-01',
    '',
  ])('API-1: "%s" is no day', async (day) => {
    const answer = await admin.post('/v1/invoices', { currency: 'EUR', invoiceDate: day });
    expect(faultsOf(answer)).toEqual([['/invoiceDate', 'invalid_date']]);
  });

  it.each(['XXX', 'XAU', 'XTS', 'XDR', 'BGN', 'HRK', 'eur', 'EU', 'EURO', '', '€', ' EUR'])(
    'API-1: "%s" is no currency of an invoice',
    async (currency) => {
      const answer = await admin.post('/v1/invoices', { currency });
      expect(faultsOf(answer)).toEqual([['/currency', 'unknown_currency']]);
    },
  );

  it.each([
    ['KWD', '3.1410'.slice(0, 5)],
    ['JPY', '1200'],
    ['CLF', '1.2345'],
    ['USD', '1234.50'],
  ])('TOT-1: %s is one, with its own decimals', async (currency, amount) => {
    const lineItems = [line({ unitPrice: amount })];
    const draft = ok(await admin.post('/v1/invoices', { currency, lineItems }));
    expect([draft.currency, draft.total]).toEqual([currency, amount]);
  });

  it.each([
    '-1',
    '-0.01',
    '+1',
    '1e3',
    '.5',
    '5.',
    '01',
    '1,5',
    '1 000',
    'NaN',
    'Infinity',
    '',
    '0x10',
    '１',
    '1'.repeat(16),
    '0.1234567',
  ])('TOT-6: "%s" is no unit price and no quantity', async (value) => {
    const answer = await admin.post('/v1/invoices', {
      currency: 'EUR',
      lineItems: [line({ unitPrice: value }), line({ quantity: value })],
    });
    expect(faultsOf(answer)).toEqual([
      ['/lineItems/0/unitPrice', 'invalid_amount'],
      ['/lineItems/1/quantity', 'invalid_amount'],
    ]);
  });

  it('API-8: an amount of 15 integer digits is taken, and one that comes to more is named', async () => {
    const most = '9'.repeat(15);
    const draft = ok(
      await admin.post('/v1/invoices', { currency: 'EUR', lineItems: [line({ unitPrice: most })] }),
    );
    expect(draft.total).toBe(`${most}.00`);
    const lineItems = [line({ unitPrice: most, quantity: '2' })];
    const answer = await admin.post('/v1/invoices', { currency: 'EUR', lineItems });
    expect(codeOf(answer)).toEqual([422, 'invalid_request']);
    expect(faultsOf(answer)).toContainEqual(['/lineItems/0', 'amount_too_large']);
  });

  it.each([
    ['half of a surrogate pair', '"a\\ud800b"'],
    ['a control character', '"a\\u0007b"'],
    ['a null character', '"a\\u0000b"'],
    ['a line break', '"a\\nb"'],
    ['a line separator', '"a\\u2028b"'],
    ['a C1 control character', '"a\\u0085b"'],
  ])('API-1: %s is no text of one line', async (_, text) => {
    const answer = await raw(`{"name":${text}}`);
    expect(faultsOf(answer)).toEqual([['/name', 'invalid_text']]);
  });

  it('API-1: a text of several lines has line breaks and tabs, and no other control character', async () => {
    const comments = 'One\r\nTwo\tthree\n👩‍🚀 ﷺ';
    expect(ok(await admin.post('/v1/invoices', { currency: 'EUR', comments })).comments).toBe(comments);
    for (const wrong of ['a\u0000', 'a\u001b[31m', 'a\ud800'])
      expect(faultsOf(await admin.post('/v1/invoices', { currency: 'EUR', comments: wrong }))).toEqual([
        ['/comments', 'invalid_text'],
      ]);
  });

  it('API-1: null in a POST is as if absent', async () => {
    const draft = ok(
      await admin.post('/v1/invoices', {
        ...{ currency: 'EUR', title: null, lineItems: null, contactIds: null, customProperties: null },
        ...{ delivery: { name: null, address: null }, source: null },
      }),
    );
    expect(draft).toMatchObject({ title: null, lineItems: [], source: 'api' });
    expect(faultsOf(await admin.post('/v1/invoices', { currency: null }))).toEqual([
      ['/currency', 'required'],
    ]);
  });
});
