import { mail } from '#functions/wiring/mail.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { senderAddresses } from '#lib/data/collections.ts';
import { accountName, type Settings } from '#lib/domain/account/settings.ts';

/**
 * Where e-mails come from that nobody asks for in person: the account's default address if it is proved, else the
 * deployment's own, under the account's name. Needs the use `mail`.
 */
export const systemSender = async (account: Settings): Promise<{ from: string; fromName: string }> => {
  const { id, defaultFrom } = account;
  const known = defaultFrom && (await readRecord(table(), senderAddresses, id, defaultFrom));
  const fromName = accountName(account);
  if (!known || known.verifiedAt === undefined) return { from: mail().ownAddress, fromName };
  return { from: known.email, fromName: known.name ?? fromName };
};
