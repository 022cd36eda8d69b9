import type { SESClient } from '@aws-sdk/client-ses';
import { putRecord } from '#lib/data/collection.ts';
import { emails } from '#lib/data/collections.ts';
import type { Table } from '#lib/data/table.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { aboutOf, type Email, leaseMilliseconds, nextStep } from '#lib/domain/email.ts';
import { isDeliverable } from './address.ts';
import type { Prepared } from './headers.ts';
import { envelopeOf, pdfTooLarge } from './mime.ts';
import { NotYet } from './not-yet.ts';
import { noteSent } from './note-sent.ts';
import { type Outcome, sendOnce } from './provider.ts';

/** The delivery of an e-mail as a state machine: never two e-mails, never a silent loss (SEND-11). */

export type Delivery = {
  table: Table;
  provider: { client: SESClient; configurationSet: string | undefined };
  now: () => Date;
  /** Told of an e-mail of which it is not known whether it went out: somebody has to look at it. */
  onUnknown?: (email: Email) => void;
};
/** Makes the message; a text says why it can't be sent any more. @throws NotYet while a part of it is not made */
export type Prepare<E extends Email> = (email: E) => Promise<Prepared | { code: string; detail: string }>;

type Progress = Partial<Pick<Email, 'status' | 'leaseUntil' | 'warnings' | 'attached'>>;

const warned = (email: Email, code: string, detail: string): Email['warnings'] => [
  ...email.warnings,
  { code, detail },
];

/** Writes the e-mail's next state, if nobody else did: its revision is the proof. */
const move = async <E extends Email>({ table }: Delivery, email: E, next: Progress): Promise<E> => {
  const writes = new Transaction(table);
  const moved = { ...email, ...next };
  const { revision } = putRecord(writes, emails, email, moved);
  await writes.commit();
  return { ...moved, revision };
};

const noteOutcome = async (
  delivery: Delivery,
  { queued, sending }: { queued: Email; sending: Email },
  outcome: Outcome,
): Promise<void> => {
  const { table, now } = delivery;
  if (outcome.kind === 'accepted')
    return noteSent(table, sending, { messageId: outcome.messageId, at: now().toISOString() });
  if (outcome.kind === 'not_now') {
    const { attached, warnings } = queued;
    await move(delivery, sending, { status: 'queued', leaseUntil: undefined, attached, warnings });
    throw new NotYet(outcome.reason);
  }
  await move(delivery, sending, {
    status: outcome.kind === 'refused' ? 'failed' : 'unknown',
    leaseUntil: undefined,
    warnings: warned(sending, `provider_${outcome.kind}`, outcome.reason),
  });
  if (outcome.kind !== 'refused') delivery.onUnknown?.(sending);
};

const fail = async (delivery: Delivery, email: Email, code: string, detail: string): Promise<void> => {
  await move(delivery, email, { status: 'failed', warnings: warned(email, code, detail) });
};

const send = async <E extends Email>(delivery: Delivery, email: E, prepare: Prepare<E>): Promise<void> => {
  const { now, provider } = delivery;
  if (![email.from, email.to, ...email.cc].every(isDeliverable))
    return fail(delivery, email, 'address_not_deliverable', 'The provider takes no such address.');
  const prepared = await prepare(email);
  if ('code' in prepared) return fail(delivery, email, prepared.code, prepared.detail);
  const { mime, headers, attached } = prepared;
  // From here on a crash leaves `sending`, which is never sent again: the provider may have been asked.
  const sending = await move(delivery, email, {
    status: 'sending',
    leaseUntil: now().getTime() + leaseMilliseconds,
    attached,
    warnings: email.attached && !attached ? [...email.warnings, pdfTooLarge] : email.warnings,
  });
  const envelope = envelopeOf(headers);
  const outcome = await sendOnce(provider.client, {
    mime,
    ...{ from: envelope.from, recipients: envelope.to },
    tags: { account: email.accountId, about: aboutOf(email), email: email.id },
    configurationSet: provider.configurationSet,
  });
  await noteOutcome(delivery, { queued: email, sending }, outcome);
};

/**
 * Does what is to be done with an e-mail that the queue names, however often it names it.
 * @throws NotYet when it has to come again later; Stale when another worker has it
 */
export const deliver = async <E extends Email>(
  delivery: Delivery,
  email: E,
  prepare: Prepare<E>,
): Promise<void> => {
  const step = nextStep(email, delivery.now().getTime());
  if (step === 'send') return send(delivery, email, prepare);
  if (step === 'wait') throw new NotYet(`${email.id} is being sent`);
  if (step !== 'mark_unknown') return;
  await move(delivery, email, { status: 'unknown', leaseUntil: undefined });
  delivery.onUnknown?.(email);
};
