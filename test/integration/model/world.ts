import { table } from '#functions/wiring/table.ts';
import { type Client, ok } from '#test/support/account.ts';
import type { OwnService } from '#test/support/in-process.ts';
import { proveSender } from '#test/support/sender.ts';
import { type Answer, token } from '#test/support/service.ts';
import { people, type Request, type Who } from './requests.ts';
import { newState, type State } from './state.ts';
import { wired } from './wire.ts';
import type { Workers } from './workers.ts';

/** An account of the real service, spoken to in the model's words: its ids go by the keys of the test. */
export type World = {
  accountId: string;
  admin: Client;
  send: (request: Request) => Promise<Answer>;
  idOf: (key: string) => string | undefined;
  keyOf: (id: string | null | undefined) => string | null;
  /** Lets the workers do what waits: histories, then associations that end, then e-mails. */
  settle: () => Promise<void>;
};

let members = 0;
const memberOf = async (
  own: OwnService,
  { accountId, admin }: { accountId: string; admin: Client },
  who: Who,
): Promise<Client> => {
  const { name, permissions } = people[who];
  members += 1;
  const email = `${who}-${process.pid}-${Date.now()}-${members}@example.com`;
  ok(await admin.post('/v1/members', { email, name, role: 'member', permissions }));
  await proveSender(table(), accountId, email);
  return own.clientWith(await token({ sub: email, email, email_verified: true, name }));
};

const keyOf = async (own: OwnService, admin: Client): Promise<Client> => {
  const { name, permissions } = people.key;
  return own.clientWith(ok(await admin.post('/v1/api-keys', { name, permissions })).secret);
};

/** A time zone in which it is about noon: no day ends while a test runs. */
export const noonZone = (): string => {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};
const dayIn = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());

const made = (answer: Answer): string | undefined =>
  answer.headers.has('idempotency-replayed') || answer.status >= 300 ? undefined : answer.body?.id;

/** A new account with people of all permissions and some contacts, and the model of it. */
export const newWorld = async (
  own: OwnService,
  workers: Workers,
): Promise<{ world: World; state: State }> => {
  const timeZone = noonZone();
  const { id: accountId, admin } = await own.newAccount({ timeZone });
  const staff = ['writer', 'editor', 'cashier', 'reader'] as const;
  const clients = Object.fromEntries([
    ['admin', admin],
    ['key', await keyOf(own, admin)],
    ...(await Promise.all(
      staff.map(async (who) => [who, await memberOf(own, { accountId, admin }, who)] as const),
    )),
  ]) as Record<Who, Client>;
  const ids = new Map<string, string>();
  const keys = new Map<string, string>();
  const know = (key: string, id: string): void => {
    ids.set(key, id);
    keys.set(id, key);
  };
  const contacts = ['c1', 'c2', 'c3', 'c4'].map((key) => ({ key, name: `Buyer ${key}` }));
  for (const { key, name } of contacts)
    know(key, ok(await admin.post('/v1/contacts', { name, email: `${key}-${accountId}@buyer.example` })).id);
  const world: World = {
    accountId,
    admin,
    idOf: (key) => ids.get(key),
    keyOf: (id) => (id == null ? null : (keys.get(id) ?? id)),
    send: async (request) => {
      const { method, path, body, headers } = wired(request, (key) => ids.get(key), accountId);
      const client = clients[request.by];
      const answer =
        method === 'get' || method === 'delete'
          ? await client[method](path, { headers })
          : await client[method](path, body, { headers });
      const id = made(answer);
      if (id !== undefined && !keys.has(id)) know(request.makes, id);
      return answer;
    },
    settle: () => workers.settle(accountId),
  };
  return { world, state: newState(dayIn(timeZone), contacts) };
};
