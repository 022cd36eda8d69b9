import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import type { Member } from '#lib/domain/account/member.ts';
import { missingToGrant, type Rights } from '#lib/domain/account/permissions.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { memberAnswer } from './contract.ts';

/** A member as the API shows it. */
export const showMember = (member: Member): z.output<typeof memberAnswer> => shown(memberAnswer, member);

/** Nobody grants what he has not himself, nor touches who has more (PERM-7). @throws Refusal permission_denied */
export const refuseMoreThanOwn = (mine: Rights, theirs: Rights): void => {
  const permission = missingToGrant(mine, theirs);
  if (permission !== undefined)
    throw new Refusal('permission_denied', { permission, detail: 'You have not this yourself.' });
};
