import { describe, expect, it } from 'vitest';
import { type HttpRequest, splitTarget, toHttpAnswer, toHttpEvent } from '#infra/local/http-event.ts';

const receivedAt = new Date('2020-03-12T19:03:58.390Z');

function request(over: Partial<HttpRequest>): HttpRequest {
  return {
    method: 'GET',
    url: '/',
    rawHeaders: ['Host', 'id.execute-api.us-east-1.amazonaws.com'],
    httpVersion: '1.1',
    sourceIp: '192.0.2.1',
    body: Buffer.alloc(0),
    receivedAt,
    ...over,
  };
}

describe('a request becomes the event that an HTTP API sends', () => {
  it('as in the documented example: repeated names, cookies, a parameter, a JSON body', () => {
    const event = toHttpEvent(
      request({
        method: 'POST',
        url: '/my/path?parameter1=value1&parameter1=value2&parameter2=value',
        rawHeaders: [
          'Host',
          'id.execute-api.us-east-1.amazonaws.com',
          'Header1',
          'value1',
          'header1',
          'value2',
          'Cookie',
          'cookie1=a; cookie2=b',
          'User-Agent',
          'agent',
          'Content-Type',
          'application/json; charset=utf-8',
          'Connection',
          'keep-alive',
        ],
        body: Buffer.from('{"message":"héllo"}'),
      }),
      { routeKey: 'POST /my/{parameter1}', path: '/my/path', pathParameters: { parameter1: 'path' } },
    );
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'POST /my/{parameter1}',
      rawPath: '/my/path',
      rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
      cookies: ['cookie1=a', 'cookie2=b'],
      headers: {
        host: 'id.execute-api.us-east-1.amazonaws.com',
        header1: 'value1,value2',
        'user-agent': 'agent',
        'content-type': 'application/json; charset=utf-8',
        'x-forwarded-for': '192.0.2.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '80',
      },
      queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
      pathParameters: { parameter1: 'path' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: 'id.execute-api.us-east-1.amazonaws.com',
        domainPrefix: 'id',
        http: {
          method: 'POST',
          path: '/my/path',
          protocol: 'HTTP/1.1',
          sourceIp: '192.0.2.1',
          userAgent: 'agent',
        },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: 'POST /my/{parameter1}',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: receivedAt.getTime(),
      },
      body: '{"message":"héllo"}',
      isBase64Encoded: false,
    });
  });

  it('as a bare GET by the $default route: fields that are empty are absent', () => {
    const event = toHttpEvent(request({}), { routeKey: '$default', path: '/', pathParameters: undefined });
    expect(Object.keys(event).sort()).toEqual([
      'headers',
      'isBase64Encoded',
      'rawPath',
      'rawQueryString',
      'requestContext',
      'routeKey',
      'version',
    ]);
    expect(event.rawQueryString).toBe('');
    expect(event.isBase64Encoded).toBe(false);
  });

  it('as an encoded path and query: the path decoded, the query as it came and decoded by name', () => {
    const url = '/v1/contacts/a%20b%40c?email=x%2By%40example.com&q=two+words&flag';
    const { path } = splitTarget(url);
    const event = toHttpEvent(request({ url }), { routeKey: '$default', path, pathParameters: undefined });
    expect(event.rawPath).toBe('/v1/contacts/a b@c');
    expect(event.rawQueryString).toBe('email=x%2By%40example.com&q=two+words&flag');
    expect(event.queryStringParameters).toEqual({ email: 'x+y@example.com', q: 'two words', flag: '' });
  });

  it.each([
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
    ['application/merge-patch+json', true],
    ['image/png', true],
    [undefined, true],
    ['text/csv', false],
    ['application/xml', false],
    ['Application/JSON', false],
  ])('with a body of type %s: base64 is %s', (type, isBase64Encoded) => {
    const rawHeaders = type ? ['Content-Type', type] : [];
    const event = toHttpEvent(request({ rawHeaders, body: Buffer.from('a=1') }), {
      routeKey: '$default',
      path: '/',
      pathParameters: undefined,
    });
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(event.body).toBe(isBase64Encoded ? 'YT0x' : 'a=1');
  });

  it('behind another proxy: the addresses are kept in order', () => {
    const event = toHttpEvent(request({ rawHeaders: ['X-Forwarded-For', '198.51.100.7'] }), {
      routeKey: '$default',
      path: '/',
      pathParameters: undefined,
    });
    expect(event.headers['x-forwarded-for']).toBe('198.51.100.7, 192.0.2.1');
  });
});

describe('a result becomes the answer that an HTTP API gives', () => {
  it('structured: status, headers, cookies and bytes as said', () => {
    const answer = toHttpAnswer({
      statusCode: 201,
      headers: { 'Content-Type': 'application/pdf', 'X-Count': 3 },
      cookies: ['a=1', 'b=2'],
      body: 'JVBERg==',
      isBase64Encoded: true,
    });
    expect(answer).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/pdf', 'x-count': '3' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('%PDF'),
    });
  });

  it('structured without a type: plain text', () => {
    expect(toHttpAnswer({ statusCode: 200, body: 'x' }).headers).toEqual({
      'content-type': 'text/plain;charset=UTF-8',
    });
  });

  it('any other value: JSON with status 200', () => {
    const answer = toHttpAnswer({ message: 'hi' });
    expect([answer.statusCode, answer.headers['content-type'], answer.body.toString()]).toEqual([
      200,
      'application/json',
      '{"message":"hi"}',
    ]);
  });

  it.each([{ statusCode: 'x' }, { statusCode: 200, body: { a: 1 } }, { statusCode: 200, headers: [1] }])(
    'malformed %j: refused',
    (result) => {
      expect(() => toHttpAnswer(result)).toThrow();
    },
  );
});
