import { type Client, memberWith, newContact, ok, type TestAccount } from '#test/support/account.ts';
import type { Answer, Json } from '#test/support/service.ts';

/** An invoice on which a client wrote all that it can. */

export const refusal = ({ status, body }: Answer) => ({ status, code: body?.code });
export const faults = ({ body }: Answer) =>
  (body.errors as Json[]).map(({ pointer, code }) => `${pointer} ${code}`).sort();

const address = {
  ...{ line1: '3 quai du Port', line2: 'Hall B', line3: 'c/o Stocks', city: 'Marseille', region: 'PACA' },
  ...{ postalCode: '13002', country: 'FR' },
};
const tax = {
  ...{ category: 'E', rate: '0', label: 'Exempt' },
  ...{ exemptionReasonCode: 'VATEX-EU-132', exemptionReason: 'Public interest' },
};

export const lines = [
  {
    ...{ name: 'Layout', description: 'Two\nrows', sku: 'LAY-1', quantity: '12.5', unit: 'HUR' },
    ...{ unitPrice: '85.123456', discount: { type: 'percent', value: '10' }, kind: 'services' },
    ...{ tax: { category: 'S', rate: '20', label: 'Standard' }, note: 'As agreed' },
    ...{ period: { start: '2026-01-01', end: '2026-01-31' }, standardId: '4006381333931' },
  },
  {
    ...{ name: 'Proofs', quantity: '3', unit: 'C62', unitPrice: '42.5', kind: 'goods', tax },
    discount: { type: 'amount', value: '1' },
  },
];

/** The names of the custom properties that `everyProperty` gives values of. */
export const customNames = ['costCentre', 'weight', 'urgent', 'ordered'];
const types = ['string', 'number', 'boolean', 'date'];

export const defineCustomProperties = async ({ admin }: TestAccount): Promise<void> => {
  for (const [index, name] of customNames.entries())
    ok(await admin.post('/v1/invoices/properties', { name, label: name, type: types[index] }));
};

/** Contacts, companies and an owner to name. */
export const newParties = async (account: TestAccount) => {
  const { admin } = account;
  const company = async (name: string) => ok(await admin.post('/v1/companies', { name }));
  return {
    contact: await newContact(admin, { name: 'Noor Buyer', address: { city: 'Lille', country: 'FR' } }),
    company: await company('Maison Duval'),
    others: [await newContact(admin, { name: 'Ada First' }), await newContact(admin, { name: 'Bo Second' })],
    companies: [await company('Alpha'), await company('Beta')],
    owner: await memberWith(account, []),
  };
};
export type Parties = Awaited<ReturnType<typeof newParties>>;

/** Every property of api.md that a client writes, the dates and the slug too; the subscription's id aside. */
export const everyProperty = ({ contact, company, others, companies, owner }: Parties) => ({
  ...{ currency: 'USD', invoiceDate: '2026-02-01', dueDate: '2026-03-03', title: 'Catalogue' },
  ...{
    purchaseOrderNumber: 'PO-7',
    buyerReference: 'BR-1',
    contractReference: 'C-2',
    projectReference: 'P-3',
  },
  ...{ contactId: contact.id, companyId: company.id, ownerId: owner.id },
  contactIds: others.map(({ id }: Json) => id),
  companyIds: companies.map(({ id }: Json) => id),
  lineItems: lines,
  discounts: [
    { label: 'Loyalty', type: 'percent', value: '5' },
    { label: 'Rounding', type: 'amount', value: '2.5' },
  ],
  fees: [{ label: 'Shipping', type: 'amount', value: '9.9', tax: { category: 'S', rate: '20' } }],
  comments: 'Thank you.\nSee you soon.',
  notes: [{ code: 'AAI', text: 'A note' }, { text: 'Another' }],
  ...{ terms: 'Net 30', internalNote: 'Call first', language: 'fr', locale: 'fr-CA', slug: 'spring' },
  ...{ allowOnlinePayment: true, allowPartialPayments: false, paymentMethods: ['sepa', 'card'] },
  ...{ paymentMeans: '58', exchangeRate: '0.9123456789', billingAddress: address },
  delivery: { date: '2026-02-02', name: 'Depot', address },
  period: { start: '2026-01-01', end: '2026-01-31' },
  taxPointDate: '2026-02-02',
  precedingInvoices: [{ number: 'OLD-1', date: '2025-01-01' }, { number: 'OLD-2' }],
  customProperties: { costCentre: 'R&D', weight: 12.5, urgent: false, ordered: '2026-01-05' },
});

/** The value without what is null: as its client wrote it. */
const withoutNull = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNull(inner)]));
};
const without = (names: string[]) => (item: Json) =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));

/** What of an invoice's answer its client wrote, under the names of `like`. */
export const writtenOf = (invoice: Json, like: object): Json => {
  const written = {
    ...invoice,
    lineItems: invoice.lineItems.map(without(['id', 'amount'])),
    discounts: invoice.discounts.map(without(['amount', 'parts'])),
    fees: invoice.fees.map(without(['amount'])),
  };
  return withoutNull(Object.fromEntries(Object.keys(like).map((name) => [name, written[name]])));
};

/** The account with the switch on that lets finalized invoices be edited. */
export const allowEdits = async (admin: Client): Promise<void> => {
  ok(await admin.patch('/v1/settings', { allowEditFinalized: true }));
};
