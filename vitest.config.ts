import { defineConfig } from 'vitest/config';

const patient = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'gateway',
          include: ['tests/backend-node/**/*.test.ts'],
          globalSetup: ['tests/backend-node/pyservice.ts'],
          ...patient,
        },
      },
      { test: { name: 'app', include: ['tests/frontend/**/*.test.{ts,tsx}'], ...patient } },
      {
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          // Each story has both services and a browser of its own: one at a time, so that they do not starve each other.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
