import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { deliverable, headerMailbox, type Mailbox } from './address.ts';
import { onOneLine } from './header-text.ts';

/** A file in a message. With a `contentId` it is a picture that the HTML shows as `cid:…`. */
export type Attachment = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly contentId?: string | undefined;
};

export type OutgoingMessage = {
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Where answers go; to `from` unless given (SEND-6). */
  readonly replyTo?: Mailbox | undefined;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** When it was written, ISO 8601. */
  readonly date: string;
  /** `id@domain`, without angle brackets: the same message, made again, has the same one. */
  readonly messageId: string;
  /** Headers of our own, `X-…` and the like. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

/** SMTP's own addresses: whom the provider is told to deliver to. */
export type Envelope = { readonly from: string; readonly to: readonly string[] };

/**
 * Bytes of a whole MIME message that SES takes through its v1 API, 10 MB after base64; counted as decimal megabytes, the
 * smaller reading of it.
 * https://docs.aws.amazon.com/ses/latest/dg/quotas.html
 */
export const providerLimit = 10_000_000;

/** Whether a message of so many bytes, as `toMime` makes it, can be sent; else it goes without its PDF (SEND-8). */
export const fitsProvider = (mimeLength: number): boolean => mimeLength <= providerLimit;

/** What the answer says of an e-mail that goes without its PDF (SEND-8). */
export const pdfTooLarge = {
  code: 'pdf_too_large',
  detail: 'The PDF is too large for the provider: the link goes alone.',
};

/**
 * Whether a file of so many bytes could be in any message that fits: in base64, with a line break after every 76 letters.
 */
export const fileCouldFit = (bytes: number): boolean => {
  const letters = 4 * Math.ceil(bytes / 3);
  return fitsProvider(letters + 2 * Math.floor(letters / 76));
};

/** @throws RangeError if one of the addresses can't be delivered to */
export const envelopeOf = ({ from, to, cc }: Pick<OutgoingMessage, 'from' | 'to' | 'cc'>): Envelope => ({
  from: deliverable(from.email),
  to: [...new Set([...to, ...cc].map(({ email }) => deliverable(email)))],
});

const ownHeader = /^[A-Za-z][A-Za-z0-9-]{0,75}$/;
/** Those that say who writes to whom, about what and how it is packed: never by way of `headers`. */
const reserved =
  /^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|mime-version|return-path|content-.*)$/i;

const headerEntries = (headers: Readonly<Record<string, string>>): { key: string; value: string }[] =>
  Object.entries(headers).map(([key, value]) => {
    if (!ownHeader.test(key) || reserved.test(key)) throw new RangeError('not a header of our own');
    return { key, value: onOneLine(value) };
  });

const bareMessageId = (id: string): string => {
  if (!/^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$/.test(id)) throw new RangeError('not a message id');
  return `<${id}>`;
};

const attachmentOf = ({ name, mediaType, bytes, contentId }: Attachment) => ({
  filename: onOneLine(name),
  contentType: onOneLine(mediaType),
  content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ...(contentId === undefined ? { contentDisposition: 'attachment' } : { cid: contentId }),
});

/** What parts the parts: none of them can contain it, since it follows from them. */
const boundaryOf = ({ messageId, html, text }: OutgoingMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([messageId, html, text]))
    .digest('hex')
    .slice(0, 32);

/**
 * The message as MIME, byte for byte the same whenever it is made of the same parts. Nothing in a name, an address or a
 * subject can begin another header or add a recipient (SEND-14).
 * @throws RangeError if an address, a header's name or the message id is not one
 */
export const toMime = async (message: OutgoingMessage): Promise<Uint8Array> => {
  const { from, to, cc, replyTo, subject, html, text, attachments, date, messageId, headers } = message;
  const composer = new MailComposer({
    from: headerMailbox(from),
    to: to.map(headerMailbox),
    cc: cc.map(headerMailbox),
    replyTo: headerMailbox(replyTo ?? from),
    subject: onOneLine(subject),
    html,
    text,
    attachments: attachments.map(attachmentOf),
    date: new Date(date),
    messageId: bareMessageId(messageId),
    headers: headerEntries(headers ?? {}),
    textEncoding: 'quoted-printable',
    baseBoundary: boundaryOf(message),
    // Nothing that a message says may make the sender open a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
};
