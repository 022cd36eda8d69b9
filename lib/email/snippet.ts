import { escapeHtml } from './escape-html.ts';

/** Characters that Markdown could take for marks (CommonMark 2.4). */
const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>]/g, (sign) => `\\${sign}`);

/** A hyperlink to insert into any message: its text is the invoice's number (SEND-10). */
export const snippetOf = (number: string, url: string): { html: string; markdown: string; text: string } => ({
  html: `<a href="${escapeHtml(url)}">${escapeHtml(number)}</a>`,
  markdown: `[${escapeMarkdown(number)}](${url})`,
  text: `${number}: ${url}`,
});
