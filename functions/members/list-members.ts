import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { members } from '#lib/data/collections.ts';
import { memberKey } from '#lib/data/keys.ts';
import { listMembers } from './contract.ts';
import { showMember } from './member-answer.ts';

export const handler = handle(listMembers, {
  run: async ({ caller, query }) => {
    const { pk } = memberKey(caller.accountId, '');
    const after = await positionOf(query, pk);
    const { records, next } = await listRecords(table(), members, { pk, limit: limitOf(query), after });
    return { result: { data: records.map(showMember), nextCursor: await nextCursor(next, pk) } };
  },
});
