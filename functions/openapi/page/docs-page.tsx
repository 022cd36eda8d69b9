import { createHash } from 'node:crypto';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { introduction } from '#functions/openapi/introduction.ts';
import type { OpenApiDocument } from '#functions/openapi/types.ts';
import { ActionSection, Method } from './action.tsx';
import { docsCss } from './docs-css.ts';
import { Prose } from './prose.tsx';
import { type Action, actionsByTag, headingOf } from './reading.ts';
import { Codes, Objects, objectNames } from './reference.tsx';

/** The contract as a page to read: everything in one file, no script, nothing from the network. */

const anchorOf = (tag: string): string => `tag-${tag.toLowerCase().replace(/[^a-z]+/g, '-')}`;

const ActionLink = ({ action }: { action: Action }): ReactNode => (
  <li>
    <a href={`#${action.operation.operationId}`}>
      <Method name={action.method} />
      <span>{headingOf(action.operation.operationId)}</span>
    </a>
  </li>
);

const Links = ({ links }: { links: readonly { id: string; title: string }[] }): ReactNode => (
  <ul>
    {links.map(({ id, title }) => (
      <li key={id}>
        <a href={`#${id}`}>{title}</a>
      </li>
    ))}
  </ul>
);

const Contents = ({ document }: { document: OpenApiDocument }): ReactNode => (
  <nav id="contents" aria-label="Contents">
    <p className="brand">
      <a href="#top">{document.info.title}</a>
    </p>
    <Links links={introduction} />
    {actionsByTag(document).map(([tag, actions]) => (
      <div key={tag}>
        <p>
          <a href={`#${anchorOf(tag)}`}>{tag}</a>
        </p>
        <ul>
          {actions.map((action) => (
            <ActionLink key={action.operation.operationId} action={action} />
          ))}
        </ul>
      </div>
    ))}
    <div>
      <p>
        <a href="#objects">Objects</a>
      </p>
      <Links links={objectNames(document).map((name) => ({ id: `schema-${name}`, title: name }))} />
    </div>
    <p>
      <a href="#codes">Codes</a>
    </p>
  </nav>
);

const Introduction = (): ReactNode =>
  introduction.map(({ id, title, text }, place) => (
    <section className="intro" id={id} key={id}>
      {place > 0 && (
        <h2>
          <a href={`#${id}`}>{title}</a>
        </h2>
      )}
      <Prose text={text} />
    </section>
  ));

const Main = ({ document }: { document: OpenApiDocument }): ReactNode => (
  <main id="top">
    <header>
      <h1>{document.info.title}</h1>
      <p className="lead">{document.info.summary}</p>
      <p className="facts">
        <code>{document.servers[0]?.url}</code> <a href="/openapi.json">OpenAPI {document.openapi}</a>
      </p>
    </header>
    <Introduction />
    {actionsByTag(document).map(([tag, actions]) => (
      <section id={anchorOf(tag)} key={tag}>
        <h2>{tag}</h2>
        {actions.map((action) => (
          <ActionSection key={action.operation.operationId} document={document} action={action} />
        ))}
      </section>
    ))}
    <Objects document={document} />
    <Codes document={document} />
  </main>
);

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(docsCss).digest('base64')}'`,
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const docsHeaders: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  'cache-control': 'public, max-age=300',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The page of a document, as HTML. */
export const renderDocs = (document: OpenApiDocument): string =>
  `<!DOCTYPE html>${renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{document.info.title}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style, which the policy names by its hash */}
        <style dangerouslySetInnerHTML={{ __html: docsCss }} />
      </head>
      <body>
        <div className="bar">
          <a href="#top">{document.info.title}</a>
          <a href="#contents">Contents</a>
        </div>
        <div className="layout">
          <Main document={document} />
          <Contents document={document} />
        </div>
      </body>
    </html>,
  )}`;
