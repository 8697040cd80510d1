import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startEmbeddedRedis, type EmbeddedRedis } from './embedded.ts';
import { tryLock, type Lock } from './host-lock.ts';
import { answers } from './redis.ts';

/** This process holds the embedded queue of its data directory. */
export interface Host {
  readonly role: 'host';
  readonly connection: EmbeddedRedis['connection'];
  /** Stops the queue and lets another process become the host. */
  release(): Promise<void>;
}

/** Another process holds it, and answered a moment ago. */
export interface Guest {
  readonly role: 'guest';
  readonly connection: EmbeddedRedis['connection'];
  /** What kind of process holds it. */
  readonly program: Program;
  /** True when no process is the host any more: `claimHost` again makes this one host, or guest of whoever was faster. */
  hostIsGone(): boolean;
}

/** A server stays; a shell command goes as soon as it has its answer. */
export type Program = 'server' | 'shell';

export interface ClaimOptions {
  /** What the others are told of this process, should it become the host. */
  readonly program?: Program;
  /** How long to wait for a host that has not said yet where its queue is. */
  readonly waitMs?: number;
}

const LOCK_FILE = 'queue.lock';
const ADDRESS_FILE = 'queue.json';
const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 50;
const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;

const addressSchema = z.strictObject({
  host: z.string(),
  port: z.int().min(1).max(65_535),
  password: z.string().min(1),
  program: z.enum(['server', 'shell']),
});
type Address = z.infer<typeof addressSchema>;

/**
 * Of all processes that share a data directory exactly one hosts the embedded queue, and the others are told where it is.
 * What a killed process left behind does no harm: its lock is gone, and an address counts only if a queue answers there.
 * Throws an Error when there is a host that does not answer in time.
 */
export async function claimHost(dataDirectory: string, { waitMs = WAIT_MS, program = 'server' }: ClaimOptions = {}): Promise<Host | Guest> {
  await mkdir(dataDirectory, { recursive: true, mode: OWNER_ONLY.folder });
  const lockFile = join(dataDirectory, LOCK_FILE);
  const addressFile = join(dataDirectory, ADDRESS_FILE);
  const until = Date.now() + waitMs;
  for (;;) {
    const lock = tryLock(lockFile);
    if (lock !== undefined) return await becomeHost(lock, addressFile, program);
    const address = await readAddress(addressFile);
    if (address !== undefined && (await answers(address.connection)))
      return { role: 'guest', ...address, hostIsGone: () => isFree(lockFile) };
    if (Date.now() >= until) throw new Error(`the process that holds the queue in ${dataDirectory} does not answer`);
    await sleep(LOOK_EVERY_MS);
  }
}

async function becomeHost(lock: Lock, addressFile: string, program: Program): Promise<Host> {
  let redis: EmbeddedRedis | undefined;
  const release = async (): Promise<void> => {
    await rm(addressFile, { force: true });
    await redis?.stop();
    lock.release();
  };
  try {
    redis = await startEmbeddedRedis();
    await publish(addressFile, { ...redis.connection, program });
  } catch (error) {
    await release();
    throw error;
  }
  return { role: 'host', connection: redis.connection, release };
}

/** Renamed into place, so that nobody reads half of it; only the lock's holder writes, so one name for the draft is enough. */
async function publish(addressFile: string, address: Address): Promise<void> {
  const draft = `${addressFile}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, JSON.stringify(address), { mode: OWNER_ONLY.file, flag: 'wx' });
  await rename(draft, addressFile);
}

/** Undefined when it is not there or not whole: both mean that its writer is not ready. */
async function readAddress(addressFile: string): Promise<Pick<Guest, 'connection' | 'program'> | undefined> {
  try {
    const { program, ...connection } = addressSchema.parse(JSON.parse(await readFile(addressFile, 'utf8')));
    return { connection, program };
  } catch {
    return undefined;
  }
}

function isFree(lockFile: string): boolean {
  const lock = tryLock(lockFile);
  lock?.release();
  return lock !== undefined;
}
