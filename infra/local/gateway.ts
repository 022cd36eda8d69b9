import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { type HttpAnswer, splitTarget, toHttpAnswer, toHttpEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { closeServer, listenOnLoopback, readBody } from './loopback.ts';
import { createRouter } from './routes.ts';
import { SetupError } from './setup-error.ts';

const LONGEST_BODY_BYTES = 10 * 1024 * 1024;
/** More than any limit of ours, so that what is too long is refused by the function in its own words. */
const LONGEST_HEADERS_BYTES = 64 * 1024;
const LONGEST_RESULT_BYTES = 6 * 1024 * 1024;
const FUNCTION_BUDGET_MS = 29_000;
const INTEGRATION_LIMIT_MS = 30_000;

export type HttpFunction = (event: APIGatewayProxyEventV2, context: Context) => unknown;

export interface GatewayRoute {
  readonly method: string;
  /** `/v1/invoices/{invoiceId}` */
  readonly path: string;
  /** The function's name in its context; the route's key if absent. */
  readonly name?: string;
  readonly handler: HttpFunction;
}

export interface GatewayOptions {
  /** 0: any free one. */
  port: number;
  routes: readonly GatewayRoute[];
  /** Gets what no route matches, with the route key `$default`. */
  fallback: HttpFunction;
  /** Told of everything that the client only sees as a 500 or 503. */
  onError: (error: unknown, where: { routeKey: string; requestId: string }) => void;
}

/**
 * Starts what an API Gateway HTTP API with a `$default` stage is to functions and clients.
 *
 * @throws SetupError if the port is taken
 */
export async function startGateway(
  options: GatewayOptions,
): Promise<{ baseUrl: string; stop(): Promise<void> }> {
  const match = createRouter(options.routes);
  const server = createServer({ maxHeaderSize: LONGEST_HEADERS_BYTES }, (request, response) => {
    answer(request, options, match).then(
      (found) => send(request, response, found),
      () => response.destroy(), // the client went away while it was still sending
    );
  });
  const baseUrl = await listenOnLoopback(server, options.port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new SetupError(
      `Port ${options.port} is taken: set PORT to another one, or to 0 for any that is free.`,
    );
  });
  return { baseUrl, stop: () => closeServer(server) };
}

async function answer(
  request: IncomingMessage,
  options: GatewayOptions,
  match: ReturnType<typeof createRouter<GatewayRoute>>,
): Promise<HttpAnswer> {
  const method = request.method ?? 'GET';
  const url = request.url ?? '/';
  const body = await readBody(request, LONGEST_BODY_BYTES);
  if (!body) return gatewayAnswer(413, 'Request Too Long');
  const path = decodedPath(url);
  if (path === undefined) return gatewayAnswer(400, 'Bad Request');

  const found = match(method, path);
  const routeKey = found ? `${method} ${found.route.path}` : '$default';
  const event = toHttpEvent(
    {
      method,
      url,
      body,
      rawHeaders: request.rawHeaders,
      httpVersion: request.httpVersion,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      receivedAt: new Date(),
    },
    { routeKey, path, pathParameters: found?.pathParameters },
  );
  const { requestId } = event.requestContext;
  const handler = found?.route.handler ?? options.fallback;
  const context = lambdaContext(found?.route.name ?? routeKey, FUNCTION_BUDGET_MS);
  try {
    const result = await inTime(Promise.resolve().then(() => handler(event, context)));
    const answered = toHttpAnswer(result);
    if (answered.body.length > LONGEST_RESULT_BYTES) throw new Error('The result is longer than 6 MB.');
    answered.headers['apigw-requestid'] = requestId;
    return answered;
  } catch (error) {
    options.onError(error, { routeKey, requestId });
    return error instanceof OutOfTime
      ? gatewayAnswer(503, 'Service Unavailable')
      : gatewayAnswer(500, 'Internal Server Error');
  }
}

function decodedPath(url: string): string | undefined {
  try {
    return splitTarget(url).path;
  } catch {
    return undefined;
  }
}

class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

async function inTime<T>(working: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime('The function took too long.')), INTEGRATION_LIMIT_MS);
  });
  try {
    return await Promise.race([working, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function gatewayAnswer(statusCode: number, message: string): HttpAnswer {
  const body = Buffer.from(JSON.stringify({ message }));
  return { statusCode, headers: { 'content-type': 'application/json' }, cookies: [], body };
}

function send(request: IncomingMessage, response: ServerResponse, answered: HttpAnswer): void {
  const { statusCode, headers, cookies, body } = answered;
  const bodiless = statusCode === 204 || statusCode === 304;
  if (bodiless) delete headers['content-type'];
  else headers['content-length'] = String(body.length);
  try {
    response.writeHead(statusCode, { ...headers, ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) });
  } catch {
    response.writeHead(500); // a header that HTTP can't carry
    response.end();
    return;
  }
  response.end(request.method === 'HEAD' || bodiless ? undefined : body);
}
