import { Refusal } from '#lib/domain/refusal.ts';
import { isOpenTo, isSameAddress, type SenderAddress } from './sender-address.ts';

/** Which address an e-mail goes out from (SEND-3 to SEND-5, SEND-15). */

/** An address that was used before, and when: the later one is proposed. */
export type Remembered = { email: string; at: string };

export type SenderChoice = {
  /** Asked for by the request. */
  given: string | undefined;
  account: {
    /** The account's default address. */
    defaultFrom: string | undefined;
    allowOtherFromAddresses: boolean;
    /** Name that the account is known by. */
    name: string;
    remembered: Remembered | undefined;
  };
  /** The member who sends; undefined for an API key. */
  member: { id: string; email: string; name: string; remembered: Remembered | undefined } | undefined;
  /** Addresses that the account has, proved or not. */
  addresses: readonly SenderAddress[];
};

export type Sender = {
  from: string;
  fromName: string;
  /** Where the address is to be remembered for later e-mails; not where it is already (SEND-5). */
  remember: 'account' | 'member' | undefined;
};

const find = ({ addresses }: SenderChoice, email: string): SenderAddress | undefined =>
  addresses.find((address) => isSameAddress(address.email, email));
const isVerified = (choice: SenderChoice, email: string): boolean =>
  find(choice, email)?.verifiedAt !== undefined;

const isOwn = ({ member }: SenderChoice, email: string): boolean => isSameAddress(member?.email, email);
const isShared = (choice: SenderChoice, email: string): boolean => {
  const address = find(choice, email);
  return address !== undefined && isOpenTo(address, choice.member?.id);
};

const latest = ({ account, member }: SenderChoice) =>
  [
    ...(member?.remembered ? [{ ...member.remembered, of: 'member' as const }] : []),
    ...(account.remembered ? [{ ...account.remembered, of: 'account' as const }] : []),
  ].sort((left, right) => (left.at > right.at ? -1 : 1));

/** The addresses used before, the latest first, that are still to be had. */
const rememberedFrom = (choice: SenderChoice): string | undefined =>
  latest(choice)
    .map(({ email }) => email)
    .find((email) => (isOwn(choice, email) || isShared(choice, email)) && isVerified(choice, email));

/** For the member alone if it is his own, else for the account; nowhere while a default is set. */
const rememberFor = (choice: SenderChoice, from: string): Sender['remember'] => {
  if (choice.account.defaultFrom !== undefined) return undefined;
  const of = isOwn(choice, from) ? 'member' : 'account';
  const [last] = latest(choice);
  return last?.of === of && isSameAddress(last.email, from) ? undefined : of;
};

/** The address that is proposed where none is given (SEND-3). */
const proposed = (choice: SenderChoice): string | undefined =>
  choice.account.defaultFrom ?? rememberedFrom(choice) ?? choice.member?.email;

/**
 * The sender of an e-mail.
 * @throws Refusal from_required (SEND-3), from_not_allowed (SEND-4), from_not_verified (SEND-15)
 */
export const chooseSender = (choice: SenderChoice): Sender => {
  const { account, member } = choice;
  const from = choice.given ?? proposed(choice);
  if (from === undefined)
    throw new Refusal('from_required', { detail: 'The account has no default address: name one in `from`.' });
  const isDefault = isSameAddress(account.defaultFrom, from);
  const isAllowed =
    isDefault ||
    ((isOwn(choice, from) || isShared(choice, from)) &&
      (account.defaultFrom === undefined || account.allowOtherFromAddresses));
  if (!isAllowed)
    throw new Refusal('from_not_allowed', { detail: `${from} is not open to you as a sender address.` });
  if (!isVerified(choice, from))
    throw new Refusal('from_not_verified', {
      detail: `Prove ${from} first: POST /v1/sender-addresses mails a code.`,
    });
  const own = isOwn(choice, from);
  const address = find(choice, from);
  return {
    from: address?.email ?? from,
    fromName: address?.name ?? (own && !isDefault ? member?.name : undefined) ?? account.name,
    remember: rememberFor(choice, from),
  };
};
