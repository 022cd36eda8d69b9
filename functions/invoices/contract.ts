import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { historyEntry } from '#functions/http/history-answer.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { foundInvoices } from '#functions/search/found-answer.ts';
import { listQuery } from '#functions/search/list-query.ts';
import { actor } from '#lib/domain/actor.ts';
import { changeSources } from '#lib/domain/change.ts';
import { emailStatuses, emailTemplates, recipientStatuses } from '#lib/domain/email.ts';
import { email, formed, id, instant, line, text } from '#lib/domain/fields.ts';
import { invoicePatch, invoiceRequest } from '#lib/domain/invoice/draft.ts';
import { distinct } from '#lib/domain/invoice/properties.ts';
import { propertyTypes } from '#lib/domain/property-definition.ts';
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
  uses: ['table:read', 'secrets', 'identity'],
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
    'payment_processing',
    'payment_provider_unavailable',
  ],
  uses: ['table:read', 'table:write', 'secrets', 'identity', 'payments'],
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
  uses: ['table:read', 'table:write', 'identity', 'payments'],
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
  uses: ['table:read', 'table:write', 'secrets', 'identity'],
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
  uses: ['table:read', 'table:write', 'secrets', 'identity', 'payments'],
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

const emailFields = {
  from: z.string(),
  to: z.string(),
  cc: z.array(z.string()),
  subject: z.string(),
};
const warnings = z.array(z.object({ code: z.string(), detail: z.string() }));
export const emailAnswer = z
  .object({
    id: id('eml'),
    status: z.enum(emailStatuses),
    template: z.enum([...emailTemplates, 'receipt']),
    ...emailFields,
    createdAt: instant(),
    sentAt: instant().nullable(),
    messageId: z.string().nullable(),
    recipients: z.array(
      z.object({
        email: z.string(),
        status: z.enum(recipientStatuses),
        at: instant().nullable(),
      }),
    ),
    attached: z.boolean(),
    warnings,
  })
  .meta({ id: 'Email' });

export const sendRequest = z.strictObject({
  to: email().nullish(),
  cc: z
    .array(email())
    .superRefine((list, ctx) => {
      if (list.length > 9)
        ctx.addIssue({
          code: 'custom',
          params: { code: 'too_many_cc' },
          message: 'has more than nine addresses',
        });
    })
    .nullish(),
  from: email().nullish(),
  subject: line().nullish(),
  intro: text().nullish(),
  template: z.enum(emailTemplates).nullish(),
});

export const sendInvoice = defineAction({
  name: 'send-invoice',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/send',
  tag: 'Sending',
  summary: 'E-mail the invoice to its buyer, with a link and the PDF',
  description:
    'One request sends at most one e-mail. Where the provider’s answer is unclear, the e-mail is `unknown`.',
  access: write,
  body: sendRequest,
  status: 202,
  result: emailAnswer,
  conditional: true,
  refusals: [
    'invoice_is_draft',
    'invoice_voided',
    'too_many_cc',
    'from_required',
    'from_not_allowed',
    'from_not_verified',
  ],
  uses: ['table:read', 'table:write', 'identity'],
  example: { intro: 'Thank you for your order.' },
});

export const listInvoiceEmails = defineAction({
  name: 'list-invoice-emails',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/emails',
  tag: 'Sending',
  summary: 'The invoice’s e-mails and how they fared, newest first',
  access: read,
  query: pageQuery,
  status: 200,
  result: listOf(emailAnswer),
  uses: ['table:read', 'secrets', 'identity'],
});

export const getInvoiceHistory = defineAction({
  name: 'get-invoice-history',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/history',
  tag,
  summary: 'Every change of the invoice, with who made it, oldest first',
  access: read,
  query: pageQuery,
  status: 200,
  result: listOf(historyEntry),
  uses: ['table:read', 'secrets', 'identity'],
});

const propertyAnswer = z
  .object({
    name: z.string(),
    type: z.string(),
    label: z.string(),
    operators: z.array(z.string()),
    choices: z.array(z.string()).nullable(),
    sortable: z.boolean(),
    custom: z.boolean(),
  })
  .meta({ id: 'Property' });

export const listInvoiceProperties = defineAction({
  name: 'list-invoice-properties',
  method: 'GET',
  path: '/v1/invoices/properties',
  tag: 'Properties',
  summary: 'Definitions of the invoice’s properties, custom ones included',
  description: 'What a client needs to build its filter and column pickers.',
  access: read,
  status: 200,
  result: z.object({ data: z.array(propertyAnswer), nextCursor: z.null() }),
  uses: ['table:read', 'identity'],
});

export const createInvoiceProperty = defineAction({
  name: 'create-invoice-property',
  method: 'POST',
  path: '/v1/invoices/properties',
  tag: 'Properties',
  summary: 'Define a custom property',
  access: { kind: 'account', permissions: ['settings.write'] },
  body: z.strictObject({
    name: formed(
      /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/,
      'invalid_name',
      'must be a letter, then letters, digits and _, 50 at most',
    ),
    label: line(),
    type: z.enum(propertyTypes),
  }),
  status: 201,
  result: propertyAnswer,
  uses: ['table:read', 'table:write', 'identity'],
  example: { name: 'costCentre', label: 'Cost centre', type: 'string' },
});

export const deleteInvoiceProperty = defineAction({
  name: 'delete-invoice-property',
  method: 'DELETE',
  path: '/v1/invoices/properties/{name}',
  tag: 'Properties',
  summary: 'Delete the definition of a custom property; values on invoices stay',
  access: { kind: 'account', permissions: ['settings.write'] },
  status: 204,
  uses: ['table:read', 'table:write', 'identity'],
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

export const getPropertyHistory = defineAction({
  name: 'get-property-history',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/history/{property}',
  tag,
  summary: 'A property’s values, from the one at creation on, with who set each and when',
  access: read,
  query: pageQuery,
  status: 200,
  result: listOf(
    z
      .object({ value: z.unknown(), at: instant(), actor, source: z.enum(changeSources) })
      .meta({ id: 'PropertyValue' }),
  ),
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
