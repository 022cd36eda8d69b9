import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { members } from '#lib/data/collections.ts';
import { changeMember } from '#lib/data/identities.ts';
import { updateMember } from './contract.ts';
import { refuseMoreThanOwn, showMember } from './member-answer.ts';

export const handler = handle(updateMember, {
  run: async ({ caller, params, body, now, expectVersion, transaction }) => {
    const id = idOf('mem', params.memberId);
    const member = found(await readRecord(table(), members, caller.accountId, id));
    refuseMoreThanOwn(caller, member);
    const next = {
      ...member,
      name: body.name ?? member.name,
      role: body.role ?? member.role,
      permissions: body.permissions ?? member.permissions,
      version: member.version + 1,
      updatedAt: now,
    };
    refuseMoreThanOwn(caller, next);
    expectVersion(member.version);
    const writes = transaction();
    await changeMember(table(), writes, member, next);
    await writes.commit();
    return { result: showMember(next), version: next.version };
  },
});
