import type { FinalizedHeader, Invoice } from '#lib/domain/invoice/invoice.ts';
import { escapeHtml } from './escape-html.ts';
import { messageOf } from './invoice-email.ts';
import type { EmailContent } from './message.ts';
import { snippetOf } from './snippet.ts';

/**
 * A hand-written e-mail to start from: what the standard one says, in few words and without its layout, and the link
 * (SEND-10).
 */
export const composeHandWritten = (invoice: Invoice & FinalizedHeader, url: string): EmailContent => {
  const { subject, greeting, intro, wording, seller } = messageOf({
    invoice,
    template: 'invoice',
    linkUrl: url,
  });
  const { regards, viewAt } = wording;
  const before = [...(greeting === undefined ? [] : [greeting]), ...intro];
  const paragraph = (html: string): string => `<p>${html}</p>`;
  return {
    subject,
    html: [
      ...before.map((text) => paragraph(escapeHtml(text))),
      paragraph(`${escapeHtml(viewAt)} ${snippetOf(invoice.number, url).html}`),
      paragraph(`${escapeHtml(regards)}<br>${escapeHtml(seller)}`),
    ].join('\n'),
    text: `${[...before, `${viewAt}\n${url}`, `${regards}\n${seller}`].join('\n\n')}\n`,
  };
};
