import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run outages`, with `--long` for outages as long as real ones; further words choose stories by the names of their files. */
const [...words] = process.argv.slice(2);
const stories = words.filter((word) => word !== '--long').map((word) => `test/proof/outages/${word}`);
const environment = { ...process.env, HOAMI_TEST_LONG: String(words.includes('--long')) };
// One after the other, so that what is measured is the outage and not the neighbour.
const args = ['run', '--no-file-parallelism', '--reporter=verbose', ...(stories.length === 0 ? ['test/proof/outages'] : stories)];
const { status } = spawnSync('vitest', args, { cwd: join(import.meta.dirname, '../../..'), env: environment, stdio: 'inherit' });
process.exitCode = status ?? 1;
