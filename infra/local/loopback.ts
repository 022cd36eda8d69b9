import type { IncomingMessage, Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export const LOOPBACK = '127.0.0.1';

/** Starts the server on the loopback interface alone (port 0: any free one) and answers its address. */
export async function listenOnLoopback(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
}

/**
 * Lets requests under way end, for `graceMs` milliseconds at most, then closes what is left. A connection
 * that was busy when the server closed stays open afterwards until its keep-alive time is over: such idle
 * ones are closed as they turn up.
 */
export async function closeServer(server: Server, graceMs = 2_000): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 25);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

/** The port itself if it can be had on the loopback interface, else any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const probe = createServer();
  const bound = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(wanted, LOOPBACK, () => resolve(true));
  });
  if (!bound) return freePort();
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/**
 * The request's whole body, or undefined if it is longer than `limit` bytes. What is too long is still read
 * (up to eight times the limit): a client that is cut off while it writes never sees the answer.
 *
 * @throws the connection's error if the client goes away
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limit * 8) resolve(undefined);
    });
    request.on('end', () => resolve(length > limit ? undefined : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/** Asks again until `attempt` is true, or throws what `giveUp` answers. Times in milliseconds. */
export async function poll(
  attempt: () => Promise<boolean>,
  { everyMs, forMs, giveUp }: { everyMs: number; forMs: number; giveUp: () => Error },
): Promise<void> {
  const deadline = Date.now() + forMs;
  while (!(await attempt())) {
    if (Date.now() > deadline) throw giveUp();
    await delay(everyMs);
  }
}
