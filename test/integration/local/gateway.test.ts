import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '#infra/local/gateway.ts';
import { SetupError } from '#infra/local/setup-error.ts';

const errors: unknown[] = [];
type Echoed = { event: APIGatewayProxyEventV2; name: string; left: number };
const echo = (event: APIGatewayProxyEventV2, context: Context) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  cookies: ['one=1', 'two=2'],
  body: JSON.stringify({ event, name: context.functionName, left: context.getRemainingTimeInMillis() }),
});

function options(port: number) {
  return {
    port,
    routes: [
      { method: 'GET', path: '/v1/invoices/{invoiceId}', name: 'get-invoice', handler: echo },
      { method: 'GET', path: '/v1/invoices/properties', name: 'list-properties', handler: echo },
      { method: 'PATCH', path: '/v1/invoices/{invoiceId}', name: 'edit-invoice', handler: echo },
      { method: 'GET', path: '/{a}/fixed', name: 'late-literal', handler: echo },
      { method: 'GET', path: '/fixed/{b}', name: 'early-literal', handler: echo },
      {
        method: 'GET',
        path: '/fail',
        handler: () => {
          throw new Error('secret inside');
        },
      },
      { method: 'GET', path: '/nothing', handler: async () => ({ statusCode: 204 }) },
      { method: 'GET', path: '/odd', handler: async () => ({ statusCode: 200, body: 17 }) },
      { method: 'GET', path: '/huge', handler: async () => 'x'.repeat(6 * 1024 * 1024 + 1) },
    ],
    fallback: async (event: APIGatewayProxyEventV2) => ({
      statusCode: 404,
      body: `${event.routeKey} ${event.requestContext.http.method} ${event.rawPath}`,
    }),
    onError: (error: unknown) => errors.push(error),
  };
}

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway(options(0));
});
afterAll(() => gateway.stop());

const get = (path: string, init?: RequestInit) => fetch(gateway.baseUrl + path, init);

/** Sends a request line exactly as written, which fetch would tidy up. */
function raw(text: string): Promise<string> {
  const { port, hostname } = new URL(gateway.baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('routes', () => {
  it('a parameter is decoded and the context names the function', async () => {
    const answer = await get('/v1/invoices/inv%5F1?limit=5');
    const { event, name, left } = (await answer.json()) as Echoed;
    expect(event.routeKey).toBe('GET /v1/invoices/{invoiceId}');
    expect(event.pathParameters).toEqual({ invoiceId: 'inv_1' });
    expect(event.queryStringParameters).toEqual({ limit: '5' });
    expect(name).toBe('get-invoice');
    expect(left).toBeGreaterThan(28_000);
    expect(answer.headers.getSetCookie()).toEqual(['one=1', 'two=2']);
    expect(answer.headers.get('apigw-requestid')).toBe(event.requestContext.requestId);
  });

  it('a literal segment wins over a parameter, and the first one from the left over a later one', async () => {
    const nameAt = async (path: string) => ((await (await get(path)).json()) as Echoed).name;
    expect(await nameAt('/v1/invoices/properties')).toBe('list-properties');
    expect(await nameAt('/fixed/fixed')).toBe('early-literal');
  });

  it.each([
    ['GET', '/v1/unknown'],
    ['DELETE', '/v1/invoices/inv_1'],
    ['OPTIONS', '/v1/invoices/inv_1'],
    ['GET', '/v1/invoices/'],
    ['GET', '/v1/invoices/inv_1/'],
  ])('%s %s, which no route matches, goes to the fallback', async (method, path) => {
    const answer = await get(path, { method });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe(`$default ${method} ${path}`);
  });

  it('HEAD goes to the fallback too and has no body', async () => {
    const answer = await get('/v1/invoices/inv_1', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  });

  it('a path with broken percent-encoding is a 400', async () => {
    const answer = await raw('GET /v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('{"message":"Bad Request"}');
  });
});

describe('answers', () => {
  it('a function that throws, or answers what it may not, is a 500 that says nothing', async () => {
    errors.length = 0;
    for (const path of ['/fail', '/odd', '/huge']) {
      const answer = await get(path);
      expect([answer.status, await answer.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    }
    expect(errors).toHaveLength(3);
    expect(errors[0]).toMatchObject({ message: 'secret inside' });
  });

  it('a 204 has neither body nor type', async () => {
    const answer = await get('/nothing');
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([204, null, '']);
  });

  it('a body of ten megabytes passes and one byte more is a 413', async () => {
    const limit = 10 * 1024 * 1024;
    const send = (length: number) =>
      get('/upload', {
        method: 'POST',
        body: Buffer.alloc(length, 97),
        headers: { 'content-type': 'text/plain' },
      });
    expect((await send(limit)).status).toBe(404);
    const refused = await send(limit + 1);
    expect([refused.status, await refused.text()]).toEqual([413, '{"message":"Request Too Long"}']);
  });
});

describe('starting and stopping', () => {
  it('a taken port is a SetupError that names PORT', async () => {
    const port = Number(new URL(gateway.baseUrl).port);
    const starting = startGateway(options(port));
    await expect(starting).rejects.toThrow(SetupError);
    await expect(starting).rejects.toThrow(/PORT/);
  });

  it('a connection that is kept alive does not hold it up, and a request under way is answered', async () => {
    let finish = () => {};
    const started = Promise.withResolvers<void>();
    const other = await startGateway({
      ...options(0),
      fallback: async () => {
        started.resolve();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return 'late';
      },
    });
    const agent = new Agent({ keepAlive: true });
    const status = new Promise((resolve, reject) => {
      const sent = httpRequest(other.baseUrl, { agent }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
      });
      sent.on('error', reject);
      sent.end();
    });
    await started.promise;
    const stopped = other.stop();
    finish();
    expect(await status).toBe(200);
    await stopped;
    await expect(fetch(other.baseUrl)).rejects.toThrow();
    agent.destroy();
  });
});
