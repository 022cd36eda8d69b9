import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { table } from '#functions/wiring/table.ts';
import { type IdempotencyRecord, readIdempotency } from '#lib/data/idempotency.ts';
import { accountScope, identityScope } from '#lib/data/keys.ts';
import { Stale, untilWritten } from '#lib/data/transaction.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { jsonAnswer } from './answer.ts';
import { authenticate } from './authenticate.ts';
import type { Authenticated } from './caller.ts';
import { type Contract, isIdempotent, missingPermission, type ResultOf } from './contract.ts';
import { answerErrors, crossOrigin, logRequests } from './middleware.ts';
import { parseIfMatch, parseRequest, readBody } from './parse-request.ts';
import { type ActionRequest, buildRequest, fingerprintOf, type RequestParts } from './request.ts';

/** What an action answers: the shape that its contract promises, its version for the ETag, or a page as it is. */
export type Reply<C extends Contract> = {
  result?: ResultOf<C>;
  version?: number;
  headers?: Record<string, string>;
  /** A page, a redirect, an empty answer: instead of JSON. */
  raw?: APIGatewayProxyStructuredResultV2;
};

/** An action as its file writes it. `replay` answers a repeat from the ids that the first run kept. */
export type Action<C extends Contract> = {
  /** Refuses who may not do it at all, before the request is looked at: what `access` can't say. */
  admit?: (who: Authenticated) => void;
  /**
   * Loads, decides and writes. What was decided on facts that another writer changed meanwhile (`Stale`) is run again,
   * whole, as long as the call's time allows.
   */
  run: (request: ActionRequest<C>) => Promise<Reply<C>>;
  replay?: (ids: Record<string, string>, request: ActionRequest<C>) => Promise<Reply<C> | undefined>;
};

type Event = APIGatewayProxyEventV2;
export type ActionHandler = (event: Event, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const millisecondsToAnswer = 1_500;

const authorize = (contract: Contract, { caller, accountMissing }: Authenticated): void => {
  const { access } = contract;
  if (access.kind !== 'account') return;
  if (caller === undefined)
    throw new Refusal('account_required', {
      detail: accountMissing ? undefined : 'You belong to no account yet: POST /v1/accounts makes one.',
    });
  const permission = missingPermission(access, caller);
  if (permission !== undefined) throw new Refusal('permission_denied', { permission });
};

const checkIdempotencyKey = (key: string | undefined): void => {
  if (key !== undefined && (key === '' || key.length > 255 || !/^[\x20-\x7e]+$/.test(key)))
    throw new Refusal('malformed_request', { detail: 'An Idempotency-Key has 1 to 255 visible characters.' });
};

const idempotencyOf = (
  contract: Contract,
  event: Event,
  { caller, signedIn }: Authenticated,
  body: unknown,
): RequestParts['idempotency'] => {
  const key = event.headers['idempotency-key'];
  if (key === undefined || !isIdempotent(contract)) return undefined;
  const fingerprint = fingerprintOf(contract.method, event.rawPath, body);
  if (caller && contract.access.kind === 'account')
    return { slot: { scope: accountScope(caller.accountId), principal: caller.actor.id, key }, fingerprint };
  // Outside an account the person counts, who may have become a member by what the first request did.
  const scope = signedIn && identityScope(signedIn.issuer, signedIn.subject);
  return scope === undefined ? undefined : { slot: { scope, principal: scope, key }, fingerprint };
};

const replayOf = async <C extends Contract>(
  action: Action<C>,
  request: ActionRequest<C>,
  record: IdempotencyRecord,
  fingerprint: string,
): Promise<Reply<C> & { status: number }> => {
  if (record.fingerprint !== fingerprint) throw new Refusal('idempotency_key_reused');
  const reply = await action.replay?.(record.ids, request);
  const [id = null] = Object.values(record.ids);
  const headers = { ...reply?.headers, 'idempotency-replayed': 'true' };
  // What the first request made is gone: its status and id are all there is to say.
  if (reply === undefined) return { status: record.status, headers, raw: { body: JSON.stringify({ id }) } };
  return { ...reply, status: record.status, headers };
};

/** Everything between the gateway and the action, in the order of refusals that rules.md gives. */
const serve = async <C extends Contract>(
  contract: C,
  action: Action<C>,
  event: Event,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const isOpen = contract.access.kind === 'public' || contract.access.kind === 'link';
  const who = isOpen ? {} : await authenticate(event.headers);
  authorize(contract, who);
  action.admit?.(who);
  const takesIfMatch = (contract.versioned || contract.conditional) && contract.method !== 'GET';
  const ifMatchHeader = takesIfMatch ? event.headers['if-match'] : undefined;
  const raw = readBody(contract, event);
  const ifMatch = parseIfMatch(ifMatchHeader);
  if (isIdempotent(contract)) checkIdempotencyKey(event.headers['idempotency-key']);
  const { query, body } = parseRequest(contract, event, raw);
  const idempotency = idempotencyOf(contract, event, who, body);
  const deadline = Date.now() + Math.max(0, context.getRemainingTimeInMillis() - millisecondsToAnswer);
  const request = buildRequest(contract, {
    params: event.pathParameters ?? {},
    query,
    body,
    headers: event.headers,
    requestId: event.requestContext.requestId,
    who,
    ifMatch,
    idempotency,
    deadline,
  });
  const replayed = async () => {
    if (idempotency === undefined) return undefined;
    const { slot, fingerprint } = idempotency;
    const earlier = await readIdempotency(table(), slot, Math.floor(Date.parse(request.now) / 1_000));
    return earlier && replayOf(action, request, earlier, fingerprint);
  };
  const earlier = await replayed();
  if (earlier !== undefined) return jsonAnswer(contract, earlier);
  const attempt = async () => {
    try {
      return { status: contract.status, ...(await action.run(request)) };
    } catch (error) {
      // The same request, at the same time, was first, and this one met what it did: its record says what happened.
      const first = await replayed();
      if (first !== undefined) return first;
      throw error;
    }
  };
  try {
    return jsonAnswer(contract, await untilWritten(attempt, request.patience));
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    throw new Refusal('too_many_requests', { retryAfter: 1 }, { cause: error });
  }
};

type Serve = (event: Event, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** What every HTTP function has around it: a log line, cross-origin headers, errors as problems. middy lives here only. */
export const httpFunction = (name: string, serveOne: Serve): ActionHandler =>
  middy<Event, APIGatewayProxyStructuredResultV2, Error, Context>()
    .use(logRequests(name))
    .use(crossOrigin())
    .use(answerErrors())
    .handler(serveOne) as unknown as ActionHandler;

/** The Lambda of an action. */
export const handle = <const C extends Contract>(contract: C, action: Action<C>): ActionHandler =>
  httpFunction(contract.name, (event, context) => serve(contract, action, event, context));
