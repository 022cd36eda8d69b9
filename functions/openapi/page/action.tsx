import type { ReactNode } from 'react';
import { answersOfCodes } from '#functions/openapi/responses.ts';
import {
  type JsonSchema,
  type OpenApiDocument,
  type Response,
  referredName,
} from '#functions/openapi/types.ts';
import { curlOf, Json } from './code.tsx';
import { Properties } from './properties.tsx';
import { Inline, Prose } from './prose.tsx';
import {
  type Action,
  exampleIn,
  headingOf,
  parametersOf,
  type RefusalRow,
  refusalsIn,
  successesOf,
} from './reading.ts';

/** One action: what it does, what goes in, what comes out, how it refuses. */

export const Method = ({ name }: { name: string }): ReactNode => (
  <span className={`method ${name.toLowerCase()}`}>{name}</span>
);

const Access = ({ action }: { action: Action }): ReactNode => {
  const { 'x-access': access, 'x-permissions': permissions } = action.operation;
  if (access === 'public') return 'Open to all, without credentials.';
  if (access === 'link') return 'Whoever holds the link; no credentials.';
  if (access === 'signed_in') return 'Whoever is signed in.';
  return (
    <>
      {'Permission '}
      {permissions.map((permission, place) => (
        <span key={permission}>
          {place > 0 && (action.operation['x-every-permission'] ? ' and ' : ' or ')}
          <code>{permission}</code>
        </span>
      ))}
    </>
  );
};

const Parameters = ({ document, action }: { document: OpenApiDocument; action: Action }): ReactNode => {
  const parameters = parametersOf(document, action.operation);
  return (['path', 'query', 'header'] as const).map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    if (here.length === 0) return null;
    const schema: JsonSchema = {
      properties: Object.fromEntries(
        here.map(({ name, schema: { pattern, ...own }, description }) => [
          name,
          { ...own, ...(place !== 'header' && pattern && { pattern }), ...(description && { description }) },
        ]),
      ),
      required: here.filter(({ required }) => required).map(({ name }) => name),
    };
    return (
      <div key={place}>
        <h4>{{ path: 'In the path', query: 'In the query', header: 'Headers' }[place]}</h4>
        <Properties schema={schema} side={place === 'path' ? 'answer' : 'request'} />
      </div>
    );
  });
};

const resolved = (document: OpenApiDocument, schema: JsonSchema | undefined): JsonSchema | undefined =>
  schema?.$ref === undefined ? schema : document.components.schemas[referredName(schema.$ref)];

const Body = ({ document, action }: { document: OpenApiDocument; action: Action }): ReactNode => {
  const { requestBody } = action.operation;
  if (requestBody === undefined) return null;
  const mediaTypes = Object.keys(requestBody.content);
  const schema = resolved(document, Object.values(requestBody.content)[0]?.schema);
  return (
    <div>
      <h4>
        Body <small>{mediaTypes.join(' or ')}</small>
      </h4>
      {schema && <Properties schema={schema} side={action.method === 'PATCH' ? 'patch' : 'request'} />}
    </div>
  );
};

const AnswerShape = ({ schema }: { schema: JsonSchema }): ReactNode => {
  const reference = schema.$ref ?? schema.properties?.data?.items?.$ref;
  if (reference === undefined)
    return (
      <details>
        <summary>{Object.keys(schema.properties ?? {}).length} properties</summary>
        <Properties schema={schema} side="answer" />
      </details>
    );
  const name = referredName(reference);
  return (
    <p>
      {schema.$ref === undefined && 'A page of '}
      <a href={`#schema-${name}`}>{name}</a>
      {schema.$ref === undefined && ' entries: '}
      {schema.$ref === undefined && <code>{'{ data, nextCursor }'}</code>}
    </p>
  );
};

const Answer = ({ status, response }: { status: number; response: Response }): ReactNode => {
  const schema = response.content?.['application/json']?.schema;
  const headers = Object.keys(response.headers ?? {}).filter((name) => name !== 'X-Request-Id');
  return (
    <div>
      <h4>
        Answer <b className="status">{status}</b>
      </h4>
      <p>
        <Inline text={response.description} />
        {response.content?.['text/html'] && ' A page of HTML.'}
      </p>
      {schema && <AnswerShape schema={schema} />}
      {headers.length > 0 && (
        <p className="values">
          {headers.map((name) => (
            <code key={name}>{name}</code>
          ))}
        </p>
      )}
    </div>
  );
};

const titleOf = (code: string): string => answersOfCodes[code as keyof typeof answersOfCodes].title;

const Refusals = ({ rows }: { rows: RefusalRow[] }): ReactNode => (
  <div>
    <h4>Refusals</h4>
    <ul className="refusals">
      {rows.map(({ status, code }) => (
        <li key={code}>
          <b className="status">{status}</b>
          <a href={`#${code}`}>
            <code>{code}</code>
          </a>
          <span>{titleOf(code)}</span>
        </li>
      ))}
    </ul>
  </div>
);

const Examples = ({ document, action }: { document: OpenApiDocument; action: Action }): ReactNode => {
  const { method, path, operation } = action;
  const baseUrl = document.servers[0]?.url ?? '';
  const answers = successesOf(document, operation).map(([status, { content }]) => ({
    status,
    example: exampleIn(document, content?.['application/json']),
  }));
  return (
    <div className="examples">
      <h4>Request</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{curlOf(baseUrl, method, path, operation, parametersOf(document, operation))}</code>
      </pre>
      {answers.map(({ status, example }) =>
        example === undefined ? null : (
          <div key={status}>
            <h4>
              Answer <b className="status">{status}</b>
            </h4>
            <Json value={example} />
          </div>
        ),
      )}
    </div>
  );
};

/** The section of one action. */
export const ActionSection = ({
  document,
  action,
}: {
  document: OpenApiDocument;
  action: Action;
}): ReactNode => {
  const { method, path, operation } = action;
  const { operationId, summary, description } = operation;
  return (
    <section className="action" id={operationId} aria-labelledby={`${operationId}-title`}>
      <div className="about">
        <h3 id={`${operationId}-title`}>
          <a href={`#${operationId}`}>{headingOf(operationId)}</a>
        </h3>
        <p className="route">
          <Method name={method} />
          <code className="path">{path}</code>
        </p>
        <p className="lead">
          <Inline text={`${summary}.`} />
        </p>
        {description && <Prose text={description} />}
        <p className="access">
          <Access action={action} />
        </p>
        <Parameters document={document} action={action} />
        <Body document={document} action={action} />
        {successesOf(document, operation).map(([status, response]) => (
          <Answer key={status} status={status} response={response} />
        ))}
        <Refusals rows={refusalsIn(document, operation)} />
      </div>
      <Examples document={document} action={action} />
    </section>
  );
};
