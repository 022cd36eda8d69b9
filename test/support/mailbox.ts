import PostalMime, { type Email as ParsedMail } from 'postal-mime';
import { eventually, service } from './service.ts';

/** An e-mail as the local provider took it. */
export type Mail = {
  id: string;
  source: string;
  destinations: string[];
  subject: string;
  tags: Record<string, string>;
  raw: string;
};

/** All e-mails to an address, in the order in which they were taken. */
export const mailsTo = async (address: string): Promise<Mail[]> => {
  const store = (await (await fetch(`${service().mailbox}/store`)).json()) as Mail[];
  return store.filter(({ destinations }) => destinations.includes(address));
};

/** The mail as an independent reader of MIME understands it. */
export const parsed = ({ raw }: Mail): Promise<ParsedMail> => PostalMime.parse(Buffer.from(raw, 'base64'));

/** Waits for the so-manieth e-mail to an address. */
export const mailTo = (address: string, place = 1): Promise<Mail> =>
  eventually(async () => (await mailsTo(address))[place - 1], `e-mail ${place} to an address`);

/** The six digits alone on a line of the so-manieth e-mail. */
export const codeTo = async (address: string, place = 1): Promise<string> => {
  const { text = '' } = await parsed(await mailTo(address, place));
  const code = /^(\d{6})\r?$/m.exec(text)?.[1];
  if (code === undefined) throw new Error(`no code in: ${text}`);
  return code;
};
