import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, newAccount, newInvoice } from '#test/support/account.ts';
import { everyRoute, paramsOf } from '#test/support/every-route.ts';
import { call, type Json, service } from '#test/support/service.ts';

let admin: Client;
beforeAll(async () => {
  admin = (await newAccount()).admin;
});

/** A request target just as given: fetch would tidy it up. */
const raw = (
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service().baseUrl);
    const sent = request({ hostname, port, method, path: target, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

const problemOf = (body: string): Json => JSON.parse(body);

describe('a route that is not there', () => {
  it.each([
    '/',
    '/v1',
    '/v1/',
    '/v2/invoices',
    '/v1/nothing',
    '/V1/invoices',
    '/v1/Invoices',
    '/v1/invoices/',
    '/v1//invoices',
    '//v1/invoices',
    '/v1/invoices/inv_1/nothing',
    '/v1/invoices/inv_1/finalize/',
    '/v1/invoices/a%2Fb',
    '/v1/%2e%2e/health',
    '/v1/../health/..',
    '/openapi.json/',
    '/health/x',
    '/v1/invoices;a=b',
    '/%F0%9F%92%B6',
    '/v1/invoices%00',
    `/${'a'.repeat(5_000)}`,
  ])('API-1: %s is a problem document with the code not_found', async (target) => {
    const { status, headers, body } = await raw('GET', target);
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json']);
    expect(problemOf(body)).toEqual({
      type: '/docs#not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      requestId: headers['x-request-id'],
    });
  });

  it('API-1: is refused before credentials are asked for', async () => {
    expect((await call('POST', '/v1/nothing', { body: {} })).status).toBe(404);
    expect((await call('PATCH', '/v1/me', { body: {} })).status).toBe(405);
  });
});

describe('a method that a route has not', () => {
  const paths = [...new Set(everyRoute.map(({ path }) => path))];
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY', 'PROPFIND'];

  /** Whether a template takes the path: that of a list of words takes more than its own. */
  const fits = (template: string, path: string): boolean => {
    const given = path.split('/');
    const wanted = template.split('/');
    return (
      wanted.length === given.length &&
      wanted.every((segment, index) => segment.startsWith('{') || segment === given[index])
    );
  };

  it.each(paths)('API-1: on %s is a problem document that names the ones that it has', async (template) => {
    const path = template.replace(/\{\w+\}/g, 'x');
    const known = [
      ...new Set(everyRoute.filter((route) => fits(route.path, path)).map(({ method }) => method)),
    ];
    for (const method of methods.filter((one) => !(known as string[]).includes(one))) {
      const { status, headers, body } = await raw(method, path);
      expect([method, status, headers['content-type']]).toEqual([method, 405, 'application/problem+json']);
      expect(String(headers.allow).split(', ').sort()).toEqual([...known].sort());
      if (method !== 'HEAD')
        expect(problemOf(body)).toMatchObject({
          code: 'method_not_allowed',
          requestId: headers['x-request-id'],
        });
    }
  });

  it('API-1: there are paths with and without parameters', () => {
    expect(everyRoute.some((route) => paramsOf(route).length > 0)).toBe(true);
    expect(paths.length).toBeGreaterThan(30);
  });
});

describe('every answer', () => {
  it('API-1: has an X-Request-Id of its own, which a problem repeats', async () => {
    const answers = await Promise.all([
      admin.get('/v1/me'),
      admin.get('/v1/contacts'),
      admin.get('/v1/invoices/inv_x'),
      admin.post('/v1/contacts', {}),
      call('GET', '/v1/me'),
      call('GET', '/health'),
      call('GET', '/nowhere'),
      call('GET', '/i/nothing'),
    ]);
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    expect(ids.every((id) => (id?.length ?? 0) > 5)).toBe(true);
    expect(new Set(ids).size).toBe(answers.length);
    for (const { body, headers } of answers)
      if (body?.code !== undefined) expect(body.requestId).toBe(headers.get('x-request-id'));
  });

  it('API-6: is not kept by anybody on its way', async () => {
    for (const path of ['/v1/me', '/v1/contacts', '/v1/nothing', '/v1/invoices/inv_x'])
      expect((await admin.get(path)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('an address of a buyer', () => {
  it('LINK-7: is taken with what mail programs and trackers add to it', async () => {
    const invoice = await newInvoice(admin);
    const page = await call('GET', `${invoice.link}?utm_source=newsletter&fbclid=x`);
    expect(page.status).toBe(200);
  });

  it.each(['*', 'en_US', 'x', '', '-', 'fr;q=', 'de-DE-u-nu-latn', 'q'.repeat(3_000)])(
    'API-1: is answered to a browser that wants the language "%s"',
    async (language) => {
      const { status } = await raw('GET', '/i/nothing', { 'accept-language': language });
      expect(status).toBe(404);
    },
  );

  it.each(['x', 'a'.repeat(92), 'AQ'.repeat(46), '%00', '..%2f..', '💶'])(
    'LINK-7: %s says nothing',
    async (token) => {
      for (const path of [`/i/${token}`, `/i/${token}/slug`, `/i/${token}/pdf`]) {
        const { status } = await raw('GET', encodeURI(path).replaceAll('%25', '%'));
        expect([path, status]).toEqual([path, 404]);
      }
    },
  );
});
