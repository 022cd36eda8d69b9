/** A pocket calculator that works in fractions of whole numbers, written apart from the rules that it checks. */

export type Fraction = readonly [numerator: bigint, denominator: bigint];

export function fractionOf(decimal: string): Fraction {
  if (!/^\d+(\.\d+)?$/.test(decimal)) throw new Error(`not a decimal: ${decimal}`);
  const [whole = '', decimals = ''] = decimal.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

export const isSame = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d === c * b;
const isLess = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d < c * b;

/** Half away from zero, or down, to this many decimals. Nothing here is negative. */
export function roundedTo([a, b]: Fraction, decimals: number, rounding: 'nearest' | 'down'): Fraction {
  const unit = 10n ** BigInt(decimals);
  const units = rounding === 'nearest' ? (2n * a * unit + b) / (2n * b) : (a * unit) / b;
  return [units, unit];
}

const operations: Record<string, (left: Fraction, right: Fraction) => Fraction> = {
  '+': ([a, b], [c, d]) => (b === d ? [a + c, b] : [a * d + c * b, b * d]),
  '−': ([a, b], [c, d]) => (b === d ? [a - c, b] : [a * d - c * b, b * d]),
  '×': ([a, b], [c, d]) => [a * c, b * d],
  '÷': ([a, b], [c, d]) => [a * d, b * c],
};

/**
 * Evaluates decimals with `+ − × ÷ %`, brackets and `min(…, …)`; × and ÷ before + and −, else from the left.
 * @throws Error for anything else
 */
export function calculate(formula: string): Fraction {
  const tokens = formula.match(/\d+(?:\.\d+)?|min|[+−×÷%(),]|\S/g) ?? [];
  let position = 0;
  const next = (): string | undefined => tokens[position];
  const take = (expected?: string): string => {
    const token = tokens[position];
    position += 1;
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`${token} instead of ${expected} in ${formula}`);
    return token;
  };

  const value = (): Fraction => {
    const token = take();
    if (token === '(') {
      const inner = sum();
      take(')');
      return inner;
    }
    if (token === 'min') {
      take('(');
      const left = sum();
      take(',');
      const right = sum();
      take(')');
      return isLess(left, right) ? left : right;
    }
    const number = fractionOf(token);
    if (next() !== '%') return number;
    take('%');
    return [number[0], number[1] * 100n];
  };
  const chain = (part: () => Fraction, signs: string): Fraction => {
    let result = part();
    for (let sign = next(); sign !== undefined && signs.includes(sign); sign = next()) {
      take();
      const operate = operations[sign];
      if (operate === undefined) throw new Error(sign);
      result = operate(result, part());
    }
    return result;
  };
  const product = (): Fraction => chain(value, '×÷');
  const sum = (): Fraction => chain(product, '+−');

  const result = sum();
  if (next() !== undefined) throw new Error(`${next()} is left over in ${formula}`);
  return result;
}
