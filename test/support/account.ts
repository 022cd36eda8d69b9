import { proveSender } from './sender.ts';
import { type Answer, type Call, call, type Json, token } from './service.ts';
import { sharedTable } from './shared-table.ts';

/** A client with credentials. */
export type Client = {
  get: (path: string, call?: Call) => Promise<Answer>;
  post: (path: string, body?: unknown, call?: Call) => Promise<Answer>;
  patch: (path: string, body: unknown, call?: Call) => Promise<Answer>;
  put: (path: string, body?: unknown, call?: Call) => Promise<Answer>;
  delete: (path: string, call?: Call) => Promise<Answer>;
};

export const clientWith = (credential: string, more: Record<string, string> = {}): Client => {
  const send = (method: string, path: string, options: Call = {}) =>
    call(method, path, {
      ...options,
      headers: { authorization: `Bearer ${credential}`, ...more, ...options.headers },
    });
  return {
    get: (path, options) => send('GET', path, options),
    post: (path, body, options) => send('POST', path, { ...options, body }),
    patch: (path, body, options) => send('PATCH', path, { ...options, body }),
    put: (path, body, options) => send('PUT', path, { ...options, body }),
    delete: (path, options) => send('DELETE', path, options),
  };
};

/** The body of an answer that has to be a success. */
export const ok = (answer: Answer): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

let people = 0;
/** Somebody new, signed in, of no account yet. */
export const person = async (
  name = 'Robin Hale',
): Promise<{ token: string; email: string; client: Client }> => {
  people += 1;
  const email = `person-${process.pid}-${Date.now()}-${people}@example.com`;
  const credential = await token({ sub: email, email, email_verified: true, name });
  return { token: credential, email, client: clientWith(credential) };
};

export type TestAccount = { id: string; admin: Client; adminToken: string; adminEmail: string };

/** A new account, with its super admin, who may send from his own address: it is proved. */
export const newAccount = async (given: Record<string, unknown> = {}): Promise<TestAccount> => {
  const founder = await person('Alex Founder');
  const account = ok(
    await founder.client.post('/v1/accounts', {
      ...{ name: 'Atelier Nord', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' },
      ...given,
    }),
  );
  await proveSender(sharedTable(), account.id, founder.email);
  return { id: account.id, admin: founder.client, adminToken: founder.token, adminEmail: founder.email };
};

/** A member of the account with just these permissions, signed in, whose address is proved. */
export const memberWith = async (
  account: TestAccount,
  permissions: readonly string[],
  role: 'member' | 'super_admin' = 'member',
): Promise<Client & { id: string }> => {
  const invited = await person('Kim Member');
  const member = ok(
    await account.admin.post('/v1/members', { email: invited.email, name: 'Kim Member', role, permissions }),
  );
  await proveSender(sharedTable(), account.id, invited.email);
  return { ...invited.client, id: member.id };
};

/** A client with a new API key of the account. */
export const apiKeyWith = async (
  account: TestAccount,
  permissions: readonly string[],
): Promise<Client & { id: string }> => {
  const key = ok(await account.admin.post('/v1/api-keys', { name: 'Test key', permissions }));
  return { ...clientWith(key.secret), id: key.id };
};

let contacts = 0;
export const newContact = async (client: Client, more: Record<string, unknown> = {}): Promise<Json> => {
  contacts += 1;
  const email = `buyer-${process.pid}-${Date.now()}-${contacts}@buyer.example`;
  return ok(await client.post('/v1/contacts', { name: 'Noor Buyer', email, ...more }));
};

export const line = (more: Record<string, unknown> = {}) => ({
  name: 'Consulting',
  quantity: '1',
  unitPrice: '100',
  ...more,
});

/** A draft that lacks nothing. */
export const newDraft = async (client: Client, more: Record<string, unknown> = {}): Promise<Json> => {
  const contactId = more.contactId ?? (await newContact(client)).id;
  return ok(await client.post('/v1/invoices', { currency: 'EUR', contactId, lineItems: [line()], ...more }));
};

/** A finalized invoice. */
export const newInvoice = async (client: Client, more: Record<string, unknown> = {}): Promise<Json> => {
  const draft = await newDraft(client, more);
  return ok(await client.post(`/v1/invoices/${draft.id}/finalize`));
};
