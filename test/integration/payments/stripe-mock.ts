import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { projectRoot } from '#infra/build/places.ts';
import { closeServer, listenOnLoopback, readBody } from '#infra/local/loopback.ts';

/**
 * Stripe's own stand-in for its API (https://github.com/stripe/stripe-mock): it keeps nothing, and refuses each request
 * that Stripe's published schema does not allow. It is built with Go, the first time, into a folder of its own.
 */
const version = 'v0.203.0';
const folder = join(projectRoot, '.stripe-mock', version);
const program = join(folder, 'stripe-mock');
const minutesToBuild = 4;

const run = promisify(execFile);
const lastLine = (error: unknown): string =>
  String((error as { stderr?: string }).stderr ?? error)
    .trim()
    .split('\n')
    .at(-1) ?? '';

/** Why there is none on this machine; undefined once it is there. Building it takes minutes: a run of all tests does. */
export const missingStripeMock = async (): Promise<string | undefined> => {
  if (existsSync(program)) return undefined;
  if (process.env.QUITTANCE_TESTS !== 'all') return 'it is not built yet: npm run test:all does that';
  if (!(await run('go', ['version']).catch(() => undefined)))
    return 'there is no Go on this machine to build it with';
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-buildvcs=false' };
  const timeout = minutesToBuild * 60_000;
  return run('go', ['install', `github.com/stripe/stripe-mock@${version}`], { env, timeout }).then(
    () => undefined,
    (error) => `it could not be built: ${lastLine(error)}`,
  );
};

const startProgram = async () => {
  const addresses = ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'];
  const child = spawn(program, addresses, { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise<string>((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => reject(new Error(`stripe-mock ended with ${code}`)));
    createInterface(child.stdout).on('line', (line) => {
      const found = /Listening for HTTP at address: (\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(`http://${found}`);
    });
  });
  return { address, stop: () => child.kill() };
};

export type Exchange = {
  request: string;
  headers: Record<string, unknown>;
  form: Record<string, string>;
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an object of Stripe's, whichever it is
  body: any;
};

/** stripe-mock behind a relay that notes what is said. */
export const startStripeMock = async () => {
  const mock = await startProgram();
  const said: Exchange[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming;
    const sent = await readBody(incoming, 100_000);
    const {
      authorization,
      'stripe-account': account,
      'content-type': type,
      'idempotency-key': key,
    } = incoming.headers;
    const headers = Object.fromEntries(
      Object.entries({
        authorization,
        'content-type': type,
        'stripe-account': account,
        'idempotency-key': key,
      }).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    const body = method === 'GET' ? undefined : sent?.toString();
    const answer = await fetch(`${mock.address}${url}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    const form = Object.fromEntries(new URLSearchParams(body ?? new URL(url, mock.address).search));
    said.push({
      request: `${method} ${url.split('?')[0]}`,
      headers,
      form,
      status: answer.status,
      body: JSON.parse(text),
    });
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  });
  const address = await listenOnLoopback(server, 0);
  return {
    address,
    said,
    stop: async () => {
      await closeServer(server);
      mock.stop();
    },
  };
};
