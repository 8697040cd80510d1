import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClipKey, Clips } from '#src/core/clips.ts';
import { Refusal } from '#src/core/failure.ts';
import { codeOf, isNoRoom, syncFolder } from './files.ts';
import { requireClipKey, sha256OfFile } from './key.ts';

/** Clips as files under a folder, which is made when it is first needed: `ab/abcd….mp4`. A file has no link that others could open. */
export function createDiskClips(folder: string): Clips {
  const pathOf = (key: ClipKey): string => {
    requireClipKey(key);
    return join(folder, key.slice(0, 2), key);
  };
  return {
    async keep(path) {
      const key = `${(await sha256OfFile(path)).toString('hex')}.mp4`;
      try {
        await copyWhole(path, pathOf(key));
      } catch (error) {
        throw isNoRoom(error) ? new Refusal('storage-full', {}, error) : error;
      }
      return key;
    },
    async open(key, range) {
      const path = pathOf(key);
      const { size } = await stat(path).catch((error: unknown) => {
        throw codeOf(error) === 'ENOENT' ? new Refusal('clip-gone', {}, error) : error;
      });
      return { sizeBytes: size, bytes: createReadStream(path, range === undefined ? {} : { start: range.from, end: range.to }) };
    },
    link: () => Promise.resolve(undefined),
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
  };
}

/** A clip is there with all its bytes or not at all, whenever the power goes: it is copied aside, flushed, and then takes its name. */
async function copyWhole(from: string, path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await copyFile(from, aside);
    const file = await open(aside, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}
