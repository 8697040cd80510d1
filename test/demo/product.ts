import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const STOP_MS = 10_000;

/** The product itself, all in one process and on its sandbox, as `npm start` runs it. */
export interface Product {
  /** Resolves when the process is gone, to its exit code. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Starts the product in a folder of its own, which goes with it. What it logs goes to this program's own error stream. */
export async function startProduct(settings: Readonly<Record<string, string>>): Promise<Product> {
  const directory = await mkdtemp(join(tmpdir(), 'hoami-demo-'));
  const child = spawn(process.execPath, [join(ROOT, 'src', 'main', 'all.ts')], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compile'),
      HOAMI_DATA_DIR: join(directory, 'data'),
      HOAMI_SANDBOX: 'on',
      HOAMI_LOG_LEVEL: 'warn',
      PORT: '0',
      ...settings,
    },
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  const isReady = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!isReady) throw new Error('the product did not start; what it said stands above');
  // It says nothing more that anybody has to read, but a full pipe would hold it up.
  child.stdout.resume();
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(impatience);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
