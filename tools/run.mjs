// Plain JavaScript for Node 14 and later, no dependencies but what install.mjs has just put there.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureInstalled, InstallError, ROOT } from './install.mjs';

/** Told apart from every exit code of the program itself: nothing was run. */
const NOT_INSTALLED = 70;
const PARENT_CHECK_MS = 250;
const OLDEST_NODE = [24, 15];
const BIN = join(ROOT, 'node_modules', '.bin');

const bundledNode = () => {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const packages = [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`];
  return packages.map((name) => join(ROOT, 'node_modules', name, 'bin', program)).find(existsSync);
};

/** The Node that came with the dependencies, or, where npm has none for the platform, this one if it is new enough. */
const findNode = () => {
  const bundled = bundledNode();
  if (bundled !== undefined) return bundled;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return process.execPath;
  throw new InstallError(
    `there is no bundled Node for ${process.platform}-${process.arch}; install Node ${OLDEST_NODE.join('.')} or later (this is ${process.version}).`,
  );
};

const environment = () => ({
  ...process.env,
  PATH: BIN + delimiter + (process.env.PATH || ''),
  // SQLite's and WASI's notices of being experimental say nothing to the person who reads the log.
  // Stripping types and compiling is most of a start, and the same every time.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || join(ROOT, 'node_modules', '.cache', 'compile'),
  // glibc keeps what was freed apart for each thread: with a few threads for files and pictures that is a good part of what a process seems to take.
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || '2',
  NODE_OPTIONS: process.env.NODE_OPTIONS === undefined ? '--disable-warning=ExperimentalWarning' : process.env.NODE_OPTIONS,
});

/**
 * A program of the product waits for others most of the time. V8 would let the place for what was just made grow to 48 MB in a burst, or while it is
 * loading, and keep it: a quarter of all memory that a gateway takes.
 */
const flagsFor = (command, [file = '']) => (command === 'node' && file.startsWith('src/main/') ? ['--max-semi-space-size=4'] : []);

/** Passes signals on. A terminal sends Ctrl-C to the child itself, and twice would read as impatience. */
const forwardSignals = (child) => {
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
};

/**
 * npm runs a script in a shell and hands SIGTERM to that shell, which dies of it without a word to us.
 * Left alone, the program would outlive the `npm start` that somebody has stopped.
 */
const endWithNpm = (child) => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  child.once('exit', () => clearInterval(watch));
};

/** Installs if need be, runs the command to its end in `cwd` and resolves to its exit code (128 + n after signal n, 70 when nothing could be run). */
export const run = async (command, args, cwd = process.cwd()) => {
  try {
    await ensureInstalled();
    const program = command === 'node' ? findNode() : command;
    return await new Promise((resolve, reject) => {
      const child = spawn(program, [...flagsFor(command, args), ...args], {
        cwd,
        stdio: 'inherit',
        env: environment(),
        shell: process.platform === 'win32' && command !== 'node',
      });
      forwardSignals(child);
      endWithNpm(child);
      child.once('error', (error) => reject(new InstallError(`${command} could not be started: ${error.message}`)));
      child.once('exit', (code, signal) => resolve(signal === null ? code : 128 + constants.signals[signal]));
    });
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    console.error(`[boot] ${error.message}`);
    return NOT_INSTALLED;
  }
};
