import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ClipBytes, ClipKey, Clips, ClipShelf } from '#src/core/clips.ts';
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

  return {
    async open(key, range) {
      const path = made.get(key);
      return path === undefined ? clips.open(key, range) : readFrom(path, range);
    },
    link: async (key, validMs) => clips.link(key, validMs),
    async lighter(key, sizeBytesMax) {
      if ((await sizeOf(clips, key)) <= sizeBytesMax) return key;
      opened ??= place();
      const name = `lighter-${made.size + 1}.mp4`;
      const [from, into] = [join(await opened, 'original.mp4'), join(await opened, name)];
      await pipeline((await clips.open(key)).bytes, createWriteStream(from), { signal });
      if (!(await films.shrink(from, into, sizeBytesMax, signal))) return undefined;
      made.set(name, into);
      return name;
    },
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
