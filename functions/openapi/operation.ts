import * as z from 'zod';
import type { Contract } from '#functions/http/contract.ts';
import { type IdPrefix, id } from '#lib/domain/fields.ts';
import { bodyName } from './names.ts';
import { takesIdempotencyKey, takesIfMatch } from './refusals-of.ts';
import { responsesOf } from './responses.ts';
import { parameterRef } from './shared-components.ts';
import type { JsonSchema, MediaType, Operation, Parameter, Reference, RequestBody } from './types.ts';

/** One contract as an operation of OpenAPI. */

const idsInPaths: Record<string, { prefix: IdPrefix; of: string }> = {
  invoiceId: { prefix: 'inv', of: 'invoice' },
  contactId: { prefix: 'con', of: 'contact' },
  companyId: { prefix: 'com', of: 'company' },
  memberId: { prefix: 'mem', of: 'member' },
  keyId: { prefix: 'key', of: 'API key' },
  paymentId: { prefix: 'pay', of: 'payment' },
  linkId: { prefix: 'lnk', of: 'link' },
  viewId: { prefix: 'viw', of: 'view' },
  exportId: { prefix: 'exp', of: 'export' },
  scheduleId: { prefix: 'sch', of: 'schedule' },
};

const wordsInPaths: Record<string, string> = {
  token: 'The secret part of the link.',
  slug: 'Words for people to read; they choose nothing.',
  name: 'Name of the property.',
  property: 'Name of a property of the invoice.',
  email: 'The e-mail address, percent-encoded.',
};

const pathParameter = (name: string): Parameter => {
  const known = idsInPaths[name];
  const described = known
    ? { description: `Id of the ${known.of}: \`${known.prefix}_…\`.`, schema: plain(id(known.prefix)) }
    : { ...(wordsInPaths[name] && { description: wordsInPaths[name] }), schema: { type: 'string' } };
  return { name, in: 'path', required: true, ...described };
};

const plain = (schema: z.ZodType): JsonSchema => {
  const { $schema: _schema, ...json } = z.toJSONSchema(schema);
  return json as JsonSchema;
};

const pathParameters = ({ path }: Contract): Parameter[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => pathParameter(name));

const queryParameters = (query: JsonSchema | undefined): Parameter[] =>
  Object.entries(query?.properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(query?.required?.includes(name) && { required: true }),
    ...(description && { description }),
    schema,
  }));

const headerParameters = (contract: Contract): Reference[] => {
  const { access } = contract;
  return [
    ...(access.kind === 'account' || access.kind === 'signed_in' ? [parameterRef('AccountId')] : []),
    ...(takesIdempotencyKey(contract) ? [parameterRef('IdempotencyKey')] : []),
    ...(takesIfMatch(contract) ? [parameterRef('IfMatch')] : []),
  ];
};

const requestBody = (contract: Contract, body: JsonSchema | undefined): RequestBody | undefined => {
  const { mediaTypes, method, example } = contract;
  if (mediaTypes !== undefined)
    return { required: true, content: Object.fromEntries(mediaTypes.map((type) => [type, {}])) };
  if (body === undefined) return undefined;
  const schema = { $ref: `#/components/schemas/${bodyName(contract.name)}` };
  const content: MediaType = { schema, ...(example !== undefined && { example }) };
  // A POST without a body is one of `{}`.
  const required = method !== 'POST' || (body.required ?? []).length > 0;
  return method === 'PATCH'
    ? { required, content: { 'application/json': content, 'application/merge-patch+json': { schema } } }
    : { required, content: { 'application/json': content } };
};

const isOpen = ({ access }: Contract): boolean => access.kind === 'public' || access.kind === 'link';

/** The operation of a contract, with the schemas that were made of it. */
export const operationOf = (
  contract: Contract,
  schemas: { query?: JsonSchema; body?: JsonSchema; result?: JsonSchema },
  example: MediaType,
): Operation => {
  const { name, tag, summary, description, access } = contract;
  const parameters = [
    ...pathParameters(contract),
    ...queryParameters(schemas.query),
    ...headerParameters(contract),
  ];
  const body = requestBody(contract, schemas.body);
  return {
    operationId: name,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: isOpen(contract) ? [] : [{ accessToken: [] }, { apiKey: [] }],
    'x-access': access.kind,
    'x-permissions': access.kind === 'account' ? access.permissions : [],
    ...('every' in access && { 'x-every-permission': true }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: responsesOf(contract, schemas.result, example),
  };
};
