import type { SESClient } from '@aws-sdk/client-ses';
import { readSettings } from '#lib/data/accounts.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { senderAddresses } from '#lib/data/collections.ts';
import type { Table } from '#lib/data/table.ts';
import { Transaction } from '#lib/data/transaction.ts';
import type { SenderAddress } from '#lib/domain/sending/sender-address.ts';
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

/** Writes whether the code was mailed, if nobody else wrote meanwhile: the version, which counts changes, stays. */
const note = async (table: Table, address: SenderAddress, mailed: boolean): Promise<SenderAddress> => {
  const { challenge } = address;
  const writes = new Transaction(table);
  const noted = putRecord(writes, senderAddresses, address, {
    ...address,
    challenge: challenge && { ...challenge, mailed },
  });
  await writes.commit();
  return noted;
};

/**
 * Mails the code that an address waits for, once: from the deployment's own address, as the account has none yet. One
 * that was lost on its way is asked for again (SEND-15).
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
  if (address === undefined || account === undefined || challenge?.nonce !== nonce || challenge.mailed)
    return;
  if (challenge.expiresAt <= now().toISOString()) return;
  const claimed = await note(table, address, true);
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
  if (outcome.kind !== 'not_now') return;
  await note(table, claimed, false);
  throw new NotYet(outcome.reason);
};
