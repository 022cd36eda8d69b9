import { performance } from 'node:perf_hooks';
import type { Json } from '#test/support/service.ts';
import type { Hold } from './known.ts';
import type { Tally } from './tally.ts';

/** Requests of the load, each counted; what comes back has to be what was expected. */

export type Given = { body?: unknown; headers?: Record<string, string> };
export type Reply = { status: number; headers: Headers; body: Json; bytes: Buffer; milliseconds: number };
export type Http = (method: string, path: string, given?: Given) => Promise<Reply>;

/** A client with a credential, or a buyer without one. Redirects are not followed. */
export const httpAs =
  (baseUrl: string, credential?: string): Http =>
  async (method, path, { body, headers = {} } = {}) => {
    const started = performance.now();
    const response = await fetch(new URL(path, baseUrl), {
      ...{ method, redirect: 'manual' },
      headers: {
        ...(credential && { authorization: `Bearer ${credential}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const milliseconds = performance.now() - started;
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      ...{ status: response.status, headers: response.headers, bytes, milliseconds },
      body: isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined,
    };
  };

/** What a lost race answers: the state of the invoice is another than it was. */
const lostRaces = [404, 409, 410, 412, 422];

export type Asked = Given & {
  http: Http;
  deed: string;
  method: string;
  path: string;
  expect: readonly number[];
  /** Without it nobody else can have had to do with it. */
  hold?: Hold;
};
export type Ask = (asked: Asked) => Promise<Reply | undefined>;

/** Asks, counts, and answers what came back; undefined where it was refused, rightly or not. */
export const askWith =
  (tally: Tally): Ask =>
  async ({ http, deed, method, path, expect, hold, ...given }) => {
    const { reply, fault } = await http(method, path, given).then(
      (came) => ({ reply: came, fault: undefined }),
      (error: unknown) => ({ reply: undefined, fault: String((error as Error).cause ?? error) }),
    );
    if (reply === undefined) {
      tally.unexpected(deed, `${method} ${path}: no answer: ${fault}`);
      return undefined;
    }
    tally.count(deed, reply);
    if (expect.includes(reply.status)) return reply;
    // A buyer's page says no more than its status.
    const code = reply.body === undefined ? `page ${reply.status}` : reply.body.code;
    if (hold?.raced && lostRaces.includes(reply.status) && typeof code === 'string') tally.lostRace(code);
    else tally.unexpected(deed, `${method} ${path}: ${reply.status} ${reply.bytes.toString().slice(0, 400)}`);
    return undefined;
  };
