import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/backend-node/**/*.test.ts'],
    globalSetup: ['tests/backend-node/pyservice.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
