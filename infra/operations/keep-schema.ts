import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { projectRoot } from '#infra/build/places.ts';
import { schemaVersion, storedShapes } from '#lib/data/schema.ts';

/** `npm run schema`: keeps the shapes of a new version of what is stored. A version that is kept never changes. */
const file = join(projectRoot, 'lib', 'data', 'schemas', `v${schemaVersion}.json`);
const text = `${JSON.stringify(storedShapes(), null, 2)}\n`;
if (existsSync(file) && !isDeepStrictEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(text))) {
  console.error(
    `Version ${schemaVersion} is kept already, and differs: raise schemaVersion in lib/data/schema.ts.`,
  );
  process.exit(1);
}
if (!existsSync(file)) writeFileSync(file, text);
console.log(`The shapes of version ${schemaVersion} are kept. \`npm run fix\` formats them.`);
