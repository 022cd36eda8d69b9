import type { PaymentMethod } from '#lib/domain/payment-method.ts';
import type { TaxCategory } from '#lib/domain/tax-category.ts';
import { languageNamed } from './language.ts';

/** The words of a buyer's page. Amounts, days and spans of days that stand in a sentence come formatted. */
export type PageWording = {
  /** BCP 47 tag of the language that the words are in. */
  readonly language: string;
  readonly invoice: string;
  readonly draft: string;
  readonly status: Record<'open' | 'overdue' | 'partiallyPaid' | 'paid' | 'voided' | 'draft', string>;
  readonly previewNotice: string;
  readonly amountDue: string;
  readonly amountPaid: string;
  readonly amount: string;
  /** `when` is relative, `in 3 days`. */
  readonly dueOn: (day: string, when: string) => string;
  /** `days` is a span, `12 days`. */
  readonly overdueSince: (day: string, days: string) => string;
  readonly paidOn: (day: string) => string;
  readonly nothingToPay: string;
  readonly voidNotice: string;
  readonly partlyPaid: (paid: string, total: string) => string;
  readonly amountToPay: string;
  readonly payOnline: string;
  /** Money that is on its way (ONL-4). */
  readonly paymentProcessing: string;
  readonly downloadPdf: string;
  readonly from: string;
  readonly billedTo: string;
  readonly details: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly purchaseOrder: string;
  readonly buyerReference: string;
  readonly contract: string;
  readonly project: string;
  readonly period: string;
  readonly taxPoint: string;
  readonly delivery: string;
  readonly precedingInvoice: string;
  readonly items: string;
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly tax: string;
  readonly lineDiscount: (value: string) => string;
  readonly datedNumber: (number: string, day: string) => string;
  readonly subtotal: string;
  readonly discount: string;
  readonly fee: string;
  readonly total: string;
  readonly paid: string;
  readonly balanceDue: string;
  /** `Tax` where nothing says which tax it is, `VAT` where the seller has a VAT id. */
  readonly taxNames: { readonly general: string; readonly valueAdded: string };
  /** What stands for a rate in the categories that have none. */
  readonly taxCategories: Partial<Record<TaxCategory, string>> & Record<Untaxed, string>;
  readonly taxOn: (base: string) => string;
  readonly payments: string;
  readonly paymentDate: string;
  readonly paymentMethod: string;
  readonly reference: string;
  readonly methods: Record<PaymentMethod, string>;
  readonly payByTransfer: string;
  readonly acceptedMethods: string;
  readonly accountName: string;
  readonly comments: (seller: string) => string;
  readonly notes: string;
  readonly terms: string;
  readonly vatId: string;
  readonly taxNumber: string;
  readonly otherId: string;
  /** A name and what belongs to it. */
  readonly pair: (name: string, value: string) => string;
  readonly notFound: PageMessage;
  readonly gone: PageMessage;
  readonly preparing: PageMessage;
  /** Why the buyer is not led on to pay. */
  readonly amountNotPayable: PageMessage;
  readonly paymentUnavailable: PageMessage;
  readonly tryAgain: string;
};

type Untaxed = 'E' | 'AE' | 'K' | 'G' | 'O';

/** A page that says one thing. */
export type PageMessage = { readonly heading: string; readonly text: string };

/** The words in a language, by its primary subtag; English where there are none. */
export const pageWordingOf = (language: string | undefined): PageWording => languageNamed(language).page;
