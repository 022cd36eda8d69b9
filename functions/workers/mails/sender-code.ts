import { mail } from '#functions/wiring/mail.ts';
import type { EmailMessageOf } from '#functions/wiring/queues.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { deliverCode } from '#lib/email/code-delivery.ts';
import { senderCode } from '#lib/tokens/sender-code.ts';

/** The code that proves a sender address. */
export const sendSenderCode = async (message: EmailMessageOf<'sender_code'>): Promise<void> => {
  const keys = await secrets();
  await deliverCode(
    {
      ...{ table: table(), provider: mail(), now: () => new Date() },
      codeOf: (challenge) => senderCode(challenge, keys),
    },
    message,
  );
};
