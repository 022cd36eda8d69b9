import { createElement, Fragment, type ReactNode } from 'react';
import { sampleUlid } from '#functions/openapi/sample.ts';
import type { Operation, Parameter } from '#functions/openapi/types.ts';

/** JSON with its names and texts set apart, and the request as a command for curl. */

const token = /("(?:\\.|[^"\\])*")(:)?/g;

const jsonParts = (json: string): ReactNode[] => {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of json.matchAll(token)) {
    const [whole, text = '', colon] = match;
    parts.push(json.slice(end, match.index), colon ? <b>{text}</b> : <i>{text}</i>, colon);
    end = match.index + whole.length;
  }
  return [...parts, json.slice(end)];
};

/** A value as indented JSON. */
export const Json = ({ value }: { value: unknown }): ReactNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <pre tabIndex={0}>
    <code>{createElement(Fragment, null, ...jsonParts(JSON.stringify(value, null, 2)))}</code>
  </pre>
);

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const samplePath = (path: string, parameters: readonly Parameter[]): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const pattern = parameters.find((one) => one.in === 'path' && one.name === name)?.schema.pattern;
    const prefix = /^\^([a-z]{3})_/.exec(pattern ?? '')?.[1];
    return prefix === undefined ? `$${name.toUpperCase()}` : `${prefix}_${sampleUlid}`;
  });

const isOpen = (operation: Operation): boolean => operation.security.length === 0;

/** The lines of a curl command that makes the request of the example. */
export const curlOf = (
  baseUrl: string,
  method: string,
  path: string,
  operation: Operation,
  parameters: readonly Parameter[],
): string => {
  const content = Object.entries(operation.requestBody?.content ?? {})[0];
  const [mediaType, body] = content ?? [];
  const takes = (name: string): boolean => parameters.some((one) => one.name === name);
  const verb = method === 'GET' ? '' : `-X ${method} `;
  return [
    `curl ${verb}${baseUrl}${samplePath(path, parameters)}`,
    ...(isOpen(operation) ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(takes('Idempotency-Key') ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(takes('If-Match') ? [`-H 'If-Match: "3"'`] : []),
    ...(mediaType === undefined ? [] : [`-H "Content-Type: ${mediaType}"`]),
    ...(body?.example === undefined ? [] : [`-d ${quoted(JSON.stringify(body.example, null, 2))}`]),
    ...(mediaType?.startsWith('image/') ? ['--data-binary @logo.png'] : []),
  ].join(' \\\n  ');
};
