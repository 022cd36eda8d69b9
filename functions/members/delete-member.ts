import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { members } from '#lib/data/collections.ts';
import { removeMember } from '#lib/data/identities.ts';
import { deleteMember } from './contract.ts';
import { refuseMoreThanOwn } from './member-answer.ts';

export const handler = handle(deleteMember, {
  run: async ({ caller, params, expectVersion, transaction }) => {
    const member = found(await readRecord(table(), members, caller.accountId, idOf('mem', params.memberId)));
    refuseMoreThanOwn(caller, member);
    expectVersion(member.version);
    const writes = transaction();
    await removeMember(table(), writes, member);
    await writes.commit();
    return {};
  },
});
