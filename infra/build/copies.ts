import { cp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { fontFamilies, fontFiles } from '#lib/documents/fonts.ts';
import { bundled } from './bundle.ts';
import { buildDirectory, projectRoot } from './places.ts';

const installed = join(projectRoot, 'node_modules');
const beside = join(buildDirectory, 'render-pdf', 'node_modules');

/** Chromium's package with what it depends on in one file, which finds the compressed program at `../bin`. */
const copyChromium = async (): Promise<void> => {
  const name = '@sparticuz/chromium';
  await build({
    ...bundled,
    entryPoints: [join(installed, name, 'build', 'index.js')],
    outfile: join(beside, name, 'build', 'index.js'),
  });
  for (const part of ['package.json', 'LICENSE', 'bin'])
    await cp(join(installed, name, part), join(beside, name, part), { recursive: true });
};

/** The slices that documents are set with, under the names by which Node finds their packages. */
const copyFonts = async (): Promise<void> => {
  const packages = fontFamilies.map((family) => family.package);
  const others = packages.flatMap((name) => [`${name}/package.json`, `${name}/LICENSE`]);
  for (const file of new Set([...fontFiles(), ...others]))
    await cp(join(installed, file), join(beside, file));
};

/** What `render-pdf` needs beside its code. */
export const copyForDocuments = async (): Promise<void> => {
  await copyChromium();
  await copyFonts();
};

/** The functions whose code imports a package that comes along. */
const importersOf = ({ outputs }: Metafile, name: string): string[] =>
  Object.entries(outputs)
    .filter(([, { imports }]) => imports.some(({ path, external }) => external && path === name))
    .map(([path]) => join(projectRoot, dirname(path)));

/** Stripe's package in one file, beside each function that may need it: read at first use, not at the start. */
export const copyStripe = async (metafile: Metafile): Promise<void> => {
  const name = 'stripe';
  const made = join(buildDirectory, '..', 'packages', name);
  await build({
    ...bundled,
    entryPoints: [join(installed, name, 'esm', 'stripe.esm.node.js')],
    outfile: join(made, 'index.mjs'),
  });
  await writeFile(
    join(made, 'package.json'),
    JSON.stringify({ name, type: 'module', exports: './index.mjs', license: 'MIT' }),
  );
  await cp(join(installed, name, 'LICENSE'), join(made, 'LICENSE'));
  for (const folder of importersOf(metafile, name))
    await cp(made, join(folder, 'node_modules', name), { recursive: true });
};
