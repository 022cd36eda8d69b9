import type * as z from 'zod';
import type * as account from '#functions/account/contract.ts';
import type * as contacts from '#functions/contacts/contract.ts';
import type * as invoices from '#functions/invoices/contract.ts';
import type { recordInvoicePayment } from '#functions/payments/contract.ts';

/** What the demo data consists of, in the shapes of the requests that make it. */

export type Person = { email: string; name: string };
/** The member of each kind that a demo account has. */
export const roles = ['superAdmin', 'member', 'readOnly'] as const;
export type DemoRole = (typeof roles)[number];

type Settings = z.input<typeof account.updateSettings.body>;
export type DemoBuyer = {
  company?: z.input<typeof contacts.createCompany.body>;
  contact: z.input<typeof contacts.createContact.body>;
};

type Request = z.input<typeof invoices.createInvoice.body>;
/** An invoice as it is written, but for its date and its buyer. */
export type Written = Omit<Request, 'contactId' | 'companyId' | 'invoiceDate'>;
export type Item = NonNullable<Request['lineItems']>[number];
export type Tax = NonNullable<Item['tax']>;
type Payment = z.input<typeof recordInvoicePayment.body>;

/** What becomes of an invoice. Payments come `after` so many days. */
export type Fate =
  | { ends: 'draft' | 'open' }
  | { ends: 'paid'; after: number; method: Payment['method'] }
  | { ends: 'partlyPaid'; amount: string; after: number; method: Payment['method'] }
  | { ends: 'voided'; reason: string };

export type DemoInvoice = {
  buyer: string;
  /** Days from the invoice date to today. */
  daysAgo: number;
  fate: Fate;
  written: Written;
  /** Whether it is e-mailed to its buyer. */
  sent?: boolean;
  /** The one whose page is shown first. */
  showcase?: boolean;
};

/** The day so many days ago, in the account's time zone: `YYYY-MM-DD`; below zero, a day to come. */
export type DayAgo = (days: number) => string;

export type DemoAccount = {
  /** Begins the Idempotency-Keys of all that is made for it. */
  name: string;
  account: z.input<typeof account.createAccount.body>;
  settings: Settings;
  people: Record<DemoRole, Person>;
  buyers: Record<string, DemoBuyer>;
  invoices: (day: DayAgo) => DemoInvoice[];
};

export const draft: Fate = { ends: 'draft' };
export const open: Fate = { ends: 'open' };
export const paid = (after: number, method: Payment['method']): Fate => ({ ends: 'paid', after, method });
export const partlyPaid = (amount: string, after: number, method: Payment['method']): Fate => ({
  ...{ ends: 'partlyPaid', amount, after, method },
});
export const voided = (reason: string): Fate => ({ ends: 'voided', reason });

export const invoice = (
  buyer: string,
  daysAgo: number,
  fate: Fate,
  written: Written,
  more: Pick<DemoInvoice, 'sent' | 'showcase'> = {},
): DemoInvoice => ({ buyer, daysAgo, fate, written, ...more });

export const item = (
  name: string,
  quantity: string | number,
  unitPrice: string,
  tax: Tax,
  more: Partial<Item> = {},
): Item => ({ name, quantity: String(quantity), unitPrice, tax, ...more });
