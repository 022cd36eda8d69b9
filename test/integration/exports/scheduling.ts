import type { Client } from '#test/support/account.ts';
import { ok } from '#test/support/account.ts';
import type { OwnService } from '#test/support/in-process.ts';
import { makeDue } from '#test/support/schedules.ts';
import type { Json } from '#test/support/service.ts';

/** Schedules whose clock and steps run when the test says so. */
export const scheduling = (own: OwnService, account: { id: string; admin: Client }) => {
  const read = async (scheduleId: string): Promise<Json> =>
    ok(await account.admin.get(`/v1/export-schedules/${scheduleId}`));
  const exported = async (exportId: string): Promise<Json> =>
    ok(await account.admin.get(`/v1/exports/${exportId}`));
  const message = (exportId: string): string => JSON.stringify({ accountId: account.id, exportId });
  const step = (exportId: string): Promise<number> => own.queue('run-export', [message(exportId)]);
  const finish = async (exportId: string): Promise<Json> => {
    for (let bodies = [message(exportId)]; bodies.length > 0; bodies = await own.take('export', exportId))
      await own.queue('run-export', bodies.slice(0, 1));
    return exported(exportId);
  };
  const begin = async (scheduleId: string): Promise<string> => {
    await makeDue(account.id, scheduleId);
    await own.clock('run-schedules');
    return (await read(scheduleId)).lastRuns[0].exportId;
  };
  return {
    ...{ read, exported, message, step, finish, begin },
    create: async (more: Json = {}, client = account.admin): Promise<string> =>
      ok(
        await client.post('/v1/export-schedules', {
          ...{ name: 'Daily', format: 'csv', cron: '0 6 * * *', columns: ['number'] },
          ...more,
        }),
      ).id,
    run: async (scheduleId: string): Promise<Json> => finish(await begin(scheduleId)),
    textOf: async (done: Json, place = 0): Promise<string> => (await fetch(done.files[place].url)).text(),
  };
};
