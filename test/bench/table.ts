import { type Check, type Figure, isMet, type Results, ratioOf } from './figures.ts';

/** The figures as people read them: on a terminal, and in README. */

const rounded = (value: number): string => {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value
    .toFixed(digits)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
};
const amountOf = (value: number, unit: Figure['unit']): string =>
  unit === '/s' ? `${rounded(value)}/s` : `${rounded(value)} ${unit}`;
const targetOf = ({ target }: Figure): string =>
  'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;

const heads = ['what', 'measured', 'beside', 'ratio', 'target', ''];
const cellsOf = (figure: Figure): string[] => [
  figure.what,
  amountOf(figure.measured, figure.unit),
  `${amountOf(figure.limit, figure.unit)} ${figure.beside}`,
  ratioOf(figure).toFixed(2),
  targetOf(figure),
  isMet(figure) ? 'met' : 'MISSED',
];

/** Columns of a width, for a terminal. */
export const plainTable = (figures: readonly Figure[]): string => {
  const rows = [heads, ...figures.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
export const plainChecks = (checks: readonly Check[]): string =>
  checks.map(({ what, holds, found }) => `${holds ? 'holds ' : 'FAILED'}  ${what}: ${found}`).join('\n');

const [begin, end] = ['<!-- bench: begin -->', '<!-- bench: end -->'];
const markdown = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** README with its table made anew. @throws Error where it has no place for one */
export const readmeWith = (readme: string, { figures }: Results, machine: string): string => {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README lacks ${begin} … ${end}`);
  const table = [markdown(heads), markdown(heads.map(() => '---')), ...figures.map(cellsOf).map(markdown)];
  return `${readme.slice(0, from)}${begin}\n${machine}\n\n${table.join('\n')}\n${readme.slice(to)}`;
};
