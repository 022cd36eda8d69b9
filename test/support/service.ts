import type { SharedService } from './global-setup.ts';
import { type Check, checkBy } from './openapi-check.ts';

let lent: SharedService | undefined;
export const setService = (service: SharedService): void => {
  lent = service;
};

/** The running service, over HTTP, as a client sees it: the one that is lent to this file of tests. */
export const service = (): SharedService => {
  if (lent === undefined) throw new Error('no service was started');
  return lent;
};

// biome-ignore lint/suspicious/noExplicitAny: a test looks at answers of every shape
export type Json = any;
export type Answer = { status: number; headers: Headers; body: Json; text: string };
export type Call = { body?: unknown; headers?: Record<string, string>; raw?: string | Uint8Array };

let check: Promise<Check> | undefined;
const publishedCheck = async (): Promise<Check> =>
  checkBy(await (await fetch(`${service().baseUrl}/openapi.json`)).json());

/** @throws Error where the answer is not what the OpenAPI document says (API-5) */
const refuseUndocumented = async (method: string, url: URL, answer: Answer): Promise<void> => {
  if (url.origin !== new URL(service().baseUrl).origin) return;
  check ??= publishedCheck();
  const faults = (await check)(method, decodeURIComponent(url.pathname), answer);
  if (faults.length > 0)
    throw new Error(
      `API-5: ${method} ${url.pathname} ${answer.status}: ${faults.slice(0, 5).join('; ')}: ${answer.text.slice(0, 600)}`,
    );
};

/**
 * A call without credentials. `raw` is sent as it is, `body` as JSON. Redirects are not followed. Every answer has to
 * be as the OpenAPI document says.
 */
export const call = async (
  method: string,
  path: string,
  { body, headers = {}, raw }: Call = {},
): Promise<Answer> => {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const url = new URL(path.startsWith('http') ? path : `${service().baseUrl}${path}`);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(payload !== undefined && { body: payload as string }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const answer = {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
    text,
  };
  await refuseUndocumented(method, url, answer);
  return answer;
};

/** A token of the local issuer with these claims; `null` removes one. */
export const token = async (claims: Record<string, unknown>): Promise<string> => {
  const response = await fetch(`${service().issuer}/dev-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(claims),
  });
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  return ((await response.json()) as { token: string }).token;
};

/** Waits for an effect: asks again until `look` gives something else than undefined. */
export const eventually = async <T>(
  look: () => Promise<T | undefined>,
  what: string,
  seconds = 30,
): Promise<T> => {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > until) throw new Error(`after ${seconds} s still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
};
