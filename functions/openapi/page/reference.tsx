import type { ReactNode } from 'react';
import { answersOfCodes } from '#functions/openapi/responses.ts';
import type { OpenApiDocument } from '#functions/openapi/types.ts';
import { Properties } from './properties.tsx';
import { Inline } from './prose.tsx';
import { actionsOf, headingOf, refusalsIn } from './reading.ts';

/** What actions have in common: the named objects, and every code. */

/** The named schemas of answers; those of requests stand at their actions. */
export const objectNames = (document: OpenApiDocument): string[] =>
  Object.keys(document.components.schemas).filter((name) => !name.endsWith('Request'));

/** The named objects with all their properties. */
export const Objects = ({ document }: { document: OpenApiDocument }): ReactNode => (
  <section id="objects">
    <h2>Objects</h2>
    {objectNames(document).map((name) => {
      const schema = document.components.schemas[name] ?? {};
      return (
        <section className="object" id={`schema-${name}`} key={name}>
          <h3>
            <a href={`#schema-${name}`}>{name}</a>
          </h3>
          {schema.description && (
            <p>
              <Inline text={schema.description} />
            </p>
          )}
          <Properties schema={schema} side="answer" />
        </section>
      );
    })}
  </section>
);

const namedAtMost = 8;

const Users = ({ operationIds }: { operationIds: readonly string[] }): ReactNode => {
  if (operationIds.length === 0) return null;
  if (operationIds.length > namedAtMost) return `${operationIds.length} actions`;
  return operationIds.map((id, place) => (
    <span key={id}>
      {place > 0 && ', '}
      <a href={`#${id}`}>{headingOf(id)}</a>
    </span>
  ));
};

/** The table of all codes; a problem's `type` points to its row. */
export const Codes = ({ document }: { document: OpenApiDocument }): ReactNode => {
  const uses = actionsOf(document).flatMap(({ operation }) =>
    refusalsIn(document, operation).map(({ code }) => ({ code, id: operation.operationId })),
  );
  const byCode = Map.groupBy(uses, ({ code }) => code);
  const rows = Object.entries(answersOfCodes).sort(([, left], [, right]) => left.status - right.status);
  return (
    <section id="codes">
      <h2>Codes</h2>
      <p>
        The <code>type</code> of a problem document points to its row here.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Code</th>
            <th scope="col">Meaning</th>
            <th scope="col">Answered by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([code, { status, title }]) => (
            <tr id={code} key={code}>
              <td>
                <b className="status">{status}</b>
              </td>
              <th scope="row">
                <a href={`#${code}`}>
                  <code>{code}</code>
                </a>
              </th>
              <td>{title}</td>
              <td>
                <Users operationIds={(byCode.get(code) ?? []).map(({ id }) => id)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
