import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/provide.ts'],
    // What is waited for comes in a moment, and on a busy machine in many: nothing but a failure takes so long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // One file for each core: much of what the tests do is wait for real servers and processes. More would starve the embedded Redis.
    maxWorkers: availableParallelism(),
  },
});
