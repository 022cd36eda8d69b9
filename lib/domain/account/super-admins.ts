import { Refusal } from '#lib/domain/refusal.ts';
import type { Member } from './member.ts';

/** The account's super admins, invited ones included: there is always one (PERM-5). */

/**
 * Their ids after a member came, changed or went; the very same list where nothing of it changes.
 * @throws Refusal last_super_admin
 */
export const superAdminsAfter = (
  memberIds: readonly string[],
  memberId: string,
  after: Pick<Member, 'role'> | undefined,
): readonly string[] => {
  const isOne = after?.role === 'super_admin';
  if (memberIds.includes(memberId) === isOne) return memberIds;
  const next = isOne ? [...memberIds, memberId] : memberIds.filter((id) => id !== memberId);
  if (next.length === 0)
    throw new Refusal('last_super_admin', { detail: 'Make another member a super admin first.' });
  return next;
};
