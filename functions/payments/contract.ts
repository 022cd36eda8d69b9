import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { historyEntry } from '#functions/http/history-answer.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { invoiceAnswer } from '#functions/invoices/invoice-answer.ts';
import { emailAnswer } from '#functions/sending/contract.ts';
import { actor } from '#lib/domain/actor.ts';
import { currency } from '#lib/domain/codes.ts';
import { amount, day, email, formed, id, instant, line, money, text } from '#lib/domain/fields.ts';
import { paymentStatuses } from '#lib/domain/payment.ts';
import { paymentMethods } from '#lib/domain/payment-method.ts';

const tag = 'Payments';
const read = { kind: 'account', permissions: ['payments.read'] } as const;
const write = { kind: 'account', permissions: ['payments.write'] } as const;

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
    status: z.enum(paymentStatuses),
    refunded: money().nullable(),
    applications: z.array(z.object({ invoiceId: id('inv'), number: z.string(), amount: money() })),
    version: z.int(),
    createdAt: instant(),
    createdBy: actor,
    updatedAt: instant(),
  })
  .meta({ id: 'Payment' });

/** Above zero (PAY-1), at most 15 integer digits. */
const paidAmount = () =>
  formed(
    /^(?=.*[1-9])(0|[1-9]\d{0,14})(\.\d{1,6})?$/,
    'invalid_amount',
    'must be a decimal string above 0, at most 15 integer digits',
  );

const paymentShape = {
  currency: currency().nullish(),
  date: day().nullish(),
  method: z.enum(paymentMethods),
  reference: line().nullish(),
  note: text().nullish(),
  contactId: id('con').nullish(),
};

export const listPayments = defineAction({
  name: 'list-payments',
  method: 'GET',
  path: '/v1/payments',
  tag,
  summary: 'Payments, newest first: by amount, currency, the contact’s address, or an unapplied rest',
  description: 'A page may hold fewer than `limit` where few of many fit; `nextCursor` goes on.',
  access: read,
  query: pageQuery.extend({
    amount: amount().optional(),
    currency: currency().optional(),
    email: email().optional(),
    unapplied: z.enum(['true', 'false']).optional(),
  }),
  status: 200,
  result: listOf(paymentAnswer),
  uses: ['table:read', 'table:lists', 'secrets', 'identity'],
});

export const createPayment = defineAction({
  name: 'create-payment',
  method: 'POST',
  path: '/v1/payments',
  tag,
  summary: 'Record a payment by itself, to be applied later',
  description: 'In the account’s currency and of today unless given. The buyer is sent nothing.',
  access: write,
  body: z.strictObject({ amount: paidAmount(), ...paymentShape }),
  status: 201,
  result: paymentAnswer,
  versioned: true,
  uses: ['table:read', 'table:write', 'identity'],
  example: { amount: '1200.00', currency: 'EUR', method: 'check', reference: 'Cheque 000417' },
});

export const getPayment = defineAction({
  name: 'get-payment',
  method: 'GET',
  path: '/v1/payments/{paymentId}',
  tag,
  summary: 'A payment and where it is applied',
  access: read,
  status: 200,
  result: paymentAnswer,
  versioned: true,
  uses: ['table:read', 'identity'],
});

export const deletePayment = defineAction({
  name: 'delete-payment',
  method: 'DELETE',
  path: '/v1/payments/{paymentId}',
  tag,
  summary: 'Delete a payment made by hand; what it paid is owed again',
  description: 'It comes off every invoice that it is applied to. Its history stays, and so does theirs.',
  access: write,
  status: 204,
  versioned: true,
  refusals: ['payment_is_online', 'payment_processing', 'payment_provider_unavailable'],
  uses: ['table:read', 'table:write', 'table:delete', 'identity', 'payments'],
});

export const sendReceipt = defineAction({
  name: 'send-receipt',
  method: 'POST',
  path: '/v1/payments/{paymentId}/receipt',
  tag: 'Sending',
  summary: 'E-mail a receipt of the payment to its contact, or to another address',
  description:
    'At any time after it was recorded. It comes from the address that an invoice would come from.',
  access: write,
  body: z.strictObject({ to: email().nullish() }),
  status: 202,
  result: emailAnswer,
  conditional: true,
  refusals: ['from_required', 'from_not_allowed', 'from_not_verified'],
  uses: ['table:read', 'table:write', 'identity'],
  example: { to: 'accounts@novak.example' },
});

export const getPaymentHistory = defineAction({
  name: 'get-payment-history',
  method: 'GET',
  path: '/v1/payments/{paymentId}/history',
  tag,
  summary: 'Every change of the payment, with who made it; of a deleted one too',
  access: read,
  query: pageQuery,
  status: 200,
  result: listOf(historyEntry),
  uses: ['table:read', 'secrets', 'identity'],
});

export const recordInvoicePayment = defineAction({
  name: 'record-invoice-payment',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/payments',
  tag,
  summary: 'Record a payment on an open invoice',
  description: 'The balance due, today and the billing contact unless given. The buyer is sent nothing.',
  access: write,
  body: z.strictObject({ amount: paidAmount().nullish(), ...paymentShape }),
  status: 201,
  result: paymentAnswer,
  versioned: true,
  refusals: [
    'invoice_is_draft',
    'invoice_voided',
    'invoice_paid',
    'payment_exceeds_balance',
    'currency_mismatch',
    'payment_processing',
    'payment_provider_unavailable',
  ],
  uses: ['table:read', 'table:write', 'table:delete', 'identity', 'payments'],
  example: { amount: '250.00', method: 'wire_transfer', reference: 'TRX 2026-11-24/0031' },
});

export const applyPayment = defineAction({
  name: 'apply-payment',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/payments/apply',
  tag,
  summary: 'Apply an existing payment, or a part of it, to an open invoice',
  description: 'The smaller of the balance due and the payment’s unapplied rest unless an amount is given.',
  access: write,
  body: z.strictObject({ paymentId: id('pay'), amount: paidAmount().nullish() }),
  status: 200,
  result: invoiceAnswer,
  versioned: true,
  refusals: [
    'invoice_is_draft',
    'invoice_voided',
    'invoice_paid',
    'currency_mismatch',
    'payment_exceeds_balance',
    'payment_exceeds_unapplied',
    'payment_processing',
    'payment_provider_unavailable',
  ],
  uses: ['table:read', 'table:write', 'table:delete', 'secrets', 'identity', 'payments'],
  example: { paymentId: 'pay_01JD4M8ZQ5W7R3T9Y2K6H0N1VX', amount: '400.00' },
});

export const takeOffPayment = defineAction({
  name: 'take-off-payment',
  method: 'DELETE',
  path: '/v1/invoices/{invoiceId}/payments/{paymentId}',
  tag,
  summary: 'Take a payment off an invoice; the payment stays, unapplied',
  access: write,
  status: 204,
  versioned: true,
  refusals: ['payment_is_online', 'payment_processing', 'payment_provider_unavailable'],
  uses: ['table:read', 'table:write', 'table:delete', 'identity', 'payments'],
});

export const receiveStripeWebhook = defineAction({
  name: 'receive-stripe-webhook',
  method: 'POST',
  path: '/webhooks/stripe',
  tag,
  summary: 'What Stripe tells of sessions, refunds and disputes; signed by Stripe',
  description: 'A message may come twice, late and out of order. It takes effect once.',
  access: { kind: 'public' },
  mediaTypes: ['application/json'],
  status: 204,
  refusals: ['unauthenticated', 'payment_provider_unavailable', 'too_many_requests'],
  uses: ['table:read', 'table:write', 'table:delete', 'payments', 'mail:address'],
});
