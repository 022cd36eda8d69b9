import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { members } from '#lib/data/collections.ts';
import { addMember, MemberEmailTaken } from '#lib/data/identities.ts';
import type { Member } from '#lib/domain/account/member.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { createMember } from './contract.ts';
import { refuseMoreThanOwn, showMember } from './member-answer.ts';

const emailTaken = (cause: unknown): Refusal =>
  new Refusal(
    'invalid_request',
    {
      errors: [
        { pointer: '/email', code: 'already_member', detail: 'is the address of a member of this account' },
      ],
    },
    { cause },
  );

export const handler = handle(createMember, {
  run: async ({ caller, body, now, newId, transaction }) => {
    const { email, name } = body;
    const rights = { role: body.role ?? 'member', permissions: body.permissions ?? [] } as const;
    refuseMoreThanOwn(caller, rights);
    const id = newId('mem');
    const invited: Member = {
      ...{ id, accountId: caller.accountId, email, name, ...rights },
      permissions: [...rights.permissions],
      status: 'invited',
      version: 1,
      revision: 0,
      createdAt: now,
      updatedAt: now,
    };
    const writes = transaction({ memberId: id });
    const member = await addMember(table(), writes, invited);
    await writes.commit().catch((error) => {
      throw error instanceof MemberEmailTaken ? emailTaken(error) : error;
    });
    return { result: showMember(member), version: member.version };
  },
  replay: async ({ memberId = '' }, { caller }) => {
    const member = await readRecord(table(), members, caller.accountId, memberId);
    return member && { result: showMember(member), version: member.version };
  },
});
