import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

/**
 * Whether an answer agrees with the OpenAPI document that the service publishes (API-5): its status is one of the
 * route's, its media type and headers are the documented ones, its body fits the schema. Every call of every
 * integration test is looked at.
 */
// biome-ignore lint/suspicious/noExplicitAny: the document is looked at as a client receives it
type Json = any;
export type Seen = { status: number; headers: Headers; text: string };
export type Check = (method: string, path: string, answer: Seen) => string[];

const mediaTypeOf = (headers: Headers): string | undefined =>
  headers.get('content-type')?.split(';')[0]?.trim();

/** The template of the document that a path fits: one with a literal segment first from the left before the others. */
const templateOf = (document: Json, path: string): string | undefined => {
  const given = path.split('/');
  const rank = (template: string): string =>
    template
      .split('/')
      .map((segment) => (segment.startsWith('{') ? '1' : '0'))
      .join('');
  return Object.keys(document.paths)
    .filter((template) => {
      const segments = template.split('/');
      return (
        segments.length === given.length &&
        segments.every((segment, index) =>
          segment.startsWith('{') ? given[index] : segment === given[index],
        )
      );
    })
    .sort((left, right) => (rank(left) < rank(right) ? -1 : 1))[0];
};

const escaped = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

/** The check by one document. It gives what is wrong, in sentences; nothing where the answer agrees. */
export const checkBy = (document: Json): Check => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajvFormats.default(ajv);
  ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/);
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const validatorAt = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
    compiled.set(pointer, known);
    return known;
  };
  const resolved = (value: Json, pointer: string): { value: Json; pointer: string } => {
    if (value?.$ref === undefined) return { value, pointer };
    const target = (value.$ref as string).slice(1);
    return {
      value: target
        .split('/')
        .slice(1)
        .reduce((inner: Json, key: string) => inner?.[key], document),
      pointer: target,
    };
  };

  const faultsOfHeaders = (response: Json, { headers }: Seen): string[] =>
    Object.entries(response.headers ?? {}).flatMap(([name, header]) => {
      const { schema } = resolved(header, '').value;
      const given = headers.get(name);
      if (given === null) return name === 'Idempotency-Replayed' ? [] : [`it lacks the header ${name}`];
      return ajv.validate(schema, given) ? [] : [`the header ${name} is not as documented: ${given}`];
    });

  const faultsOfContent = (response: Json, pointer: string, { headers, text }: Seen): string[] => {
    const mediaType = mediaTypeOf(headers);
    if (response.content === undefined) return text === '' ? [] : ['it has a body, and none is documented'];
    if (mediaType === undefined || response.content[mediaType] === undefined)
      return [`the media type ${mediaType} is not documented`];
    if (!mediaType.endsWith('json')) return [];
    const validate = validatorAt(`${pointer}/content/${escaped(mediaType)}/schema`);
    if (validate(JSON.parse(text))) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath || 'the body'} ${message}`,
    );
  };

  /** What no route of the document answers: 404 of an unknown path, 405 of an unknown method, a preflight. */
  const faultsBesides = (method: string, isPath: boolean, answer: Seen): string[] => {
    if (method === 'OPTIONS' && answer.status === 204) return [];
    if (answer.status !== (isPath ? 405 : 404)) return ['no such status is foreseen where no route fits'];
    if (method === 'HEAD') return [];
    if (mediaTypeOf(answer.headers) !== 'application/problem+json') return ['it is no problem document'];
    const validate = validatorAt('/components/schemas/Problem');
    return validate(JSON.parse(answer.text)) ? [] : ['it is not as the schema Problem says'];
  };

  return (method, path, answer) => {
    if (answer.status === 500) return ['a failure of ours is never the right answer'];
    const template = templateOf(document, path);
    const operation = template && document.paths[template][method.toLowerCase()];
    if (!operation) return faultsBesides(method, template !== undefined, answer);
    const base = `/paths/${escaped(template)}/${method.toLowerCase()}/responses/${answer.status}`;
    const { value: response, pointer } = resolved(operation.responses[answer.status], base);
    if (response === undefined) return [`the status ${answer.status} is not documented`];
    if (answer.headers.has('idempotency-replayed') && /^\{"id":"[^"]*"\}$/.test(answer.text)) return [];
    return [...faultsOfHeaders(response, answer), ...faultsOfContent(response, pointer, answer)];
  };
};
