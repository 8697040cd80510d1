import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobKey, Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import { codeOf, isNoRoom, syncFolder } from './files.ts';
import { checkedMedia, keyOf, typeOfKey } from './key.ts';

/** Pictures as files under a folder, which is made when it is first needed: `ab/cd/abcd….png`. */
export function createDiskBlobs(folder: string): Blobs {
  const pathOf = (key: BlobKey): string => join(folder, key.slice(0, 2), key.slice(2, 4), key);
  return {
    async put(media) {
      const key = keyOf(media);
      try {
        await writeWhole(pathOf(key), media.bytes);
      } catch (error) {
        throw isNoRoom(error) ? new Refusal('storage-full', {}, error) : error;
      }
      return key;
    },
    async get(key) {
      typeOfKey(key);
      try {
        return checkedMedia(key, await readFile(pathOf(key)));
      } catch (error) {
        throw codeOf(error) === 'ENOENT' ? new Refusal('picture-gone', {}, error) : error;
      }
    },
    async remove(key) {
      typeOfKey(key);
      await rm(pathOf(key), { force: true });
    },
  };
}

/** A file is there with all its bytes or not at all, whenever the power goes: it is written aside, flushed, and then takes its name. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.${randomUUID()}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(bytes);
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
