import type { Email } from '#lib/domain/email.ts';
import type { OutgoingMessage } from './mime.ts';

export type Headers = Pick<OutgoingMessage, 'from' | 'to' | 'cc' | 'date' | 'messageId'>;
/** A message that is ready to go. */
export type Prepared = { mime: Uint8Array; headers: Headers; attached: boolean };

/** Who writes to whom, and when it was asked for: the same whenever it is made. */
export const headersOf = (email: Email): Headers => ({
  from: { email: email.from, name: email.fromName },
  to: [{ email: email.to }],
  cc: email.cc.map((address) => ({ email: address })),
  date: email.createdAt,
  messageId: `${email.id}@mail.quittance.invalid`,
});
