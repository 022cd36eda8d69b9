import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { chooseSender, type SenderChoice } from '#lib/domain/sending/choose-sender.ts';
import type { SenderAddress } from '#lib/domain/sending/sender-address.ts';

const at = '2026-11-24T10:00:00.000Z';
const address = (email: string, more: Partial<SenderAddress> = {}): SenderAddress => ({
  ...{ accountId: 'acc_1', email, sharedWith: 'account', verifiedAt: at, version: 1, revision: 1 },
  ...{ createdAt: at, createdBy: { type: 'system', id: null, name: null }, updatedAt: at },
  ...more,
});
const own = 'kim@seller.example';
const billing = 'billing@seller.example';
const sales = 'sales@seller.example';
const hidden = 'private@seller.example';
const raw = 'raw@seller.example';
const addresses = [
  address(own, { sharedWith: [] }),
  address(billing, { name: 'Billing' }),
  address(sales, { sharedWith: ['mem_1'] }),
  address(hidden, { sharedWith: ['mem_2'] }),
  address(raw, { verifiedAt: undefined }),
];

type Case = {
  given?: string;
  defaultFrom?: string;
  other?: boolean;
  by?: 'member' | 'key';
  ofAccount?: [email: string, at: string];
  ofMember?: [email: string, at: string];
};
const choiceOf = (one: Case): SenderChoice => {
  const remembered = (past: [string, string] | undefined) => past && { email: past[0], at: past[1] };
  return {
    given: one.given,
    account: {
      ...{ defaultFrom: one.defaultFrom, allowOtherFromAddresses: one.other ?? false, name: 'Seller' },
      remembered: remembered(one.ofAccount),
    },
    member:
      one.by === 'key'
        ? undefined
        : { id: 'mem_1', email: own, name: 'Kim', remembered: remembered(one.ofMember) },
    addresses,
  };
};
const outcome = (one: Case): string => {
  try {
    const { from, remember } = chooseSender(choiceOf(one));
    return `${from} ${remember ?? '-'}`;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('the address that an e-mail goes out from', () => {
  const cases: [rule: string, given: Case, expected: string][] = [
    ['SEND-3: the default first', { defaultFrom: billing, ofMember: [own, '2'] }, `${billing} -`],
    ['SEND-3: else the remembered', { ofAccount: [billing, '2'] }, `${billing} -`],
    ['SEND-3: else the member’s own', {}, `${own} member`],
    ['SEND-3: a key with a default', { by: 'key', defaultFrom: billing }, `${billing} -`],
    ['SEND-3: a key with a remembered one', { by: 'key', ofAccount: [billing, '2'] }, `${billing} -`],
    ['SEND-3: a key without any', { by: 'key' }, 'from_required'],
    ['SEND-3: a key that names one', { by: 'key', given: billing }, `${billing} account`],
    ['SEND-4: the default, named', { given: billing, defaultFrom: billing }, `${billing} -`],
    [
      'SEND-4: the default, in another case',
      { given: billing.toUpperCase(), defaultFrom: billing },
      `${billing} -`,
    ],
    ['SEND-4: one shared with the account', { given: billing }, `${billing} account`],
    ['SEND-4: one shared with the member', { given: sales }, `${sales} account`],
    ['SEND-4: a member’s, by a key', { by: 'key', given: sales }, 'from_not_allowed'],
    ['SEND-4: one shared with somebody else', { given: hidden }, 'from_not_allowed'],
    ['SEND-4: one that the account has not', { given: 'x@elsewhere.example' }, 'from_not_allowed'],
    ['SEND-4: own beside a default', { given: own, defaultFrom: billing }, 'from_not_allowed'],
    ['SEND-4: shared beside a default', { given: sales, defaultFrom: billing }, 'from_not_allowed'],
    ['SEND-4: own, with the switch', { given: own, defaultFrom: billing, other: true }, `${own} -`],
    ['SEND-4: shared, with the switch', { given: sales, defaultFrom: billing, other: true }, `${sales} -`],
    [
      'SEND-4: foreign, with the switch',
      { given: hidden, defaultFrom: billing, other: true },
      'from_not_allowed',
    ],
    ['SEND-5: the later of both', { ofAccount: [billing, '1'], ofMember: [own, '2'] }, `${own} -`],
    [
      'SEND-5: the later of both, the other',
      { ofAccount: [billing, '2'], ofMember: [own, '1'] },
      `${billing} -`,
    ],
    ['SEND-5: another one is remembered anew', { given: own, ofAccount: [billing, '2'] }, `${own} member`],
    ['SEND-5: what is closed by now is not proposed', { ofAccount: [hidden, '2'] }, `${own} member`],
    ['SEND-15: not proved', { given: raw }, 'from_not_verified'],
    ['SEND-15: a default that is not proved', { defaultFrom: raw }, 'from_not_verified'],
    [
      'SEND-15: a default that the account never asked for',
      { defaultFrom: 'x@y.example' },
      'from_not_verified',
    ],
    ['SEND-15: what is not proved is not proposed', { ofAccount: [raw, '2'] }, `${own} member`],
  ];
  it.each(cases)('%s', (_rule, given, expected) => {
    expect(outcome(given)).toBe(expected);
  });

  it('SEND-15: one’s own address is proved first, too', () => {
    const choice = { ...choiceOf({}), addresses: [] };
    expect(() => chooseSender(choice)).toThrow(expect.objectContaining({ code: 'from_not_verified' }));
  });

  it('has the address’s own name, the member’s, else the account’s', () => {
    const nameOf = (given: Case) => chooseSender(choiceOf(given)).fromName;
    expect([nameOf({ given: billing }), nameOf({ given: own }), nameOf({ given: sales })]).toEqual([
      ...['Billing', 'Kim', 'Seller'],
    ]);
  });
});

/** What each address is to the member and to a key, put down by hand. */
const unknown = 'x@elsewhere.example';
const facts: Record<string, { member: boolean; key: boolean; proved: boolean }> = {
  [own]: { member: true, key: false, proved: true },
  [billing]: { member: true, key: true, proved: true },
  [sales]: { member: true, key: false, proved: true },
  [hidden]: { member: false, key: false, proved: true },
  [raw]: { member: true, key: true, proved: false },
  [unknown]: { member: false, key: false, proved: false },
};
const nothing = { member: false, key: false, proved: false };

/** SEND-3 to SEND-5 and SEND-15, read from the rules. */
const byTheRules = (one: Case): string => {
  const who = one.by ?? 'member';
  const usable = (email: string) => (facts[email] ?? nothing)[who] && (facts[email] ?? nothing).proved;
  const memories = [
    ...(one.ofAccount ? [{ of: 'account', email: one.ofAccount[0], at: one.ofAccount[1] }] : []),
    ...(one.ofMember && who === 'member'
      ? [{ of: 'member', email: one.ofMember[0], at: one.ofMember[1] }]
      : []),
  ].sort((left, right) => right.at.localeCompare(left.at));
  const usedBefore = memories.find(({ email }) => usable(email))?.email;
  const from = one.given ?? one.defaultFrom ?? usedBefore ?? (who === 'member' ? own : undefined);
  if (from === undefined) return 'from_required';
  if (from !== one.defaultFrom) {
    if (!(facts[from] ?? nothing)[who]) return 'from_not_allowed';
    if (one.defaultFrom !== undefined && one.other !== true) return 'from_not_allowed';
  }
  if (!(facts[from] ?? nothing).proved) return 'from_not_verified';
  if (one.defaultFrom !== undefined) return `${from} -`;
  const of = from === own ? 'member' : 'account';
  const isLast = memories[0]?.email === from && memories[0].of === of;
  return `${from} ${isLast ? '-' : of}`;
};

describe('every combination of given, default, switch, sender and remembered address', () => {
  const all = Object.keys(facts);
  const combinations = [undefined, ...all].flatMap((given) =>
    [undefined, billing, own, raw].flatMap((defaultFrom) =>
      [false, true].flatMap((other) =>
        (['member', 'key'] as const).flatMap((by) =>
          [undefined, ...all].flatMap((last) =>
            ([undefined, [own, '1'], [own, '3']] as const).map(
              (ofMember): Case => ({
                ...{ ...(given && { given }), ...(defaultFrom && { defaultFrom }), other, by },
                ...(last && { ofAccount: [last, '2'] }),
                ...(ofMember && { ofMember: [...ofMember] }),
              }),
            ),
          ),
        ),
      ),
    ),
  );

  it('SEND-3 SEND-4 SEND-5 SEND-15: is what the rules say', () => {
    expect(combinations).toHaveLength(7 * 4 * 2 * 2 * 7 * 3);
    const wrong = combinations.filter((one) => outcome(one) !== byTheRules(one));
    expect(wrong.map((one) => ({ ...one, is: outcome(one), wanted: byTheRules(one) })).slice(0, 5)).toEqual(
      [],
    );
  });
});
