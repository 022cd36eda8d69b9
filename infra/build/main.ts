import { bundleFunctions } from './bundle.ts';
import { copyForDocuments, copyStripe } from './copies.ts';
import { bundleSizes, describeSizes, goalBytes } from './sizes.ts';

/** `npm run build`: every function into `.build/functions/<name>/index.mjs`. */
try {
  const started = performance.now();
  const metafile = await bundleFunctions();
  const sizes = bundleSizes(metafile);
  await copyForDocuments();
  await copyStripe(metafile);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(describeSizes(sizes));
  console.log(
    `${sizes.length} functions in ${seconds} s; ! is more than ${goalBytes / 1024} KB, beside the largest parts.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
