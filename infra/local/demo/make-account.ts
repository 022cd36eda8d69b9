import { createAccount, getMe, updateSettings } from '#functions/account/contract.ts';
import { createCompany, createContact } from '#functions/contacts/contract.ts';
import { createApiKey, createMember } from '#functions/members/contract.ts';
import { confirmSenderAddress, createSenderAddress } from '#functions/sender-addresses/contract.ts';
import { permissions } from '#lib/domain/account/permissions.ts';
import { type Client, createClient, inParallel } from './client.ts';
import { codeMailedTo } from './mailed-code.ts';
import type { DemoAccount, DemoBuyer, DemoRole, Person } from './plan.ts';

export type Service = {
  baseUrl: string;
  /** Of the local mail provider. */
  mailboxUrl: string;
  signal: AbortSignal;
  tokenOf: (person: Person) => Promise<string>;
};
/** The ids that an invoice names its buyer by. */
export type BuyerIds = { contactId: string; companyId?: string };
export type MadeAccount = { id: string; apiKey: string; founder: Client; buyers: Map<string, BuyerIds> };

/** What the members of each kind may do; a super admin everything. */
const rights = {
  member: {
    role: 'member',
    permissions: permissions.filter(
      (one) => !['invoices.edit_finalized', 'settings.write', 'members.write'].includes(one),
    ),
  },
  readOnly: { role: 'member', permissions: ['invoices.read', 'payments.read', 'contacts.read'] },
} as const satisfies Record<Exclude<DemoRole, 'superAdmin'>, unknown>;

/** Proves the person's address as anybody does: by the code that is mailed to it (SEND-15). */
const proveOwnAddress = async (service: Service, client: Client, { email }: Person): Promise<void> => {
  await client.call(createSenderAddress, { body: { email } });
  const code = await codeMailedTo(service, email);
  await client.call(confirmSenderAddress, { params: { email }, body: { code } });
};

/** Invites somebody, who signs in: that binds the member to the person's identity. */
const invite = async (
  { service, founder, plan }: { service: Service; founder: Client; plan: DemoAccount },
  kind: keyof typeof rights,
): Promise<void> => {
  const person = plan.people[kind];
  const body = { ...person, role: rights[kind].role, permissions: [...rights[kind].permissions] };
  await founder.call(createMember, { key: `${plan.name}-member-${kind}`, body });
  const client = createClient(service, await service.tokenOf(person));
  await client.call(getMe);
  if (kind === 'member') await proveOwnAddress(service, client, person);
};

const makeBuyer = async (
  founder: Client,
  key: string,
  { company, contact }: DemoBuyer,
): Promise<BuyerIds> => {
  const made = company && (await founder.call(createCompany, { key: `${key}-company`, body: company }));
  const body = { ...contact, ...(made && { companyId: made.id }) };
  const { id } = await founder.call(createContact, { key: `${key}-contact`, body });
  return { contactId: id, ...(made && { companyId: made.id }) };
};

/** Makes an account with its settings, members, API key, contacts and companies. */
export const makeAccount = async (service: Service, plan: DemoAccount): Promise<MadeAccount> => {
  const founder = createClient(service, await service.tokenOf(plan.people.superAdmin));
  const { id } = await founder.call(createAccount, { key: `${plan.name}-account`, body: plan.account });
  await founder.call(updateSettings, { body: plan.settings });
  await proveOwnAddress(service, founder, plan.people.superAdmin);
  await invite({ service, founder, plan }, 'member');
  await invite({ service, founder, plan }, 'readOnly');
  const { secret } = await founder.call(createApiKey, {
    key: `${plan.name}-api-key`,
    body: { name: 'Demo', permissions: permissions.filter((one) => one !== 'members.write') },
  });
  if (secret === undefined) throw new Error('A new API key came without its secret.');
  const buyers = await inParallel(Object.entries(plan.buyers), 3, async ([name, buyer]) => {
    const ids = await makeBuyer(founder, `${plan.name}-${name}`, buyer);
    return [name, ids] as const;
  });
  return { id, apiKey: secret, founder, buyers: new Map(buyers) };
};
