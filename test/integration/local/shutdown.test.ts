import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs `body` in a process of its own, with `shutdown` at hand, and reads what it prints. */
function start(body: string) {
  const program = `import { createShutdown } from '#infra/local/shutdown.ts';
    const shutdown = createShutdown(); setInterval(() => {}, 1000); ${body}; console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk;
    for (const wait of [...waits]) wait();
  };
  const waits = new Set<() => void>();
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return {
    child,
    said: () => said,
    until: (text: string) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!said.includes(text)) return;
          waits.delete(check);
          resolve();
        };
        waits.add(check);
        check();
      }),
    ended: new Promise<number | null>((resolve) => child.on('exit', resolve)),
  };
}

describe('shutdown', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s stops everything in reverse, once, with code 0',
    async (signal) => {
      const one = start(
        `for (const name of ['first', 'second']) shutdown.add(name, async () => console.log('stop', name))`,
      );
      await one.until('ready');
      one.child.kill(signal);
      one.child.kill(signal);
      expect(await one.ended).toBe(0);
      expect(one.said()).toBe('ready\nstop second\nstop first\n');
    },
  );

  it('what does not stop is named, the rest is stopped all the same, and the code is 1', async () => {
    const one = start(`shutdown.add('first', () => console.log('stop first'));
      shutdown.add('second', () => { throw new Error('stuck') })`);
    await one.until('ready');
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(1);
    expect(one.said()).toContain('second did not stop: stuck');
    expect(one.said()).toContain('stop first');
  });

  it('a second Ctrl-C, later than the echo of the first, ends it at once with 130', async () => {
    const one = start(
      `shutdown.add('slow', () => new Promise(() => { setTimeout(() => console.log('again'), 600) }))`,
    );
    await one.until('ready');
    one.child.kill('SIGINT');
    await one.until('again');
    one.child.kill('SIGINT');
    expect(await one.ended).toBe(130);
  });

  it('can be asked for with a code of its own', async () => {
    const one = start(`shutdown.add('first', () => console.log('stop first')); void shutdown.run(3)`);
    expect(await one.ended).toBe(3);
    expect(one.said()).toContain('stop first');
  });
});
