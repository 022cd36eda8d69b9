import type { Contract } from '#functions/http/contract.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { exportToken } from '#lib/tokens/export-token.ts';
import { ok } from '#test/support/account.ts';
import { codeTo } from '#test/support/mailbox.ts';
import { png } from '#test/support/pictures.ts';
import type { Answer, Json } from '#test/support/service.ts';
import * as has from './world.ts';

type World = has.World;
/** Makes what an action needs, and answers the request that is measured. */
type Deed = (world: World, contract: Contract) => Promise<() => Promise<Answer>>;

const { pathOf, linkOf } = has;

/** The request of the contract's own example, on a path. */
const at =
  (path: (world: World) => Promise<string> | string, body?: Json): Deed =>
  async (world, contract) => {
    const target = await path(world);
    const sent = body ?? contract.example;
    const { admin } = world;
    if (contract.method === 'GET') return () => admin.get(target);
    if (contract.method === 'DELETE') return () => admin.delete(target);
    const method = contract.method.toLowerCase() as 'post' | 'put' | 'patch';
    return () => admin[method](target, sent);
  };

const onContact = async (world: World) => `/v1/contacts/${(await has.contact(world)).id}`;
const onCompany = async (world: World) => `/v1/companies/${(await has.company(world)).id}`;
const onInvoice = (rest: string) => async (world: World) => `${pathOf(await has.invoice(world))}${rest}`;
const onDraft = (rest: string) => async (world: World) => `${pathOf(await has.draft(world))}${rest}`;
const onPayment = (rest: string) => async (world: World) =>
  `/v1/payments/${(await has.paidInPart(world)).paid.id}${rest}`;
const onLink = (rest: string) => async (world: World) => `${linkOf(await has.invoice(world))}${rest}`;
const onMember = async (world: World) => `/v1/members/${(await has.member(world)).id}`;
const onKey = async (world: World) => `/v1/api-keys/${(await has.key(world)).id}`;
const onView = async (world: World) => `/v1/views/${(await has.view(world)).id}`;
const onExport = async (world: World) => `/v1/exports/${(await has.csv(world)).id}`;
const onSchedule = async (world: World) => `/v1/export-schedules/${(await has.schedule(world)).id}`;
const onMailedLink = (rest: string) => async (world: World) => {
  const { id: exportId } = await has.scheduled(world);
  return `/x/${exportToken({ accountId: world.accountId, exportId }, await secrets())}${rest}`;
};
/** A list that has one of what it lists. */
const listOf = (path: string, make: (world: World) => Promise<unknown>) =>
  at(async (world) => {
    await make(world);
    return path;
  });
const historyOf = (path: (world: World) => Promise<string>, rest: string) =>
  at(async (world) => {
    const one = await path(world);
    await has.withHistory(world);
    return `${one}${rest}`;
  });

const associated = (list: 'contacts' | 'companies', before: boolean) =>
  at(async (world) => {
    const { id } = await (list === 'contacts' ? has.contact(world, { email: null }) : has.company(world));
    const field = list === 'contacts' ? 'contactIds' : 'companyIds';
    const made = await has.invoice(world, before ? { [field]: [id] } : {});
    return `${pathOf(made)}/${list}/${id}`;
  });

const putLogo = ({ admin }: World): Promise<Answer> =>
  admin.put('/v1/settings/logo', undefined, {
    raw: png(1, 1, [0, 0, 0]),
    headers: { 'content-type': 'image/png' },
  });

/** Every work on the queue of PDFs is done, in a real browser. */
const rendered = async (world: World): Promise<Json> => {
  const made = await has.invoice(world);
  const { own, accountId } = world;
  await own.stream('relay-outbox', await own.records(accountId));
  if ((await own.queue('render-pdf', await own.take('render', accountId))) > 0) throw new Error('no PDF');
  return made;
};

const newSender = async ({ admin, own, accountId }: World): Promise<string> => {
  const email = `${accountId.toLowerCase()}@seller.example`;
  ok(await admin.post('/v1/sender-addresses', { email, name: 'Billing', sharedWith: 'account' }));
  await own.stream('relay-outbox', await own.records(accountId));
  await own.queue('send-email', await own.take('email', accountId));
  return email;
};

const settled: Deed = async (world) => {
  const link = linkOf(await has.payable(world));
  const answer = await world.admin.post(`${link}/checkout`, {});
  if (answer.status !== 303) throw new Error(`${answer.status} ${answer.text}`);
  const session = world.provider.stripe.state.list().at(-1);
  if (session === undefined) throw new Error('no session');
  Object.assign(session, { status: 'complete', money: 'paid' });
  const object = { id: session.id, metadata: session.metadata };
  return () =>
    world.provider.deliver({ type: 'checkout.session.completed', account: session.account, object });
};

