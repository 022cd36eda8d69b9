import type * as z from 'zod';
import { may, type Permission, type Rights } from '#lib/domain/account/permissions.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';

/** Who may call an action. */
export type Access =
  /** Anybody: documentation and health. */
  | { kind: 'public' }
  /** Whoever holds a buyer's link. */
  | { kind: 'link' }
  /** A signed-in person, of an account or of none yet; or an API key. */
  | { kind: 'signed_in' }
  /** A member or key of an account with one of the permissions; which of them may depend on what is stored. */
  | { kind: 'account'; permissions: readonly [Permission, ...Permission[]] }
  /** A member or key of an account with all of the permissions. */
  | { kind: 'account'; permissions: readonly [Permission, ...Permission[]]; every: true };

/** What a Lambda may touch; its grants and variables come of it. */
export type Use =
  | 'table:read'
  | 'table:lists'
  | 'table:write'
  | 'table:update'
  | 'table:delete'
  | 'documents:read'
  | 'documents:write'
  | 'documents:delete'
  | 'documents:uploads'
  | 'queue:render'
  | 'queue:email'
  | 'queue:cleanup'
  | 'queue:export'
  | 'mail'
  | 'mail:address'
  | 'secrets'
  | 'payments'
  | 'identity';

/** The permission that an account's action finds missing, or undefined where the rights are enough. */
export const missingPermission = (
  access: Extract<Access, { kind: 'account' }>,
  rights: Rights,
): Permission | undefined => {
  const [first] = access.permissions;
  if ('every' in access) return access.permissions.find((permission) => !may(rights, permission));
  return access.permissions.some((permission) => may(rights, permission)) ? undefined : first;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One action: its route, who may call it, what goes in and comes out, how it refuses and what it touches. Handler,
 * OpenAPI document, CDK route, grants and local gateway are made from it.
 */
export type Contract = {
  /** Name of the operation, of the file and of the Lambda. */
  name: string;
  method: Method;
  /** `/v1/invoices/{invoiceId}`; every parameter is a string. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  access: Access;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** What a body may be besides JSON (the logo). */
  mediaTypes?: readonly string[];
  /** The body may come as an HTML form too; what is left empty there is as if absent. */
  form?: boolean;
  /** Status of success, and the shape of its JSON; none for 204, `html` for pages, `redirect` for 302 and 303. */
  status: 200 | 201 | 202 | 204 | 302 | 303;
  result?: z.ZodType | 'html' | 'redirect';
  /** The answer has an ETag; `If-Match` is honoured where the resource exists before. */
  versioned?: boolean;
  /** `If-Match` is honoured too where the answer is another resource than the one that the path names. */
  conditional?: boolean;
  /** A POST that changes nothing (a search, a preview) ignores the Idempotency-Key. */
  safe?: boolean;
  /** Refusals beyond those that every action of its kind has. */
  refusals?: readonly RefusalCode[];
  uses: readonly Use[];
  /** An example of a request's body, for the documentation. */
  example?: unknown;
};

/** Fixes a contract with its exact types. */
export const defineAction = <const C extends Contract>(contract: C): C => contract;

/** Whether repeats of the action are recognised by their Idempotency-Key (API-2). */
export const isIdempotent = (contract: Contract): boolean =>
  contract.method === 'POST' && contract.safe !== true;

type Parameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Parameters<Rest>
  : never;
export type ParamsOf<C extends Contract> = Record<Parameters<C['path']>, string>;
export type QueryOf<C extends Contract> = C['query'] extends z.ZodType
  ? z.output<C['query']>
  : Record<string, never>;
export type BodyOf<C extends Contract> = C['mediaTypes'] extends readonly string[]
  ? { mediaType: C['mediaTypes'][number]; bytes: Uint8Array }
  : C['body'] extends z.ZodType
    ? z.output<C['body']>
    : undefined;
export type ResultOf<C extends Contract> = C['result'] extends z.ZodType ? z.input<C['result']> : undefined;
