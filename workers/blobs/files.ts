import { open } from 'node:fs/promises';

const NO_ROOM = ['ENOSPC', 'EDQUOT'];

/** The name is as durable as the bytes only when the folder was flushed, too. Windows has no such thing. */
export async function syncFolder(path: string): Promise<void> {
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
