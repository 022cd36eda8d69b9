import type { Decimal } from '#lib/domain/decimal.ts';
import type { PaymentMethod } from '#lib/domain/payment-method.ts';
import type { TaxCategory } from '#lib/domain/tax-category.ts';
import type { ExemptionCode, MeansCode, NamedUnit } from './document-codes.ts';
import { languageNamed } from './language.ts';

/** Words by their codes: for each of `Code`, and for others as well. */
type Named<Code extends string, Words> = Readonly<Record<Code, Words>> & Readonly<Record<string, Words>>;

/** Every word that a document has of its own, in one language. */
export type DocumentWording = {
  /** BCP 47 tag of the language that it is in. */
  language: string;
  invoice: string;
  /** `label` and what it labels, as the language joins them: `Total: 12`, `Total : 12`. */
  labelled(label: string, value: string): string;
  marks: { voided: string; draft: string };
  /** Around the counters of the page and of all pages. */
  page: { before: string; between: string };
  heading: {
    seller: string;
    buyer: string;
    billingAddress: string;
    delivery: string;
    payment: string;
    comments: string;
    notes: string;
    terms: string;
    legal: string;
  };
  field: {
    number: string;
    invoiceDate: string;
    dueDate: string;
    purchaseOrder: string;
    buyerReference: string;
    contract: string;
    project: string;
    period: string;
    taxPoint: string;
    deliveryDate: string;
    precedingInvoices: string;
    subscription: string;
    operation: string;
    exchangeRate: string;
  };
  taxPoints: Record<'3' | '35' | '432', string>;
  /** What the lines are, when they say so. */
  operations: { goods: string; services: string; both: string };
  dated(number: string, day: string): string;
  /** What follows the amount that is due: `€120.00` `due 24 December 2026`. */
  dueBy(day: string): string;
  party: {
    vatId: string;
    taxNumber: string;
    legalId: string;
    electronicAddress: string;
    contact: string;
    tradingAs: string;
  };
  table: {
    item: string;
    quantity: string;
    unitPrice: string;
    discount: string;
    tax: string;
    amount: string;
  };
  line: { sku: string; gtin: string; period: string };
  totals: {
    subtotal: string;
    discount: string;
    fee: string;
    /** Of a fee that is taxed: `VAT 20%` → `plus VAT 20%`. */
    taxed(tax: string): string;
    taxTotal: string;
    taxTotalIn(currency: string): string;
    total: string;
    /** Where nothing is to be paid. */
    totalOfVoided: string;
    base(amount: string): string;
    beforeTax: string;
  };
  tax: {
    /** In countries that have a value added tax, and in the others. */
    valueAdded: string;
    other: string;
    categories: Record<TaxCategory, string>;
    /** What the commonest codes of the VATEX list say. */
    reasons: Named<ExemptionCode, string>;
  };
  payment: {
    term(days: number): string;
    means: string;
    methods: string;
    accountName: string;
    iban: string;
    bic: string;
    reference: string;
    amount: string;
    meansNames: Named<MeansCode, string>;
    methodNames: Record<PaymentMethod, string>;
  };
  units: Named<NamedUnit, readonly [one: string, other: string]>;
  plural(quantity: Decimal): 'one' | 'other';
};

/** The wording of a language (BCP 47; the region does not matter), or the English one if there is none. */
export const documentWording = (language: string): DocumentWording => languageNamed(language).document;
