import type { EmailMessageOf } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { readRecord } from '#lib/data/collection.ts';
import { contacts, emails, payments } from '#lib/data/collections.ts';
import type { ReceiptEmail } from '#lib/domain/email.ts';
import { deliver, type Prepare } from '#lib/email/delivery.ts';
import { headersOf } from '#lib/email/headers.ts';
import { toMime } from '#lib/email/mime.ts';
import { composeReceipt } from '#lib/email/receipt-email.ts';
import { delivery } from './delivery.ts';

const prepare: Prepare<ReceiptEmail> = async (email) => {
  const { accountId, paymentId, subject } = email;
  const [payment, account] = await Promise.all([
    readRecord(table(), payments, accountId, paymentId),
    readSettings(table(), accountId),
  ]);
  if (payment === undefined || account === undefined)
    return { code: 'payment_deleted', detail: 'The payment was deleted before the receipt went out.' };
  const contact =
    payment.contactId === undefined
      ? undefined
      : await readRecord(table(), contacts, accountId, payment.contactId);
  const headers = headersOf(email);
  const content = composeReceipt({ account, payment, contact });
  return {
    mime: await toMime({ ...headers, ...content, subject, attachments: [] }),
    ...{ headers, attached: false },
  };
};

/** A payment's receipt, sent at most once. */
export const sendReceipt = async ({
  accountId,
  paymentId,
  emailId,
}: EmailMessageOf<'receipt'>): Promise<void> => {
  const email = await readRecord(table(), emails, accountId, paymentId, emailId);
  if (email?.template !== 'receipt') return;
  await deliver(delivery(), email, prepare);
};
