import type { Header, OpenApiDocument, Parameter } from './types.ts';

/** Headers, parameters and credentials that many actions have in common. */

export const parameters: Record<'AccountId' | 'IdempotencyKey' | 'IfMatch', Parameter> = {
  AccountId: {
    name: 'Account-Id',
    in: 'header',
    description:
      'The account that the request is for. Only a person who belongs to several accounts needs it; an API key has one account.',
    schema: { type: 'string', pattern: '^acc_[0-7][0-9A-HJKMNP-TV-Z]{25}$' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'A key of your own choice. Within 24 hours, a repeat with the same key takes no second effect and gets the answer of the first.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[ -~]+$' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag that was read. If the resource has changed since, nothing is done: 412.',
    schema: { type: 'string' },
    example: '"3"',
  },
};

export const headers: Record<
  'RequestId' | 'ETag' | 'IdempotencyReplayed' | 'RetryAfter' | 'Location' | 'WwwAuthenticate',
  Header
> = {
  RequestId: {
    description: 'Id of the request, to name in a question to support.',
    schema: { type: 'string' },
  },
  ETag: {
    description: 'Version of the resource, in quotes, for `If-Match`.',
    schema: { type: 'string', pattern: '^"\\d+"$' },
  },
  IdempotencyReplayed: {
    description:
      '`true` where an earlier request with the same key did the work. If what it made is deleted since, the body is `{"id": …}` alone.',
    schema: { type: 'string', const: 'true' },
  },
  RetryAfter: {
    description: 'Seconds to wait before another try.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  Location: { description: 'The address to go on to.', schema: { type: 'string', format: 'uri-reference' } },
  WwwAuthenticate: { description: '`Bearer`.', schema: { type: 'string' } },
};

export const securitySchemes: OpenApiDocument['components']['securitySchemes'] = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of the identity provider that the deployment trusts, for a person.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'qk_…',
    description: 'An API key of one account, for a program. It carries permissions of its own.',
  },
};

export const headerRef = (name: keyof typeof headers): { $ref: string } => ({
  $ref: `#/components/headers/${name}`,
});
export const parameterRef = (name: keyof typeof parameters): { $ref: string } => ({
  $ref: `#/components/parameters/${name}`,
});
