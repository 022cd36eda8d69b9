import { createHash } from 'node:crypto';
import { clientOf, type Deed } from '#test/soak/worker.ts';
import type { Json } from '#test/support/service.ts';

/** Exports: asked for, and read once they are done. */

/** An account waits for so many at most. */
const waitingAtMost = 2;

export const makeExport: Deed = async (worker, account) => {
  const { random } = worker;
  if (account.exports.filter(({ isSeen }) => !isSeen).length >= waitingAtMost) return false;
  const status = random.pick(['open', 'paid', 'voided']);
  const asked = await worker.ask({
    ...{ http: clientOf(worker, account), deed: 'make an export', method: 'POST', path: '/v1/exports' },
    body: {
      ...{ format: random.pick(['csv', 'xlsx']), sort: random.pick(['createdAt', 'number']) },
      ...(random.chance(0.5) && {
        filterGroups: [{ filters: [{ property: 'status', operator: 'EQ', value: status }] }],
      }),
      ...(random.chance(0.5) && { columns: ['number', 'buyerName', 'total', 'status', 'dueDate'] }),
    },
    expect: [202],
  });
  if (asked !== undefined) account.exports.push({ id: asked.body.id, isSeen: false });
  return true;
};

/** What is wrong with the files of an export that is done. */
const faultOf = (done: Json, files: readonly Buffer[]): string | undefined => {
  const rows = done.files.reduce((sum: number, file: Json) => sum + file.rows, 0);
  if (rows !== done.rowsDone || done.manifest.rows !== rows)
    return `${rows} rows in files, ${done.rowsDone} done, ${done.manifest.rows} in the manifest`;
  const sums = files.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  const other = done.files.find((file: Json, place: number) => file.sha256 !== sums[place]);
  return other && `${other.name} has another SHA-256`;
};

export const readExport: Deed = async (worker, account) => {
  const waiting = account.exports.filter(({ isSeen }) => !isSeen);
  if (waiting.length === 0) return false;
  const one = worker.random.pick(waiting);
  const read = await worker.ask({
    ...{ http: clientOf(worker, account), deed: 'read an export', method: 'GET' },
    ...{ path: `/v1/exports/${one.id}`, expect: [200] },
  });
  if (read === undefined) return true;
  const { status, error } = read.body;
  if (status === 'queued' || status === 'running') return true;
  one.isSeen = true;
  if (status !== 'done') {
    worker.wrong('read an export', `${one.id} is ${status}: ${error}`);
    return true;
  }
  const files: Buffer[] = [];
  for (const { url } of read.body.files) {
    const fetched = { http: worker.buyer, deed: 'fetch an export', method: 'GET', path: url };
    const file = await worker.ask({ ...fetched, expect: [200] });
    if (file !== undefined) files.push(file.bytes);
  }
  const fault = faultOf(read.body, files);
  if (fault !== undefined) worker.wrong('read an export', `${one.id}: ${fault}`);
  return true;
};
