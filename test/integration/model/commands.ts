import fc from 'fast-check';
import type { Discount, Line } from './money.ts';
import { people, type SettingsBody, type Who } from './requests.ts';

/**
 * What a random sequence is made of. A command names nothing by itself: what it acts on is picked among what the account
 * has by then (resolve.ts), so that a sequence makes sense with any of its commands left out.
 */

export type Command = {
  who: Who;
  /** Which of the candidates; and whether these are the fitting ones alone, or all that ever was and one that was not. */
  pick: number;
  other: number;
  fits: boolean;
  match: 'none' | 'right' | 'stale';
  keyed: boolean;
} & Deed;

export type Dates = { invoiceDate?: number; dueDate?: number; term?: number };
export type Draft = {
  currency: 'EUR' | 'USD' | 'JPY' | undefined;
  title: string | undefined;
  contact: 'a' | 'any' | 'none';
  contacts: number[] | undefined;
  lines: Line[];
  discount: Discount | undefined;
  dates: Dates;
  source: 'none' | 'subscription' | 'subscription without its id';
  fault: 'none' | 'field' | 'day' | 'quantity';
};
export type Patch = {
  [name in
    | 'title'
    | 'contactId'
    | 'contactIds'
    | 'lineItems'
    | 'discounts'
    | 'invoiceDate'
    | 'due']?: boolean;
} & { remove: boolean; refreshSeller: boolean; currency: boolean; number: boolean };
type Amount = 'none' | 'part' | 'whole' | 'over' | 'cent' | 'zero' | 'many decimals';
export type Money = {
  amount: Amount;
  currency: 'none' | 'same' | 'other';
  date: number | undefined;
  contact: 'none' | 'any';
};

export type Deed =
  | { kind: 'create'; draft: Draft }
  | { kind: 'patch'; draft: Draft; patch: Patch }
  | { kind: 'associate'; contacts: number[] | null | undefined; note: string | null | undefined }
  | { kind: 'finalize' | 'clone' | 'send' | 'takeOff' | 'deletePayment' | 'addContact' | 'removeContact' }
  | { kind: 'createContact' | 'changeContact' | 'deleteContact' }
  | { kind: 'finalizeMany'; picks: number[] }
  | { kind: 'void' | 'delete'; reason: string | undefined }
  | { kind: 'record' | 'createPayment'; money: Money }
  | { kind: 'apply'; amount: Amount }
  | { kind: 'settings'; body: SettingsBody }
  | { kind: 'reset'; start: number }
  /** An earlier POST with its key again: as it was, by somebody else, or with another body. */
  | { kind: 'repeat'; how: 'same' | 'by another' | 'another request' }
  | { kind: 'settle' };

const weighted = <T>(...choices: [weight: number, value: T][]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
const index = fc.nat(999);
const days = weighted([1, -400], [2, -3], [2, -1], [2, 0], [1, 1], [1, 30]);
const text = fc.constantFrom('First', 'Second', 'Third');

const lines = fc
  .tuple(
    fc.array(
      fc.record({
        quantity: fc.constantFrom('1', '2', '3', '0.5', '1.333'),
        unitPrice: weighted([3, '100'], [2, '19.99'], [2, '33.335'], [1, '0.01'], [1, '0']),
      }),
      { maxLength: 3 },
    ),
    weighted([3, '20'], [1, '5.5'], [2, undefined]),
  )
  .map(([list, rate]): Line[] =>
    list.map((line) => ({
      ...{ name: 'Work', ...line },
      ...(rate !== undefined && { tax: { category: 'S' as const, rate } }),
    })),
  );

const anyDraft: fc.Arbitrary<Draft> = fc.record({
  currency: weighted<Draft['currency']>([16, 'EUR'], [2, 'USD'], [2, 'JPY'], [1, undefined]),
  title: fc.option(text, { nil: undefined }),
  contact: weighted<Draft['contact']>([12, 'a'], [2, 'any'], [1, 'none']),
  contacts: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.array(index, { maxLength: 3 }) },
  ),
  lines,
  discount: weighted<Discount | undefined>(
    [6, undefined],
    [1, { type: 'percent', value: '10' }],
    [1, { type: 'percent', value: '33.3333' }],
    [1, { type: 'percent', value: '100' }],
    [1, { type: 'amount', value: '5' }],
    [1, { type: 'amount', value: '5.50' }],
    [1, { type: 'amount', value: '5000' }],
  ),
  dates: fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: fc.record({ invoiceDate: days }) },
    { weight: 1, arbitrary: fc.record({ dueDate: days }) },
    { weight: 2, arbitrary: fc.record({ term: fc.constantFrom(0, 14, 30) }) },
    { weight: 1, arbitrary: fc.record({ invoiceDate: days, term: fc.constantFrom(0, 14, 30) }) },
    { weight: 1, arbitrary: fc.record({ invoiceDate: days, dueDate: days }) },
    { weight: 1, arbitrary: fc.record({ dueDate: days, term: fc.constant(30) }) },
  ),
  source: weighted<Draft['source']>([12, 'none'], [2, 'subscription'], [1, 'subscription without its id']),
  fault: weighted<Draft['fault']>([24, 'none'], [1, 'field'], [1, 'day'], [1, 'quantity']),
});

