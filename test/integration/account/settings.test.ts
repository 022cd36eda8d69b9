import { describe, expect, it } from 'vitest';
import { apiKeyWith, memberWith, newAccount, newInvoice, ok } from '#test/support/account.ts';
import type { Answer } from '#test/support/service.ts';

const seller = {
  legalName: 'Maison Lumière SARL',
  tradingName: 'Maison Lumière',
  legalForm: 'SARL au capital de 10 000 €',
  legalId: { scheme: '0002', value: '303265045' },
  vatId: 'FR40303265045',
  taxNumber: '12 345',
  accountingCode: null,
  electronicAddress: { scheme: '0225', value: '303265045' },
  address: {
    line1: '12 rue des Lilas',
    line2: null,
    line3: null,
    city: 'Lyon',
    region: null,
    postalCode: '69003',
    country: 'FR',
  },
  contact: { name: 'Ada Novak', email: 'ada@example.com', phone: '+33 4 00 00 00 00' },
  iban: 'FR7630006000011234567890189',
  bic: 'AGRIFRPP',
  accountName: 'Maison Lumière',
  legalMentions: 'Pas d’escompte.\nIndemnité de 40 €.',
};

const accounting = {
  receivableAccount: '411000',
  journalCode: 'VE',
  journalLabel: 'Ventes',
  xeroAccountCode: '200',
  salesAccounts: [
    { category: 'S', rate: '20', account: '706200', label: 'Prestations 20 %' },
    { category: 'AE', rate: '0', account: '706900', label: null },
  ],
  taxAccounts: [{ category: 'S', rate: '20.00', account: '445710', label: null }],
  xeroTaxTypes: [{ category: 'S', rate: '20', taxType: '20% (VAT on Income)' }],
  quickbooksTaxCodes: [{ category: 'S', rate: '20', taxCode: '20.0% S' }],
};

/** Everything but the link domain, which only a deployment that has some takes. */
const written = {
  seller,
  country: 'FR',
  currency: 'CHF',
  timeZone: 'Europe/Zurich',
  language: 'fr',
  locale: 'fr-CH',
  pageSize: 'Letter',
  brandColor: '#1F6feb',
  paymentTermDays: 45,
  terms: 'Payable à réception.\nMerci.',
  notes: [
    { code: 'AAI', text: 'Merci de votre confiance.' },
    { code: null, text: 'À bientôt.' },
  ],
  defaultTax: {
    category: 'E',
    rate: '0',
    label: 'TVA',
    exemptionReasonCode: 'VATEX-FR-FRANCHISE',
    exemptionReason: 'TVA non applicable, art. 293 B du CGI',
  },
  numbering: { prefix: 'FA-2026/', width: 6, start: 42 },
  chronologicalNumbers: true,
  allowEditFinalized: true,
  allowDeleteFinalized: true,
  allowOtherFromAddresses: true,
  sendOnlineReceipts: false,
  defaultFrom: 'billing@example.com',
  linkDomain: null,
  accounting,
  onlinePayment: { provider: 'stripe', stripeAccountId: 'acct_1KAV3Q8ZJ5N0W7T2' },
};

