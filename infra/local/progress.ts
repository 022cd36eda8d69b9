import { styleText } from 'node:util';

/** What a start tells while it goes on: a line for each step, with the seconds since the beginning. */
export type Progress = {
  step(what: string): void;
  /** A step in parts, on one line that is rewritten where the output is a terminal. */
  count(what: string, done: number, total: number): void;
};

type Output = NodeJS.WritableStream & { isTTY?: boolean };

export const createProgress = (output: Output): Progress => {
  const begun = performance.now();
  const line = (what: string): string => {
    const seconds = `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
    return `  ${styleText('dim', seconds.padStart(7), { stream: output })}  ${what}`;
  };
  return {
    step: (what) => void output.write(`${line(what)}\n`),
    count: (what, done, total) => {
      const text = line(`${what} ${String(done).padStart(String(total).length)}/${total}`);
      if (output.isTTY) output.write(`\r${text}${done === total ? '\n' : ''}`);
      else if (done === total || done % 20 === 0) output.write(`${text}\n`);
    },
  };
};
