import type { Json } from '#test/support/service.ts';
import type { Http } from './requests.ts';

/** What the workers know of an account: all that they made, as they saw it last. */

/** Somebody who has to do with something. Where others had to do with it meanwhile, a refusal may be right. */
export type Hold = { raced: boolean };
type Held = { holds: Set<Hold> };

export type AskedEmail = { id: string; recipients: string[] };
export type KnownInvoice = Held & {
  id: string;
  account: SoakAccount;
  status: 'draft' | 'open' | 'paid' | 'voided';
  version: number;
  documentVersion: number;
  number: string | null;
  currency: string;
  total: string;
  amountPaid: string;
  balanceDue: string;
  link: string | null;
  payments: string[];
  /** Deleted, and with which link: it answers 410 from then on. */
  isGone: boolean;
  emails: AskedEmail[];
  /** Links that were made beside its own, and not revoked yet. */
  links: { id: string; url: string }[];
  /** How many were made and revoked at all, its own aside. */
  linksMade: number;
};
export type KnownPayment = Held & {
  id: string;
  account: SoakAccount;
  currency: string;
  amount: string;
  unapplied: string;
  invoices: string[];
  isGone: boolean;
  receipts: AskedEmail[];
};
export type KnownExport = { id: string; isSeen: boolean };

export type SoakAccount = {
  id: string;
  country: string;
  /** Those who act on it: its super admin, a member with all that a clerk needs, an API key. */
  clients: Http[];
  admin: Http;
  currencies: readonly string[];
  mayEdit: boolean;
  mayDelete: boolean;
  contacts: { id: string; email: string }[];
  invoices: KnownInvoice[];
  byId: Map<string, KnownInvoice>;
  payments: KnownPayment[];
  exports: KnownExport[];
  /** Those that somebody has to do with at the moment. */
  held: Set<KnownInvoice>;
};

const seen = (body: Json) => ({
  ...{ status: body.status, version: body.version, documentVersion: body.documentVersion },
  ...{ number: body.number, currency: body.currency, total: body.total },
  ...{ amountPaid: body.amountPaid, balanceDue: body.balanceDue, link: body.link },
  payments: body.payments.map(({ id }: Json) => id),
});

/** What an answer shows of an invoice. An answer that comes after a newer one is nothing new. */
export const know = (invoice: KnownInvoice, body: Json): void => {
  if (body.version >= invoice.version) Object.assign(invoice, seen(body));
};

export const addInvoice = (account: SoakAccount, body: Json): KnownInvoice => {
  const invoice: KnownInvoice = {
    ...{ id: body.id, account, ...seen(body), isGone: false },
    ...{ emails: [], links: [], linksMade: 0, holds: new Set() },
  };
  account.invoices.push(invoice);
  account.byId.set(invoice.id, invoice);
  return invoice;
};

const seenOfPayment = (body: Json) => ({
  ...{ currency: body.currency, amount: body.amount, unapplied: body.unapplied },
  invoices: body.applications.map(({ invoiceId }: Json) => invoiceId),
});
export const knowPayment = (payment: KnownPayment, body: Json): void => {
  Object.assign(payment, seenOfPayment(body));
};
export const addPayment = (account: SoakAccount, body: Json): KnownPayment => {
  const payment: KnownPayment = {
    ...{ id: body.id, account, ...seenOfPayment(body), isGone: false },
    ...{ receipts: [], holds: new Set() },
  };
  account.payments.push(payment);
  return payment;
};

/** Has to do with invoices while it works; whoever does at the same time may be refused, and so may he. */
export const holding = async <T>(
  invoices: readonly KnownInvoice[],
  work: (hold: Hold) => Promise<T>,
): Promise<T> => {
  const hold: Hold = { raced: false };
  for (const { holds } of invoices)
    for (const other of holds) {
      other.raced = true;
      hold.raced = true;
    }
  for (const invoice of invoices) {
    invoice.holds.add(hold);
    invoice.account.held.add(invoice);
  }
  try {
    return await work(hold);
  } finally {
    for (const invoice of invoices) {
      invoice.holds.delete(hold);
      if (invoice.holds.size === 0) invoice.account.held.delete(invoice);
    }
  }
};

/** The same with a payment, which nobody else has to do with meanwhile: what it is applied to is known for sure. */
export const holdingPayment = async <T>(payment: KnownPayment, work: () => Promise<T>): Promise<T> => {
  const hold: Hold = { raced: false };
  payment.holds.add(hold);
  try {
    return await work();
  } finally {
    payment.holds.delete(hold);
  }
};
