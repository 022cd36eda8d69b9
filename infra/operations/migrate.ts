import { parseArgs } from 'node:util';
import { tableAt } from '#lib/data/table.ts';
import { indexKeys } from './migrations/index-keys.ts';
import { type Migration, positionOf, walk, wordOf } from './migrations/walk.ts';

/** `npm run migrate -- TABLE MIGRATION [--from POSITION] [--per-second 100]`: rewrites what is there already. */
const migrations: Readonly<Record<string, Migration>> = { 'index-keys': indexKeys };
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string' }, 'per-second': { type: 'string', default: '100' } },
});
const [table, name = ''] = positionals;
const migration = migrations[name];
const perSecond = Number(values['per-second']);
if (table === undefined || migration === undefined || !(perSecond > 0)) {
  console.error(
    `Name the table and the migration: \`npm run migrate -- TABLE ${Object.keys(migrations).join('|')} [--from POSITION] [--per-second 100]\`.`,
  );
  process.exit(1);
}

const sum = { read: 0, rewritten: 0 };
const from = values.from === undefined ? undefined : positionOf(values.from);
for await (const { read, rewritten, next } of walk(tableAt(table), migration, { from, perSecond })) {
  sum.read += read;
  sum.rewritten += rewritten;
  if (next !== undefined)
    console.log(`${sum.read} read, ${sum.rewritten} rewritten; it goes on with --from ${wordOf(next)}`);
}
console.log(`${name} is done: ${sum.read} items read, ${sum.rewritten} rewritten.`);
