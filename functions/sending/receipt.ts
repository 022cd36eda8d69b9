import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { contacts, emails } from '#lib/data/collections.ts';
import type { Transaction } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { Email } from '#lib/domain/email.ts';
import type { Payment } from '#lib/domain/payment.ts';
import type { Sender } from '#lib/domain/sending/choose-sender.ts';
import { composeReceipt } from '#lib/email/receipt-email.ts';
import { newEmail } from './new-email.ts';

/**
 * Adds a payment's receipt to a transaction: the outbox sends it. The payment is as that transaction leaves it (PAY-6,
 * ONL-6).
 */
export const queueReceipt = async (
  transaction: Transaction,
  asked: {
    id: string;
    account: Settings;
    payment: Payment;
    sender: Pick<Sender, 'from' | 'fromName'>;
    to: string;
    at: string;
    by: Actor;
  },
): Promise<Email> => {
  const { account, payment } = asked;
  const { accountId, contactId } = payment;
  const contact =
    contactId === undefined ? undefined : await readRecord(table(), contacts, accountId, contactId);
  const { subject } = composeReceipt({ account, payment, contact });
  const common = await newEmail({ ...asked, accountId, cc: [] });
  return putRecord(transaction, emails, undefined, {
    ...common,
    ...{ template: 'receipt', paymentId: payment.id, subject, attached: false },
  });
};
