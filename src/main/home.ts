import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The folder of this installation. */
export const HOME = join(import.meta.dirname, '..', '..');

const packageSchema = z.object({ version: z.string() });

/** The version of this installation. */
export function readVersion(): string {
  return packageSchema.parse(JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8'))).version;
}
