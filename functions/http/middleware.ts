import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { deployment } from '#functions/wiring/deployment.ts';
import { describeError, logger } from '#functions/wiring/logger.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { internalProblem, problemOf } from './problems.ts';

type Middleware = middy.MiddlewareObj<
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Error,
  Context
>;
type Handled = Parameters<NonNullable<Middleware['after']>>[0];

/** One line for each request: ids, status and milliseconds, nothing of what was said (API-6). */
export const logRequests = (action: string): Middleware => {
  const started = new WeakMap<object, number>();
  const report = ({ event, response }: Handled): void => {
    logger.info('request', {
      action,
      requestId: event.requestContext.requestId,
      status: response?.statusCode,
      milliseconds: Math.round(performance.now() - (started.get(event) ?? 0)),
    });
  };
  return {
    before: ({ event }) => {
      started.set(event, performance.now());
    },
    after: report,
    onError: report,
  };
};

/** Every error as a problem document: a refusal says what is wrong, a failure says nothing and logs where. */
export const answerErrors = (): Middleware => ({
  onError: (handled) => {
    const { error, event } = handled;
    const requestId = event.requestContext.requestId;
    const isRefusal = error instanceof Refusal;
    if (!isRefusal) logger.error('failure', { requestId, error: describeError(error) });
    const { status, headers, body } = isRefusal ? problemOf(error, requestId) : internalProblem(requestId);
    handled.response = {
      statusCode: status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
      body: JSON.stringify(body),
    };
  },
});

const exposed = 'ETag, X-Request-Id, Retry-After, Idempotency-Replayed';

/** The headers by which a browser lets a page of an allowed origin use `/v1` (API-7); none for others. */
export const crossOriginHeaders = (event: APIGatewayProxyEventV2): Record<string, string> => {
  const { origin } = event.headers;
  if (!event.rawPath.startsWith('/v1/')) return {};
  const allowed = origin !== undefined && deployment().allowedOrigins.includes(origin);
  return {
    vary: 'Origin',
    ...(allowed && { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed }),
  };
};

/** The answer to a browser that asks before it calls, if its origin is an allowed one; undefined for all else. */
export const preflightHeaders = (
  event: APIGatewayProxyEventV2,
  methods: readonly string[],
): Record<string, string> | undefined => {
  const isPreflight =
    event.requestContext.http.method === 'OPTIONS' &&
    event.headers['access-control-request-method'] !== undefined;
  if (!isPreflight || !('access-control-allow-origin' in crossOriginHeaders(event))) return undefined;
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': 'Authorization, Account-Id, Content-Type, Idempotency-Key, If-Match',
    'access-control-max-age': '600',
  };
};

/** X-Request-Id and the cross-origin headers on every answer. */
export const crossOrigin = (): Middleware => {
  const add = (handled: Handled): void => {
    handled.response = {
      ...handled.response,
      headers: {
        ...handled.response?.headers,
        ...crossOriginHeaders(handled.event),
        'x-request-id': handled.event.requestContext.requestId,
      },
    };
  };
  return { after: add, onError: add };
};
