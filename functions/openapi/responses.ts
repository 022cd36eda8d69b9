import * as z from 'zod';
import type { Contract } from '#functions/http/contract.ts';
import { problems } from '#functions/http/problems.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { refusalsOf, takesIdempotencyKey } from './refusals-of.ts';
import { headerRef } from './shared-components.ts';
import type { JsonSchema, MediaType, Response } from './types.ts';

/** What an action answers: its success, and its refusals by status. */

type Code = RefusalCode | 'internal_error';

/** Status and title of every code, that of a failure of ours included. */
export const answersOfCodes: Record<Code, { status: number; title: string }> = {
  ...problems,
  internal_error: { status: 500, title: 'Something went wrong' },
};

const successes: Record<Contract['status'], string> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Accepted: the work goes on in the background.',
  204: 'Done. There is no body.',
  302: 'On to another address.',
  303: 'On to another address.',
};

const html: MediaType = { schema: { type: 'string' } };

const successContent = (
  contract: Contract,
  schema: JsonSchema | undefined,
  example: MediaType,
): Record<string, MediaType> | undefined => {
  if (contract.result === 'html') return { 'text/html': html };
  if (!(contract.result instanceof z.ZodType) || schema === undefined) return undefined;
  return { 'application/json': { schema, ...example } };
};

const success = (contract: Contract, schema: JsonSchema | undefined, example: MediaType): Response => {
  const content = successContent(contract, schema, example);
  return {
    description: successes[contract.status],
    headers: {
      'X-Request-Id': headerRef('RequestId'),
      ...(contract.versioned && contract.status !== 204 && { ETag: headerRef('ETag') }),
      ...(takesIdempotencyKey(contract) && { 'Idempotency-Replayed': headerRef('IdempotencyReplayed') }),
      ...(contract.result === 'redirect' && { Location: headerRef('Location') }),
    },
    ...(content && { content }),
  };
};

/** A reading action that may have to have its document made first answers 202 meanwhile (PDF-3). */
const isMadeOnDemand = ({ method, uses }: Contract): boolean =>
  method === 'GET' && uses.includes('queue:render');

const rendering: MediaType = {
  schema: {
    type: 'object',
    properties: { status: { const: 'rendering' }, documentVersion: { type: 'integer' } },
    required: ['status', 'documentVersion'],
  },
};

const beingMade = (contract: Contract): Response => ({
  description: 'It is being made: ask again after `Retry-After`.',
  headers: { 'X-Request-Id': headerRef('RequestId'), 'Retry-After': headerRef('RetryAfter') },
  content: contract.access.kind === 'link' ? { 'text/html': html } : { 'application/json': rendering },
});

const problemSchema = (status: number, codes: readonly Code[]): JsonSchema => ({
  type: 'object',
  allOf: [{ $ref: '#/components/schemas/Problem' }],
  properties: { status: { const: status }, code: { enum: [...codes] } },
});

const permissionsNamed = (access: Extract<Contract['access'], { kind: 'account' }>): string =>
  access.permissions.map((permission) => `\`${permission}\``).join('every' in access ? ' and ' : ' or ');

const describeCode = (code: Code, contract: Contract | undefined): string => {
  const { title } = answersOfCodes[code];
  const needed =
    code === 'permission_denied' && contract?.access.kind === 'account'
      ? ` Needed: ${permissionsNamed(contract.access)}.`
      : '';
  return `\`${code}\`: ${title}.${needed}`;
};

/** The answer of one status with these codes. Without a contract: the one that every action shares. */
const problemResponse = (status: number, codes: readonly Code[], contract?: Contract): Response => {
  const content: Record<string, MediaType> = {
    'application/problem+json': { schema: problemSchema(status, codes) },
    // A buyer's browser is told on a page.
    ...(contract?.access.kind === 'link' &&
      (contract.form || [404, 410].includes(status)) && { 'text/html': html }),
  };
  return {
    description: codes.map((code) => describeCode(code, contract)).join('\n\n'),
    headers: {
      'X-Request-Id': headerRef('RequestId'),
      ...([429, 503].includes(status) && { 'Retry-After': headerRef('RetryAfter') }),
      ...(status === 401 && { 'WWW-Authenticate': headerRef('WwwAuthenticate') }),
    },
    content,
  };
};

const sharedCodes = [
  'unauthenticated',
  'version_conflict',
  'body_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'internal_error',
] as const satisfies readonly Code[];

/** The refusals that stand alone on their status and say the same everywhere, once for all actions. */
export const sharedResponses: Record<string, Response> = Object.fromEntries(
  sharedCodes.map((code) => [code, problemResponse(answersOfCodes[code].status, [code])]),
);

const refusalResponses = (contract: Contract): Record<string, Response | { $ref: string }> => {
  const codes: Code[] = [...refusalsOf(contract), 'internal_error'];
  const byStatus = Map.groupBy(codes, (code) => answersOfCodes[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => {
      const [only] = ofStatus;
      const isShared = ofStatus.length === 1 && only !== undefined && only in sharedResponses;
      return [
        status,
        isShared ? { $ref: `#/components/responses/${only}` } : problemResponse(status, ofStatus, contract),
      ];
    }),
  );
};

/** Every answer of the action, by status. */
export const responsesOf = (
  contract: Contract,
  schema: JsonSchema | undefined,
  example: MediaType,
): Record<string, Response | { $ref: string }> => ({
  ...(isMadeOnDemand(contract) && { 202: beingMade(contract) }),
  [contract.status]: success(contract, schema, example),
  ...refusalResponses(contract),
});
