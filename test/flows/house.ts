import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '#src/sandbox/sandbox.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What a program that ended has said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A real process of the product, or of a test's own variant of it. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the text was written to either stream; rejects when the program ends without it. */
  said(text: string): Promise<string>;
}

/** A folder of its own, the sandbox that everything in it pays, and the product's programs run in it as a person would run them. */
export interface House {
  readonly directory: string;
  readonly sandbox: Sandbox;
  readonly environment: Readonly<Record<string, string>>;
  start(file: string, argv?: readonly string[], more?: Readonly<Record<string, string>>): Running;
  shell(argv: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ended>;
  close(): Promise<void>;
}

/** Settings that make the programs use the given sandbox as if it were the real services. */
export function servicesOf(sandbox: Sandbox): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
    BEDROCK_ENDPOINT: sandbox.url,
    ANTHROPIC_API_KEY: sandbox.claudeKey,
    ANTHROPIC_BASE_URL: sandbox.url,
  };
}

export async function openHouse(settings: Readonly<Record<string, string>> = {}, services: SandboxOptions = {}): Promise<House> {
  const directory = await mkdtemp(join(tmpdir(), 'house-'));
  const sandbox = await startSandbox({ modelTimeMs: 0, ...services });
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compile'),
    HOAMI_DATA_DIR: join(directory, 'data'),
    PORT: '0',
    ...servicesOf(sandbox),
    ...settings,
  };
  const running = new Set<ChildProcess>();
  const start: House['start'] = (file, argv = [], more = {}) => {
    const child = spawn(process.execPath, [join(ROOT, file), ...argv], { cwd: directory, env: { ...environment, ...more } });
    running.add(child);
    return watch(child);
  };
  return {
    directory,
    sandbox,
    environment,
    start,
    shell: async (argv, more) => start('src/main/cli.ts', argv, more).ended,
    close: async () => {
      for (const child of running) child.kill('SIGKILL');
      await sandbox.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function watch(child: ChildProcess): Running {
  const texts = { out: '', err: '' };
  const changes = new EventTarget();
  const keep = (name: keyof typeof texts) => (chunk: string) => {
    texts[name] += chunk;
    changes.dispatchEvent(new Event('change'));
  };
  child.stdout?.setEncoding('utf8').on('data', keep('out'));
  child.stderr?.setEncoding('utf8').on('data', keep('err'));
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, signal: child.signalCode, ...texts }));
  const said = async (text: string): Promise<string> => {
    for (;;) {
      const all = texts.out + texts.err;
      if (all.includes(text)) return all;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended without saying “${text}”:\n${all}`);
      await Promise.race([once(changes, 'change'), ended]);
    }
  };
  return { child, ended, said };
}
