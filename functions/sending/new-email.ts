import { table } from '#functions/wiring/table.ts';
import { bouncedOf } from '#lib/data/bounced.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { recipientsOf } from '#lib/domain/email.ts';
import type { Sender } from '#lib/domain/sending/choose-sender.ts';

/** What all e-mails begin as: queued, with whom they go to and what their sender should know. */
export const newEmail = async (asked: {
  id: string;
  accountId: string;
  sender: Pick<Sender, 'from' | 'fromName'>;
  to: string;
  cc: string[];
  at: string;
  by: Actor;
}) => {
  const { id, accountId, sender, to, cc, at, by } = asked;
  const recipients = recipientsOf({ to, cc });
  const bounced = await bouncedOf(table(), accountId, recipients);
  return {
    ...{ id, accountId, status: 'queued' as const, from: sender.from, fromName: sender.fromName, to, cc },
    recipients: recipients.map((email) => ({ email, status: 'pending' as const })),
    warnings: bounced.map((one) => ({
      code: 'address_bounced',
      detail: `${one.email} bounced for good on ${one.at.slice(0, 10)}.`,
    })),
    ...{ revision: 0, createdAt: at, createdBy: by },
  };
};
