import { join } from 'node:path';
import { createDiskClips } from '#workers/blobs/disk-clips.ts';
import { createDiskBlobs } from '#workers/blobs/disk.ts';
import { UNFINISHED } from '#workers/blobs/files.ts';
import type { Thumbnails } from '#workers/images/thumbnails.ts';
import type { Config } from '../config.ts';
import type { Blobs } from '../core/blobs.ts';
import { CLIP_KEY_PATTERN, type Clips } from '../core/clips.ts';
import { startClearingWork } from './clearing.ts';
import { createLate } from './late.ts';
import type { Opened } from './run.ts';

export interface Pictures {
  /** Of pictures; it removes clips as well, which are told apart by their keys. */
  readonly blobs: Blobs;
  readonly clips: Clips;
  readonly thumbnails: Thumbnails;
}

/**
 * Where pictures are kept, and made narrow. What is built on a large library takes its memory when the first picture is asked for: a gateway that
 * answers in a chat sees none.
 */
export function openPictures({ dataDir, s3 }: Pick<Config, 'dataDir' | 's3'>, { log, defer }: Pick<Opened, 'log' | 'defer'>): Pictures {
  if (s3 === undefined) for (const name of ['blobs', 'clips']) defer(startClearingWork(join(dataDir, name, UNFINISHED), log));
  const kept = s3 === undefined ? createDiskBlobs(join(dataDir, 'blobs')) : createLateBlobs(async () => openS3(s3));
  const clips = s3 === undefined ? createDiskClips(join(dataDir, 'clips')) : createLateClips(async () => openS3Clips(s3));
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
    if (CLIP_KEY_PATTERN.test(key)) return clips.remove(key);
    await thumbnails.forget(key);
    await kept.remove(key);
  };
  return { blobs: { ...kept, remove }, clips, thumbnails };
}

async function openS3(s3: NonNullable<Config['s3']>): Promise<Blobs> {
  const { createS3Blobs } = await import('#workers/blobs/s3.ts');
  return createS3Blobs(s3);
}

async function openS3Clips(s3: NonNullable<Config['s3']>): Promise<Clips> {
  const { createS3Clips } = await import('#workers/blobs/s3-clips.ts');
  return createS3Clips(s3);
}

function createLateClips(open: () => Promise<Clips>): Clips {
  const opened = createLate(open);
  return {
    keep: async (path) => (await opened()).keep(path),
    open: async (...clip) => (await opened()).open(...clip),
    link: async (...clip) => (await opened()).link(...clip),
    remove: async (key) => (await opened()).remove(key),
  };
}

function createLateBlobs(open: () => Promise<Blobs>): Blobs {
  const opened = createLate(open);
  return {
    put: async (media) => (await opened()).put(media),
    get: async (key) => (await opened()).get(key),
    remove: async (key) => (await opened()).remove(key),
  };
}
