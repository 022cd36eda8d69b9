import type { AppliedPayment, Invoice } from '#lib/domain/invoice/invoice.ts';
import type { DocumentDiscount, Fee, LineItem } from '#lib/domain/invoice/line-item.ts';
import { minus, plus } from '#lib/domain/money.ts';
import { computeTotals } from '#lib/domain/totals.ts';

/** Finalized invoices as the rules make them, with amounts that add up. */

type LineInput = Pick<LineItem, 'name' | 'quantity' | 'unitPrice'> & Partial<LineItem>;
type Reduction = Pick<DocumentDiscount, 'label' | 'type' | 'value'>;
type Surcharge = Pick<Fee, 'label' | 'type' | 'value' | 'tax'>;

export type InvoiceInput = {
  readonly currency?: string;
  readonly lines?: readonly LineInput[];
  readonly discounts?: readonly Reduction[];
  readonly fees?: readonly Surcharge[];
  readonly payments?: readonly Pick<AppliedPayment, 'amount' | 'date' | 'method' | 'reference'>[];
} & Partial<
  Omit<Invoice, 'currency' | 'discounts' | 'fees' | 'taxes' | 'payments' | 'lineItems' | 'lineCount'>
>;

const standard = { category: 'S', rate: '20' } as const;
const someone = { type: 'system', id: null, name: null } as const;

const acme: NonNullable<Invoice['seller']> = {
  name: 'Acme Studio',
  legalName: 'Acme Studio Ltd',
  vatId: 'GB123456789',
  legalId: { scheme: '0088', value: '5060012340009' },
  address: { line1: '14 Canal Street', city: 'Manchester', postalCode: 'M1 3HE', country: 'GB' },
  contact: { email: 'accounts@acme.example', phone: '+44 161 496 0000' },
  iban: 'GB29NWBK60161331926819',
  bic: 'NWBKGB2L',
  accountName: 'Acme Studio Ltd',
  legalMentions: 'Acme Studio Ltd. Registered in England and Wales, no. 1234567.',
  brandColor: '#0f766e',
};
const duval: NonNullable<Invoice['buyer']> = {
  name: 'Maison Duval',
  email: 'compta@duval.example',
  legalName: 'Maison Duval SARL',
  vatId: 'FR40303265045',
  address: { line1: '8 rue des Lilas', city: 'Lyon', postalCode: '69003', country: 'FR' },
};

const itemOf = (line: LineInput, index: number): LineItem => ({
  id: `lin_${String(index).padStart(26, '0')}`,
  unit: 'C62',
  tax: standard,
  ...line,
  amount: '0',
});

const amountsOf = (currency: string, lineItems: LineItem[], discounts: Reduction[], fees: Surcharge[]) => {
  const result = computeTotals({ currency, accountingCurrency: currency, lineItems, discounts, fees });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const { totals } = result;
  return {
    lineItems: lineItems.map((line, index) => ({ ...line, amount: totals.lineAmounts[index] ?? '0' })),
    discounts: discounts.map((discount, index) => ({
      ...discount,
      amount: totals.discounts[index]?.amount ?? '0',
      parts: [...(totals.discounts[index]?.parts ?? [])],
    })),
    fees: fees.map((fee, index) => ({ ...fee, amount: totals.feeAmounts[index] ?? '0' })),
    taxes: [...totals.taxes],
    subtotal: totals.subtotal,
    discountTotal: totals.discountTotal,
    feeTotal: totals.feeTotal,
    taxTotal: totals.taxTotal,
    total: totals.total,
  };
};

const paidBy = (currency: string, total: string, payments: NonNullable<InvoiceInput['payments']>) => {
  const amountPaid = payments.reduce(
    (sum, { amount }) => plus(sum, amount, currency),
    minus(total, total, currency),
  );
  return {
    amountPaid,
    balanceDue: minus(total, amountPaid, currency),
    paymentCount: payments.length,
    payments: payments.map((payment, index) => ({
      ...payment,
      id: `pay_${String(index).padStart(26, '0')}`,
      online: false,
      appliedAt: `${payment.date}T10:00:00.000Z`,
    })),
  };
};

/** One line of 12 hours at 120.00 EUR with 20% of tax, unless told: 1,728.00 EUR due on 26 March 2026. */
export const finalizedInvoice = (input: InvoiceInput = {}): Invoice => {
  const { currency = 'EUR', lines, discounts = [], fees = [], payments = [], ...rest } = input;
  const lineItems = (
    lines ?? [{ name: 'Website redesign', quantity: '12', unit: 'HUR', unitPrice: '120.00' }]
  ).map(itemOf);
  const amounts = amountsOf(currency, lineItems, [...discounts], [...fees]);
  const at = '2026-02-24T09:00:00.000Z';
  return {
    id: 'inv_00000000000000000000000001',
    accountId: 'acc_00000000000000000000000001',
    shard: 0,
    type: '380',
    status: 'open',
    version: 2,
    revision: 2,
    detailsRevision: 1,
    linesRevision: 1,
    documentVersion: 1,
    currency,
    source: 'api',
    number: 'INV-1001',
    counter: 1001,
    run: 1,
    linkId: 'lnk_00000000000000000000000001',
    invoiceDate: '2026-02-24',
    dueDate: '2026-03-26',
    language: 'en',
    locale: 'en-GB',
    lineCount: lineItems.length,
    hadOnlinePayment: false,
    createdAt: at,
    createdBy: someone,
    updatedAt: at,
    updatedBy: someone,
    finalizedAt: at,
    seller: acme,
    buyer: duval,
    ...amounts,
    ...paidBy(currency, amounts.total, payments),
    ...rest,
  };
};
