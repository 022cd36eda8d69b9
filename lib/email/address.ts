import { domainToASCII } from 'node:url';
import { onOneLine } from './header-text.ts';

/** A mailbox: one address and the name shown with it. */
export type Mailbox = { readonly email: string; readonly name?: string | undefined };

/** One dot-atom of RFC 5322 in ASCII; quoted local parts are nothing that a provider delivers. */
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const asciiDomain =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const asciiAddress = (email: string): string | undefined => {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = domainToASCII(email.slice(at + 1));
  return at > 0 && local.length <= 64 && localPart.test(local) && asciiDomain.test(domain)
    ? `${local}@${domain}`
    : undefined;
};

/**
 * Whether the provider can be given this address: an ASCII local part and a domain that has an ASCII form. SES takes no
 * other local part (https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html).
 */
export const isDeliverable = (email: string): boolean => asciiAddress(email) !== undefined;
/** What a recipient's address that is none is refused with. */
export const notDeliverable = {
  code: 'not_deliverable',
  detail: 'can’t be delivered to: its part before the @ must be plain ASCII',
} as const;

/**
 * The address as it stands in headers and on the envelope: an internationalised domain in its ASCII form (RFC 5891).
 * @throws RangeError if it is not one deliverable address; nothing in it can then reach a header (SEND-14)
 */
export const deliverable = (email: string): string => {
  const address = asciiAddress(email);
  if (address === undefined) throw new RangeError('not one deliverable e-mail address');
  return address;
};

/** Some programs decode an encoded word (RFC 2047) in a quoted name, though it is none there: it could hide a line break. */
const withoutEncodedWords = (name: string): string => name.replaceAll('=?', '= ?');

/**
 * A mailbox for a header, its name on one line.
 * @throws RangeError as `deliverable` does
 */
export const headerMailbox = ({ email, name }: Mailbox): { name: string; address: string } => ({
  name: withoutEncodedWords(onOneLine(name ?? '')),
  address: deliverable(email),
});
