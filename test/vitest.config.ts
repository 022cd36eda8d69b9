import { defineConfig } from 'vitest/config';

/** Unit and template tests need nothing; integration tests run against services that are started for them. */
const shared = { testTimeout: 180_000, hookTimeout: 300_000 };
/**
 * Searches through what can happen: random models, every interleaving, a crash at every call. `npm run test:deep` runs
 * them, and `npm run test:all` at their full size, with what takes minutes and finds what shorter ones find sooner.
 */
const deep = 'test/integration/**/*.deep.test.ts';
const root = new URL('..', import.meta.url).pathname;
const integrated = {
  ...shared,
  globalSetup: ['test/support/calls-folder.ts', 'test/support/global-setup.ts'],
  setupFiles: ['test/support/lent-service.ts', 'test/support/note-test-file.ts'],
};

export default defineConfig({
  root,
  test: {
    // They wait for the emulators more than they compute.
    maxWorkers: 2,
    projects: [
      {
        root,
        test: {
          ...shared,
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/infra/**/*.test.ts'],
        },
      },
      {
        root,
        test: {
          ...integrated,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: [deep],
        },
      },
      { root, test: { ...integrated, name: 'deep', include: [deep] } },
      {
        root,
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/calls-folder.ts'],
          setupFiles: ['test/support/note-test-file.ts'],
        },
      },
      {
        root,
        test: {
          ...shared,
          name: 'policies',
          include: ['test/policies/**/*.test.ts'],
          globalSetup: ['test/support/calls-folder.ts'],
          // They judge what the others recorded, and so come last.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
