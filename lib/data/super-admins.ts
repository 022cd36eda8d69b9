import * as z from 'zod';
import type { Member } from '#lib/domain/account/member.ts';
import { superAdminsAfter } from '#lib/domain/account/super-admins.ts';
import { superAdminsKey } from './keys.ts';
import { getItem, type Table } from './table.ts';
import { absent, atRevision, type Transaction } from './transaction.ts';

const stored = z.object({ memberIds: z.array(z.string()), revision: z.number() });

/**
 * Adds what a member's coming, changing or going means for the list of super admins. Every write of the list expects
 * the one that was read: of two super admins who remove each other at once, one meets a list without himself.
 * @throws Refusal last_super_admin (PERM-5)
 */
export const noteSuperAdmin = async (
  table: Table,
  transaction: Transaction,
  before: Member | undefined,
  after: Member | undefined,
): Promise<void> => {
  const member = after ?? before;
  if (member === undefined || (before?.role !== 'super_admin' && after?.role !== 'super_admin')) return;
  const item = await getItem(table, superAdminsKey(member.accountId));
  const { memberIds, revision } = item ? stored.parse(item.data) : { memberIds: [], revision: 0 };
  const next = superAdminsAfter(memberIds, member.id, after);
  if (next === memberIds) return;
  const data = { memberIds: [...next], revision: revision + 1 };
  transaction.put(
    { ...superAdminsKey(member.accountId), revision: data.revision, data },
    revision === 0 ? absent : atRevision(revision),
  );
};
