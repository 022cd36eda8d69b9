import { type Currency, type Discount, type Line, type Priced, totalsOf } from './money.ts';
import type { Request } from './requests.ts';

/** One account, as the model remembers it: plain data, nothing of the product's. */

export type Status = 'draft' | 'open' | 'paid' | 'voided';
/** An entry of a history (HIST-1). Amounts as they are written; `by` is the name that it shows. */
export type Entry = {
  action: string;
  by: string | null;
  version: number | null;
  payment?: string;
  amount?: string;
  reason?: string | undefined;
};

export type Written = Priced & {
  title?: string | undefined;
  contactId?: string | undefined;
  contactIds?: string[] | undefined;
  internalNote?: string | undefined;
  lineItems?: Line[] | undefined;
  discounts?: Discount[] | undefined;
  invoiceDate?: string | undefined;
  /** Nobody gave the due date: it follows the invoice date (LIFE-8). */
  dueFollows?: boolean | undefined;
  dueDate?: string | undefined;
  paymentTermDays?: number | undefined;
};

export type Invoice = {
  key: string;
  exists: boolean;
  status: Status;
  version: number;
  documentVersion: number;
  number?: string;
  counter?: number;
  source: 'api' | 'subscription' | 'clone';
  clonedFrom?: string;
  written: Written;
  /** Names on the frozen copies (LIFE-4). */
  buyer?: string;
  seller?: string;
  payments: { payment: string; amount: bigint }[];
  createdBy: string;
  updatedBy: string | null;
  sent: boolean;
  history: Entry[];
};

export type Payment = {
  key: string;
  exists: boolean;
  amount: bigint;
  currency: Currency;
  date: string;
  contact?: string | undefined;
  applications: { invoice: string; amount: bigint }[];
  version: number;
  history: Entry[];
};

/** `address` is told by the first name that it had. */
export type Contact = { key: string; exists: boolean; name: string; address: string; version: number };
export type Numbered = {
  run: number;
  counter: number;
  number: string;
  invoice: string;
  deleted?: { by: string; reason: string | undefined };
};
/** What an Idempotency-Key has done (API-2). */
export type Done = { request: Request; status: number; made: string | undefined; bulk?: Bulk };
export type Bulk = {
  finalized: { invoice: string; number: string }[];
  refused: { invoice: string; codes: string[] }[];
};

export type State = {
  today: string;
  settings: {
    version: number;
    allowEditFinalized: boolean;
    allowDeleteFinalized: boolean;
    chronologicalNumbers: boolean;
    prefix: string;
    width: number;
    start: number;
    sellerName: string;
  };
  invoices: Record<string, Invoice>;
  payments: Record<string, Payment>;
  contacts: Record<string, Contact>;
  run: number;
  /** Invoice date of the last number given in this run (NUM-8). */
  lastDate?: string | undefined;
  numbers: Numbered[];
  endedRuns: { run: number; start: string; last: string }[];
  keys: Record<string, Done>;
  /** What follows a change and was not done yet: e-mails to send, associations to end. */
  waiting: ({ kind: 'email'; invoice: string; by: string } | { kind: 'contact'; contact: string })[];
};

export const newState = (today: string, contacts: readonly { key: string; name: string }[]): State => ({
  today,
  settings: {
    ...{ version: 1, allowEditFinalized: false, allowDeleteFinalized: false, chronologicalNumbers: false },
    ...{ prefix: 'INV-', width: 4, start: 1001, sellerName: 'Atelier Nord' },
  },
  invoices: {},
  payments: {},
  contacts: Object.fromEntries(
    contacts.map(({ key, name }) => [key, { key, name, address: name, exists: true, version: 1 }]),
  ),
  run: 1,
  numbers: [],
  endedRuns: [],
  keys: {},
  waiting: [],
});

export const live = <T extends { exists: boolean }>(all: Record<string, T>, key: string): T | undefined =>
  all[key]?.exists ? all[key] : undefined;
export const allLive = <T extends { exists: boolean }>(all: Record<string, T>): T[] =>
  Object.values(all).filter(({ exists }) => exists);

export const paidOn = ({ payments }: Invoice): bigint =>
  payments.reduce((sum, { amount }) => sum + amount, 0n);
export const balanceOf = (invoice: Invoice): bigint => totalsOf(invoice.written).total - paidOn(invoice);
export const unappliedOf = ({ amount, applications }: Payment): bigint =>
  applications.reduce((rest, application) => rest - application.amount, amount);

const inRun = ({ numbers, run }: State): Numbered[] => numbers.filter((number) => number.run === run);
export const lastInRun = (state: State): Numbered | undefined => inRun(state).at(-1);
export const firstInRun = (state: State): Numbered | undefined => inRun(state)[0];
export const writeNumber = ({ settings }: State, counter: number): string =>
  `${settings.prefix}${String(counter).padStart(settings.width, '0')}`;
/** The counter's next value (NUM-3). */
export const nextCounter = (state: State): number =>
  (lastInRun(state)?.counter ?? state.settings.start - 1) + 1;

/** The day so many days later. */
export const daysAfter = (day: string, days: number): string => {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};
