import { handle } from '#functions/http/handler.ts';
import { rememberSender, senderOf } from '#functions/sending/sender-of.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { contacts, emails } from '#lib/data/collections.ts';
import { type Email, recipientsOf } from '#lib/domain/email.ts';
import { type Invoice, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotSent } from '#lib/domain/invoice/refusals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isDeliverable } from '#lib/email/address.ts';
import { composeInvoiceEmail } from '#lib/email/invoice-email.ts';
import { sendInvoice } from './contract.ts';
import { loadInvoice } from './load-invoice.ts';
import { showEmail } from './show-email.ts';

/** The billing contact's present address, unless another is given (SEND-1). */
const recipientOf = async (
  accountId: string,
  invoice: Invoice,
  given: string | undefined,
): Promise<string> => {
  if (given !== undefined) return given;
  const contact = invoice.contactId && (await readRecord(table(), contacts, accountId, invoice.contactId));
  if (contact && contact.email !== undefined) return contact.email;
  throw new Refusal('invalid_request', {
    errors: [{ pointer: '/to', code: 'required', detail: 'the billing contact has no e-mail address' }],
  });
};

/** @throws Refusal invalid_request for each recipient whose address the provider can't be given */
const refuseUndeliverable = (to: string, cc: readonly string[]): void => {
  const wrong = [
    ...(isDeliverable(to) ? [] : ['/to']),
    ...cc.flatMap((address, index) => (isDeliverable(address) ? [] : [`/cc/${index}`])),
  ];
  const detail = 'can’t be delivered to: its part before the @ must be plain ASCII';
  const errors = wrong.map((pointer) => ({ pointer, code: 'not_deliverable', detail }));
  if (errors.length > 0) throw new Refusal('invalid_request', { errors });
};

export const handler = handle(sendInvoice, {
  run: async ({ caller, params, body, now, newId, expectVersion, transaction }) => {
    const { accountId } = caller;
    const { invoice, account } = await loadInvoice(accountId, params.invoiceId);
    expectVersion(invoice.version);
    refuseIf(whyNotSent(invoice));
    if (!isFinalized(invoice)) throw new Refusal('invoice_is_draft');
    const sender = await senderOf(caller, account, body.from ?? undefined);
    const to = await recipientOf(accountId, invoice, body.to ?? undefined);
    const cc = [...new Set(body.cc ?? [])].filter((address) => address !== to);
    refuseUndeliverable(to, body.cc ?? []);
    const template = body.template ?? 'invoice';
    const custom = { subject: body.subject ?? undefined, intro: body.intro ?? undefined };
    const { subject } = composeInvoiceEmail({ invoice, template, ...custom, linkUrl: '' });
    const email: Email = {
      ...{ id: newId('eml'), accountId, invoiceId: invoice.id, linkId: invoice.linkId },
      documentVersion: invoice.documentVersion,
      status: 'queued',
      ...{ template, from: sender.from, fromName: sender.fromName, to, cc, subject, intro: custom.intro },
      recipients: recipientsOf({ to, cc }).map((address) => ({ email: address, status: 'pending' })),
      attached: true,
      warnings: [],
      revision: 0,
      createdAt: now,
      createdBy: caller.actor,
    };
    const writes = transaction({ emailId: email.id, invoiceId: invoice.id });
    const queued = putRecord(writes, emails, undefined, email);
    rememberSender(writes, caller, sender, now);
    await writes.commit();
    return { result: showEmail(queued) };
  },
  replay: async ({ invoiceId = '', emailId = '' }, { caller }) => {
    const email = await readRecord(table(), emails, caller.accountId, invoiceId, emailId);
    return email && { result: showEmail(email) };
  },
});
