import type { Derived } from '#lib/domain/invoice/derive.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { isZero } from '#lib/domain/money.ts';
import type { Reading } from '#lib/domain/wording/reading.ts';

/** What the buyer's page is made of. */
export type InvoicePageInput = {
  /** Finalized; or, under a preview notice, a draft with the parties that finalizing would freeze. */
  readonly invoice: Invoice;
  readonly derived: Derived;
  /** The day in the account's time zone, `YYYY-MM-DD`. */
  readonly today: string;
  /** Where the PDF is fetched; absent for a draft, which has none. */
  readonly pdfUrl?: string | undefined;
  /** The frozen logo as a `data:` address of a PNG or JPEG; anything else is left out. */
  readonly logo?: string | undefined;
  /** The form that leads to the payment provider; absent where nothing can be paid online. */
  readonly payForm?: PayForm | undefined;
  readonly previewNotice?: boolean | undefined;
};

export type PayForm = {
  /** Where the form is sent. */
  readonly action: string;
  /** Origin of the provider's pages, where that leads on to. */
  readonly provider: string;
};

/** What each part of the page is given. */
export type Part = {
  readonly invoice: Invoice;
  readonly reading: Reading;
};

/** Whether anything can still be paid on it: an open invoice with a balance. */
export const isOwed = ({ status, balanceDue }: Pick<Invoice, 'status' | 'balanceDue'>): boolean =>
  (status === 'open' || status === 'draft') && !isZero(balanceDue);
