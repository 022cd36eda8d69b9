import { randomUUID } from 'node:crypto';
import PostalMime, { type Address, addressParser } from 'postal-mime';
import type { AcceptedMail } from './mail-store.ts';

const LONGEST_MESSAGE_BYTES = 10_485_760;
const MOST_RECIPIENTS = 50;
const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** A refusal as SES gives it. */
export class SesError extends Error {
  override readonly name = 'SesError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const invalid = (message: string) => new SesError('InvalidParameterValue', message);

/**
 * What SES makes of SendRawEmail's parameters. Recipients are `Destinations`, or those of the headers if
 * there are none; the Bcc header never goes out.
 *
 * @throws SesError
 */
export async function acceptRawEmail(
  form: URLSearchParams,
  now: Date,
): Promise<{ mail: AcceptedMail; raw: Buffer }> {
  const given = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  if (given.length === 0) throw invalid('Empty message.');
  if (given.length > LONGEST_MESSAGE_BYTES)
    throw invalid(`Message length is more than ${LONGEST_MESSAGE_BYTES} bytes long: '${given.length}'.`);

  const message = await PostalMime.parse(given);
  const named = members(form, 'Destinations.member');
  const headers = [message.to, message.cc, message.bcc].flatMap((list) => addressesOf(list));
  const destinations = (named.length > 0 ? named : headers).map(plainAddress);
  if (destinations.length === 0) throw invalid('Missing required header: To, Cc or Bcc.');
  if (destinations.length > MOST_RECIPIENTS) throw invalid(`Recipient count exceeds ${MOST_RECIPIENTS}.`);

  const source = form.get('Source') ?? addressesOf(message.from ? [message.from] : [])[0];
  if (!source) throw invalid("Missing required header 'From'.");
  plainAddress(source);
  const mail: AcceptedMail = {
    id: messageId(now),
    at: now.toISOString(),
    source,
    destinations,
    tags: Object.fromEntries(
      members(form, 'Tags.member', 'Name').map((name, i) => [
        name,
        form.get(`Tags.member.${i + 1}.Value`) ?? '',
      ]),
    ),
    configurationSetName: form.get('ConfigurationSetName'),
    subject: message.subject ?? '',
  };
  // A part of the form's text would keep all of it in memory, attachment included, for as long as the mail is listed.
  return { mail: structuredClone(mail), raw: withoutBcc(given) };
}

/** The query protocol writes a list as `name.1`, `name.2`, …, a list of structures as `name.1.field`. */
export function members(form: URLSearchParams, name: string, field?: string): string[] {
  const found: string[] = [];
  for (let i = 1; ; i++) {
    const value = form.get(field ? `${name}.${i}.${field}` : `${name}.${i}`);
    if (value === null) return found;
    found.push(value);
  }
}

const addressesOf = (list: Address[] = []): string[] =>
  list.flatMap((one) => (one.group ?? [one]).map((mailbox) => mailbox.address)).filter(Boolean);

function plainAddress(written: string): string {
  const address = addressParser(written, { flatten: true })[0]?.address ?? '';
  if (!/@[^@\s]+$/.test(address)) throw invalid("Missing final '@domain'");
  if (!/^[^@\s]+@[^@\s]+$/.test(address)) throw invalid('Illegal address');
  return address;
}

/** SES's shape: the time in hexadecimal, a UUID, a counter. Ids therefore sort by time. */
function messageId(now: Date): string {
  return `01${now.getTime().toString(16).padStart(14, '0')}-${randomUUID()}-000000`;
}

/** Takes the Bcc field and its folded lines out of the header, byte for byte leaving the rest. */
function withoutBcc(raw: Buffer): Buffer {
  const text = raw.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const header = `\n${text.slice(0, end)}`.replace(/\nbcc:[^\n]*(?:\n[ \t][^\n]*)*/gi, '').replace(/^\n/, '');
  return Buffer.from(header + text.slice(end), 'latin1');
}

/** @param result the inside of the action's result, as XML */
export function answerXml(action: string, result: string): string {
  return `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
}

export function errorXml(error: SesError): string {
  return `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
