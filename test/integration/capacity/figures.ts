import { readFileSync } from 'node:fs';
import { actions } from '#functions/actions.ts';
import type { Capacity } from '#test/support/capacity.ts';

/** The capacity of each action that is written down, and how README shows it. */
export type Figures = Record<string, Capacity>;

export const figuresFile = new URL('figures.json', import.meta.url);
/** What follows the steps of an invoice's life. */
export const lifeFile = new URL('life.json', import.meta.url);
export const readmeFile = new URL('../../../README.md', import.meta.url);
export const writtenFigures = (): Figures => JSON.parse(readFileSync(figuresFile, 'utf8'));

const [begin, end] = ['<!-- capacity: begin -->', '<!-- capacity: end -->'];

const nameOf = (folder: string): string => folder.replaceAll('-', ' ');

/** One row for each folder of actions: `name read / write`. */
const rowsOf = (figures: Figures): string[] =>
  [...new Set(actions.map(({ folder }) => folder))].map((folder) => {
    const cells = actions
      .filter((action) => action.folder === folder)
      .map(({ name }) => ({ name, ...(figures[name] ?? { read: Number.NaN, write: Number.NaN }) }))
      .map(({ name, read, write }) => `\`${name}\` ${read} / ${write}`);
    return `| ${nameOf(folder)} | ${cells.join(' · ')} |`;
  });

/** README with the table made anew. @throws Error where it has no place for one */
export const readmeWith = (readme: string, figures: Figures): string => {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README lacks ${begin} … ${end}`);
  const table = ['| | action, read / write |', '|---|---|', ...rowsOf(figures)].join('\n');
  return `${readme.slice(0, from)}${begin}\n${table}\n${readme.slice(to)}`;
};
