import { createHash } from 'node:crypto';
import { table } from '#functions/wiring/table.ts';
import type { IdempotencySlot } from '#lib/data/idempotency.ts';
import { putIdempotency } from '#lib/data/idempotency.ts';
import { newId } from '#lib/data/ids.ts';
import { type Patience, Transaction } from '#lib/data/transaction.ts';
import { may, type Permission } from '#lib/domain/account/permissions.ts';
import type { Change, ChangeAction } from '#lib/domain/change.ts';
import type { IdPrefix } from '#lib/domain/fields.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Authenticated, Caller } from './caller.ts';
import type { BodyOf, Contract, ParamsOf, QueryOf } from './contract.ts';

/** A request that has passed everything that its contract says. */
export type ActionRequest<C extends Contract> = {
  params: ParamsOf<C>;
  query: QueryOf<C>;
  body: BodyOf<C>;
  headers: Record<string, string | undefined>;
  /** One instant for all that the request does, ISO 8601. */
  now: string;
  requestId: string;
  /** @throws Error on a route that has no account: a fault in the contract */
  caller: Caller;
  /** On routes that anybody signed in may call: the person, and the account if there is one. */
  who: Authenticated;
  newId: (prefix: IdPrefix) => string;
  /** @throws Refusal permission_denied */
  demand: (permission: Permission) => void;
  /** @throws Refusal version_conflict if `If-Match` names other versions than this one */
  expectVersion: (version: number) => void;
  /**
   * A transaction that also keeps what the request did under its Idempotency-Key: `ids` is all that a repeat needs to
   * answer. The effect and the record are written together, or neither.
   */
  transaction: (ids?: Record<string, string>) => Transaction;
  /** Where a request that takes several transactions keeps what it has done so far; undefined without a key. */
  idempotency: { slot: IdempotencySlot; fingerprint: string } | undefined;
  /** The time that the call has. */
  patience: Patience;
  /** The stamp of what this request changes. */
  change: (action: ChangeAction, more?: Partial<Change>) => Change;
};

export type RequestParts = {
  params: unknown;
  query: unknown;
  body: unknown;
  headers: Record<string, string | undefined>;
  requestId: string;
  who: Authenticated;
  ifMatch: 'any' | number[] | undefined;
  idempotency: { slot: IdempotencySlot; fingerprint: string } | undefined;
  deadline: number;
};

/** The same for bodies that mean the same: objects in the order of their names, without what is null (API-2). */
const inOrder = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, inner]) => inner !== null)
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      )
    : value;

/** Hash that tells a repeat from another request with the same key: the route with its ids, and the body. */
export const fingerprintOf = (method: string, path: string, body: unknown): string =>
  createHash('sha256')
    .update(`${method} ${path}\n${JSON.stringify(body, inOrder) ?? ''}`)
    .digest('base64url');

export const buildRequest = <C extends Contract>(contract: C, parts: RequestParts): ActionRequest<C> => {
  const now = new Date().toISOString();
  const { ifMatch, idempotency, deadline, requestId } = parts;
  const caller = (): Caller => {
    if (parts.who.caller === undefined) throw new Error(`${contract.name} has no account`);
    return parts.who.caller;
  };
  return {
    params: parts.params as ParamsOf<C>,
    query: parts.query as QueryOf<C>,
    body: parts.body as BodyOf<C>,
    headers: parts.headers,
    now,
    requestId,
    get caller() {
      return caller();
    },
    who: parts.who,
    newId: (prefix) => newId(prefix, now),
    demand: (permission) => {
      if (!may(caller(), permission)) throw new Refusal('permission_denied', { permission });
    },
    expectVersion: (version) => {
      if (ifMatch !== undefined && ifMatch !== 'any' && !ifMatch.includes(version))
        throw new Refusal('version_conflict', { detail: `The version is ${version}.` });
    },
    transaction: (ids = {}) => {
      const transaction = new Transaction(table());
      if (idempotency !== undefined) {
        const { slot, fingerprint } = idempotency;
        const nowSeconds = Math.floor(Date.parse(now) / 1_000);
        putIdempotency(transaction, slot, { fingerprint, status: contract.status, ids }, nowSeconds);
      }
      return transaction;
    },
    idempotency,
    patience: { deadline },
    change: (action, more) => ({
      id: newId('his', now),
      at: now,
      action,
      actor: caller().actor,
      source: 'api',
      requestId,
      ...more,
    }),
  };
};
