import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { actor } from '#lib/domain/actor.ts';
import { currency } from '#lib/domain/codes.ts';
import { amount, day, id, instant, line, money, text } from '#lib/domain/fields.ts';
import { paymentMethods } from '#lib/domain/payment-method.ts';

const tag = 'Payments';

export const paymentAnswer = z
  .object({
    id: id('pay'),
    amount: money(),
    unapplied: money(),
    currency: currency(),
    date: day(),
    method: z.enum(paymentMethods),
    reference: line().nullable(),
    note: text().nullable(),
    contactId: id('con').nullable(),
    online: z.boolean(),
    status: z.enum(['succeeded', 'refunded', 'disputed']),
    applications: z.array(z.object({ invoiceId: id('inv'), number: z.string(), amount: money() })),
    version: z.int(),
    createdAt: instant(),
    createdBy: actor,
    updatedAt: instant(),
  })
  .meta({ id: 'Payment' });

export const recordInvoicePayment = defineAction({
  name: 'record-invoice-payment',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/payments',
  tag,
  summary: 'Record a payment on an open invoice',
  description: 'The balance due, today and the billing contact unless given. The buyer is sent nothing.',
  access: { kind: 'account', permissions: ['payments.write'] },
  body: z.strictObject({
    amount: amount().nullish(),
    currency: currency().nullish(),
    date: day().nullish(),
    method: z.enum(paymentMethods),
    reference: line().nullish(),
    note: text().nullish(),
    contactId: id('con').nullish(),
  }),
  status: 201,
  result: paymentAnswer,
  versioned: true,
  refusals: [
    'invoice_is_draft',
    'invoice_voided',
    'invoice_paid',
    'payment_exceeds_balance',
    'currency_mismatch',
  ],
  uses: ['table:read', 'table:write', 'identity'],
  example: { amount: '250.00', method: 'wire_transfer', reference: 'TRX 2026-11-24/0031' },
});

export const getPayment = defineAction({
  name: 'get-payment',
  method: 'GET',
  path: '/v1/payments/{paymentId}',
  tag,
  summary: 'A payment and where it is applied',
  access: { kind: 'account', permissions: ['payments.read'] },
  status: 200,
  result: paymentAnswer,
  versioned: true,
  uses: ['table:read', 'identity'],
});
