import type {
  MediaType,
  OpenApiDocument,
  Operation,
  Parameter,
  Reference,
  Response,
} from '#functions/openapi/types.ts';
import { referredName } from '#functions/openapi/types.ts';

/** The document as the page reads it: references followed, actions in the order of their tags. */

export type Action = { method: string; path: string; operation: Operation };
export type RefusalRow = { status: number; code: string };

const isReference = <T extends object>(value: T | Reference): value is Reference => '$ref' in value;

export const actionsOf = ({ paths }: OpenApiDocument): Action[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

/** Actions by tag, in the order that the document gives tags and paths. */
export const actionsByTag = (document: OpenApiDocument): [string, Action[]][] => {
  const byTag = Map.groupBy(actionsOf(document), ({ operation }) => operation.tags[0]);
  return document.tags.map(({ name }) => [name, byTag.get(name) ?? []]);
};

export const parametersOf = (document: OpenApiDocument, operation: Operation): Parameter[] =>
  (operation.parameters ?? []).flatMap((parameter) =>
    isReference(parameter)
      ? (document.components.parameters[referredName(parameter.$ref)] ?? [])
      : [parameter],
  );

const responseOf = (document: OpenApiDocument, response: Response | Reference): Response | undefined =>
  isReference(response) ? document.components.responses[referredName(response.$ref)] : response;

/** The answers below 400, by status. */
export const successesOf = (document: OpenApiDocument, operation: Operation): [number, Response][] =>
  Object.entries(operation.responses).flatMap(([status, given]): [number, Response][] => {
    const response = responseOf(document, given);
    return Number(status) < 400 && response !== undefined ? [[Number(status), response]] : [];
  });

/** Every code that the action can be refused with, by rising status. */
export const refusalsIn = (document: OpenApiDocument, operation: Operation): RefusalRow[] =>
  Object.entries(operation.responses).flatMap(([status, given]) => {
    const problem = responseOf(document, given)?.content?.['application/problem+json'];
    const codes = problem?.schema?.properties?.code?.enum ?? [];
    return codes.map((code) => ({ status: Number(status), code: String(code) }));
  });

/** The example of an answer, wherever it stands. */
export const exampleIn = (document: OpenApiDocument, media: MediaType | undefined): unknown => {
  const reference = media?.examples?.example;
  return reference === undefined
    ? media?.example
    : document.components.examples[referredName(reference.$ref)]?.value;
};

/** `create-api-key` as a heading: `Create API key`. */
export const headingOf = (operationId: string): string => {
  const words = operationId.replaceAll('-', ' ');
  const spelled = words.replace(/\b(pdf|api|openapi)\b/g, (word) =>
    word === 'openapi' ? 'OpenAPI' : word.toUpperCase(),
  );
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
};
