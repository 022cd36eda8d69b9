/** What is measured, beside the limit that was measured with it. */

/** A share of what stands beside it: never an absolute time, which tells of the machine alone. */
export type Target = { atLeast: number } | { atMost: number };
export type Figure = {
  what: string;
  measured: number;
  /** What it is held against, and how much that is, in the same unit. */
  beside: string;
  limit: number;
  unit: '/s' | 'ms' | 'MB' | 'RCU';
  target: Target;
};
/** What must hold whatever the speed. */
export type Check = { what: string; holds: boolean; found: string };
export type Results = { figures: Figure[]; checks: Check[] };

export const ratioOf = ({ measured, limit }: Figure): number => measured / limit;
export const isMet = (figure: Figure): boolean => {
  const ratio = ratioOf(figure);
  return 'atLeast' in figure.target ? ratio >= figure.target.atLeast : ratio <= figure.target.atMost;
};

/** The value that a share (0 to 1) of all is not above. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** How many a second, of things done one after another that took so many milliseconds each. */
export const rateOf = (milliseconds: readonly number[]): number =>
  (1_000 * milliseconds.length) / milliseconds.reduce((sum, one) => sum + one, 0);
