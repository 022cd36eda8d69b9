import { explainTotals } from '#lib/domain/explain.ts';
import { sampleUlid } from './sample.ts';

/**
 * What the examples of answers say, by the name of the schema or of the action: one small story of an invoice. What
 * a seed leaves out is filled in from the schema. Amounts follow from the lines as the service would compute them.
 */

const ada = { type: 'member', id: `mem_${sampleUlid}`, name: 'Ada Novak' };
const at = '2026-11-24T09:30:00.000Z';
const vat = { category: 'S', rate: '20' } as const;
const permissions = ['invoices.read', 'invoices.write'];

const header = {
  status: 'open',
  version: 2,
  number: 'INV-1001',
  currency: 'EUR',
  title: 'Design of the spring catalogue',
  invoiceDate: '2026-11-24',
  dueDate: '2026-12-24',
  paymentTermDays: 30,
  contactId: `con_${sampleUlid}`,
  subtotal: '1147.50',
  discountTotal: '0.00',
  feeTotal: '0.00',
  taxTotal: '229.50',
  total: '1377.00',
  amountPaid: '0.00',
  balanceDue: '1377.00',
  daysOverdue: 0,
  buyerName: 'Novak Instruments',
  buyerEmail: 'ada@example.com',
  createdBy: ada,
  updatedBy: ada,
  finalizedAt: at,
};

const address = { line1: 'Torstraße 12', city: 'Berlin', postalCode: '10119', country: 'DE' };

const seller = {
  name: 'Maison Lumière',
  legalName: 'Maison Lumière SARL',
  vatId: 'FR40303265045',
  address: { line1: '12 rue des Lilas', city: 'Lyon', postalCode: '69003', country: 'FR' },
  iban: 'FR7630006000011234567890189',
};

const invoice = {
  ...header,
  lineItems: [
    { name: 'Layout', quantity: '12', unit: 'HUR', unitPrice: '85', tax: vat, amount: '1020.00' },
    { name: 'Printing proofs', quantity: '3', unit: 'C62', unitPrice: '42.50', tax: vat, amount: '127.50' },
  ],
  taxes: [{ ...vat, base: '1147.50', amount: '229.50' }],
  seller,
  buyer: { name: 'Novak Instruments', email: 'ada@example.com', vatId: 'DE136695976', address },
  link: 'https://invoices.example.com/i/…/inv-1001',
  actions: { edit: 'editing_disabled', delete: 'deletion_disabled', finalize: 'invoice_not_draft' },
};

const draft = {
  ...invoice,
  status: 'draft',
  version: 1,
  number: null,
  invoiceDate: null,
  dueDate: null,
  contactId: null,
  buyerName: null,
  buyerEmail: null,
  finalizedAt: null,
  seller: null,
  buyer: null,
  link: null,
  actions: {
    finalize: 'invoice_incomplete',
    void: 'invoice_is_draft',
    pay: 'invoice_is_draft',
    send: 'invoice_is_draft',
  },
};

const email = {
  status: 'sent',
  template: 'invoice',
  from: 'billing@maison-lumiere.example',
  to: 'ada@example.com',
  subject: 'Invoice INV-1001 from Maison Lumière',
  sentAt: at,
  recipients: [{ email: 'ada@example.com', status: 'delivered', at }],
  attached: true,
};

const settings = {
  id: `acc_${sampleUlid}`,
  name: 'Maison Lumière',
  language: 'fr',
  locale: 'fr-FR',
  paymentTermDays: 30,
  sendOnlineReceipts: true,
  seller: {
    legalName: seller.legalName,
    vatId: seller.vatId,
    address: seller.address,
    iban: seller.iban,
  },
  defaultTax: { category: 'S', rate: '20' },
  numbering: { prefix: 'INV-', width: 4, start: 1001 },
};

