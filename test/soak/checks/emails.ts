import type { AcceptedMail } from '#infra/local/mail-store.ts';
import type { Check } from '#test/bench/figures.ts';
import type { AskedEmail } from '#test/soak/known.ts';
import type { Json } from '#test/support/service.ts';
import { checkOf, type Faults, type Whole } from './whole.ts';

/** SEND-11, SEND-12: each e-mail that was asked for was sent once, or is shown as what became of it. */

const sorted = (addresses: readonly string[]): string => [...addresses].sort().join();

/** How often each e-mail is in the mailbox. */
type Mailbox = Map<string, AcceptedMail[]>;
const byEmail = (mails: readonly AcceptedMail[]): Mailbox =>
  Map.groupBy(
    mails.filter(({ tags }) => tags.email !== undefined),
    ({ tags }) => tags.email as string,
  );

const faultOf = (
  asked: AskedEmail,
  shown: Json | undefined,
  mails: readonly AcceptedMail[],
): string | undefined => {
  if (mails.length > 1) return `was sent ${mails.length} times`;
  const [mail] = mails;
  if (mail !== undefined && sorted(mail.destinations) !== sorted(asked.recipients))
    return `went to ${sorted(mail.destinations)}, not ${sorted(asked.recipients)}`;
  if (shown === undefined) return 'is not shown';
  if (shown.status === 'sent' && mail === undefined) return 'is shown as sent, and is not in the mailbox';
  if (shown.status === 'failed' && mail !== undefined) return 'is shown as failed, and is in the mailbox';
  if (!['sent', 'failed', 'unknown'].includes(shown.status)) return `is still ${shown.status}`;
  const pending = shown.recipients.find(({ status }: Json) => status !== 'delivered');
  return shown.status === 'sent' && pending ? `is ${pending.status} at one address` : undefined;
};

export const emailsAreSentOnce = (
  { account, invoices, histories, emails }: Whole,
  mailbox: readonly AcceptedMail[],
): Check[] => {
  const sent = byEmail(mailbox.filter(({ tags }) => tags.account === account.id));
  const faults: Faults = [];
  const asked = new Set<string>();
  const shown: Record<string, number> = {};
  for (const { id, emails: ofInvoice } of account.invoices) {
    const listed = emails.get(id) ?? [];
    for (const email of ofInvoice) {
      asked.add(email.id);
      const mails = sent.get(email.id) ?? [];
      // Those of a deleted invoice are gone with it (DEL-3); they went out once at most.
      if (!invoices.has(id)) {
        if (mails.length > 1) faults.push(`${email.id} was sent ${mails.length} times`);
        continue;
      }
      const one = listed.find((other) => other.id === email.id);
      if (one !== undefined) shown[one.status] = (shown[one.status] ?? 0) + 1;
      const fault = faultOf(email, one, mails);
      if (fault !== undefined) faults.push(`${email.id} ${fault}`);
    }
    if (!invoices.has(id)) continue;
    if (listed.length !== ofInvoice.length)
      faults.push(`${id} shows ${listed.length} of ${ofInvoice.length}`);
    const told = histories.get(id)?.filter(({ action }) => action === 'email_sent').length;
    const went = listed.filter(({ status }) => status === 'sent').length;
    if (told !== went) faults.push(`${id} sent ${went}, and its history tells of ${told}`);
  }
  for (const { receipts, isGone } of account.payments)
    for (const { id } of receipts) {
      asked.add(id);
      const times = sent.get(id)?.length ?? 0;
      if (times > 1 || (times === 0 && !isGone)) faults.push(`the receipt ${id} was sent ${times} times`);
    }
  for (const id of sent.keys()) if (!asked.has(id)) faults.push(`nobody asked for ${id}`);
  const statuses = Object.entries(shown).map(([status, times]) => `${times} ${status}`);
  const found = `${asked.size} asked for; of those still shown ${statuses.join(', ') || 'none'}`;
  return [checkOf('each e-mail is sent once or told as not', account, found, faults)];
};
