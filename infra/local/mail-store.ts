import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const AcceptedMail = z.object({
  id: z.string(),
  /** When SES took it: ISO 8601 in UTC. */
  at: z.string(),
  source: z.string(),
  /** The envelope's recipients, which are what counts; headers are for readers. */
  destinations: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  configurationSetName: z.string().nullable(),
  subject: z.string(),
});
export type AcceptedMail = z.infer<typeof AcceptedMail>;

export interface MailStore {
  add(mail: AcceptedMail, raw: Buffer): Promise<void>;
  /** In the order of acceptance. */
  list(): readonly AcceptedMail[];
  /** The MIME message as it was handed over, without Bcc. */
  raw(id: string): Promise<Buffer | undefined>;
}

/** Two files a mail under `folder`, or in memory without one. */
export async function openMailStore(folder: string | undefined): Promise<MailStore> {
  return folder ? openFolder(folder) : inMemory();
}

function inMemory(): MailStore {
  const mails: AcceptedMail[] = [];
  const raws = new Map<string, Buffer>();
  return {
    add: async (mail, raw) => {
      raws.set(mail.id, raw);
      mails.push(mail);
    },
    list: () => mails,
    raw: async (id) => raws.get(id),
  };
}

async function openFolder(folder: string): Promise<MailStore> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const mails = texts.map((text) => AcceptedMail.parse(JSON.parse(text)));
  mails.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  const known = new Set(mails.map((mail) => mail.id));
  return {
    add: async (mail, raw) => {
      await writeFile(join(folder, `${mail.id}.eml`), raw);
      // The envelope comes last and by renaming: a mail is there whole or not at all.
      const part = join(folder, `${mail.id}.part`);
      await writeFile(part, JSON.stringify(mail, null, 2));
      await rename(part, join(folder, `${mail.id}.json`));
      known.add(mail.id);
      mails.push(mail);
    },
    list: () => mails,
    raw: async (id) => (known.has(id) ? readFile(join(folder, `${id}.eml`)) : undefined),
  };
}
