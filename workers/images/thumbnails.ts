import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { BlobKey, Blobs } from '#src/core/blobs.ts';
import type { Log } from '#src/core/log.ts';
import type { Media } from '#src/core/media.ts';
import { createTurns } from '#src/core/turns.ts';
import { packetFor, type Marking } from './grid.ts';
import { DECODED_PIXELS_MAX, setUpSharp } from './sharp.ts';

/** Pictures made narrow for pages that show many of them. */
export interface Thumbnails {
  /** Resolves with the picture at most so wide, as WebP that says how it came to be, as its marking has it. Throws Refusal `picture-gone` when there is no such picture. */
  get(key: BlobKey, width: number, marking: Marking): Promise<Media>;
  /** Resolves once nothing of the picture is kept here any more. */
  forget(key: BlobKey): Promise<void>;
}

export interface ThumbnailOptions {
  readonly blobs: Pick<Blobs, 'get'>;
  /** Where they are kept, so that each is made once. It may be thrown away at any time. */
  readonly folder: string;
  readonly log: Log;
  /** What is kept at most: beyond it the ones that were not asked for longest go. */
  readonly bytesMax?: number;
}

const BYTES_MAX = 512 * 1024 * 1024;
/** Looking at a folder of thousands of files takes a moment, so not every time. */
const TIDY_EVERY = 200;
const DECODES_MAX = 2;
/** A file is marked as asked for at most once a day. */
const FRESH_MS = 86_400_000;

const prefixOf = (key: BlobKey): string => createHash('sha256').update(key).digest('hex').slice(0, 40);

/** A disk that is full or may not be written to makes them slower and no more: then each is made anew. */
export function createThumbnails({ blobs, folder, log, bytesMax = BYTES_MAX }: ThumbnailOptions): Thumbnails {
  setUpSharp();
  const turns = createTurns(DECODES_MAX);
  const making = new Map<string, Promise<Media>>();
  let made = 0;

  async function make(key: BlobKey, width: number, marking: Marking, path: string): Promise<Media> {
    const { bytes } = await blobs.get(key);
    const small = await turns.take(AbortSignal.timeout(60_000), async () => shrink(bytes, width, marking));
    await keep(path, small).catch((error: unknown) => log.warn('thumbnail-unkept', {}, error));
    return { bytes: small, type: 'image/webp' };
  }

  async function keep(path: string, bytes: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true });
    // Another process may read it while it is written.
    const aside = `${path}.${randomUUID()}`;
    await writeFile(aside, bytes);
    await rename(aside, path);
    made += 1;
    if (made % TIDY_EVERY === 0) await tidy(folder, bytesMax);
  }

  return {
    get: async (key, width, marking) => {
      const path = join(folder, `${prefixOf(key)}-${width}.webp`);
      const kept = await readKept(path);
      if (kept !== undefined) return { bytes: kept, type: 'image/webp' };
      const work = making.get(path) ?? make(key, width, marking, path).finally(() => making.delete(path));
      making.set(path, work);
      return work;
    },
    forget: async (key) => {
      const prefix = prefixOf(key);
      const names = await readdir(folder).catch(() => []);
      for (const name of names) if (name.startsWith(prefix)) await rm(join(folder, name), { force: true });
    },
  };
}

async function shrink(bytes: Uint8Array, width: number, marking: Marking): Promise<Uint8Array> {
  const picture = sharp(bytes, { failOn: 'error', limitInputPixels: DECODED_PIXELS_MAX, pages: 1 }).timeout({ seconds: 20 }).autoOrient();
  return picture
    .resize(width, undefined, { withoutEnlargement: true })
    .withXmp(packetFor(marking))
    .webp({ quality: 80, effort: 2 })
    .toBuffer();
}

async function readKept(path: string): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readFile(path);
    const { mtimeMs } = await stat(path);
    const now = new Date();
    if (now.getTime() - mtimeMs > FRESH_MS) await utimes(path, now, now);
    return bytes;
  } catch {
    return undefined;
  }
}

/** Removes what was not asked for longest, down to four fifths of what may be kept. */
async function tidy(folder: string, bytesMax: number): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
      return { name, size, mtimeMs };
    }),
  );
  let total = files.reduce((sum, { size }) => sum + size, 0);
  if (total <= bytesMax) return;
  for (const { name, size } of files.toSorted((one, other) => one.mtimeMs - other.mtimeMs)) {
    if (total <= bytesMax * 0.8) return;
    await rm(join(folder, name), { force: true });
    total -= size;
  }
}