/** How each action is done that takes more than its own path and example. */
const particular: Record<string, Deed> = {
  'put-settings-logo': async (world) => () => putLogo(world),
  'delete-settings-logo': at(async (world) => {
    ok(await putLogo(world));
    return '/v1/settings/logo';
  }),
  'get-settings-history': historyOf(async () => '/v1/settings', '/history'),
  'list-members': listOf('/v1/members', has.member),
  'update-member': at(onMember),
  'delete-member': at(onMember),
  'list-api-keys': listOf('/v1/api-keys', has.key),
  'delete-api-key': at(onKey),
  'list-contacts': listOf('/v1/contacts', has.contact),
  'get-contact': at(onContact),
  'update-contact': at(onContact),
  'delete-contact': at(onContact),
  'list-companies': listOf('/v1/companies', has.company),
  'get-company': at(onCompany),
  'update-company': at(onCompany),
  'delete-company': at(onCompany),
  'create-invoice': async (world) => {
    const { id: contactId } = await has.contact(world);
    return async () => ({ status: 201, body: await has.draft(world, { contactId }) }) as Answer;
  },
  'list-invoices': listOf('/v1/invoices', has.invoice),
  'search-invoices': listOf('/v1/invoices/search', has.invoice),
  'get-invoice': at(onInvoice('')),
  'update-invoice': at(onDraft('')),
  'delete-invoice': at(onDraft('')),
  'clone-invoice': at(onInvoice('/clone')),
  'explain-invoice': at(onInvoice('/explain')),
  'finalize-invoice': at(onDraft('/finalize')),
  'finalize-invoices': async (world) => {
    const { id: contactId } = await has.contact(world);
    const drafts = await Promise.all(Array.from({ length: 10 }, () => has.draft(world, { contactId })));
    return () => world.admin.post('/v1/invoices/finalize', { invoiceIds: drafts.map(({ id }) => id) });
  },
  'get-invoice-pdf': at(async (world) => `${pathOf(await rendered(world))}/pdf`),
  'preview-invoice': at(onDraft('/preview')),
  'void-invoice': at(onInvoice('/void')),
  'add-invoice-company': associated('companies', false),
  'add-invoice-contact': associated('contacts', false),
  'remove-invoice-company': associated('companies', true),
  'remove-invoice-contact': associated('contacts', true),
  'list-invoice-properties': listOf('/v1/invoices/properties', has.property),
  'delete-invoice-property': at(
    async (world) => `/v1/invoices/properties/${(await has.property(world)).name}`,
  ),
  'get-invoice-history': historyOf(onInvoice(''), '/history'),
  'get-property-history': historyOf(onInvoice(''), '/history/title'),
  'create-invoice-link': at(onInvoice('/links')),
  'list-invoice-links': at(onInvoice('/links')),
  'revoke-invoice-link': at(async (world) => {
    const path = pathOf(await has.invoice(world));
    return `${path}/links/${ok(await world.admin.get(`${path}/links`)).data[0].id}`;
  }),
  'confirm-sender-address': async (world) => {
    const email = await newSender(world);
    const code = await codeTo(email);
    return () => world.admin.post(`/v1/sender-addresses/${email}/confirm`, { code });
  },
  'list-sender-addresses': listOf('/v1/sender-addresses', newSender),
  'delete-sender-address': at(async (world) => `/v1/sender-addresses/${await newSender(world)}`),
  'get-message': at(onInvoice('/message')),
  'get-snippet': at(onInvoice('/snippet')),
  'list-invoice-emails': at(async (world) => {
    const path = pathOf(await has.invoice(world));
    ok(await world.admin.post(`${path}/send`, { intro: 'Thank you.' }));
    return `${path}/emails`;
  }),
  'preview-send': at(async (world) => `${pathOf(await rendered(world))}/send/preview`),
  'send-invoice': at(onInvoice('/send')),
  'list-views': listOf('/v1/views', has.view),
  'get-view': at(onView),
  'update-view': at(onView),
  'delete-view': at(onView),
  'list-exports': listOf('/v1/exports', has.csv),
  'create-export': listOf('/v1/exports', has.invoice),
  'get-export': at(onExport),
  'delete-export': at(onExport),
  'list-export-schedules': listOf('/v1/export-schedules', has.schedule),
  'get-export-schedule': at(onSchedule),
  'update-export-schedule': at(onSchedule),
  'delete-export-schedule': at(onSchedule),
  'open-export-link': at(onMailedLink('')),
  'open-export-files': at(onMailedLink('/files')),
  'list-payments': listOf('/v1/payments', has.payment),
  'get-payment': at(onPayment('')),
  'get-payment-history': historyOf(onPayment(''), '/history'),
  'delete-payment': at(onPayment('')),
  'send-receipt': at(onPayment('/receipt')),
  'record-invoice-payment': at(onInvoice('/payments')),
  'apply-payment': async (world) => {
    const path = pathOf(await has.invoice(world));
    const { id: paymentId } = await has.payment(world);
    return () => world.admin.post(`${path}/payments/apply`, { paymentId });
  },
  'take-off-payment': at(async (world) => {
    const { path, paid } = await has.paidInPart(world);
    return `${path}/payments/${paid.id}`;
  }),
  'audit-numbering': listOf('/v1/numbering/audit', has.invoice),
  'open-link': at(onLink('')),
  'open-link-with-slug': at(onLink('/spring')),
  'open-link-pdf': at(async (world) => `${linkOf(await rendered(world))}/pdf`),
  'open-preview': at(async (world) => {
    const preview = ok(await world.admin.get(`${pathOf(await has.draft(world))}/preview`));
    return new URL(preview.url).pathname;
  }),
  'check-out': at(async (world) => `${linkOf(await has.payable(world))}/checkout`, {}),
  'receive-stripe-webhook': settled,
};

/** Prepares an action, and answers how it is done: without a parameter in its path, as its example says. */
export const prepare: Deed = (world, contract) => {
  const deed = particular[contract.name];
  if (deed !== undefined) return deed(world, contract);
  if (contract.path.includes('{')) throw new Error(`teach deeds.ts how ${contract.name} is done`);
  return at(() => contract.path)(world, contract);
};
