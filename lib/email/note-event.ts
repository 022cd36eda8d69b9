import { createHash } from 'node:crypto';
import { putBounced } from '#lib/data/bounced.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { emails } from '#lib/data/collections.ts';
import { following } from '#lib/data/history.ts';
import { newId } from '#lib/data/ids.ts';
import type { Table } from '#lib/data/table.ts';
import { Transaction, untilWritten } from '#lib/data/transaction.ts';
import { system } from '#lib/domain/actor.ts';
import type { Change } from '#lib/domain/change.ts';
import { aboutOf, type Email } from '#lib/domain/email.ts';
import { afterEvent, type MailEventKind } from '#lib/domain/email-events.ts';
import { isSameAddress } from '#lib/domain/sending/sender-address.ts';
import { deliverable, isDeliverable } from './address.ts';
import { noteSent, subjectOf } from './note-sent.ts';
import type { MailEvent } from './ses-event.ts';

/** What the provider's events change: in any order, any number of times (SEND-11, SEND-12). */

const patience = () => ({ deadline: Date.now() + 20_000 });

const actions = {
  delivered: 'email_delivered',
  bounced: 'email_bounced',
  complained: 'email_complained',
} as const satisfies Record<MailEventKind, Change['action']>;

type News = NonNullable<MailEvent['news']>;

/** The recipients that an event names, as the e-mail writes them: the provider writes domains in ASCII. */
const namedBy = ({ about }: News, { recipients }: Email): string[] =>
  recipients
    .map(({ email }) => email)
    .filter((email) => {
      const written = isDeliverable(email) ? deliverable(email) : email;
      return about.some((named) => isSameAddress(named, written) || isSameAddress(named, email));
    });

const lettersOfId = 8;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The same event makes the same entry (HIST-3). */
const entryId = (email: Email, { kind, at, about }: News): string => {
  const digest = createHash('sha256')
    .update([email.id, kind, at, ...about].join('\n'))
    .digest();
  const letters = [...digest.subarray(0, lettersOfId)].map((byte) => alphabet[byte % alphabet.length]);
  return `${newId('his', at).slice(0, -lettersOfId)}${letters.join('')}`;
};

const stampOf = (email: Email, news: News, now: Date): Change => ({
  ...{ id: entryId(email, news), at: now.toISOString(), action: actions[news.kind] },
  ...{ actor: system, source: 'system', requestId: null },
});

const find = async (table: Table, { tags, messageId }: MailEvent): Promise<Email | undefined> => {
  const email = await readRecord(table, emails, tags.account, tags.about, tags.email);
  // Another message than the one that was noted: not what this e-mail's recipients got.
  return email?.messageId === undefined || email.messageId === messageId ? email : undefined;
};

const attempt = async (table: Table, event: MailEvent, news: News, now: Date): Promise<void> => {
  const email = await find(table, event);
  const writes = new Transaction(table);
  const recipients = email && afterEvent(email.recipients, { ...news, about: namedBy(news, email) });
  if (email !== undefined && recipients !== undefined) {
    const change = following(await subjectOf(table, email), stampOf(email, news, now));
    putRecord(writes, emails, email, { ...email, recipients }, { subject: aboutOf(email), change });
  }
  const bounced = email ? namedBy(news, email) : news.about;
  // Said again, it is written again: the e-mail may have gone with its invoice, the address is still no good.
  if (news.kind === 'bounced' && news.isForGood)
    for (const address of bounced) putBounced(writes, event.tags.account, { email: address, at: news.at });
  if (writes.size > 0) await writes.commit();
};

/** Notes an event: an e-mail that was in doubt is known to be sent, and its recipients have their new statuses. */
export const noteEvent = async (table: Table, event: MailEvent, now: Date): Promise<void> => {
  const email = await find(table, event);
  if (email?.status === 'sending' || email?.status === 'unknown')
    await noteSent(table, email, { messageId: event.messageId, at: event.takenAt });
  const { news } = event;
  if (news !== undefined) await untilWritten(() => attempt(table, event, news, now), patience());
};
