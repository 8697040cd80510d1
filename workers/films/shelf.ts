import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ClipBytes, ClipKey, Clips, ClipShelf } from '#src/core/clips.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Films } from '#src/core/films.ts';

export interface ShelfOptions {
  readonly clips: Clips;
  readonly films: Films;
  /** Where lighter clips lie while they are being shown; it is made when it is first needed. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A shelf that may take up disk until it is closed. */
export interface OpenShelf extends ClipShelf {
  close(): Promise<void>;
}

/** What a lighter clip is called: from its name alone it can be made again, by whoever goes on with a showing that was begun. */
const nameOf = (key: ClipKey, sizeBytesMax: number): ClipKey => `lighter-${sizeBytesMax}-${key}`;
const NAME = /^lighter-(\d{1,12})-(.+)$/;

/**
 * The kept clips for one showing. A clip that is made lighter for a platform is there for this showing only, and made again for another: whoever deletes
 * a clip has then deleted all of it.
 */
export function createShelf({ clips, films, folder, signal }: ShelfOptions): OpenShelf {
  const made = new Map<ClipKey, string>();
  let opened: Promise<string> | undefined;
  const place = async (): Promise<string> => {
    await mkdir(folder, { recursive: true });
    return mkdtemp(join(folder, 'shelf-'));
  };

  /** Where the lighter clip lies. Whatever goes wrong with it, the clip itself is kept, and there are other ways to show it. */
  const lighten = async (key: ClipKey, sizeBytesMax: number): Promise<string | undefined> => {
    opened ??= place();
    const [from, into] = [join(await opened, 'original.mp4'), join(await opened, `lighter-${made.size + 1}.mp4`)];
    await pipeline((await clips.open(key)).bytes, createWriteStream(from), { signal });
    try {
      return (await films.shrink(from, into, sizeBytesMax, signal)) ? into : undefined;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  };

  const lighter = async (key: ClipKey, sizeBytesMax: number): Promise<ClipKey | undefined> => {
    if ((await sizeOf(clips, key)) <= sizeBytesMax) return key;
    const name = nameOf(key, sizeBytesMax);
    const path = made.get(name) ?? (await lighten(key, sizeBytesMax));
    if (path === undefined) return undefined;
    made.set(name, path);
    return name;
  };

  return {
    async open(key, range) {
      const [, sizeBytesMax, whole = key] = NAME.exec(key) ?? [];
      if (sizeBytesMax === undefined) return clips.open(key, range);
      const path = made.get((await lighter(whole, Number(sizeBytesMax))) ?? '');
      if (path === undefined) throw new Refusal('clip-gone');
      return readFrom(path, range);
    },
    link: async (key, validMs) => clips.link(key, validMs),
    lighter,
    async close() {
      if (opened !== undefined) await rm(await opened, { recursive: true, force: true });
    },
  };
}

const FIRST_BYTE = { from: 0, to: 0 };

async function sizeOf(clips: Clips, key: ClipKey): Promise<number> {
  const { sizeBytes, bytes } = await clips.open(key, FIRST_BYTE);
  // What is opened is read to its end, or its connection is never given back.
  for await (const _ of bytes);
  return sizeBytes;
}

async function readFrom(path: string, range: Parameters<Clips['open']>[1]): Promise<ClipBytes> {
  const { size } = await stat(path);
  return { sizeBytes: size, bytes: createReadStream(path, range === undefined ? {} : { start: range.from, end: range.to }) };
}
