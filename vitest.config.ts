import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Tests load the built-in model and native indexes: a few workers are faster than many.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
