import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const NO_ROOM = ['ENOSPC', 'EDQUOT'];

/** Below the folder that files are placed in: what a death in the middle of writing leaves. */
export const UNFINISHED = 'unfinished';

/**
 * Makes a file that is there with all its bytes or not at all, whenever the power goes: `make` writes and flushes it aside, and then it takes its name.
 * `root`: the folder that has the name somewhere below it, and aside as well.
 */
export async function placeWhole(root: string, path: string, make: (aside: string) => Promise<void>): Promise<void> {
  const aside = join(root, UNFINISHED, randomUUID());
  for (const file of [path, aside]) await mkdir(dirname(file), { recursive: true });
  try {
    await make(aside);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** The name is as durable as the bytes only when the folder was flushed, too. Windows has no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What the system calls a failure, such as `ENOENT`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Whether the disk is full, or this user's part of it. */
export const isNoRoom = (error: unknown): boolean => NO_ROOM.includes(codeOf(error) ?? '');
