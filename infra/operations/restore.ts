import { parseArgs } from 'node:util';
import { tableAt } from '#lib/data/table.ts';
import { moveCountersOn } from './restore-counters.ts';

/** `npm run restore-counters -- RESTORED [--lost TABLE] [--skip N]`: numbers stay unique after a restore. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { lost: { type: 'string' }, skip: { type: 'string', default: '0' } },
});
const [restored] = positionals;
const skip = Number(values.skip);
if (
  restored === undefined ||
  !Number.isSafeInteger(skip) ||
  skip < 0 ||
  (values.lost === undefined && skip === 0)
) {
  console.error(
    'Name the restored table, and the one that it was restored from or how many numbers are left out: `npm run restore-counters -- RESTORED --lost TABLE` or `--skip 1000`.',
  );
  process.exit(1);
}

const lost = values.lost === undefined ? undefined : tableAt(values.lost);
const at = new Date().toISOString();
let accounts = 0;
for await (const { accountId, from, to, kept } of moveCountersOn({
  restored: tableAt(restored),
  lost,
  skip,
  at,
})) {
  accounts += 1;
  console.log(
    `${accountId}: the last number is ${to} instead of ${from ?? 'none'}; ${kept} kept as deleted.`,
  );
}
console.log(`The counters of ${accounts} accounts were moved on.`);
