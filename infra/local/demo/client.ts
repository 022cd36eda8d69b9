import type * as z from 'zod';
import type { Contract, ParamsOf } from '#functions/http/contract.ts';

type Body<C extends Contract> = C['body'] extends z.ZodType ? z.input<C['body']> : undefined;
type Result<C extends Contract> = C['result'] extends z.ZodType ? z.output<C['result']> : undefined;
type Given<C extends Contract> = {
  params?: ParamsOf<C>;
  query?: Record<string, string>;
  body?: Body<C>;
  /** The Idempotency-Key of a POST. */
  key?: string;
};

/** Calls actions over HTTP, as any client would, with the types of their contracts. */
export type Client = {
  /** @throws Refused for any answer that is not a success */
  call<C extends Contract>(action: C, given?: Given<C>): Promise<Result<C>>;
};

/** The service said no, which it should not have. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const pathOf = (
  action: Contract,
  params: Record<string, string> = {},
  query: Record<string, string> = {},
) => {
  const path = action.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search ? `${path}?${search}` : path;
};

/** A client with a token or an API key; `signal` ends what is under way. */
export const createClient = (
  service: { baseUrl: string; signal: AbortSignal },
  credential: string,
): Client => ({
  call: async (action, given = {}) => {
    const { params, query, body, key } = given;
    const path = pathOf(action, params, query);
    const response = await fetch(`${service.baseUrl}${path}`, {
      method: action.method,
      signal: service.signal,
      headers: {
        authorization: `Bearer ${credential}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Refused(`${action.method} ${path} was answered ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  },
});

/** Does `work` on each item, `atOnce` at a time, and keeps their order in the answer. */
export const inParallel = async <T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
};
