import { accountSettings, found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { queueReceipt } from '#functions/sending/receipt.ts';
import { recipientOf, refuseUndeliverable } from '#functions/sending/recipients.ts';
import { rememberSender, senderOf } from '#functions/sending/sender-of.ts';
import { showEmail } from '#functions/sending/show-email.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { emails, payments } from '#lib/data/collections.ts';
import { sendReceipt } from './contract.ts';

export const handler = handle(sendReceipt, {
  run: async ({ caller, params, body, now, newId, expectVersion, transaction }) => {
    const { accountId } = caller;
    const emailId = newId('eml');
    const id = idOf('pay', params.paymentId);
    const payment = found(await readRecord(table(), payments, accountId, id));
    expectVersion(payment.version);
    const account = await accountSettings(accountId);
    const sender = await senderOf(caller, account, undefined);
    const to = await recipientOf(accountId, payment.contactId, body?.to ?? undefined);
    refuseUndeliverable(to, []);
    const writes = transaction({ emailId, paymentId: payment.id });
    const asked = { id: emailId, account, payment, sender, to, at: now, by: caller.actor };
    const queued = await queueReceipt(writes, asked);
    rememberSender(writes, caller, sender, now);
    await writes.commit();
    return { result: showEmail(queued) };
  },
  replay: async ({ paymentId = '', emailId = '' }, { caller }) => {
    const email = await readRecord(table(), emails, caller.accountId, paymentId, emailId);
    return email && { result: showEmail(email) };
  },
});