const faultsOf = ({ status, body }: Answer): unknown => ({
  status,
  code: body.code,
  errors: body.errors?.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`),
});

describe('the settings', () => {
  it('SET-1: are read back as they were written', async () => {
    const { admin } = await newAccount();
    expect(ok(await admin.patch('/v1/settings', written))).toMatchObject(written);
    expect(ok(await admin.get('/v1/settings'))).toMatchObject({ ...written, version: 2, warnings: [] });
  });

  it('SET-1: are refused with every fault at once', async () => {
    const { admin } = await newAccount();
    const answer = await admin.patch('/v1/settings', {
      country: 'XX',
      currency: 'EURO',
      timeZone: 'Europe/Atlantis',
      language: 'zz',
      locale: 'qqq-ZZ',
      pageSize: 'A5',
      brandColor: 'blue',
      paymentTermDays: -1,
      terms: '',
      notes: [{ code: 'nope', text: 'x' }],
      defaultTax: { category: 'AE', rate: '20' },
      numbering: { prefix: '1NV', width: 16, start: 0 },
      chronologicalNumbers: 'yes',
      defaultFrom: 'nobody',
      linkDomain: 'elsewhere.example.com',
      accounting: { receivableAccount: '4|1' },
      onlinePayment: { provider: 'paypal' },
      seller: { vatId: 'FR41303265045', iban: 'FR7630006000011234567890188', bic: 'AGRIXXPP' },
      logo: 'https://example.com/logo.png',
    });
    expect(faultsOf(answer)).toEqual({
      status: 422,
      code: 'invalid_request',
      errors: expect.arrayContaining([
        '/country unknown_country',
        '/currency unknown_currency',
        '/timeZone unknown_time_zone',
        '/language unknown_language',
        '/locale unknown_locale',
        '/pageSize invalid_value',
        '/brandColor invalid_color',
        '/paymentTermDays too_small',
        '/terms too_short',
        '/notes/0/code invalid_code',
        '/defaultTax/rate rate_not_allowed',
        '/numbering/prefix invalid_prefix',
        '/numbering/width too_large',
        '/numbering/start too_small',
        '/chronologicalNumbers invalid_type',
        '/defaultFrom invalid_email',
        '/linkDomain unknown_domain',
        '/accounting/receivableAccount invalid_account',
        '/onlinePayment/provider invalid_value',
        '/seller/vatId invalid_vat_id',
        '/seller/iban invalid_iban',
        '/seller/bic invalid_bic',
        '/logo unknown_field',
      ]),
    });
    expect(ok(await admin.get('/v1/settings'))).toMatchObject({ version: 1, currency: 'EUR' });
  });

  it.each(['INV1', '-INV', 'IN V', '', 'I'.repeat(21)])('NUM-1: take no prefix %j', async (prefix) => {
    const { admin } = await newAccount();
    const answer = await admin.patch('/v1/settings', { numbering: { prefix } });
    expect(faultsOf(answer)).toMatchObject({ status: 422, errors: ['/numbering/prefix invalid_prefix'] });
  });

  it('SET-1: lose with null what an account can do without', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', written));
    const nothing = {
      brandColor: null,
      paymentTermDays: null,
      terms: null,
      notes: null,
      defaultTax: null,
      defaultFrom: null,
      linkDomain: null,
      accounting: null,
      onlinePayment: null,
    };
    expect(ok(await admin.patch('/v1/settings', { ...nothing, seller: { iban: null } }))).toMatchObject({
      ...nothing,
      seller: { ...seller, iban: null },
      currency: 'CHF',
    });
    const bare = ok(await admin.patch('/v1/settings', { seller: null }));
    expect(new Set(Object.values(bare.seller))).toEqual(new Set([null]));
  });

  it('SET-1: keep what every account has', async () => {
    const { admin } = await newAccount();
    const answer = await admin.patch('/v1/settings', {
      currency: null,
      country: null,
      timeZone: null,
      pageSize: null,
      sendOnlineReceipts: null,
      numbering: null,
    });
    expect(faultsOf(answer)).toEqual({
      status: 422,
      code: 'invalid_request',
      errors: [
        '/country required',
        '/currency required',
        '/timeZone required',
        '/pageSize required',
        '/sendOnlineReceipts required',
        '/numbering required',
      ],
    });
  });

  it('SET-1: change in the part that a patch names', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', written));
    const changed = ok(
      await admin.patch('/v1/settings', {
        seller: { address: { line1: '1 quai Sud' } },
        numbering: { width: 8 },
        accounting: { journalCode: 'VT' },
      }),
    );
    expect(changed).toMatchObject({
      ...written,
      seller: { ...seller, address: { ...seller.address, line1: '1 quai Sud' } },
      numbering: { prefix: 'FA-2026/', width: 8, start: 42 },
      accounting: { ...accounting, journalCode: 'VT' },
    });
  });

  it('SET-1: have no other start once a number was given, but another prefix', async () => {
    const { admin } = await newAccount();
    await newInvoice(admin);
    const answer = await admin.patch('/v1/settings', { numbering: { start: 5_000 } });
    expect(faultsOf(answer)).toMatchObject({ status: 409, code: 'invoices_exist' });
    ok(await admin.patch('/v1/settings', { numbering: { prefix: 'FA-' } }));
    expect((await newInvoice(admin)).number).toBe('FA-1002');
  });

  it('SET-1: warn when finalized invoices become open to edits and deletion, that once', async () => {
    const { admin } = await newAccount();
    const switches = { allowEditFinalized: true, allowDeleteFinalized: true };
    const { warnings } = ok(await admin.patch('/v1/settings', switches));
    expect(warnings.map(({ code }: { code: string }) => code)).toEqual([
      'edits_may_be_unlawful',
      'deletions_leave_gaps',
    ]);
    const said = warnings.map(({ detail }: { detail: string }) => detail).join(' ');
    expect(said).toMatch(/gap in the numbering/);
    expect(said).toMatch(/must be kept/);
    expect(said).toMatch(/credit note/);
    expect(ok(await admin.patch('/v1/settings', switches)).warnings).toEqual([]);
    const off = { allowEditFinalized: false, allowDeleteFinalized: false };
    expect(ok(await admin.patch('/v1/settings', off)).warnings).toEqual([]);
  });

  it('PERM-3: are read with invoices.read and written with settings.write', async () => {
    const account = await newAccount();
    const reader = await memberWith(account, ['invoices.read']);
    const writer = await apiKeyWith(account, ['settings.write']);
    expect((await reader.get('/v1/settings')).status).toBe(200);
    expect(await reader.patch('/v1/settings', { terms: 'x' })).toMatchObject({
      status: 403,
      body: { code: 'permission_denied', permission: 'settings.write' },
    });
    expect((await writer.patch('/v1/settings', { terms: 'x' })).status).toBe(200);
    expect((await writer.get('/v1/settings')).status).toBe(403);
  });
});
