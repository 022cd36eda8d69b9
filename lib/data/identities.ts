import * as z from 'zod';
import type { Member } from '#lib/domain/account/member.ts';
import { deleteRecord, putRecord } from './collection.ts';
import { members } from './collections.ts';
import { identityKey, identityScope, invitationKey, memberEmailKey } from './keys.ts';
import { noteSuperAdmin } from './super-admins.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { absent, type Transaction } from './transaction.ts';

/** Who signs in as which member of which accounts (PERM-8). */

/** An identity of the OIDC issuer. */
export type Identity = { issuer: string; subject: string };
const storedMembership = z.object({ accountId: z.string(), memberId: z.string() });
export type Membership = z.infer<typeof storedMembership>;

/** The accounts that an identity belongs to; of one account only, where it is named. */
export const membershipsOf = async (
  table: Table,
  identity: Identity,
  accountId?: string,
): Promise<Membership[]> => {
  if (accountId !== undefined) {
    const item = await getItem(table, identityKey(identity.issuer, identity.subject, accountId));
    return item === undefined ? [] : [storedMembership.parse(item.data)];
  }
  const pk = identityScope(identity.issuer, identity.subject);
  return (await queryAll(table, { pk, prefix: 'A#' })).map((item) => storedMembership.parse(item.data));
};

/** The invitations that wait for an address. */
export const invitationsFor = async (table: Table, email: string): Promise<Membership[]> => {
  const items = await queryAll(table, { pk: invitationKey(email, '').pk });
  return items.map((item) => storedMembership.parse(item.data));
};

const membershipData = (member: Member): Membership => ({ accountId: member.accountId, memberId: member.id });

/** The address is a member's already. */
export class MemberEmailTaken extends Error {
  override readonly name = 'MemberEmailTaken';
}

/** Adds a new member: invited, or bound at once where an identity is given. */
export const addMember = async (table: Table, transaction: Transaction, member: Member): Promise<Member> => {
  const { accountId, id, email, identity } = member;
  await noteSuperAdmin(table, transaction, undefined, member);
  transaction.put(
    { ...memberEmailKey(accountId, email), data: { memberId: id } },
    absent,
    () => new MemberEmailTaken(),
  );
  if (identity === undefined)
    transaction.put({ ...invitationKey(email, accountId), data: membershipData(member) });
  else putIdentity(transaction, member, identity);
  return putRecord(transaction, members, undefined, member);
};

const putIdentity = (transaction: Transaction, member: Member, identity: Identity): void => {
  transaction.put(
    { ...identityKey(identity.issuer, identity.subject, member.accountId), data: membershipData(member) },
    absent,
  );
};

/** Adds what binds an invited member to the identity that signed in with its address verified. */
export const bindMember = (
  transaction: Transaction,
  invited: Member,
  identity: Identity,
  at: string,
): Member => {
  putIdentity(transaction, invited, identity);
  transaction.delete(invitationKey(invited.email, invited.accountId));
  return putRecord(transaction, members, invited, { ...invited, identity, status: 'active', updatedAt: at });
};

/** Adds a change of a member's name, role or permissions. @throws Refusal last_super_admin (PERM-5) */
export const changeMember = async (
  table: Table,
  transaction: Transaction,
  member: Member,
  next: Member,
): Promise<Member> => {
  await noteSuperAdmin(table, transaction, member, next);
  return putRecord(transaction, members, member, next);
};

/**
 * Adds the removal of a member with all that lets it in; it acts on the very next request (PERM-4).
 * @throws Refusal last_super_admin (PERM-5)
 */
export const removeMember = async (table: Table, transaction: Transaction, member: Member): Promise<void> => {
  const { accountId, email, identity } = member;
  await noteSuperAdmin(table, transaction, member, undefined);
  deleteRecord(transaction, members, member);
  transaction.delete(memberEmailKey(accountId, email));
  transaction.delete(
    identity === undefined
      ? invitationKey(email, accountId)
      : identityKey(identity.issuer, identity.subject, accountId),
  );
};
