import { writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

/** Where a run of vitest says how many errors escaped from every test: its report in JSON does not count them. */
export const ESCAPED_FILE = 'HOAMI_ESCAPED_FILE';

/** A reporter for `vitest --reporter`, which constructs it. */
export default function reportEscaped(): Reporter {
  return {
    onTestRunEnd: (_modules, errors) => writeFileSync(process.env[ESCAPED_FILE] ?? '', String(errors.length)),
  };
}
