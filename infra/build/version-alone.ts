import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * A client of the AWS SDK imports its whole `package.json` to say which version it is. The bundles have the version
 * alone: 2 KB less a client.
 */
export const versionAlone: Plugin = {
  name: 'version-alone',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
