import type { SESClient } from '@aws-sdk/client-ses';
import { readSettings } from '#lib/data/accounts.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { senderAddresses } from '#lib/data/collections.ts';
import type { Table } from '#lib/data/table.ts';
import { Transaction, wasWritten } from '#lib/data/transaction.ts';
import type { CodeStatus, SenderAddress } from '#lib/domain/sending/sender-address.ts';
import { composeCodeEmail } from './code-email.ts';
import { envelopeOf, toMime } from './mime.ts';
import { NotYet } from './not-yet.ts';
import { sendOnce } from './provider.ts';

type CodeDelivery = {
  table: Table;
  provider: { client: SESClient; configurationSet: string | undefined; ownAddress: string };
  codeOf: (challenge: { accountId: string; email: string; nonce: string }) => string;
  now: () => Date;
};

/** Writes what became of the mail, if nobody else wrote meanwhile: the version, which counts changes, stays. */
const note = async (table: Table, address: SenderAddress, status: CodeStatus): Promise<SenderAddress> => {
  const { challenge } = address;
  const writes = new Transaction(table);
  const noted = putRecord(writes, senderAddresses, address, {
    ...address,
    challenge: challenge && { ...challenge, status },
  });
  await writes.commit();
  return noted;
};

const statusAfter = { accepted: 'sent', refused: 'failed', unclear: 'unknown', not_now: 'queued' } as const;

/**
 * Mails the code that an address waits for, once: from the deployment's own address, as the account has none yet. One
 * that was lost on its way is shown as such, and asked for again (SEND-15).
 * @throws NotYet where the provider takes nothing just now
 */
export const deliverCode = async (
  { table, provider, codeOf, now }: CodeDelivery,
  { accountId, address: email, nonce }: { accountId: string; address: string; nonce: string },
): Promise<void> => {
  const [address, account] = await Promise.all([
    readRecord(table, senderAddresses, accountId, email),
    readSettings(table, accountId),
  ]);
  const challenge = address?.challenge;
  // Deleted, proved or asked for again meanwhile, or mailed already.
  if (address === undefined || account === undefined || challenge?.nonce !== nonce) return;
  if (challenge.status !== 'queued') return;
  if (challenge.expiresAt <= now().toISOString()) return;
  const claimed = await note(table, address, 'unknown');
  const headers = {
    from: { email: provider.ownAddress, name: account.name },
    to: [{ email: address.email }],
    cc: [],
    date: now().toISOString(),
    messageId: `code-${nonce}@mail.quittance.invalid`,
  };
  const code = codeOf({ accountId, email: address.email, nonce });
  const envelope = envelopeOf(headers);
  const outcome = await sendOnce(provider.client, {
    mime: await toMime({ ...headers, ...composeCodeEmail(account, address.email, code), attachments: [] }),
    ...{ from: envelope.from, recipients: envelope.to, tags: { account: accountId } },
    configurationSet: provider.configurationSet,
  });
  // Who gave the code already, or asked for another, wrote meanwhile.
  const noted = wasWritten(note(table, claimed, statusAfter[outcome.kind]));
  if ((await noted) && outcome.kind === 'not_now') throw new NotYet(outcome.reason);
};
