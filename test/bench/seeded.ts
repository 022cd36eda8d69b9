import { headersOf, writeHeaders } from '#test/integration/search/seed.ts';
import { type Http, httpClient, sideBySide } from './http.ts';
import type { Sizes } from './measurement.ts';
import { type Program, startProgram } from './program.ts';

/** A program with accounts full of invoices, the smallest first. */
export type SeededAccount = { id: string; count: number; http: Http };
export type Seeded = { program: Program; accounts: readonly SeededAccount[]; stop: () => Promise<void> };

const atOnce = 500;

const fill = async (
  program: Program,
  count: number,
  progress: (line: string) => void,
): Promise<SeededAccount> => {
  const { id, token } = await program.newAccount();
  const today = new Date().toISOString().slice(0, 10);
  const headers = headersOf({ accountId: id, count, shards: 1, today, seed: 3 });
  let done = 0;
  const pieces = Array.from({ length: Math.ceil(count / atOnce) }, (_, piece) =>
    headers.slice(piece * atOnce, (piece + 1) * atOnce),
  );
  await sideBySide(8, pieces, async (piece) => {
    await writeHeaders(program.table, piece);
    done += piece.length;
    if (done % 10_000 < atOnce) progress(`an account of ${count} invoices: ${done} are there`);
  });
  return { id, count, http: httpClient(program.baseUrl, token) };
};

export const startSeeded = async (sizes: Sizes, progress: (line: string) => void): Promise<Seeded> => {
  const program = await startProgram({ stream: false });
  const accounts: SeededAccount[] = [];
  for (const count of sizes.accounts) accounts.push(await fill(program, count, progress));
  return { program, accounts, stop: program.stop };
};

/** The fullest account. */
export const largestOf = ({ accounts }: Seeded): SeededAccount => {
  const largest = accounts.at(-1);
  if (largest === undefined) throw new Error('no account was filled');
  return largest;
};
