import { defineConfig } from 'vitest/config';

/** The tests that the domain's mutants have to get past: those that need nothing but the domain. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: { include: ['test/unit/{domain,exports}/**/*.test.ts'], testTimeout: 60_000 },
});
