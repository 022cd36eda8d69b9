/**
 * The model's own arithmetic (TOT-2), with nothing of the product's: amounts are BigInt in the currency's smallest unit,
 * factors are BigInt in millionths. All lines of an invoice have one tax, and there is at most one discount.
 */
export type Currency = 'EUR' | 'USD' | 'JPY';
const decimals: Record<Currency, number> = { EUR: 2, USD: 2, JPY: 0 };

export type Line = {
  name: string;
  quantity: string;
  unitPrice: string;
  tax?: { category: 'S'; rate: string };
};
export type Discount = { type: 'percent' | 'amount'; value: string };
export type Priced = {
  currency: Currency;
  lineItems?: readonly Line[] | undefined;
  discounts?: readonly Discount[] | undefined;
};

const million = 1_000_000n;
const millionths = (text: string): bigint => {
  const [whole = '0', rest = ''] = text.split('.');
  return BigInt(whole) * million + BigInt(rest.padEnd(6, '0'));
};
const unit = (currency: Currency): bigint => 10n ** BigInt(decimals[currency]);
/** Half away from zero; nothing here is negative. */
const rounded = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor);

/** Whether an amount is written with more decimals than the currency has. */
export const hasTooManyDecimals = (text: string, currency: Currency): boolean =>
  (text.split('.')[1] ?? '').length > decimals[currency];

/** Whether an amount, however it is written, is more than so much of the smallest unit. */
export const isOver = (text: string, limit: bigint, currency: Currency): boolean =>
  millionths(text) * unit(currency) > limit * million;

/** An amount in the currency's smallest unit. */
export const minor = (text: string, currency: Currency): bigint =>
  (millionths(text) * unit(currency)) / million;

/** The other way round, as the API writes it. */
export const written = (amount: bigint, currency: Currency): string => {
  const places = decimals[currency];
  const digits = String(amount).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

export type Totals = { subtotal: bigint; discountTotal: bigint; taxTotal: bigint; total: bigint };

/** The amounts of an invoice; a discount of more than the subtotal is refused elsewhere. */
export const totalsOf = ({ currency, lineItems = [], discounts = [] }: Priced): Totals => {
  const one = unit(currency);
  const subtotal = lineItems
    .map(({ quantity, unitPrice }) =>
      rounded(millionths(quantity) * millionths(unitPrice) * one, million * million),
    )
    .reduce((sum, amount) => sum + amount, 0n);
  const [discount] = discounts;
  const discountTotal =
    discount === undefined
      ? 0n
      : discount.type === 'amount'
        ? minor(discount.value, currency)
        : rounded(subtotal * millionths(discount.value), 100n * million);
  const rate = millionths(lineItems[0]?.tax?.rate ?? '0');
  const taxTotal = rounded((subtotal - discountTotal) * rate, 100n * million);
  return { subtotal, discountTotal, taxTotal, total: subtotal - discountTotal + taxTotal };
};
