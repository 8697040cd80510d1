import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/provide.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // One file for each core: much of what the tests do is wait for real servers and processes. More would starve the embedded Redis.
    maxWorkers: availableParallelism(),
  },
});
