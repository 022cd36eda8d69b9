import type { Settings } from '#lib/domain/account/settings.ts';
import { type Counter, isOutOfOrder } from '#lib/domain/numbering.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { datesAtFinalizing } from './derive.ts';
import { type InvoiceHeader, type InvoiceStatus, isFinalized } from './invoice.ts';

/**
 * What can't be done with an invoice as it is, and why (LIFE-5, LIFE-11). Each function names the first refusal
 * in the order of rules.md: the account's switch, the source, an online payment (void), the status, payments.
 */
export const invoiceActions = ['edit', 'void', 'delete', 'pay', 'send', 'clone', 'finalize'] as const;
type Switches = Pick<Settings, 'allowEditFinalized' | 'allowDeleteFinalized'>;
type Why = RefusalCode | null;

const byStatus: Record<Exclude<InvoiceStatus, 'open'>, RefusalCode> = {
  draft: 'invoice_is_draft',
  paid: 'invoice_paid',
  voided: 'invoice_voided',
};
const unlessOpen = (status: InvoiceStatus): Why => (status === 'open' ? null : byStatus[status]);
const ifPaidOn = (invoice: InvoiceHeader): Why => (invoice.paymentCount > 0 ? 'invoice_has_payments' : null);

/** Money that is on its way: nothing may change what it is for (ONL-4). */
export const ifProcessing = (invoice: InvoiceHeader): Why =>
  invoice.payState === 'processing' ? 'payment_processing' : null;

/** EDIT-1 to EDIT-4. A draft is changed freely. */
export const whyNotEdited = (invoice: InvoiceHeader, account: Switches): Why => {
  if (!isFinalized(invoice)) return null;
  if (!account.allowEditFinalized) return 'editing_disabled';
  if (invoice.source === 'subscription') return 'invoice_from_subscription';
  return (
    unlessOpen(invoice.status) ??
    (invoice.hadOnlinePayment ? 'invoice_has_payments' : ifPaidOn(invoice)) ??
    ifProcessing(invoice)
  );
};

/** LIFE-7, DEL-1, DEL-2. */
export const whyNotDeleted = (invoice: InvoiceHeader, account: Switches): Why => {
  if (!isFinalized(invoice)) return null;
  if (!account.allowDeleteFinalized) return 'deletion_disabled';
  return invoice.status === 'paid' ? 'invoice_paid' : (ifPaidOn(invoice) ?? ifProcessing(invoice));
};

/** VOID-1 to VOID-3. */
export const whyNotVoided = (invoice: InvoiceHeader): Why => {
  if (invoice.hadOnlinePayment) return 'invoice_has_online_payment';
  return unlessOpen(invoice.status) ?? ifPaidOn(invoice) ?? ifProcessing(invoice);
};

/** PAY-9. */
export const whyNotPaid = (invoice: InvoiceHeader): Why =>
  unlessOpen(invoice.status) ?? ifProcessing(invoice);

/** SEND-13: a paid one may be sent again. */
export const whyNotSent = (invoice: InvoiceHeader): Why =>
  invoice.status === 'paid' ? null : unlessOpen(invoice.status);

type Dating = Pick<Settings, 'timeZone' | 'paymentTermDays' | 'chronologicalNumbers'>;

/** LIFE-3, LIFE-5, NUM-8. Without the counter the order of dates is not looked at. */
export const whyNotFinalized = (
  invoice: InvoiceHeader,
  account: Dating,
  now: string,
  counter?: Counter,
): Why => {
  if (isFinalized(invoice)) return 'invoice_not_draft';
  if (missingToFinalize(invoice, account, now).length > 0) return 'invoice_incomplete';
  const { invoiceDate } = datesAtFinalizing(invoice, account, now);
  return counter && isOutOfOrder(account, counter, invoiceDate, now) ? 'invoice_date_out_of_order' : null;
};

/** The last day that a date can be: a payment term must not lead beyond it. */
const lastDay = '2199-12-31';

/** All that a draft lacks to be finalized, each with a pointer to its field (LIFE-3). */
export const missingToFinalize = (
  invoice: InvoiceHeader,
  account: Pick<Settings, 'timeZone' | 'paymentTermDays'>,
  now: string,
) => {
  const { invoiceDate, dueDate } = datesAtFinalizing(invoice, account, now);
  return [
    ...(invoice.contactId === undefined
      ? [{ pointer: '/contactId', code: 'required', detail: 'a billing contact is needed' }]
      : []),
    ...(invoice.lineCount === 0
      ? [{ pointer: '/lineItems', code: 'required', detail: 'at least one line item is needed' }]
      : []),
    ...(dueDate < invoiceDate
      ? [
          {
            pointer: '/dueDate',
            code: 'before_invoice_date',
            detail: `${dueDate} is before the invoice date ${invoiceDate}`,
          },
        ]
      : []),
    ...(dueDate > lastDay
      ? [{ pointer: '/paymentTermDays', code: 'too_late', detail: `leads to a due date after ${lastDay}` }]
      : []),
  ];
};

/** What can be done with the invoice now: null, or the code of the refusal that it would get (LIFE-11). */
export const actionsOf = (
  invoice: InvoiceHeader,
  account: Switches & Dating,
  now: string,
  counter?: Counter,
) => ({
  edit: whyNotEdited(invoice, account),
  void: whyNotVoided(invoice),
  delete: whyNotDeleted(invoice, account),
  pay: whyNotPaid(invoice),
  send: whyNotSent(invoice),
  clone: null,
  finalize: whyNotFinalized(invoice, account, now, counter),
});

/** @throws Refusal with the code, if there is one */
export const refuseIf = (why: Why): void => {
  if (why !== null) throw new Refusal(why);
};
