import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { foundInvoices } from '#functions/search/found-answer.ts';
import { listQuery } from '#functions/search/list-query.ts';
import { formed, id, instant, text } from '#lib/domain/fields.ts';
import { invoicePatch, invoiceRequest } from '#lib/domain/invoice/draft.ts';
import { distinct } from '#lib/domain/invoice/properties.ts';
import { refusalCodes } from '#lib/domain/refusal.ts';
import { invoiceAnswer } from './invoice-answer.ts';

export * from './explain-contract.ts';

const tag = 'Invoices';
const read = { kind: 'account', permissions: ['invoices.read'] } as const;
const write = { kind: 'account', permissions: ['invoices.write'] } as const;

export const listInvoices = defineAction({
  name: 'list-invoices',
  method: 'GET',
  path: '/v1/invoices',
  tag,
  summary: 'Invoices in one of five orders, filtered by what is asked for most',
  description:
    'The same as `POST /v1/invoices/search`, with parameters; the newest first unless told. Absent values come last, either way. `sort` is a property, with `-` before it for the descending order.',
  access: read,
  query: listQuery,
  status: 200,
  result: foundInvoices,
  refusals: ['invalid_filter'],
  uses: ['table:read', 'table:lists', 'secrets', 'identity'],
});

export const createInvoice = defineAction({
  name: 'create-invoice',
  method: 'POST',
  path: '/v1/invoices',
  tag,
  summary: 'Create a draft; only the currency is needed',
  access: write,
  body: invoiceRequest,
  status: 201,
  result: invoiceAnswer,
  versioned: true,
  refusals: ['too_many_lines'],
  uses: ['table:read', 'table:write', 'secrets', 'identity'],
  example: {
    currency: 'EUR',
    title: 'Design of the spring catalogue',
    paymentTermDays: 30,
    lineItems: [
      { name: 'Layout', quantity: '12', unit: 'HUR', unitPrice: '85', tax: { category: 'S', rate: '20' } },
      { name: 'Printing proofs', quantity: '3', unitPrice: '42.50', tax: { category: 'S', rate: '20' } },
    ],
  },
});

export const getInvoice = defineAction({
  name: 'get-invoice',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}',
  tag,
  summary: 'An invoice, whole',
  access: read,
  status: 200,
  result: invoiceAnswer,
  versioned: true,
  uses: ['table:read', 'secrets', 'identity'],
});

export const updateInvoice = defineAction({
  name: 'update-invoice',
  method: 'PATCH',
  path: '/v1/invoices/{invoiceId}',
  tag,
  summary: 'Change an invoice',
  description:
    'A merge patch (RFC 7396). A draft is changed freely, with `invoices.write`. `dueDate` and `paymentTermDays` replace each other.',
  access: { kind: 'account', permissions: ['invoices.write', 'invoices.edit_finalized'] },
  body: invoicePatch,
  status: 200,
  result: invoiceAnswer,
  versioned: true,
  refusals: [
    'editing_disabled',
    'invoice_from_subscription',
    'invoice_paid',
    'invoice_voided',
    'invoice_has_payments',
    'too_many_lines',
    'invoice_incomplete',
    'invoice_date_out_of_order',
    'payment_processing',
    'payment_provider_unavailable',
  ],
  uses: ['table:read', 'table:write', 'table:delete', 'secrets', 'identity', 'payments'],
  example: { title: 'Design of the summer catalogue', purchaseOrderNumber: 'PO-7734' },
});

export const deleteInvoice = defineAction({
  name: 'delete-invoice',
  method: 'DELETE',
  path: '/v1/invoices/{invoiceId}',
  tag,
  summary: 'Delete an invoice for good; a finalized one only where the account allows it',
  description:
    'A draft with `invoices.write`. A finalized one with `invoices.edit_finalized`, if `allowDeleteFinalized` is on: its links answer 410; its history and the record of its number stay.',
  access: { kind: 'account', permissions: ['invoices.write', 'invoices.edit_finalized'] },
  query: z.strictObject({ reason: text().optional() }),
  status: 204,
  versioned: true,
  refusals: [
    'deletion_disabled',
    'invoice_paid',
    'invoice_has_payments',
    'payment_processing',
    'payment_provider_unavailable',
  ],
  uses: ['table:read', 'table:write', 'table:delete', 'identity', 'payments'],
});

export const finalizeInvoice = defineAction({
  name: 'finalize-invoice',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/finalize',
  tag,
  summary: 'Give the draft its number: it becomes an invoice',
  description:
    'Number, invoice and counter are written together or not at all, so that no number is missing or double.',
  access: write,
  status: 200,
  result: invoiceAnswer,
  versioned: true,
  refusals: ['invoice_not_draft', 'invoice_incomplete', 'invoice_date_out_of_order', 'numbering_contended'],
  uses: ['table:read', 'table:write', 'table:update', 'secrets', 'identity'],
});