export const answerSeeds: Record<string, unknown> = {
  Invoice: invoice,
  InvoiceRow: header,
  Payment: {
    amount: '250.00',
    unapplied: '0.00',
    currency: 'EUR',
    method: 'wire_transfer',
    reference: 'TRX 2026-11-24/0031',
    status: 'succeeded',
    contactId: `con_${sampleUlid}`,
    applications: [{ invoiceId: `inv_${sampleUlid}`, number: 'INV-1001', amount: '250.00' }],
    createdBy: ada,
  },
  Email: email,
  EmailPreview: {
    ...{ from: email.from, to: email.to, subject: email.subject },
    ...{ html: '<!DOCTYPE html>…', text: 'Hello Ada Novak, …' },
    attachment: { name: 'INV-1001.pdf', bytes: 48_211 },
  },
  Snippet: {
    html: '<a href="https://…">INV-1001</a>',
    markdown: '[INV-1001](https://…)',
    text: 'INV-1001: https://…',
  },
  Message: { subject: email.subject, html: '<p>Hello Ada Novak,</p>…', text: 'Hello Ada Novak, …' },
  SenderAddress: {
    ...{ email: 'billing@maison-lumiere.example', name: 'Maison Lumière', sharedWith: 'account' },
    ...{ verified: true, verifiedAt: at },
  },
  'send-invoice': { ...email, status: 'queued', sentAt: null, recipients: [{ email: 'ada@example.com' }] },
  'create-invoice': draft,
  'void-invoice': {
    ...invoice,
    status: 'voided',
    version: 3,
    voidedAt: at,
    actions: {
      edit: 'invoice_voided',
      void: 'invoice_voided',
      pay: 'invoice_voided',
      send: 'invoice_voided',
    },
  },
  Explanation: explainTotals({ ...invoice, discounts: [], fees: [], accountingCurrency: 'EUR' }),
  Link: { url: 'https://invoices.example.com/i/…/inv-1001', lastOpenedAt: at },
  HistoryEntry: {
    action: 'updated',
    actor: ada,
    requestId: 'JkZ3mhE1DoEEPdQ=',
    changes: [{ property: 'title', from: 'Design', to: 'Design of the spring catalogue' }],
    version: 2,
  },
  'search-invoices': {
    data: [{ id: `inv_${sampleUlid}`, number: 'INV-1001', total: header.total, dueDate: header.dueDate }],
    complete: true,
  },
  SearchExplanation: {
    plan: {
      strategy: 'partitions in order',
      order: 'dueDate asc',
      pinned: ['status'],
      reads: ['byStatus, open, dueDate to 2026-11-01'],
      shards: 1,
      invoicesRead: 51,
    },
    capacity: 6.5,
  },
  Property: {
    name: 'dueDate',
    type: 'date',
    label: 'Due date',
    operators: ['EQ', 'LT', 'GT', 'BETWEEN'],
    sortable: true,
  },
  'create-invoice-property': {
    name: 'costCentre',
    type: 'string',
    label: 'Cost centre',
    operators: ['EQ', 'NEQ', 'CONTAINS'],
    custom: true,
  },
  ExportSchedule: {
    ...{ name: 'Sales of the day', format: 'quickbooks_intl', since: 'last', cron: '0 6 * * 1-5' },
    ...{ timeZone: 'Europe/Paris', recipients: ['books@example.com'], active: true, pausedReason: null },
    nextRunAt: '2026-11-25T05:00:00.000Z',
    lastRuns: [
      {
        ...{ exportId: `exp_${sampleUlid}`, dueAt: '2026-11-24T05:00:00.000Z', status: 'done', rows: 42 },
        ...{ startedAt: '2026-11-24T05:00:20.000Z', finishedAt: '2026-11-24T05:00:24.000Z', error: null },
      },
    ],
    createdBy: ada,
  },
  Settings: settings,
  'update-settings': { ...settings, version: 2 },
  'get-me': {
    member: { name: 'Ada Novak' },
    account: { name: 'Maison Lumière' },
    role: 'member',
    permissions,
  },
  'create-api-key': { secret: 'qk_…' },
};
