import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#infra/build/places.ts';
import { StageFault, stageFrom } from '#infra/stage.ts';

/**
 * `npm run deploy -- STAGE` and `npm run destroy -- STAGE`. The settings are checked before anything is built; further
 * arguments go to the CDK.
 */
const [command = '', name = '', ...further] = process.argv.slice(2);

const run = (program: string, ...args: string[]): void => {
  const { status } = spawnSync(program, args, { cwd: projectRoot, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

const { context } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));
try {
  if (!['deploy', 'destroy'].includes(command) || name === '' || name.startsWith('-'))
    throw new StageFault('Name the stage: `npm run deploy -- STAGE` or `npm run destroy -- STAGE`.');
  stageFrom(name, context.stages, process.env);
} catch (error) {
  if (!(error instanceof StageFault)) throw error;
  console.error(error.message);
  process.exit(1);
}
// `destroy` synthesizes too, so the code has to be there.
run('npm', 'run', 'build');
if (command === 'deploy') run('cdk', 'bootstrap', '-c', `stage=${name}`, ...further);
run('cdk', command, '--all', '-c', `stage=${name}`, ...further);
