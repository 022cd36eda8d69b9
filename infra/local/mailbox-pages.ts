import type { Email } from 'postal-mime';
import type { AcceptedMail } from './mail-store.ts';
import { MAILBOX_STYLE } from './mailbox-style.ts';
import { escapeXml } from './ses-protocol.ts';

/** All mails, the newest first as given; the page fetches itself again every few seconds. */
export function listPage(newestFirst: readonly AcceptedMail[]): string {
  const rows = newestFirst.map(
    (mail) => `<li><a href="/mails/${mail.id}">
      <strong>${escapeXml(mail.subject) || 'No subject'}</strong>${time(mail.at)}
      <span>${escapeXml(mail.source)} → ${escapeXml(mail.destinations.join(', '))}</span>
    </a></li>`,
  );
  const empty =
    '<p class="quiet">No mail yet. What the service sends appears here; nothing leaves this machine.</p>';
  return page(
    'Mailbox',
    `<h1>Mailbox</h1>${rows.length > 0 ? `<ol class="mails">${rows.join('')}</ol>` : empty}`,
    '<meta http-equiv="refresh" content="5">',
  );
}

/** One mail: envelope, headers, both bodies, attachments. */
export function mailPage(envelope: AcceptedMail, email: Email): string {
  const { id } = envelope;
  const field = (name: string, value: string) =>
    value && `<dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd>`;
  const tags = Object.entries(envelope.tags).map(([name, value]) => `${name}=${value}`);
  const headers = email.headers.map((header) => field(header.originalKey, header.value)).join('');
  const body = `
    <p><a href="/">← Mailbox</a></p>
    <h1>${escapeXml(envelope.subject) || 'No subject'}</h1>
    <dl>
      ${field('Accepted', envelope.at)}${field('Sender', envelope.source)}
      ${field('Recipients', envelope.destinations.join(', '))}
      ${field('Tags', tags.join(', '))}${field('Message id', id)}
    </dl>
    ${attachmentList(id, email)}
    ${email.html ? `<h2>HTML</h2><iframe title="HTML part" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mails/${id}/html"></iframe>` : ''}
    ${email.text ? `<h2>Plain text</h2><pre>${escapeXml(email.text)}</pre>` : ''}
    <details><summary>Headers</summary><dl>${headers}</dl></details>
    <p><a href="/mails/${id}/raw">Source of the message</a></p>`;
  return page(envelope.subject || 'Mail', body);
}

export function missingPage(): string {
  return page('Not found', '<h1>There is no such mail</h1><p><a href="/">← Mailbox</a></p>');
}

function attachmentList(id: string, email: Email): string {
  const items = email.attachments.map((part, index) => {
    const bytes = typeof part.content === 'string' ? part.content.length : part.content.byteLength;
    const name = escapeXml(part.filename ?? `Part ${index + 1}`);
    return `<li><a href="/mails/${id}/attachments/${index}" target="_blank" rel="noopener">${name}</a>
      <span class="quiet">${escapeXml(part.mimeType)}, ${Math.ceil(bytes / 1024)} KB</span></li>`;
  });
  return items.length > 0 ? `<h2>Attachments</h2><ul>${items.join('')}</ul>` : '';
}

function time(at: string): string {
  return `<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 19)} UTC</time>`;
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
${head}<title>${escapeXml(title)} · Quittance</title><style>${MAILBOX_STYLE}</style></head><body><main>${body}</main></body></html>`;
}
