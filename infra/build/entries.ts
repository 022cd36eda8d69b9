import { actions } from '#functions/actions.ts';
import { workers } from '#functions/workers.ts';

/** A Lambda's name and the file of its handler, from the project's root. */
export type Entry = { name: string; file: string };

/** Answers what no route matches. */
export const defaultRoute: Entry = { name: 'default-route', file: 'functions/meta/default-route.ts' };

/** Every Lambda that is built and deployed. */
export const entries: readonly Entry[] = [
  defaultRoute,
  ...actions.map(({ name, folder }) => ({ name, file: `functions/${folder}/${name}.ts` })),
  ...workers.map(({ name }) => ({ name, file: `functions/workers/${name}.ts` })),
];
