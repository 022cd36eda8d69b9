import { startService } from '#infra/local/service.ts';

/**
 * The service in a process of its own, on a folder that its parent names. It tells how much memory it needs when it is
 * asked, after a collection, and when its stream is read; it stops when the parent lets go.
 */
export type Question = { id: number; ask: 'memory' | 'stream idle' };
/** In bytes: what is alive (the heap, and what lies outside of it for its objects), and what is resident. */
export type OwnMemory = { heap: number; external: number; resident: number };
export type Answered = { id: number; memory?: OwnMemory };

// A terminal sends its Ctrl-C to both; the parent decides.
process.on('SIGINT', () => {});
const { baseUrl, origin, emulators, environment, streamIdle, stop } = await startService({
  port: 0,
  dataDir: process.argv[2],
  progress: () => {},
});

const memory = (): OwnMemory => {
  globalThis.gc?.();
  const { heapUsed: heap, external, rss: resident } = process.memoryUsage();
  return { heap, external, resident };
};
process.on('message', async ({ id, ask }: Question) => {
  const answer: Answered = ask === 'memory' ? { id, memory: memory() } : { id };
  if (ask === 'stream idle') await streamIdle();
  process.send?.(answer);
});
process.once('disconnect', () => {
  void stop().then(() => process.exit(0));
});
const { issuer, mailbox } = emulators.endpoints;
process.send?.({ baseUrl, origin, issuer, mailbox, environment });
