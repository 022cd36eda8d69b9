import { createInvoice, getInvoice, listInvoices } from '#functions/invoices/contract.ts';
import { type Client, createClient, Refused } from './client.ts';
import type { DemoRecord } from './demo.ts';
import { design } from './french-jobs.ts';
import type { Service } from './make-account.ts';
import { roles } from './plan.ts';

export type Tokens = { superAdmin: string; member: string; readOnly: string };
export type OpenedAccount = { id: string; name: string; tokens: Tokens; apiKey: string };

/** People may have changed anything since the last start: what was refused is as if it were not there. */
const unlessRefused = async <T>(asking: Promise<T>): Promise<T | undefined> => {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

const read = (client: Client, invoiceId: string) =>
  unlessRefused(client.call(getInvoice, { params: { invoiceId } }));

/** The page of the showcase while it is open, else of the newest invoice that is. */
const buyerUrlOf = async (client: Client, showcaseId: string): Promise<string | null> => {
  const showcase = await read(client, showcaseId);
  if (showcase?.status === 'open') return showcase.link;
  const query = { sort: '-createdAt', limit: '200' };
  const list = await unlessRefused(client.call(listInvoices, { query }));
  const open = list?.data.find(({ status }) => status === 'open');
  return (open && (await read(client, open.id))?.link) ?? showcase?.link ?? null;
};

/** A draft that lacks nothing, to try finalizing with: one of the demo's, else a new one. */
const draftIdOf = async (client: Client, draftIds: readonly string[]): Promise<string | undefined> => {
  const known = await Promise.all(draftIds.map((id) => read(client, id)));
  const ready = known.find((one) => one?.status === 'draft' && one.actions.finalize === null);
  if (ready !== undefined) return ready.id;
  const buyer = known.find((one) => one?.contactId);
  if (buyer === undefined) return undefined;
  const body = { ...design('salle de réunion', 16), contactId: buyer.contactId, companyId: buyer.companyId };
  return (await unlessRefused(client.call(createInvoice, { body })))?.id;
};

/** Signs everybody in anew, and finds what the first minute shows. */
export const reopenDemo = async (
  service: Service,
  demo: DemoRecord,
): Promise<{ accounts: OpenedAccount[]; buyerUrl: string | null; draftId: string | undefined }> => {
  const accounts = await Promise.all(
    demo.map(async ({ id, name, people, apiKey }) => {
      const tokens = await Promise.all(
        roles.map(async (role) => [role, await service.tokenOf(people[role])] as const),
      );
      return { id, name, tokens: Object.fromEntries(tokens) as Tokens, apiKey };
    }),
  );
  const [{ people, showcaseId, draftIds }] = demo;
  const client = createClient(service, await service.tokenOf(people.superAdmin));
  const [buyerUrl, draftId] = await Promise.all([
    buyerUrlOf(client, showcaseId),
    draftIdOf(client, draftIds),
  ]);
  return { accounts, buyerUrl, draftId };
};
