/**
 * Amounts of one currency as whole numbers of its smallest unit. The service writes every amount with its currency's
 * decimals, so that nothing of the product's arithmetic is needed to add them up.
 */
export const units = (amount: string): bigint => BigInt(amount.replace('.', ''));
export const sumOf = (amounts: readonly string[]): bigint =>
  amounts.reduce((sum, amount) => sum + units(amount), 0n);

/** The other way round, with as many decimals as an amount of the same currency has. */
export const written = (amount: bigint, like: string): string => {
  const decimals = like.split('.')[1]?.length ?? 0;
  const digits = String(amount).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
