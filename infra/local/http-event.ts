import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';

export interface HttpRequest {
  method: string;
  /** Path and query as they came. */
  url: string;
  /** Names and values in turn, as node:http keeps them. */
  rawHeaders: readonly string[];
  httpVersion: string;
  sourceIp: string;
  body: Buffer;
  receivedAt: Date;
}

export interface MatchedRoute {
  /** `GET /v1/invoices/{invoiceId}`, or `$default`. */
  routeKey: string;
  path: string;
  pathParameters: Record<string, string> | undefined;
}

/**
 * The path and the query of a request target. The path is percent-decoded, which is how an HTTP API
 * delivers it, slashes included; the query stays as it came.
 *
 * @throws URIError if the path's percent-encoding is broken
 */
export function splitTarget(url: string): { path: string; rawQueryString: string } {
  const target = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '');
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  return { path: decodeURIComponent(path) || '/', rawQueryString: at < 0 ? '' : target.slice(at + 1) };
}

/**
 * The event of an HTTP API, payload format 2.0.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpEvent(request: HttpRequest, matched: MatchedRoute): APIGatewayProxyEventV2 {
  const { headers, cookies } = readHeaders(request);
  const { rawQueryString } = splitTarget(request.url);
  const query = joinQuery(rawQueryString);
  const domainName = headers.host ?? 'localhost';
  const text = isText(headers['content-type']);
  return {
    version: '2.0',
    routeKey: matched.routeKey,
    rawPath: matched.path,
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query ? { queryStringParameters: query } : {}),
    ...(matched.pathParameters ? { pathParameters: matched.pathParameters } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? domainName,
      http: {
        method: request.method,
        path: matched.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: `${randomBytes(11).toString('base64url')}=`,
      routeKey: matched.routeKey,
      stage: '$default',
      time: commonLogTime(request.receivedAt),
      timeEpoch: request.receivedAt.getTime(),
    },
    ...(request.body.length > 0 ? { body: request.body.toString(text ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: request.body.length > 0 && !text,
  };
}

/** Connection-level headers end at the gateway; cookies have a field of their own. */
const NOT_PASSED_ON = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

function readHeaders({ rawHeaders, sourceIp }: HttpRequest) {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    const value = (rawHeaders[i + 1] as string).trim();
    if (name === 'cookie') cookies.push(...value.split(/;\s*/).filter(Boolean));
    else if (!NOT_PASSED_ON.has(name)) headers[name] = name in headers ? `${headers[name]},${value}` : value;
  }
  const before = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = before ? `${before}, ${sourceIp}` : sourceIp;
  headers['x-forwarded-proto'] = 'http';
  headers['x-forwarded-port'] = /:(\d+)$/.exec(headers.host ?? '')?.[1] ?? '80';
  return { headers, cookies };
}

/** Values of one name joined with commas, in the order in which they came. */
function joinQuery(rawQueryString: string): Record<string, string> | undefined {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return joined.size > 0 ? Object.fromEntries(joined) : undefined;
}

/**
 * Whether a body is passed on as text. The documentation only speaks of binary types; measured on the real
 * service (ministackorg/ministack#766), these alone are text, so that a form, an `application/*+json` and a
 * body without a type arrive as base64.
 */
function isText(contentType: string | undefined): boolean {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || /^application\/(json|xml|javascript)$/.test(type);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function commonLogTime(at: Date): string {
  const [year, , day] = at.toISOString().slice(0, 10).split('-');
  return `${day}/${MONTHS[at.getUTCMonth()]}/${year}:${at.toISOString().slice(11, 19)} +0000`;
}

export interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Structured = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * What an HTTP API answers for a function's result: a structured one as it says, any other value as JSON
 * with status 200.
 *
 * @throws z.ZodError if a structured result is malformed; the real service answers 500
 */
export function toHttpAnswer(result: unknown): HttpAnswer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: Buffer.from(body),
    };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = Structured.parse(result);
  const lower = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    statusCode,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...Object.fromEntries(lower) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}
