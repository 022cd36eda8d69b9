/** One faulty field: a JSON Pointer into the body (or `/query/<name>`), a stable code and a sentence. */
export type Fault = { pointer: string; code: string; detail: string };

/** Every reason for which the service says no. `functions/http/problems.ts` maps each to its HTTP status. */
export const refusalCodes = [
  'malformed_request',
  'account_required',
  'unauthenticated',
  'permission_denied',
  'not_found',
  'method_not_allowed',
  'invoice_deleted',
  'invoice_not_draft',
  'invoice_is_draft',
  'invoice_paid',
  'invoice_voided',
  'invoice_has_payments',
  'invoice_has_online_payment',
  'invoice_from_subscription',
  'invoice_date_out_of_order',
  'invoices_exist',
  'editing_disabled',
  'deletion_disabled',
  'payment_is_online',
  'payment_exceeds_balance',
  'payment_exceeds_unapplied',
  'payment_processing',
  'last_super_admin',
  'contact_exists',
  'in_use',
  'from_not_verified',
  'request_in_progress',
  'version_conflict',
  'body_too_large',
  'unsupported_media_type',
  'invalid_request',
  'invoice_incomplete',
  'invalid_filter',
  'invalid_cursor',
  'too_many_lines',
  'too_many_cc',
  'currency_mismatch',
  'from_required',
  'from_not_allowed',
  'amount_not_payable_online',
  'idempotency_key_reused',
  'too_many_requests',
  'numbering_contended',
  'payment_provider_unavailable',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What a refusal may carry besides its code; each is shown to the caller as it is. */
export type RefusalDetails = {
  detail?: string;
  errors?: readonly Fault[];
  /** Name of the permission that is missing (permission_denied). */
  permission?: string;
  /** Methods that the route has (method_not_allowed). */
  allow?: readonly string[];
  /** Seconds to wait before another try (503, 429, 202). */
  retryAfter?: number;
  /** Earliest day allowed (invoice_date_out_of_order). */
  earliestDate?: string;
};

/** A request that a rule refuses. It is an answer, not a failure: nothing of it was written. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalDetails;
  constructor(code: RefusalCode, details: RefusalDetails = {}, options?: { cause?: unknown }) {
    super(details.detail ?? code, options);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
