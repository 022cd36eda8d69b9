import type { ServerResponse } from 'node:http';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import type { MailStore } from './mail-store.ts';
import { listPage, mailPage, missingPage } from './mailbox-pages.ts';

/** Pages hold no script and load nothing from elsewhere; a mail's HTML lies in a frame of its own. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";
/** A mail may show its own pictures and open its links in another tab, and nothing more. */
const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/**
 * Answers a GET of the mailbox: `/` the list, `/mails/<id>` one mail, and below it `/html`, `/raw` and
 * `/attachments/<n>`.
 */
export async function answerMailbox(url: string, response: ServerResponse, store: MailStore): Promise<void> {
  const path = url.split('?', 1)[0] ?? '/';
  if (path === '/')
    return send(response, 200, 'text/html; charset=utf-8', listPage([...store.list()].reverse()));
  const [, id = '', part = '', index = ''] =
    /^\/mails\/([\w-]+)(?:\/(html|raw|attachments)(?:\/(\d+))?)?$/.exec(path) ?? [];
  const envelope = store.list().find((mail) => mail.id === id);
  const raw = envelope && (await store.raw(id));
  if (!envelope || !raw) return send(response, 404, 'text/html; charset=utf-8', missingPage());
  if (part === 'raw') return send(response, 200, 'text/plain; charset=utf-8', raw);

  const email = await PostalMime.parse(raw);
  if (part === 'html') {
    return send(response, 200, 'text/html; charset=utf-8', framed(email), {
      'content-security-policy': MAIL_POLICY,
    });
  }
  if (part === 'attachments') return sendAttachment(response, email.attachments[Number(index)]);
  send(response, 200, 'text/html; charset=utf-8', mailPage(envelope, email));
}

/** The HTML part with its embedded pictures written into it, and links that leave the frame. */
function framed(email: Email): string {
  let html = email.html ?? '';
  for (const part of email.attachments) {
    const id = part.contentId?.replace(/^<|>$/g, '');
    if (id)
      html = html.replaceAll(`cid:${id}`, `data:${part.mimeType};base64,${bytesOf(part).toString('base64')}`);
  }
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
}

function sendAttachment(response: ServerResponse, part: Attachment | undefined): void {
  if (!part) {
    send(response, 404, 'text/html; charset=utf-8', missingPage());
    return;
  }
  // Only a PDF is shown in place: anything else could run as a page of the mailbox's origin.
  const isPdf = part.mimeType === 'application/pdf';
  send(response, 200, isPdf ? part.mimeType : 'application/octet-stream', bytesOf(part), {
    'content-disposition': `${isPdf ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(part.filename ?? 'attachment')}`,
    'content-security-policy': '',
  });
}

function bytesOf(part: Attachment): Buffer {
  return typeof part.content === 'string'
    ? Buffer.from(part.content)
    : Buffer.from(part.content as ArrayBuffer);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}
