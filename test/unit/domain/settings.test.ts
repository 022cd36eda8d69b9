import { describe, expect, it } from 'vitest';
import { entryOf } from '#lib/domain/account/accounting.ts';
import { checkedSettingsPatch } from '#lib/domain/account/checked-settings.ts';
import { superAdminsAfter } from '#lib/domain/account/super-admins.ts';
import { settingsImage } from '#lib/domain/history/settings-image.ts';

const patch = checkedSettingsPatch(() => ['pay.example.com', 'bills.example.org']);
const codesOf = (body: unknown): unknown[] =>
  (patch.safeParse(body).error?.issues ?? []).map(({ path, ...issue }) => [
    path.join('.'),
    'params' in issue ? issue.params?.code : issue.code,
  ]);

describe('a change of settings', () => {
  it('SET-1: names one of the domains that the deployment serves, or none', () => {
    expect(codesOf({ linkDomain: 'bills.example.org' })).toEqual([]);
    expect(codesOf({ linkDomain: null })).toEqual([]);
    expect(codesOf({ linkDomain: 'example.org' })).toEqual([['linkDomain', 'unknown_domain']]);
  });

  it('SET-1: has codes by tax group, each group once', () => {
    const sales = [
      { category: 'S', rate: '20', account: '706000' },
      { category: 'S', rate: '20.00', account: '706001' },
      { category: 'E', rate: '5', account: '706002' },
    ];
    expect(codesOf({ accounting: { salesAccounts: sales } })).toEqual([
      ['accounting.salesAccounts.1', 'duplicate'],
      ['accounting.salesAccounts.2.rate', 'rate_not_allowed'],
    ]);
  });

  it('SET-1: has codes that no layout is broken by', () => {
    const accounting = {
      receivableAccount: '411|000',
      journalCode: 'V E',
      journalLabel: 'Ventes\n',
      xeroTaxTypes: [{ category: 'S', rate: '20' }],
    };
    expect(codesOf({ accounting })).toEqual([
      ['accounting.receivableAccount', 'invalid_account'],
      ['accounting.journalCode', 'invalid_journal_code'],
      ['accounting.journalLabel', 'invalid_text'],
      ['accounting.xeroTaxTypes.0.taxType', 'invalid_type'],
    ]);
  });
});

it('SET-1: the code of a tax group is found whatever the spelling of its rate', () => {
  const codes = [{ category: 'S', rate: '5.50', taxCode: 'TVA 5,5' }] as const;
  expect(entryOf(codes, { category: 'S', rate: '5.5' })?.taxCode).toBe('TVA 5,5');
  expect(entryOf(codes, { category: 'AE', rate: '0' })).toBeUndefined();
  expect(entryOf(undefined, { category: 'S', rate: '20' })).toBeUndefined();
});

describe('the super admins', () => {
  const admin = { role: 'super_admin' } as const;
  const member = { role: 'member' } as const;

  it('PERM-5: come and go', () => {
    expect(superAdminsAfter([], 'a', admin)).toEqual(['a']);
    expect(superAdminsAfter(['a'], 'b', admin)).toEqual(['a', 'b']);
    expect(superAdminsAfter(['a', 'b'], 'a', member)).toEqual(['b']);
    expect(superAdminsAfter(['a', 'b'], 'b', undefined)).toEqual(['a']);
  });

  it('PERM-5: stay as they are where nobody’s role changes', () => {
    const ids = ['a', 'b'];
    expect(superAdminsAfter(ids, 'a', admin)).toBe(ids);
    expect(superAdminsAfter(ids, 'c', member)).toBe(ids);
    expect(superAdminsAfter(ids, 'c', undefined)).toBe(ids);
  });

  it('PERM-5: are never none', () => {
    for (const after of [undefined, member])
      expect(() => superAdminsAfter(['a'], 'a', after)).toThrow(
        expect.objectContaining({ code: 'last_super_admin' }),
      );
  });
});

it('SET-2: the history sees the settings property by property, and of the logo its hash', () => {
  const notes = [{ text: 'Thank you' }];
  expect(
    settingsImage({
      currency: 'EUR',
      shards: 4,
      seller: { iban: 'FR76', address: { city: 'Lyon' } },
      notes,
      logoKey: 'logos/acc_1/c0ffee.png',
    }),
  ).toEqual({
    currency: 'EUR',
    'seller.iban': 'FR76',
    'seller.address.city': 'Lyon',
    notes,
    logo: 'c0ffee.png',
  });
});
