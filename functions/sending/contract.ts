import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { emailStatuses, emailTemplates, recipientStatuses } from '#lib/domain/email.ts';
import { besideItems, email, id, instant, line, refuse, text } from '#lib/domain/fields.ts';

/** E-mails of invoices: sent, previewed, listed, and what a hand-written one begins with (SEND). */

const tag = 'Sending';

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
    template: z.enum([...emailTemplates, 'receipt', 'export']),
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
      if (list.length > 9) refuse(ctx, 'too_many_cc', 'has more than nine addresses');
    }, besideItems)
    .nullish(),
  from: email().nullish(),
  subject: line().nullish(),
  intro: text().nullish(),
  template: z.enum(emailTemplates).nullish(),
});

/** Why an e-mail is not sent, and can't be previewed. */
const notSent = [
  'invoice_is_draft',
  'invoice_voided',
  'too_many_cc',
  'from_required',
  'from_not_allowed',
  'from_not_verified',
] as const;

export const sendInvoice = defineAction({
  name: 'send-invoice',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/send',
  tag,
  summary: 'E-mail the invoice to its buyer, with a link and the PDF',
  description:
    'One request sends at most one e-mail. Where the provider’s answer is unclear, the e-mail is `unknown`.',
  access: { kind: 'account', permissions: ['invoices.write'] },
  body: sendRequest,
  status: 202,
  result: emailAnswer,
  conditional: true,
  refusals: notSent,
  uses: ['table:read', 'table:write', 'identity'],
  example: { intro: 'Thank you for your order.' },
});

export const listInvoiceEmails = defineAction({
  name: 'list-invoice-emails',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/emails',
  tag,
  summary: 'The invoice’s e-mails and how they fared, newest first',
  access: { kind: 'account', permissions: ['invoices.read'] },
  query: pageQuery,
  status: 200,
  result: listOf(emailAnswer),
  uses: ['table:read', 'secrets', 'identity'],
});

const ofInvoice = {
  tag,
  access: { kind: 'account', permissions: ['invoices.read'] },
  status: 200,
  refusals: ['invoice_is_draft'],
  uses: ['table:read', 'secrets', 'identity'],
} as const;

export const previewSend = defineAction({
  ...ofInvoice,
  name: 'preview-send',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/send/preview',
  summary: 'Exactly the e-mail that the same request would send; changes nothing',
  description:
    'Its attachment is null where the PDF is too large for the provider, and has no size while the PDF is not made yet.',
  body: sendRequest,
  safe: true,
  result: z
    .object({
      from: z.string(),
      to: z.string(),
      cc: z.array(z.string()),
      subject: z.string(),
      html: z.string(),
      text: z.string(),
      attachment: z.object({ name: z.string(), bytes: z.int().nullable() }).nullable(),
    })
    .meta({ id: 'EmailPreview' }),
  refusals: notSent,
  uses: ['table:read', 'documents:read', 'queue:render', 'secrets', 'identity'],
  example: { intro: 'Thank you for your order.' },
});

export const getSnippet = defineAction({
  ...ofInvoice,
  name: 'get-snippet',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/snippet',
  summary: 'A hyperlink to insert into any message: its text is the invoice’s number',
  result: z.object({ html: z.string(), markdown: z.string(), text: z.string() }).meta({ id: 'Snippet' }),
});

export const getMessage = defineAction({
  ...ofInvoice,
  name: 'get-message',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/message',
  summary: 'A hand-written e-mail to start from, with the link',
  result: z.object({ subject: z.string(), html: z.string(), text: z.string() }).meta({ id: 'Message' }),
});
