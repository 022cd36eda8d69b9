import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { outsideFunctions } from '#infra/local/recorded-calls.ts';
import { counterKey } from '#lib/data/keys.ts';
import { newDraft, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());

/** Somebody else is always faster: the counter moves before each write. Answers how to end that. */
const moveAlways = (accountId: string): { moves: () => number; end: () => void } => {
  const { client, name } = table();
  let moves = 0;
  const ahead = new UpdateCommand({
    ...{ TableName: name, Key: counterKey(accountId) },
    UpdateExpression: 'SET #revision = #revision + :one, #data.#revision = #revision + :one',
    ExpressionAttributeNames: { '#revision': 'revision', '#data': 'data' },
    ExpressionAttributeValues: { ':one': 1 },
  });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === 'TransactWriteItemsCommand') {
        moves += 1;
        await outsideFunctions(() => client.send(ahead));
      }
      return next(args);
    },
    { step: 'initialize', name: 'ahead' },
  );
  return { moves: () => moves, end: () => void client.middlewareStack.remove('ahead') };
};

it('NUM-5: more contention than can be served in time is told as such, and uses no number', async () => {
  const { id, admin, adminToken } = await own.newAccount();
  await newInvoice(admin);
  const draft = await newDraft(admin);
  const path = `/v1/invoices/${draft.id}`;
  const hurried = own.clientWith(adminToken, 12_000);
  const contention = moveAlways(id);
  const answer = await hurried.post(`${path}/finalize`).finally(contention.end);
  expect({ status: answer.status, code: answer.body.code }).toEqual({
    ...{ status: 503, code: 'numbering_contended' },
  });
  expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(contention.moves()).toBeGreaterThan(2);
  expect(ok(await admin.get(path))).toEqual(draft);
  expect(ok(await admin.post(`${path}/finalize`)).number).toBe('INV-1002');
});
