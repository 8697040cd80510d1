import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A user of the system, by number. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Something tests talk to: a server's URL or a program's path. `stop` is called once, at the end of the run. */
export interface Service {
  readonly address: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly address: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The server's own temporary folder: it runs in it, and the folder is removed when the server ends. */
  readonly folder: string;
  readonly account?: Account | undefined;
  /** True as soon as the server answers in its own protocol. */
  readonly answers: () => Promise<boolean>;
}

const START_LIMIT_MS = 30_000;
const POLL_MS = 25;
const OUTPUT_LIMIT = 4_000;

/** A loopback port that nobody listened on a moment ago. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
};

/**
 * Starts a server on a leash: it ends with `stop`, and also when this process ends in any way at all.
 * Settles when the server answers; throws, with the server's last words, when it ended or stayed silent for 30 seconds.
 */
export const startServer = async (options: ServerOptions): Promise<Service> => {
  const { command, args, folder, account, address, answers } = options;
  const leash = spawn(process.execPath, [join(import.meta.dirname, 'leash.ts'), JSON.stringify({ command, args, folder, account })], {
    detached: true, // Ctrl-C in a terminal must not reach the server before the tests have finished with it.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(leash, 'exit');
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-OUTPUT_LIMIT);
  };
  leash.stdout.on('data', keep);
  leash.stderr.on('data', keep);

  const stop = async (): Promise<void> => {
    leash.stdin.end();
    await ended;
  };

  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers())) {
    if (leash.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`${command} did not start:\n${output}`);
    }
    await wait(POLL_MS);
  }
  return { address, stop };
};
