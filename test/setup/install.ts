import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const POLICY = '/usr/sbin/policy-rc.d';
const APT_OPTIONS = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];

const isDebian = (): boolean => existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Installing harms nobody only on a machine made for this run: Debian, root, CI=true. */
export const mayInstall = (): boolean => process.env['CI'] === 'true' && process.getuid?.() === 0 && isDebian();

const aptGet = (...args: string[]): void => {
  const { status } = spawnSync('apt-get', [...APT_OPTIONS, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed (${status})`);
};

/** Debian starts a server as soon as it is installed, unless this file says 101: "action forbidden by policy". */
const withoutStartingServices = (work: () => void): void => {
  if (existsSync(POLICY)) return work();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
  chmodSync(POLICY, 0o755);
  try {
    work();
  } finally {
    rmSync(POLICY);
  }
};

/** Installs Debian packages and starts none of their services. Throws when apt-get fails; its own words are on standard error. */
export const install = (packages: readonly string[]): void => {
  console.error(`[test] installing ${packages.join(', ')} ...`);
  withoutStartingServices(() => {
    aptGet('update');
    aptGet('install', '--yes', '--no-install-recommends', ...packages);
  });
};
