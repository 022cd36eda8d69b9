import type { Caller } from '#functions/http/caller.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecords } from '#lib/data/collection.ts';
import { senderAddresses } from '#lib/data/collections.ts';
import { putRemembered, readRemembered } from '#lib/data/remembered-senders.ts';
import type { Transaction } from '#lib/data/transaction.ts';
import { accountName, type Settings } from '#lib/domain/account/settings.ts';
import { chooseSender, type Sender } from '#lib/domain/sending/choose-sender.ts';

/**
 * Which address a caller's e-mail goes out from.
 * @throws Refusal from_required, from_not_allowed, from_not_verified
 */
export const senderOf = async (
  { accountId, member }: Caller,
  account: Settings,
  given: string | undefined,
): Promise<Sender> => {
  const remembered = await readRemembered(table(), accountId, member?.id);
  const candidates = [given, account.defaultFrom, member?.email]
    .concat(remembered.account?.email, remembered.member?.email)
    .filter((email) => email !== undefined)
    .map((email) => email.toLowerCase());
  const addresses = await readRecords(
    table(),
    senderAddresses,
    [...new Set(candidates)].map((email): [string, string] => [accountId, email]),
  );
  const { defaultFrom, allowOtherFromAddresses } = account;
  return chooseSender({
    given,
    account: {
      ...{ defaultFrom, allowOtherFromAddresses, name: accountName(account) },
      remembered: remembered.account,
    },
    member: member && {
      ...{ id: member.id, email: member.email, name: member.name },
      remembered: remembered.member,
    },
    addresses,
  });
};

/** Adds that the address was used, where it is to be proposed for later e-mails (SEND-5). */
export const rememberSender = (
  transaction: Transaction,
  { accountId, member }: Caller,
  { from, remember }: Sender,
  at: string,
): void => {
  const of = remember === 'member' ? member?.id : remember;
  if (of !== undefined) putRemembered(transaction, accountId, of, { email: from, at });
};