/** Nothing is missing or wrong with it. */
const goodDraft = fc.tuple(anyDraft, lines).map(([any, more]): Draft => {
  const first: Line = { name: 'Base', quantity: '1', unitPrice: '100' };
  const rate = more[0]?.tax;
  return {
    ...any,
    ...{ currency: any.currency ?? 'EUR', contact: 'a', fault: 'none' },
    source: any.source === 'subscription' ? any.source : 'none',
    lines: [rate ? { ...first, tax: rate } : first, ...more],
    discount: any.discount?.type === 'percent' ? any.discount : undefined,
    dates: any.dates.dueDate === undefined ? any.dates : {},
    contacts: any.contacts?.filter((pick) => pick % 10 !== 0),
  };
});
const draft = fc.oneof({ weight: 2, arbitrary: goodDraft }, { weight: 1, arbitrary: anyDraft });

const rarely = weighted([1, true], [7, false]);
const patch: fc.Arbitrary<Patch> = fc.record({
  title: fc.boolean(),
  contactId: weighted([1, true], [3, false]),
  contactIds: rarely,
  lineItems: fc.boolean(),
  discounts: weighted([1, true], [3, false]),
  invoiceDate: rarely,
  due: rarely,
  remove: rarely,
  refreshSeller: rarely,
  currency: rarely,
  number: weighted([1, true], [30, false]),
});

const amount = weighted<Amount>(
  [3, 'none'],
  [6, 'part'],
  [2, 'whole'],
  [3, 'over'],
  [2, 'cent'],
  [1, 'zero'],
  [1, 'many decimals'],
);
const money: fc.Arbitrary<Money> = fc.record({
  amount,
  currency: weighted<Money['currency']>([6, 'none'], [2, 'same'], [1, 'other']),
  date: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: days }),
  contact: weighted<Money['contact']>([4, 'none'], [1, 'any']),
});

const settings: fc.Arbitrary<SettingsBody> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ allowEditFinalized: weighted([5, true], [1, false]) }) },
  { weight: 3, arbitrary: fc.record({ allowDeleteFinalized: weighted([3, true], [1, false]) }) },
  { weight: 2, arbitrary: fc.record({ chronologicalNumbers: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc
      .record(
        { prefix: fc.constantFrom('INV-', 'F', 'A/B_', 'N7'), width: fc.constantFrom(1, 4, 6) },
        { requiredKeys: [] },
      )
      .map((numbering) => ({ numbering })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('Nord SAS', 'Sud SARL').map((legalName) => ({ seller: { legalName } })),
  },
);

const of = <K extends string>(kind: K) => fc.record({ kind: fc.constant(kind) });
const reason = fc.option(text, { nil: undefined });
const deeds: [weight: number, deed: fc.Arbitrary<Deed>][] = [
  [12, fc.record({ kind: fc.constant('create' as const), draft })],
  [14, fc.record({ kind: fc.constant('patch' as const), draft, patch })],
  [
    4,
    fc.record({
      kind: fc.constant('associate' as const),
      contacts: fc.oneof(
        { weight: 3, arbitrary: fc.array(index, { maxLength: 3 }) },
        { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
      ),
      note: fc.oneof(text, fc.constantFrom(null, undefined)),
    }),
  ],
  [16, of('finalize')],
  [
    3,
    fc.record({
      kind: fc.constant('finalizeMany' as const),
      picks: fc.array(index, { minLength: 1, maxLength: 5 }),
    }),
  ],
  [5, of('clone')],
  [3, of('send')],
  [5, fc.record({ kind: fc.constant('void' as const), reason })],
  [8, fc.record({ kind: fc.constant('delete' as const), reason })],
  [14, fc.record({ kind: fc.constant('record' as const), money })],
  [5, fc.record({ kind: fc.constant('createPayment' as const), money })],
  [10, fc.record({ kind: fc.constant('apply' as const), amount })],
  [6, of('takeOff')],
  [5, of('deletePayment')],
  [9, fc.record({ kind: fc.constant('settings' as const), body: settings })],
  [2, fc.record({ kind: fc.constant('reset' as const), start: fc.constantFrom(1, 1001, 99_999) })],
  [4, of('addContact')],
  [2, of('removeContact')],
  [2, of('createContact')],
  [2, of('changeContact')],
  [2, of('deleteContact')],
  [
    6,
    fc.record({
      kind: fc.constant('repeat' as const),
      how: weighted<'same' | 'by another' | 'another request'>(
        [4, 'same'],
        [1, 'by another'],
        [1, 'another request'],
      ),
    }),
  ],
  [2, of('settle')],
];

const who = weighted<Who>(
  [20, 'admin'],
  [6, 'key'],
  [2, 'writer'],
  [2, 'editor'],
  [2, 'cashier'],
  [1, 'reader'],
);

export const command: fc.Arbitrary<Command> = fc
  .tuple(
    fc.record({
      who,
      pick: index,
      other: index,
      fits: weighted([7, true], [1, false]),
      match: weighted<Command['match']>([6, 'none'], [2, 'right'], [1, 'stale']),
      keyed: weighted([1, true], [3, false]),
    }),
    fc.oneof(...deeds.map(([weight, arbitrary]) => ({ weight, arbitrary }))),
  )
  .map(([how, deed]) => ({ ...how, ...deed }));

export const everybody = Object.keys(people) as Who[];
