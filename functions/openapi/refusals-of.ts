import * as z from 'zod';
import { type Contract, isIdempotent } from '#functions/http/contract.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';

/** Which refusals an action has: those of every action of its kind, and its own. */

export const hasPathIds = (contract: Contract): boolean => contract.path.includes('{');
const isAuthenticated = ({ access }: Contract): boolean =>
  access.kind === 'account' || access.kind === 'signed_in';

/** Whether an Idempotency-Key does anything: a caller without credentials has no keys of his own. */
export const takesIdempotencyKey = (contract: Contract): boolean =>
  isIdempotent(contract) && isAuthenticated(contract);

/** Whether `If-Match` does anything: something with a version is there before the request. */
export const takesIfMatch = (contract: Contract): boolean =>
  (contract.versioned === true || contract.conditional === true) &&
  contract.method !== 'GET' &&
  (contract.method !== 'POST' || hasPathIds(contract));

const isPaged = ({ query, body }: Contract): boolean =>
  [query, body].some((schema) => schema instanceof z.ZodObject && 'cursor' in schema.shape);

/** Every refusal that the action can answer with, those of its kind first, each once. */
export const refusalsOf = (contract: Contract): RefusalCode[] => {
  const { access, method, body, mediaTypes, refusals = [] } = contract;
  const when = (applies: boolean, ...codes: RefusalCode[]): RefusalCode[] => (applies ? codes : []);
  return [
    ...new Set([
      ...when(isAuthenticated(contract), 'unauthenticated'),
      ...when(access.kind === 'account', 'account_required', 'permission_denied'),
      // A foreign Account-Id answers like an id that does not exist.
      ...when(isAuthenticated(contract) || hasPathIds(contract), 'not_found'),
      ...when(method !== 'GET', 'body_too_large', 'malformed_request'),
      ...when(body !== undefined || mediaTypes !== undefined, 'unsupported_media_type'),
      'invalid_request' as const,
      ...when(isPaged(contract), 'invalid_cursor'),
      ...when(takesIdempotencyKey(contract), 'idempotency_key_reused', 'request_in_progress'),
      ...when(takesIfMatch(contract), 'version_conflict'),
      ...when(access.kind !== 'public', 'too_many_requests'),
      ...refusals,
    ]),
  ];
};
