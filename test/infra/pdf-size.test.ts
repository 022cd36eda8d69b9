import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workers } from '#functions/workers.ts';
import { measureFunctions } from '#infra/build/bundle.ts';
import { entries } from '#infra/build/entries.ts';
import { projectRoot } from '#infra/build/places.ts';
import { bundleSizes } from '#infra/build/sizes.ts';
import { fontFiles } from '#lib/documents/fonts.ts';

/** Lambda takes so much of a function, unpacked. */
const mostBytes = 250 * 1024 * 1024;
const name = 'render-pdf';

const installed = (file: string): string => join(projectRoot, 'node_modules', file);
const sizeOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + statSync(file).size, 0);
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

it('PDF-3: the PDF’s function fits Lambda with Chromium and its fonts, unpacked', {
  timeout: 120_000,
}, async () => {
  const [code] = bundleSizes(await measureFunctions(entries.filter((entry) => entry.name === name)));
  // What infra/build/copies.ts puts beside the code.
  const [chromium, fonts] = [
    sizeOf(filesIn(installed('@sparticuz/chromium'))),
    sizeOf([...new Set(fontFiles())].map(installed)),
  ];
  expect(Math.min(code?.bytes ?? 0, chromium, fonts)).toBeGreaterThan(100_000);
  expect((code?.bytes ?? mostBytes) + chromium + fonts).toBeLessThan(mostBytes);
});

it('gives Chromium the memory that it needs, on the processor that it is made for', () => {
  const worker = workers.find((one) => one.name === name);
  expect(worker?.architecture).toBe('x64');
  expect(worker?.memoryMb).toBeGreaterThanOrEqual(2_048);
});
