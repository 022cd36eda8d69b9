import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { type Entry, entries } from './entries.ts';
import { buildDirectory, projectRoot } from './places.ts';
import { versionAlone } from './version-alone.ts';

/** Packages in CommonJS, once inside a module, call a `require` that modules have not. */
const banner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** One module with all that it imports, the AWS SDK too: Lambda's own copy starts slower and drifts. */
export const bundled = {
  absWorkingDir: projectRoot,
  bundle: true,
  splitting: false,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  // React's entry point for servers has the renderer twice, and only this one makes static markup: 110 KB less.
  alias: {
    '@aws-sdk/credential-provider-node': join(projectRoot, 'infra/build/lambda-credentials.ts'),
    'react-dom/server': join(
      projectRoot,
      'node_modules/react-dom/cjs/react-dom-server-legacy.node.production.js',
    ),
  },
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [versionAlone] as Plugin[],
  banner: { js: banner },
  logLevel: 'warning',
} as const satisfies BuildOptions;

const optionsFor = (wanted: readonly Entry[], outdir = buildDirectory) =>
  ({
    ...bundled,
    entryPoints: wanted.map(({ name, file }) => ({ in: file, out: `${name}/index` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    sourcemap: 'external',
    // These come along as packages: one looks for its program beside its own file, the other is seldom needed.
    external: ['@sparticuz/chromium', 'stripe'],
    metafile: true,
  }) as const satisfies BuildOptions;

/** The very bundles in another folder, for those who only look at them. */
export const bundleInto = async (outdir: string, wanted: readonly Entry[]): Promise<void> => {
  await build({ ...optionsFor(wanted, outdir), sourcemap: false });
};

/** What the bundles are made of, without writing them. */
export const measureFunctions = async (wanted: readonly Entry[]): Promise<Metafile> => {
  const { metafile } = await build({ ...optionsFor(wanted), sourcemap: false, write: false });
  return metafile;
};

/**
 * Every function as one file, by one call of esbuild: one call a function takes minutes.
 * @throws Error that names the handlers whose file is not there
 */
export const bundleFunctions = async (wanted: readonly Entry[] = entries): Promise<Metafile> => {
  const missing = wanted.filter(({ file }) => !existsSync(join(projectRoot, file)));
  if (missing.length > 0)
    throw new Error(`These handlers are not there: ${missing.map(({ file }) => file).join(', ')}`);
  await rm(buildDirectory, { recursive: true, force: true });
  const { metafile } = await build(optionsFor(wanted));
  return metafile;
};
