import type { Discount, Line } from './money.ts';

/** What the model and the service are asked, in the same words. Resources go by keys of the test's own. */

export const people = {
  admin: { name: 'Alex Founder', permissions: 'all' },
  writer: { name: 'Wim Writer', permissions: ['invoices.write'] },
  editor: { name: 'Edith Editor', permissions: ['invoices.edit_finalized'] },
  cashier: { name: 'Carla Cashier', permissions: ['payments.write'] },
  reader: { name: 'Rui Reader', permissions: ['invoices.read', 'payments.read', 'contacts.read'] },
  key: {
    name: 'Shop system',
    permissions: ['invoices.write', 'payments.write', 'contacts.write', 'settings.write'],
  },
} as const satisfies Record<string, { name: string; permissions: 'all' | readonly string[] }>;
export type Who = keyof typeof people;

/** A body of `POST /v1/invoices` or `PATCH /v1/invoices/{invoiceId}`; contacts by their keys, faults included. */
export type InvoiceBody = {
  currency?: string;
  title?: string | null;
  contactId?: string | null;
  contactIds?: string[] | null;
  internalNote?: string | null;
  lineItems?: Line[] | null;
  discounts?: Discount[] | null;
  invoiceDate?: string | null;
  dueDate?: string | null;
  paymentTermDays?: number | null;
  source?: string;
  /** A client never writes it. */
  number?: string;
  subscriptionId?: string;
  refreshSeller?: boolean;
  /** No invoice has one. */
  colour?: string;
};

export type PaymentBody = { amount?: string; currency?: string; date?: string; contactId?: string };
export type SettingsBody = {
  allowEditFinalized?: boolean;
  allowDeleteFinalized?: boolean;
  chronologicalNumbers?: boolean;
  numbering?: { prefix?: string; width?: number };
  seller?: { legalName: string };
};

export type Act =
  | { action: 'create'; body: InvoiceBody }
  | { action: 'patch'; invoice: string; body: InvoiceBody }
  | { action: 'finalize' | 'clone' | 'send'; invoice: string }
  | { action: 'finalizeMany'; invoices: string[] }
  | { action: 'void' | 'delete'; invoice: string; reason?: string | undefined }
  | { action: 'record'; invoice: string; body: PaymentBody }
  | { action: 'createPayment'; body: PaymentBody }
  | { action: 'apply'; invoice: string; payment: string; amount?: string | undefined }
  | { action: 'takeOff'; invoice: string; payment: string }
  | { action: 'deletePayment'; payment: string }
  | { action: 'settings'; body: SettingsBody }
  | { action: 'reset'; start: number }
  | { action: 'addContact' | 'removeContact'; invoice: string; contact: string }
  | { action: 'createContact'; name: string }
  | { action: 'changeContact'; contact: string; name: string }
  | { action: 'deleteContact'; contact: string };

export type Request = Act & {
  by: Who;
  /** Key of what the request makes, if it makes something. */
  makes: string;
  ifMatch?: number | undefined;
  idempotencyKey?: string | undefined;
};

const posts = ['create', 'finalize', 'clone', 'send', 'finalizeMany', 'void', 'record', 'createPayment'];
/** Whether the action is a POST, which is what an Idempotency-Key is for (API-2). */
export const isPost = ({ action }: Act): boolean =>
  [...posts, 'apply', 'reset', 'createContact'].includes(action);

/** What has to be the same for a repeat: all but who asks, how often and with which headers. */
export const fingerprint = ({
  by: _by,
  makes: _makes,
  ifMatch: _match,
  idempotencyKey: _key,
  ...act
}: Request) => JSON.stringify(act);
