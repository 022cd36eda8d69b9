import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import * as z from 'zod';

const stored = z.array(z.object({ destinations: z.array(z.string()), raw: z.string() }));
const secondsWaited = 60;

/** The newest code that lies in the mailbox of an address: six digits alone on a line; undefined before it is there. */
const newestCode = async (mailboxUrl: string, address: string, signal: AbortSignal) => {
  const mails = stored.parse(await (await fetch(`${mailboxUrl}/store`, { signal })).json());
  const codes = await Promise.all(
    mails
      .filter(({ destinations }) => destinations.includes(address))
      .map(async ({ raw }) => {
        const { text = '' } = await PostalMime.parse(Buffer.from(raw, 'base64'));
        return /^(\d{6})\r?$/m.exec(text)?.[1];
      }),
  );
  return codes.filter((code) => code !== undefined).at(-1);
};

/** Waits for the code and reads it, as the owner of the address would. */
export const codeMailedTo = async (
  { mailboxUrl, signal }: { mailboxUrl: string; signal: AbortSignal },
  address: string,
): Promise<string> => {
  const until = Date.now() + secondsWaited * 1_000;
  while (Date.now() < until) {
    const code = await newestCode(mailboxUrl, address, signal);
    if (code !== undefined) return code;
    await sleep(100, undefined, { signal });
  }
  throw new Error('The code that proves a sender address of the demo did not come.');
};
