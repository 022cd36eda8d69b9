import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeServer, listenOnLoopback, readBody } from './loopback.ts';
import { payPage, sessionsPage } from './stripe-pages.ts';
import {
  type Deed,
  deeds,
  openStripeState,
  type StripeEvent,
  type StripeState,
  shownIntent,
  shownSession,
  signedMessage,
} from './stripe-state.ts';

/** Keys that only this machine's Stripe knows. */
export const LOCAL_STRIPE = { secretKey: 'sk_test_local', webhookSecrets: ['whsec_local'] } as const;

const longestBody = 100_000;
const timesTold = 5;

export interface LocalStripe {
  readonly endpoint: string;
  readonly state: StripeState;
  /** Where its messages go from now on. */
  tell(webhookUrl: string): void;
  stop(): Promise<void>;
}

/** `metadata[name]=value` of Stripe's form encoding. */
const nested = (form: URLSearchParams, name: string): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([key, value]) =>
      key.startsWith(`${name}[`) ? [[key.slice(name.length + 1, -1), value]] : [],
    ),
  );

type Answer = { status: number; json?: unknown; html?: string; location?: string };
type Asked = { method: string; path: string; form: URLSearchParams; headers: IncomingMessage['headers'] };

const failure = (status: number, code: string): Answer => ({
  status,
  json: { error: { type: 'invalid_request_error', code, message: code } },
});

const create = ({ form, headers }: Asked, state: StripeState, endpoint: string): Answer => {
  const price = nested(form, 'line_items[0][price_data]');
  const session = state.create(
    {
      account: headers['stripe-account'] as string | undefined,
      amount: Number(price.unit_amount),
      currency: price.currency ?? '',
      title: price['product_data][name'] ?? '',
      metadata: nested(form, 'metadata'),
      successUrl: form.get('success_url') ?? '',
      expiresAt: Number(form.get('expires_at')),
    },
    headers['idempotency-key'] as string | undefined,
  );
  return { status: 200, json: shownSession(session, `${endpoint}/pay/${session.id}`) };
};

/** The part of Stripe's API that the service uses: https://docs.stripe.com/api/checkout/sessions. */
const answerApi = (asked: Asked, state: StripeState, endpoint: string): Answer => {
  const { method, path, headers } = asked;
  if (method === 'POST' && path === '/v1/checkout/sessions') return create(asked, state, endpoint);
  const [, kind, id = '', what] =
    /^\/v1\/(checkout\/sessions|payment_intents)\/(\w+)(?:\/(expire))?$/.exec(path) ?? [];
  const session = kind === 'payment_intents' ? state.ofPayment(id) : state.find(id);
  if (session === undefined || session.account !== headers['stripe-account'])
    return failure(404, 'resource_missing');
  if (kind === 'payment_intents') return { status: 200, json: shownIntent(session) };
  if (what === 'expire' && !state.expire(session)) return failure(400, 'session_not_open');
  return { status: 200, json: shownSession(session, `${endpoint}/pay/${session.id}`) };
};

const answerPage = ({ method, path, form }: Asked, state: StripeState): Answer => {
  if (path === '/') return { status: 200, html: sessionsPage(state.list()) };
  const id = /^\/pay\/(\w+)$/.exec(path)?.[1] ?? '';
  const session = state.find(id);
  if (session === undefined) return { status: 404, html: sessionsPage(state.list()) };
  if (method !== 'POST') return { status: 200, html: payPage(session) };
  const deed = form.get('deed') ?? '';
  if (deed === 'decline') return { status: 200, html: payPage(session, true) };
  const isDone = (deeds as readonly string[]).includes(deed) && state.act(id, deed as Deed);
  return isDone ? { status: 303, location: session.successUrl } : { status: 200, html: payPage(session) };
};

const respond = (response: ServerResponse, { status, json, html, location }: Answer): void => {
  response.writeHead(status, {
    'content-type': html === undefined ? 'application/json' : 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    ...(location !== undefined && { location }),
  });
  response.end(html ?? JSON.stringify(json ?? {}));
};

/** Sends a message until it is taken, as Stripe does, only sooner. */
const deliver = async (url: string, event: StripeEvent, signal: AbortSignal): Promise<void> => {
  const { body, signature } = signedMessage(event, LOCAL_STRIPE.webhookSecrets[0]);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
  for (let tries = 1; tries <= timesTold; tries++) {
    const answer = await fetch(url, { method: 'POST', headers, body, signal }).catch(() => undefined);
    if (answer?.ok || signal.aborted) return;
    await sleep(tries * 500, undefined, { signal }).catch(() => undefined);
  }
};

/**
 * Starts a small Stripe: Checkout Sessions and their messages, with a page where the buyer pays, fails or waits, so that
 * paying online can be tried without an account at Stripe. With `dataDir` sessions outlive a restart.
 */
export async function startStripe(options: {
  port: number;
  dataDir: string | undefined;
  /** Told of each event, beside the webhook. */
  onEvent?: (event: StripeEvent) => void;
  /** Called before each call of the API is dealt with; what it answers is sent instead, after the call took effect or not. */
  meddle?: (method: string, path: string) => Promise<'down' | 'lost' | undefined>;
}): Promise<LocalStripe> {
  const stopping = new AbortController();
  const under = new Set<Promise<void>>();
  let webhookUrl: string | undefined;
  const state = openStripeState(options.dataDir, (event) => {
    options.onEvent?.(event);
    if (webhookUrl === undefined) return;
    const delivery = deliver(webhookUrl, event, stopping.signal).finally(() => under.delete(delivery));
    under.add(delivery);
  });
  let endpoint = '';
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, longestBody);
    const { pathname: path } = new URL(request.url ?? '/', 'http://local');
    const { method = 'GET', headers } = request;
    const asked = { method, path, headers, form: new URLSearchParams(body?.toString() ?? '') };
    if (!path.startsWith('/v1/')) return respond(response, answerPage(asked, state));
    const fate = await options.meddle?.(method, path);
    if (fate === 'down') return respond(response, { status: 503, json: { error: { type: 'api_error' } } });
    const answered = answerApi(asked, state, endpoint);
    respond(response, fate === 'lost' ? { status: 500, json: { error: { type: 'api_error' } } } : answered);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  endpoint = await listenOnLoopback(server, options.port);
  return {
    endpoint,
    state,
    tell: (url) => {
      webhookUrl = url;
    },
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(under);
      await closeServer(server);
    },
  };
}
