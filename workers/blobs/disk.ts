import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobKey, Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import { codeOf, isNoRoom, placeWhole } from './files.ts';
import { checkedMedia, keyOf, typeOfKey } from './key.ts';

/** Pictures as files under a folder, which is made when it is first needed: `ab/cd/abcd….png`. */
export function createDiskBlobs(folder: string): Blobs {
  const pathOf = (key: BlobKey): string => join(folder, key.slice(0, 2), key.slice(2, 4), key);
  return {
    async put(media) {
      const key = keyOf(media);
      try {
        await placeWhole(folder, pathOf(key), (aside) => writeFile(aside, media.bytes, { flag: 'wx', flush: true }));
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
