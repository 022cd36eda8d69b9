import { ok, newAccount as openAccount, person } from '#test/support/account.ts';
import { service } from '#test/support/service.ts';
import type { SoakAccount } from './known.ts';
import { httpAs } from './requests.ts';

/** The accounts under load: of several countries and currencies, with the switches on and off. */
type Plan = Pick<SoakAccount, 'country' | 'currencies' | 'mayEdit' | 'mayDelete'> & {
  timeZone: string;
  chronological: boolean;
};
const plans: readonly Plan[] = [
  {
    ...{ country: 'FR', timeZone: 'Europe/Paris', currencies: ['EUR', 'EUR', 'USD', 'JPY'] },
    ...{ mayEdit: true, mayDelete: true, chronological: false },
  },
  {
    ...{ country: 'US', timeZone: 'America/New_York', currencies: ['USD', 'USD', 'EUR'] },
    ...{ mayEdit: true, mayDelete: false, chronological: false },
  },
  {
    ...{ country: 'JP', timeZone: 'Asia/Tokyo', currencies: ['JPY', 'JPY', 'USD', 'KWD'] },
    ...{ mayEdit: false, mayDelete: true, chronological: false },
  },
  {
    ...{ country: 'DE', timeZone: 'Europe/Berlin', currencies: ['EUR'] },
    ...{ mayEdit: false, mayDelete: false, chronological: true },
  },
];

/** All that a clerk needs. */
const permissions = [
  ...['invoices.read', 'invoices.write', 'invoices.edit_finalized', 'payments.read', 'payments.write'],
  ...['contacts.read', 'contacts.write', 'exports.write'],
];

const open = async ({ timeZone, chronological, ...plan }: Plan): Promise<SoakAccount> => {
  const { country, currencies, mayEdit, mayDelete } = plan;
  const { id, admin, adminToken, adminEmail } = await openAccount({
    ...{ name: `Soak ${country}`, country, currency: currencies[0], timeZone },
  });
  ok(
    await admin.patch('/v1/settings', {
      // Whoever sends, a key too, sends from it.
      defaultFrom: adminEmail,
      ...{ allowEditFinalized: mayEdit, allowDeleteFinalized: mayDelete },
      ...{ chronologicalNumbers: chronological, paymentTermDays: 30 },
    }),
  );
  const clerk = await person('Kim Clerk');
  const invited = { email: clerk.email, name: 'Kim Clerk', role: 'member', permissions };
  ok(await admin.post('/v1/members', invited));
  const key = ok(await admin.post('/v1/api-keys', { name: 'Shop', permissions }));
  const { baseUrl } = service();
  const clients = [adminToken, clerk.token, key.secret as string].map((one) => httpAs(baseUrl, one));
  return {
    ...{ ...plan, id, clients, admin: httpAs(baseUrl, adminToken), contacts: [], exports: [] },
    ...{ invoices: [], byId: new Map(), payments: [], held: new Set() },
  };
};

export const openAccounts = async (): Promise<SoakAccount[]> => {
  const accounts: SoakAccount[] = [];
  for (const plan of plans) accounts.push(await open(plan));
  return accounts;
};
