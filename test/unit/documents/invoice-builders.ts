import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { LineItem } from '#lib/domain/invoice/line-item.ts';
import type { FrozenBuyer, FrozenSeller } from '#lib/domain/party.ts';
import { computeTotals } from '#lib/domain/totals.ts';

/** Finalized invoices to make documents of, whose amounts are computed as the product computes them. */

export const seller: FrozenSeller = {
  name: 'Atelier Boréal',
  legalName: 'Atelier Boréal',
  legalForm: 'SARL',
  legalId: { scheme: '0002', value: '552 100 554' },
  vatId: 'FR40552100554',
  address: { line1: '12 rue des Frênes', postalCode: '69002', city: 'Lyon', country: 'FR' },
  contact: { name: 'Jeanne Ormeau', email: 'billing@boreal.example', phone: '+33 4 72 00 00 00' },
  iban: 'FR7630006000011234567890189',
  bic: 'AGRIFRPPXXX',
  brandColor: '#0f766e',
  legalMentions: 'SARL with a capital of €20,000, registered in Lyon under 552 100 554.',
};

export const buyer: FrozenBuyer = {
  name: 'Northwind Trading Ltd',
  vatId: 'GB123456789',
  email: 'accounts@northwind.example',
  address: { line1: '1 Harbour Street', city: 'Bristol', postalCode: 'BS1 4QA', country: 'GB' },
  kind: 'business',
};

export const line = (rest: Partial<LineItem> = {}): Omit<LineItem, 'id' | 'amount'> => ({
  name: 'Design workshop',
  quantity: '1',
  unit: 'C62',
  unitPrice: '100',
  tax: { category: 'S', rate: '20' },
  ...rest,
});

export const lines = (count: number, rest: Partial<LineItem> = {}) =>
  Array.from({ length: count }, (_, index) =>
    line({ name: `Item number ${index + 1}`, unitPrice: `${index + 1}.50`, quantity: '2', ...rest }),
  );

type Parts = Partial<Omit<Invoice, 'lineItems' | 'discounts' | 'fees'>> & {
  lineItems?: ReturnType<typeof line>[];
  discounts?: { label?: string; type: 'percent' | 'amount'; value: string }[];
  fees?: { label?: string; type: 'percent' | 'amount'; value: string; tax: LineItem['tax'] }[];
};

const system = { type: 'system', id: null, name: null } as const;
const at = '2026-11-24T09:30:00.000Z';

const header = {
  id: 'inv_01JD0000000000000000000000',
  accountId: 'acc_01JD0000000000000000000000',
  shard: 0,
  type: '380',
  status: 'open',
  version: 2,
  revision: 2,
  contentVersion: 1,
  detailsRevision: 1,
  linesRevision: 1,
  documentVersion: 1,
  currency: 'EUR',
  source: 'api',
  number: 'INV-1001',
  counter: 1001,
  run: 1,
  language: 'en',
  locale: 'en-GB',
  invoiceDate: '2026-11-24',
  dueDate: '2026-12-24',
  amountPaid: '0.00',
  paymentCount: 0,
  hadOnlinePayment: false,
  createdAt: at,
  createdBy: system,
  updatedAt: at,
  updatedBy: system,
  finalizedAt: at,
} as const;

/** An invoice with these parts, one line if none is given. */
export function invoice(parts: Parts = {}): Invoice {
  const { lineItems = [line()], discounts = [], fees = [], ...rest } = parts;
  const currency = rest.currency ?? header.currency;
  const input = { currency, accountingCurrency: 'EUR', lineItems, discounts, fees };
  const result = computeTotals({
    ...input,
    ...(rest.exchangeRate !== undefined && { exchangeRate: rest.exchangeRate }),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const { lineAmounts, feeAmounts, discounts: shared, taxes, ...amounts } = result.totals;
  return {
    ...header,
    seller,
    buyer,
    ...amounts,
    lineCount: lineItems.length,
    balanceDue: amounts.total,
    payments: [],
    taxes: [...taxes],
    lineItems: lineItems.map((item, index) => ({
      ...item,
      id: `lin_${index}`,
      amount: lineAmounts[index] ?? '',
    })),
    discounts: discounts.map((discount, index) => ({
      ...discount,
      amount: shared[index]?.amount ?? '',
      parts: [...(shared[index]?.parts ?? [])],
    })),
    fees: fees.map((fee, index) => ({ ...fee, amount: feeAmounts[index] ?? '' })),
    ...rest,
  };
}

/** The same before it was finalized: no number, no frozen parties, dates as written. */
export function draft(parts: Parts = {}): Invoice {
  const {
    number: _,
    counter: __,
    run: ___,
    seller: ____,
    buyer: _____,
    finalizedAt: ______,
    ...rest
  } = invoice(parts);
  return { ...rest, status: 'draft', documentVersion: 0 };
}
