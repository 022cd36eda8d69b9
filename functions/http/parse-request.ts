import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';
import type { Contract } from './contract.ts';
import { faultsOf, refusalOfFaults } from './faults.ts';

/** From an API Gateway event to what a contract asks for. The refusals come in the order of rules.md. */

const maxBodyBytes = 2_097_152;

const bodyBytes = (event: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

const mediaTypeOf = (event: APIGatewayProxyEventV2): string | undefined =>
  event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();

const isJson = (mediaType: string): boolean =>
  mediaType === 'application/json' || /^application\/[\w.-]+\+json$/.test(mediaType);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A key `__proto__` is data to JSON and a trap to programs: nothing here is called so. */
const withoutPrototype = (key: string, value: unknown): unknown => {
  if (key === '__proto__') throw new SyntaxError('a key is __proto__');
  return value;
};

const parseJson = (bytes: Buffer): unknown => {
  try {
    const json = utf8.decode(bytes);
    return json.includes('__proto__') ? JSON.parse(json, withoutPrototype) : JSON.parse(json);
  } catch (error) {
    throw new Refusal('malformed_request', { detail: 'The body is not JSON in UTF-8.' }, { cause: error });
  }
};

/** The body's value before its shape is looked at: `undefined` for none, bytes for another media type. */
const readBody = (contract: Contract, event: APIGatewayProxyEventV2): unknown => {
  const bytes = bodyBytes(event);
  if (bytes.length > maxBodyBytes)
    throw new Refusal('body_too_large', { detail: `At most ${maxBodyBytes} bytes.` });
  const mediaType = mediaTypeOf(event);
  if (contract.mediaTypes !== undefined) {
    if (mediaType === undefined || !contract.mediaTypes.includes(mediaType))
      throw new Refusal('unsupported_media_type', { detail: `Send ${contract.mediaTypes.join(' or ')}.` });
    return { mediaType, bytes };
  }
  if (bytes.length === 0) return undefined;
  if (contract.body === undefined) {
    // An action without a body takes none, or {}, with or without a media type.
    const value = parseJson(bytes);
    if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return undefined;
    throw refusalOfFaults(faultsOfUnexpectedBody(value));
  }
  if (
    mediaType === undefined ||
    !(isJson(mediaType) || (contract.method === 'PATCH' && mediaType === 'application/merge-patch+json'))
  )
    throw new Refusal('unsupported_media_type', { detail: 'Send application/json.' });
  return parseJson(bytes);
};

const faultsOfUnexpectedBody = (value: unknown): Fault[] => {
  const parsed = z.strictObject({}).safeParse(value);
  return parsed.success ? [] : faultsOf(parsed.error);
};

const parsedQuery = (
  contract: Contract,
  event: APIGatewayProxyEventV2,
): { value: unknown; faults: Fault[] } => {
  const schema = contract.query ?? z.strictObject({});
  const parsed = schema.safeParse(event.queryStringParameters ?? {}, { reportInput: true });
  return parsed.success
    ? { value: parsed.data, faults: [] }
    : { value: undefined, faults: faultsOf(parsed.error, '/query') };
};

const parsedBody = (contract: Contract, value: unknown): { value: unknown; faults: Fault[] } => {
  if (contract.body === undefined) return { value: undefined, faults: [] };
  const parsed = contract.body.safeParse(value === undefined && contract.method === 'POST' ? {} : value, {
    reportInput: true,
  });
  return parsed.success
    ? { value: parsed.data, faults: [] }
    : { value: undefined, faults: faultsOf(parsed.error) };
};

/**
 * Query and body of a request, with every fault of both at once.
 * @throws Refusal body_too_large, unsupported_media_type, malformed_request, invalid_request
 */
export const parseRequest = (
  contract: Contract,
  event: APIGatewayProxyEventV2,
): { query: unknown; body: unknown } => {
  const raw = readBody(contract, event);
  const body = contract.mediaTypes === undefined ? parsedBody(contract, raw) : { value: raw, faults: [] };
  const query = parsedQuery(contract, event);
  const faults = [...query.faults, ...body.faults];
  if (faults.length > 0) throw refusalOfFaults(faults);
  return { query: query.value, body: body.value };
};

/** The versions that an If-Match header names; undefined without one, `any` for `*`. */
export const parseIfMatch = (header: string | undefined): 'any' | number[] | undefined => {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  const tags = header.split(',').map((tag) => /^\s*(?:W\/)?"(\d{1,15})"\s*$/.exec(tag)?.[1]);
  if (tags.some((tag) => tag === undefined)) {
    if (/^\s*(W\/)?"[^"]*"\s*(,\s*(W\/)?"[^"]*"\s*)*$/.test(header)) return [];
    throw new Refusal('malformed_request', {
      detail: 'If-Match takes ETags in quotes, as answers give them.',
    });
  }
  return tags.map(Number);
};
