import { defineConfig } from 'vitest/config';

/** Unit and template tests need nothing; integration tests run against one service that is started for all of them. */
const shared = { testTimeout: 60_000, hookTimeout: 180_000 };
/**
 * Long or heavy runs, and those that a busy machine can fail by its time limits: `npm run test:all` takes them along.
 */
const long = [
  'test/integration/model/**',
  'test/integration/search/cost.test.ts',
  'test/integration/numbering/audit.test.ts',
  'test/integration/payments/search.test.ts',
  'test/integration/invoices/{crashes,workers,contention,numbering,edit,edit-effects,edit-races,bulk-finalize-within,send-and-edit,history,history-pages,property-history,actions}.test.ts',
];
const exclude = process.env.QUITTANCE_TESTS === 'all' ? [] : long;
const root = new URL('..', import.meta.url).pathname;

export default defineConfig({
  root,
  test: {
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
          ...shared,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude,
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
      { root, test: { ...shared, name: 'e2e', include: ['test/e2e/**/*.test.ts'] } },
    ],
  },
});
