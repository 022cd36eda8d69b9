import { defineConfig } from 'vitest/config';

/** `npm run test:deployed`: the stacks as `npm run deploy` deploys them, on a whole AWS on this machine. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/deployed/**/*.test.ts'],
    globalSetup: ['test/deployed/deployment.ts'],
    testTimeout: 300_000,
    hookTimeout: 900_000,
    maxWorkers: 1,
  },
});