export const voidInvoice = defineAction({
  name: 'void-invoice',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/void',
  tag,
  summary: 'Void an open invoice; its number stays used',
  access: write,
  body: z.strictObject({ reason: text().nullish() }),
  status: 200,
  result: invoiceAnswer,
  versioned: true,
  refusals: [
    'invoice_has_online_payment',
    'invoice_is_draft',
    'invoice_paid',
    'invoice_voided',
    'invoice_has_payments',
    'payment_processing',
    'payment_provider_unavailable',
  ],
  uses: ['table:read', 'table:write', 'table:delete', 'secrets', 'identity', 'payments'],
  example: { reason: 'Ordered twice' },
});

const signedAddress = z.object({ url: z.string(), expiresAt: instant() });

export const getInvoicePdf = defineAction({
  name: 'get-invoice-pdf',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/pdf',
  tag,
  summary: 'A signed address of the PDF, for five minutes at most',
  description:
    'Answers 202 with `Retry-After` while the PDF is being made. A `documentVersion` always has the same PDF.',
  access: read,
  query: z.strictObject({
    documentVersion: formed(/^[1-9]\d{0,8}$/, 'invalid_value', 'must be a document version').optional(),
  }),
  status: 200,
  result: signedAddress,
  refusals: ['invoice_is_draft'],
  uses: ['table:read', 'documents:read', 'queue:render', 'identity'],
});

export const cloneInvoice = defineAction({
  name: 'clone-invoice',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/clone',
  tag,
  summary: 'A new draft with all that was written on the invoice',
  description:
    'Without number, payments, links, history, slug and dates; the payment term is kept. What exists no more is left out and named in `warnings`.',
  access: write,
  status: 201,
  result: invoiceAnswer,
  versioned: true,
  uses: ['table:read', 'table:write', 'secrets', 'identity'],
});

export const finalizeInvoices = defineAction({
  name: 'finalize-invoices',
  method: 'POST',
  path: '/v1/invoices/finalize',
  tag,
  summary: 'Finalize up to 1,000 drafts; numbers follow the order of the request',
  description:
    'Those that can’t be finalized are listed with their reason. Repeated with its Idempotency-Key after a crash, it names what the first run finalized and goes on with the rest.',
  access: write,
  body: z.strictObject({ invoiceIds: distinct(z.array(id('inv')).min(1).max(1_000)) }),
  status: 200,
  result: z.object({
    finalized: z.array(z.object({ invoiceId: id('inv'), number: z.string(), version: z.int() })),
    refused: z.array(
      z.object({
        invoiceId: id('inv'),
        code: z.enum(refusalCodes),
        errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })),
      }),
    ),
  }),
  refusals: ['numbering_contended'],
  uses: ['table:read', 'table:write', 'identity'],
  example: { invoiceIds: ['inv_01JD4M8ZQ5W7R3T9Y2K6H0N1VA', 'inv_01JD4M8ZQ5W7R3T9Y2K6H0N1VB'] },
});

export const previewInvoice = defineAction({
  name: 'preview-invoice',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/preview',
  tag,
  summary: 'An address that shows the invoice as its buyer would see it, for five minutes',
  description: 'A draft too, with the parties that finalizing would freeze. Opening it records nothing.',
  access: read,
  status: 200,
  result: signedAddress,
  uses: ['table:read', 'secrets', 'identity'],
});

const association = {
  tag: 'Associations',
  access: write,
  versioned: true,
  uses: ['table:read', 'table:write', 'secrets', 'identity'],
} as const;

export const addInvoiceContact = defineAction({
  ...association,
  name: 'add-invoice-contact',
  method: 'PUT',
  path: '/v1/invoices/{invoiceId}/contacts/{contactId}',
  summary: 'Associate a contact, in any status',
  status: 200,
  result: invoiceAnswer,
});

export const removeInvoiceContact = defineAction({
  ...association,
  name: 'remove-invoice-contact',
  method: 'DELETE',
  path: '/v1/invoices/{invoiceId}/contacts/{contactId}',
  summary: 'End a contact’s association',
  status: 204,
});

export const addInvoiceCompany = defineAction({
  ...association,
  name: 'add-invoice-company',
  method: 'PUT',
  path: '/v1/invoices/{invoiceId}/companies/{companyId}',
  summary: 'Associate a company, in any status',
  status: 200,
  result: invoiceAnswer,
});

export const removeInvoiceCompany = defineAction({
  ...association,
  name: 'remove-invoice-company',
  method: 'DELETE',
  path: '/v1/invoices/{invoiceId}/companies/{companyId}',
  summary: 'End a company’s association',
  status: 204,
});
