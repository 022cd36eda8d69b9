import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';
import type { Contract } from './contract.ts';
import { faultsOf, pointerOf, refusalOfFaults } from './faults.ts';

/** From an API Gateway event to what a contract asks for. The refusals come in the order of rules.md. */

const maxBodyBytes = 2_097_152;

const bodyBytes = (event: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

const mediaTypeOf = (event: APIGatewayProxyEventV2): string | undefined =>
  event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();

/** JSON travels as it is, in UTF-8 (RFC 8259): nothing is unpacked or converted. */
const refuseEncodings = (event: APIGatewayProxyEventV2): void => {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(event.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
    throw new Refusal('unsupported_media_type', { detail: 'Send the body in UTF-8.' });
  const encoding = event.headers['content-encoding']?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity')
    throw new Refusal('unsupported_media_type', { detail: 'Send the body without a Content-Encoding.' });
};

const isJson = (mediaType: string | undefined, { method }: Contract): boolean =>
  mediaType === 'application/json' || (method === 'PATCH' && mediaType === 'application/merge-patch+json');

/** Whether it is `{}` and the action can do without a body: then the media type does not matter. */
const isDispensable = (bytes: Buffer, { method, body }: Contract): boolean =>
  method === 'POST' &&
  bytes.length < 100 &&
  /^\s*\{\s*\}\s*$/.test(bytes.toString()) &&
  !!body?.safeParse({}).success;

/** Names that the pointer to a fault has at most. */
const deepest = 50;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Faults for the keys `__proto__`: data to JSON, a trap to programs, and passed over in silence where a schema takes
 * names of the client's choice. Without recursion, whatever the depth.
 */
const prototypeFaults = (root: unknown, at = ''): Fault[] => {
  type Place = { value: unknown; key: string; in?: Place };
  const pathOf = (place: Place): string[] => {
    const path: string[] = [];
    for (let one: Place | undefined = place; one?.in !== undefined; one = one.in) path.push(one.key);
    // Nothing of ours is that deep: the outermost names tell where it is.
    return path.reverse().slice(0, deepest);
  };
  const faults: Fault[] = [];
  const waiting: Place[] = [{ value: root, key: '' }];
  for (let place = waiting.pop(); place !== undefined && faults.length < 100; place = waiting.pop()) {
    if (typeof place.value !== 'object' || place.value === null) continue;
    for (const [key, value] of Object.entries(place.value)) {
      const inner = { value, key, in: place };
      if (key === '__proto__')
        faults.push({
          pointer: pointerOf(at, pathOf(inner)),
          code: 'unknown_field',
          detail: 'is not a field of this request',
        });
      else waiting.push(inner);
    }
  }
  return faults;
};

const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    throw new Refusal('malformed_request', { detail: 'The body is not JSON in UTF-8.' }, { cause: error });
  }
};

/**
 * The body's value before its shape is looked at: `undefined` for none, bytes for another media type.
 * @throws Refusal body_too_large, unsupported_media_type, malformed_request
 */
export const readBody = (contract: Contract, event: APIGatewayProxyEventV2): unknown => {
  // What comes along with a GET has no meaning (RFC 9110, 9.3.1).
  if (contract.method === 'GET') return undefined;
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
  // An action without a body takes none, or {}, with or without a media type.
  if (contract.body === undefined) return parseJson(bytes);
  if (isDispensable(bytes, contract)) return undefined;
  if (contract.form && mediaType === 'application/x-www-form-urlencoded')
    return Object.fromEntries([...new URLSearchParams(bytes.toString())].filter(([, value]) => value !== ''));
  if (!isJson(mediaType, contract))
    throw new Refusal('unsupported_media_type', { detail: 'Send application/json.' });
  refuseEncodings(event);
  return parseJson(bytes);
};

const parsedQuery = (
  contract: Contract,
  event: APIGatewayProxyEventV2,
): { value: unknown; faults: Fault[] } => {
  // Mail programs and trackers add parameters of their own to a link that they pass on.
  const nothing = contract.access.kind === 'link' ? z.object({}) : z.strictObject({});
  const given = event.queryStringParameters ?? {};
  const parsed = (contract.query ?? nothing).safeParse(given, { reportInput: true });
  return parsed.success
    ? { value: parsed.data, faults: [] }
    : { value: undefined, faults: faultsOf(parsed.error, '/query') };
};

const parsedBody = (contract: Contract, value: unknown): { value: unknown; faults: Fault[] } => {
  if (contract.body === undefined && value === undefined) return { value: undefined, faults: [] };
  const given = value === undefined && contract.method === 'POST' ? {} : value;
  const parsed = (contract.body ?? z.strictObject({})).safeParse(given, { reportInput: true });
  const faults = [...prototypeFaults(value), ...(parsed.success ? [] : faultsOf(parsed.error))];
  const distinct = [...new Map(faults.map((fault) => [`${fault.pointer} ${fault.code}`, fault])).values()];
  return { value: contract.body && parsed.data, faults: distinct };
};

/**
 * Query and body of a request, with every fault of both at once.
 * @throws Refusal invalid_request
 */
export const parseRequest = (
  contract: Contract,
  event: APIGatewayProxyEventV2,
  raw: unknown,
): { query: unknown; body: unknown } => {
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
  if (!/^\s*(W\/)?"[^"]*"\s*(,\s*(W\/)?"[^"]*"\s*)*$/.test(header))
    throw new Refusal('malformed_request', {
      detail: 'If-Match takes ETags in quotes, as answers give them.',
    });
  // A tag that no answer of ours has matches nothing.
  const tags = [...header.matchAll(/"([^"]*)"/g)].map(([, tag = '']) => tag);
  return tags.filter((tag) => /^[1-9]\d{0,14}$/.test(tag)).map(Number);
};
