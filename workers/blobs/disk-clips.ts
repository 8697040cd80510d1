import { createReadStream } from 'node:fs';
import { copyFile, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipKey, Clips } from '#src/core/clips.ts';
import { Refusal } from '#src/core/failure.ts';
import { codeOf, isNoRoom, placeWhole } from './files.ts';
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
        await placeWhole(folder, pathOf(key), (aside) => copyFlushed(path, aside));
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

async function copyFlushed(from: string, into: string): Promise<void> {
  await copyFile(from, into);
  const file = await open(into, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
