#!/usr/bin/env node
// The package's `hoami`: the shell's Họa Mi, run where the person stands, so that `--out cat.png` lands there.
import { join } from 'node:path';
import { ROOT } from './install.mjs';
import { run } from './run.mjs';

// npm runs a script in the package's folder and tells in INIT_CWD where it was typed.
const here = process.env.npm_lifecycle_event === 'hoami' ? process.env.INIT_CWD : undefined;
process.exitCode = await run('node', [join(ROOT, 'src', 'main', 'cli.ts'), ...process.argv.slice(2)], here ?? process.cwd());
