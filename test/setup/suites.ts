import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** The test files, relative to the project, that ask for a provided value by name. */
export const suitesThatNeed = (key: string): string[] =>
  globSync('test/**/*.test.ts', { cwd: ROOT })
    .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes(`inject('${key}')`))
    .toSorted();
