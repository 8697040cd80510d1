// Plain JavaScript for Node 14 and later, no dependencies: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMP = join(ROOT, 'node_modules', '.boot-stamp');
/** Outside node_modules, which `npm ci` removes. Making a folder either succeeds for exactly one process or fails. */
const LOCK = join(ROOT, '.boot-lock');
const HEARTBEAT_MS = 1000;
const ABANDONED_MS = 15000;

/** The dependencies could not be installed. The message is for the person at the terminal. */
export class InstallError extends Error {}

const wanted = () => {
  const lockFile = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  return `${lockFile} ${process.platform} ${process.arch}\n`;
};

const isInstalled = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted();

/** The npm that started us if one did: it may be the only one on this machine. */
const npmCommand = () => {
  const path = process.env.npm_execpath;
  if (path !== undefined && /npm-cli\.c?js$/.test(path)) return { command: process.execPath, leading: [path] };
  return { command: 'npm', leading: [] };
};

/** Development packages and the bundled Node (an optional package) are always wanted, whatever the person's npm settings leave out. */
const npmCi = () =>
  new Promise((resolve, reject) => {
    const { command, leading } = npmCommand();
    const args = [...leading, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' && leading.length === 0 });
    const stop = (signal) => npm.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
    npm.once('error', (error) =>
      reject(new InstallError(`npm could not be started (${error.message}). It comes with Node.js: https://nodejs.org`)),
    );
    npm.once('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(name, stop);
      if (code === 0) resolve();
      else if (signal !== null) reject(new InstallError(`installing was interrupted (${signal}); the next start begins it again.`));
      else
        reject(
          new InstallError(`npm ci failed (exit code ${code}): its own message is above. Is there a connection, and room on the disk?`),
        );
    });
  });

const isAbandoned = () => {
  try {
    return Date.now() - statSync(LOCK).mtimeMs > ABANDONED_MS;
  } catch {
    return false; // Gone in the meantime: the next try to take it will tell.
  }
};

const takeLock = () => {
  try {
    if (isAbandoned()) rmdirSync(LOCK);
    mkdirSync(LOCK);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST' || error.code === 'ENOENT') return false;
    throw new InstallError(`${ROOT} cannot be written to (${error.code}), so the dependencies cannot be installed.`);
  }
};

const waitForAnother = async () => {
  console.error('[boot] waiting for another start that is installing ...');
  while (existsSync(LOCK) && !isAbandoned()) await new Promise((resolve) => setTimeout(resolve, HEARTBEAT_MS / 4));
};

/**
 * Makes node_modules what the lock file says; costs one hash when it already is.
 * Of several processes at once one installs and the others wait; an interrupted or failed installation is begun again by the next.
 */
export const ensureInstalled = async () => {
  while (!isInstalled()) {
    if (!takeLock()) {
      await waitForAnother();
      continue;
    }
    // While the lock's time moves on its owner is alive: a killed one leaves it standing still.
    const heartbeat = setInterval(() => utimesSync(LOCK, new Date(), new Date()), HEARTBEAT_MS);
    try {
      if (isInstalled()) return;
      console.error('[boot] installing dependencies (npm ci) ...');
      if (existsSync(STAMP)) unlinkSync(STAMP);
      await npmCi();
      writeFileSync(STAMP, wanted());
    } finally {
      clearInterval(heartbeat);
      rmdirSync(LOCK);
    }
  }
};
