import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemDocument } from '#functions/http/problems.ts';
import { type Client, newAccount, ok, type TestAccount } from '#test/support/account.ts';
import type { Answer } from '#test/support/service.ts';

/** Whatever is sent: a success or a problem document that says where the fault is, never a failure of ours. */

let account: TestAccount;
let admin: Client;
let draft: string;
beforeAll(async () => {
  account = await newAccount();
  admin = account.admin;
  draft = ok(await admin.post('/v1/invoices', { currency: 'EUR' })).id;
});

const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: false });
const decimal = fc.oneof(
  fc.constantFrom('0', '1', '-1', '0.005', '999999999999999', '1e5', '', '1.1234567', '0.000001'),
  fc.bigInt({ min: 0n, max: 10n ** 16n }).map(String),
  fc.tuple(fc.nat(), fc.nat(999_999)).map(([whole, rest]) => `${whole}.${rest}`),
);
const odd = fc.oneof(
  json,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', null, -0, 1e308),
);
const some = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: odd });
const record = (shape: Record<string, fc.Arbitrary<unknown>>, needed: string[] = []) =>
  fc.record(shape, { requiredKeys: needed });
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.constant('x'.repeat(201)),
);

const tax = record({
  category: some(fc.constantFrom('S', 'Z', 'E', 'O', 'K')),
  rate: some(fc.constantFrom('0', '20', '5.5')),
});
const reduction = record({
  type: some(fc.constantFrom('percent', 'amount')),
  value: some(decimal),
  label: some(text),
});
const lineItem = record({
  ...{ name: some(text), quantity: some(decimal), unitPrice: some(decimal), tax: some(tax) },
  ...{ discount: some(reduction), unit: some(fc.constantFrom('HUR', 'C62', 'x')), period: some(json) },
});
const invoice = record(
  {
    currency: some(fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF', 'XXX')),
    lineItems: some(fc.array(some(lineItem), { maxLength: 6 })),
    discounts: some(fc.array(some(reduction), { maxLength: 3 })),
    fees: some(fc.array(some(reduction), { maxLength: 3 })),
    title: some(text),
    comments: some(text),
    dueDate: some(fc.constantFrom('2026-12-31', '2026-02-30')),
    paymentTermDays: some(fc.integer()),
    exchangeRate: some(decimal),
    customProperties: some(fc.dictionary(text, odd)),
    contactIds: some(fc.array(odd, { maxLength: 3 })),
    language: some(fc.constantFrom('fr', 'en', 'xx', 'fr_FR')),
    slug: some(fc.constantFrom('spring', 'pdf')),
    billingAddress: some(record({ city: some(text), country: some(fc.constantFrom('FR', 'XX')) })),
  },
  ['currency'],
);
const party = {
  legalName: some(text),
  vatId: some(fc.constantFrom('FR83404833048', 'x')),
  legalId: some(record({ scheme: some(fc.constantFrom('0002', 'x')), value: some(text) })),
  address: some(record({ line1: some(text), country: some(fc.constantFrom('FR', 'ZZ')) })),
  iban: some(fc.constantFrom('FR7630006000011234567890189', 'FR7630006000011234567890180')),
};
const contact = record({ name: some(text), email: some(fc.emailAddress()), language: some(text), ...party });
const settings = record({
  seller: some(record(party)),
  notes: some(
    fc.array(some(record({ text: some(text), code: some(fc.constantFrom('AAI', 'x')) })), { maxLength: 3 }),
  ),
  numbering: some(record({ prefix: some(text), width: some(fc.integer()), start: some(fc.integer()) })),
  timeZone: some(fc.constantFrom('Europe/Paris', 'Mars/Olympus', 'UTC', '+01:00')),
  paymentTermDays: some(fc.integer()),
  defaultTax: some(tax),
  locale: some(fc.constantFrom('fr-FR', 'en', 'x')),
  brandColor: some(fc.constantFrom('#123456', 'red')),
  allowEditFinalized: some(fc.boolean()),
});

const expectSense = ({ status, body, headers, text }: Answer): void => {
  expect([status < 500, text]).toEqual([true, text]);
  if (status < 300) return;
  expect(headers.get('content-type')).toBe('application/problem+json');
  const problem = problemDocument.parse(body);
  expect(problem.status).toBe(status);
  if (status === 422) expect(problem.errors?.length).toBeGreaterThan(0);
};

describe('whatever JSON', () => {
  const routes = [
    ['POST /v1/invoices', invoice, (body: unknown) => admin.post('/v1/invoices', body)],
    [
      'PATCH /v1/invoices/{invoiceId}',
      invoice,
      (body: unknown) => admin.patch(`/v1/invoices/${draft}`, body),
    ],
    ['POST /v1/contacts', contact, (body: unknown) => admin.post('/v1/contacts', body)],
    ['PATCH /v1/settings', settings, (body: unknown) => admin.patch('/v1/settings', body)],
  ] as const;

  it.each(routes)('API-1: %s takes it or says what is wrong with it', async (_, likely, send) => {
    const body = fc.oneof(
      { weight: 4, arbitrary: likely as fc.Arbitrary<unknown> },
      { weight: 1, arbitrary: json },
    );
    await fc.assert(
      fc.asyncProperty(body, async (value) => expectSense(await send(value))),
      { numRuns: 200 },
    );
  });

  it('API-1: what is taken can be read, and everything that was made is listed', async () => {
    for (const path of ['/v1/settings', `/v1/invoices/${draft}`]) ok(await admin.get(path));
    for (const path of ['/v1/invoices', '/v1/contacts']) {
      let cursor: string | null = null;
      do {
        const page: Answer = await admin.get(`${path}?limit=200${cursor ? `&cursor=${cursor}` : ''}`);
        cursor = ok(page).nextCursor;
      } while (cursor !== null);
    }
  });
});
