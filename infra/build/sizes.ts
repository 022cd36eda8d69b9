import type { Metafile } from 'esbuild';

/** Bytes of a function's code, and of the largest packages in it. */
export type BundleSize = { name: string; bytes: number; largest: readonly (readonly [string, number])[] };

/** A cold start reads all of it. */
export const goalBytes = 700 * 1024;

const packageOf = (path: string): string => {
  const inside = path.split('node_modules/').at(-1) ?? path;
  if (inside === path) return path.split('/').slice(0, 2).join('/');
  const [first = '', second = ''] = inside.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
};

/** The size of every function and what it is made of, largest first. */
export const bundleSizes = ({ outputs }: Metafile): BundleSize[] =>
  Object.entries(outputs)
    .filter(([path]) => path.endsWith('.mjs'))
    .map(([path, { bytes, inputs }]) => {
      const parts = new Map<string, number>();
      for (const [file, { bytesInOutput }] of Object.entries(inputs))
        parts.set(packageOf(file), (parts.get(packageOf(file)) ?? 0) + bytesInOutput);
      const largest = [...parts].sort(([, a], [, b]) => b - a).slice(0, 5);
      return { name: path.split('/').at(-2) ?? path, bytes, largest };
    })
    .sort((a, b) => b.bytes - a.bytes);

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KB`;

/** A table of sizes for people to read. */
export const describeSizes = (sizes: readonly BundleSize[]): string =>
  sizes
    .map(({ name, bytes, largest }) => {
      const parts = largest.map(([part, size]) => `${part} ${kilobytes(size)}`).join(', ');
      return `${bytes > goalBytes ? '!' : ' '} ${name.padEnd(28)}${kilobytes(bytes).padStart(8)}  ${parts}`;
    })
    .join('\n');
