import { createElement, Fragment, type ReactNode } from 'react';

/** The little Markdown that our texts use: paragraphs, fenced code, `code` and **bold**. */

const marked = /`([^`]+)`|\*\*([^*]+)\*\*/g;

const inlineParts = (text: string): ReactNode[] => {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(marked)) {
    const [whole, code, bold] = match;
    parts.push(text.slice(end, match.index), code ? <code>{code}</code> : <strong>{bold}</strong>);
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)];
};

/** A line of text with its `code` and **bold**. */
export const Inline = ({ text }: { text: string }): ReactNode =>
  createElement(Fragment, null, ...inlineParts(text));

const Block = ({ text }: { text: string }): ReactNode => {
  const fenced = /^```\w*\n([\s\S]*)\n```$/.exec(text);
  return fenced ? (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0}>
      <code>{fenced[1]}</code>
    </pre>
  ) : (
    <p>
      <Inline text={text} />
    </p>
  );
};

/** A text of several paragraphs; fenced code has no empty line in it. */
export const Prose = ({ text }: { text: string }): ReactNode =>
  createElement(Fragment, null, ...text.split('\n\n').map((block) => <Block key={block} text={block} />));
