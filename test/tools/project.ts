import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TOOLS = join(import.meta.dirname, '..', '..', 'tools');

/** Stands in for npm: notes that it was called, empties node_modules as `npm ci` does, and ends after `ms` with `code`. */
const npmThat = (code: number, ms: number): string => `
  const { appendFileSync, mkdirSync, rmSync } = require('node:fs');
  appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
  rmSync('node_modules', { recursive: true, force: true });
  mkdirSync('node_modules');
  setTimeout(() => process.exit(${code}), ${ms});
`;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A small project with this project's start-up programs, its own lock file, and a stand-in for npm. */
export const createProject = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hoami-boot-'));
  await mkdir(join(folder, 'src', 'main'), { recursive: true });
  await cp(TOOLS, join(folder, 'tools'), { recursive: true });
  await writeFile(join(folder, 'package-lock.json'), '{"lock":1}');

  const setNpm = (code: number, ms = 0): Promise<void> => writeFile(join(folder, 'npm-cli.cjs'), npmThat(code, ms));
  await setNpm(0);

  const start = (tool: string, args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Started => {
    const child = spawn(process.execPath, [join(folder, 'tools', tool), ...args], {
      cwd: options.cwd ?? folder,
      env: { PATH: process.env['PATH'], npm_execpath: join(folder, 'npm-cli.cjs'), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    return { child, ended: once(child, 'close').then(() => ({ code: child.exitCode, output, errors })) };
  };

  return {
    folder,
    setNpm,
    start,
    boot: (script: string, env: Record<string, string> = {}): Promise<Ended> => start('boot.mjs', ['node', '-e', script], { env }).ended,
    /** How often npm was asked to install. */
    installs: async (): Promise<number> =>
      (await readFile(join(folder, 'npm.log'), 'utf8').catch(() => '')).split('\n').filter((line) => line.startsWith('ci ')).length,
    remove: (): Promise<void> => rm(folder, { recursive: true, force: true }),
  };
};
export type Project = Awaited<ReturnType<typeof createProject>>;
