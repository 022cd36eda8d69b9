import type { Json } from '#test/support/service.ts';

/** A client that does next to nothing, so that what it measures is the program's. */
export type Reply = { status: number; body: Json; text: string; milliseconds: number };
export type Http = (method: string, path: string, body?: unknown) => Promise<Reply>;

export const httpClient =
  (baseUrl: string, token?: string): Http =>
  async (method, path, body) => {
    const started = performance.now();
    const response = await fetch(new URL(path, baseUrl), {
      ...{ method, redirect: 'manual' },
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const milliseconds = performance.now() - started;
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: isJson ? JSON.parse(text) : undefined, text, milliseconds };
  };

/** A reply that has to be a success. */
export const succeeded = (reply: Reply): Reply => {
  if (reply.status >= 300) throw new Error(`${reply.status} ${reply.text.slice(0, 500)}`);
  return reply;
};

/** Does all the work, so many at a time, each the next that is left. */
export const sideBySide = async <T, R>(
  clients: number,
  work: readonly T[],
  perform: (one: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = Array.from({ length: work.length });
  let next = 0;
  const client = async (): Promise<void> => {
    for (let place = next++; place < work.length; place = next++)
      results[place] = await perform(work[place] as T);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return results;
};
