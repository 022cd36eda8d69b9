import { recordedAs } from './recorded-calls.ts';

/** The handler of a function, by its file: `#functions/<folder>/<name>.ts`. */
// biome-ignore lint/suspicious/noExplicitAny: who loads a function knows what wakes it
export const handlerOf = async (path: string): Promise<any> => {
  const { handler } = await import(path);
  const name = path.replace(/^.*\/(.+)\.ts$/, '$1');
  return recordedAs(name, handler);
};
