import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeDemo } from '#infra/local/demo/demo.ts';
import { reopenDemo } from '#infra/local/demo/reopen.ts';
import { startService } from '#infra/local/service.ts';
import { installSchemathesis, schemathesis } from './schemathesis.ts';

/**
 * `npm run fuzz`: schemathesis against the local service with demo data, as a super admin of its first account, for a
 * minute; `-- --seconds 1800` for longer, `-- --seed 7` for the requests of an earlier run. No answer is a 5xx, and each
 * has a status, a media type, headers and a body that the OpenAPI document says. Exit code 2: it can't be installed.
 */
const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
const seconds = values.seconds ?? '60';
const seed = values.seed ?? String(1 + Math.floor(Math.random() * 1_000_000));

const checks = [
  ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
  ...['response_headers_conformance', 'response_schema_conformance'],
].join();

const fuzz = async (baseUrl: string, token: string, folder: string): Promise<number> => {
  const args = ['run', `${baseUrl}/openapi.json`, '-H', `Authorization: Bearer ${token}`, '--checks', checks];
  const bounds = ['--max-time', seconds, '--seed', seed, '--workers', '2', '--continue-on-failure'];
  const quietly = ['--no-color', '--warnings', 'off', '--suppress-health-check', 'all'];
  // What it learns stays in the folder, and goes with it.
  const child = spawn(schemathesis, [...args, ...bounds, ...quietly], { stdio: 'inherit', cwd: folder });
  const [code] = await once(child, 'exit');
  return code === 0 ? 0 : 1;
};

const run = async (): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'quittance-fuzz-'));
  const local = await startService({ port: 0, dataDir: undefined, progress: () => {} });
  try {
    const { baseUrl, emulators } = local;
    const exp = Math.floor(Date.now() / 1_000) + 86_400;
    const service = {
      ...{ baseUrl, mailboxUrl: emulators.endpoints.mailbox, signal: new AbortController().signal },
      tokenOf: ({ email, name }: { email: string; name: string }) =>
        emulators.issueToken({ sub: email, email, name, exp }),
    };
    const demo = await makeDemo(service, { dataDir: folder, onProgress: () => {} });
    const [account] = (await reopenDemo(service, demo)).accounts;
    if (account === undefined) throw new Error('The demo has no account.');
    console.log(`Fuzzing for ${seconds} s, seed ${seed}.`);
    return await fuzz(baseUrl, account.tokens.superAdmin, folder);
  } finally {
    await local.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

try {
  installSchemathesis();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
process.exit(await run());
