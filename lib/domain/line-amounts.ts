import { type Adjustment, discountAmount } from './adjustments.ts';
import { checkSize, parseNonNegative, type Reckoning, reportDiscountTooLarge } from './amount-checks.ts';
import { type Decimal, type Rounded, round, zero } from './decimal.ts';

export type PricedLine = {
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discount?: Adjustment | undefined;
};

/** gross = round(quantity × unit price); amount = gross − discount (TOT-2). */
export type LineAmounts = {
  /** Quantity × unit price, before it is rounded. */
  readonly product: Decimal;
  readonly gross: Decimal;
  /** The discount before it is rounded. */
  readonly exactDiscount: Decimal;
  readonly discount: Decimal;
  readonly amount: Decimal;
};

/** The amounts of the line at this JSON Pointer. A faulty discount is reported and left out of the amount. */
export function lineAmounts(line: PricedLine, pointer: string, reckoning: Reckoning): LineAmounts {
  const product = parseNonNegative(line.quantity).times(parseNonNegative(line.unitPrice));
  const gross = round(product, reckoning.decimals);
  checkSize(gross, pointer, reckoning);
  const discount = lineDiscount(line, gross, `${pointer}/discount`, reckoning);
  const { exact: exactDiscount, amount } = discount;
  return { product, gross, exactDiscount, discount: amount, amount: gross.minus(amount) };
}

const none: Rounded = { exact: zero, amount: zero };

function lineDiscount(line: PricedLine, gross: Decimal, pointer: string, reckoning: Reckoning): Rounded {
  if (line.discount === undefined) return none;
  const discount = discountAmount(line.discount, gross, pointer, reckoning);
  if (discount.amount.cmp(gross) <= 0) return discount;
  reportDiscountTooLarge(`${pointer}/value`, gross, reckoning);
  return none;
}
