/**
 * Runs a command for as long as this program's standard input stays open.
 *
 * The operating system closes that pipe however the parent ends, SIGKILL included, so the command never
 * outlives it. And since the guard is started detached, Ctrl-C in a terminal doesn't reach the command:
 * the parent decides when it is no longer needed.
 */
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
if (!command) throw new Error('child-guard: no command given');

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 0));

const end = () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 3_000).unref();
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.stdin.resume();
process.stdin.on('close', end);
// The parent's end of these may be gone before the command's last words.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
