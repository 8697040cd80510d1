import { join } from 'node:path';
import { createDiskBlobs } from '#workers/blobs/disk.ts';
import type { Thumbnails } from '#workers/images/thumbnails.ts';
import type { Config } from '../config.ts';
import type { Blobs } from '../core/blobs.ts';
import type { Log } from '../core/log.ts';

export interface Pictures {
  readonly blobs: Blobs;
  readonly thumbnails: Thumbnails;
}

/**
 * Where pictures are kept, and made narrow. What is built on a large library takes its memory when the first picture is asked for: a gateway that
 * answers in a chat sees none.
 */
export function openPictures({ dataDir, s3 }: Pick<Config, 'dataDir' | 's3'>, log: Log): Pictures {
  const kept = s3 === undefined ? createDiskBlobs(join(dataDir, 'blobs')) : createLateBlobs(async () => openS3(s3));
  const opened = createLate(async () => {
    const { createThumbnails } = await import('#workers/images/thumbnails.ts');
    return createThumbnails({ blobs: kept, folder: join(dataDir, 'thumbnails'), log });
  });
  const thumbnails: Thumbnails = {
    get: async (...picture) => (await opened()).get(...picture),
    forget: async (key) => (await opened()).forget(key),
  };
  // A picture that is removed is gone from where it was made narrow, too.
  const remove: Blobs['remove'] = async (key) => {
    await thumbnails.forget(key);
    await kept.remove(key);
  };
  return { blobs: { ...kept, remove }, thumbnails };
}

async function openS3(s3: NonNullable<Config['s3']>): Promise<Blobs> {
  const { createS3Blobs } = await import('#workers/blobs/s3.ts');
  return createS3Blobs(s3);
}

function createLateBlobs(open: () => Promise<Blobs>): Blobs {
  const opened = createLate(open);
  return {
    put: async (media) => (await opened()).put(media),
    get: async (key) => (await opened()).get(key),
    remove: async (key) => (await opened()).remove(key),
  };
}

/** Opened when somebody first asks for it, once. */
function createLate<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined;
  return async () => (opened ??= open());
}
