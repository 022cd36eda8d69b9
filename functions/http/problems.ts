import * as z from 'zod';
import { type Refusal, type RefusalCode, refusalCodes } from '#lib/domain/refusal.ts';

/** How each refusal is said over HTTP: its status and its title (API-1). */
export const problems: Record<RefusalCode, { status: number; title: string }> = {
  malformed_request: { status: 400, title: 'The request can’t be read' },
  account_required: { status: 400, title: 'Name the account in the Account-Id header' },
  unauthenticated: { status: 401, title: 'Valid credentials are needed' },
  permission_denied: { status: 403, title: 'A permission is missing' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'The route has no such method' },
  invoice_deleted: { status: 410, title: 'The invoice was deleted' },
  invoice_not_draft: { status: 409, title: 'The invoice is not a draft' },
  invoice_is_draft: { status: 409, title: 'The invoice is a draft' },
  invoice_paid: { status: 409, title: 'The invoice is paid' },
  invoice_voided: { status: 409, title: 'The invoice is void' },
  invoice_has_payments: { status: 409, title: 'A payment is on the invoice' },
  invoice_has_online_payment: { status: 409, title: 'The invoice was paid online' },
  invoice_from_subscription: { status: 409, title: 'The invoice comes from a subscription' },
  invoice_date_out_of_order: { status: 409, title: 'The invoice date is out of order' },
  invoices_exist: { status: 409, title: 'The account has invoices' },
  editing_disabled: { status: 409, title: 'Finalized invoices can’t be edited in this account' },
  deletion_disabled: { status: 409, title: 'Finalized invoices can’t be deleted in this account' },
  payment_is_online: { status: 409, title: 'The payment was made online' },
  payment_exceeds_balance: { status: 409, title: 'More than the balance due' },
  payment_exceeds_unapplied: { status: 409, title: 'More than the payment’s unapplied rest' },
  payment_processing: { status: 409, title: 'A payment is being processed' },
  last_super_admin: { status: 409, title: 'The account’s last super admin' },
  contact_exists: { status: 409, title: 'A contact has this e-mail address' },
  in_use: { status: 409, title: 'In use' },
  from_not_verified: { status: 409, title: 'The sender address is not verified' },
  request_in_progress: { status: 409, title: 'The same request is still running' },
  version_conflict: { status: 412, title: 'Changed since it was read' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'Media type not supported' },
  invalid_request: { status: 422, title: 'The request has faults' },
  invoice_incomplete: { status: 422, title: 'The invoice lacks what finalizing needs' },
  invalid_filter: { status: 422, title: 'The filter has faults' },
  invalid_cursor: { status: 422, title: 'Not a cursor of this list' },
  too_many_lines: { status: 422, title: 'More than 1,000 lines' },
  too_many_cc: { status: 422, title: 'More than nine copies' },
  currency_mismatch: { status: 422, title: 'Another currency than the invoice’s' },
  from_required: { status: 422, title: 'A sender address is needed' },
  from_not_allowed: { status: 422, title: 'The sender address is not open to you' },
  amount_not_payable_online: { status: 422, title: 'The amount can’t be paid online' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used for another request' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  numbering_contended: { status: 503, title: 'Too many invoices are being finalized' },
  payment_provider_unavailable: { status: 503, title: 'The payment provider gives no clear answer' },
};

/** RFC 9457, with the code that programs go by, and each faulty field. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum([...refusalCodes, 'internal_error']),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
    permission: z.string().optional(),
    earliestDate: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'A refusal: `application/problem+json` of RFC 9457.' });
export type Problem = z.infer<typeof problemDocument>;

export type HttpProblem = { status: number; headers: Record<string, string>; body: Problem };

/** The answer that a refusal is. */
export const problemOf = (refusal: Refusal, requestId: string): HttpProblem => {
  const { status, title } = problems[refusal.code];
  const { allow, retryAfter, errors, detail, permission, earliestDate } = refusal.details;
  return {
    status,
    headers: {
      ...(allow && { allow: allow.join(', ') }),
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
    body: {
      type: `/docs#${refusal.code}`,
      title,
      status,
      detail,
      code: refusal.code,
      requestId,
      errors: errors && [...errors],
      permission,
      earliestDate,
    },
  };
};

/** A failure of ours says nothing of the inside. */
export const internalProblem = (requestId: string): HttpProblem => ({
  status: 500,
  headers: {},
  body: {
    type: '/docs#internal_error',
    title: 'Something went wrong',
    status: 500,
    code: 'internal_error',
    requestId,
  },
});
