import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { TestUserConfig } from 'vitest/config';
import { defineConfig } from 'vitest/config';

/** For `npm test`: what every test came to, and how many errors escaped from all of them, which the report does not tell. */
const reportersInto = (folder: string): NonNullable<TestUserConfig['reporters']> => [
  'default',
  ['json', { outputFile: join(folder, 'tests.json') }],
  { onTestRunEnd: (_modules, errors) => writeFileSync(join(folder, 'escaped'), String(errors.length)) },
];
const folder = process.env['TEST_REPORT_FOLDER'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: folder === undefined ? ['default'] : reportersInto(folder),
    globalSetup: ['test/setup/provide.ts'],
    // What is waited for comes in a moment, and on a busy machine in many: nothing but a failure takes so long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // One file for each core: much of what the tests do is wait for real servers and processes. More would starve the embedded Redis.
    maxWorkers: availableParallelism(),
  },
});
