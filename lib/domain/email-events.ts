import type { Recipient } from './email.ts';

/** What the provider tells of an e-mail's recipients, in any order and again and again (SEND-12). */
export type MailEventKind = 'delivered' | 'bounced' | 'complained';

const whenField = {
  delivered: 'deliveredAt',
  bounced: 'bouncedAt',
  complained: 'complainedAt',
} as const satisfies Record<MailEventKind, keyof Recipient>;
/** The graver comes first: who complained has got it, and what bounced may have been taken at first. */
const byGravity: readonly MailEventKind[] = ['complained', 'bounced', 'delivered'];

const statusAfter = (recipient: Recipient): Recipient => {
  const status = byGravity.find((kind) => recipient[whenField[kind]] !== undefined);
  const at = status && recipient[whenField[status]];
  return status === undefined || at === undefined ? recipient : { ...recipient, status, at };
};

/**
 * The recipients after an event about some of them; undefined where it says nothing new. The events of an e-mail come to
 * the same whatever their order.
 */
export const afterEvent = (
  recipients: readonly Recipient[],
  event: { kind: MailEventKind; at: string; about: readonly string[] },
): Recipient[] | undefined => {
  const field = whenField[event.kind];
  const isNews = (recipient: Recipient): boolean =>
    event.about.includes(recipient.email) && recipient[field] === undefined;
  if (!recipients.some(isNews)) return undefined;
  return recipients.map((recipient) =>
    isNews(recipient) ? statusAfter({ ...recipient, [field]: event.at }) : recipient,
  );
};
