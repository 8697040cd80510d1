import type { MadeAnswer } from '#src/core/answer.ts';
import { Refusal } from '#src/core/failure.ts';
import type { ClipShelf } from '#src/core/clips.ts';
import type { VideoTask } from '#src/core/request.ts';
import { made } from '#test/ledger/asked.ts';

const MEBIBYTE = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
/** How a clip begins, as far as anybody looks at it here. */
const HEAD = Uint8Array.from([0, 0, 0, 16, ...new TextEncoder().encode('ftypisom'), 0, 0, 0, 1]);

export const clipKey = (letter: string): string => `${letter.repeat(64)}.mp4`;

/** An answer with a clip of so many bytes. */
export function filmed(sizeBytes = 2 * MEBIBYTE, changes: Partial<MadeAnswer> = {}): MadeAnswer {
  const basis = made();
  const task: VideoTask = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false, frames: [] };
  return made({
    pictures: basis.pictures.map((picture) => ({ ...picture, width: 960, height: 540, seed: 0 })),
    clip: { key: clipKey('c'), type: 'video/mp4', width: 960, height: 540, durationMs: 5042, sizeBytes },
    model: { id: 'test-ray', label: 'Test Ray' },
    costMicros: 3_750_000,
    recipe: { ...basis.recipe, task, seed: 0 },
    ...changes,
  });
}

export interface FakeShelf extends ClipShelf {
  /** The limits it was asked to keep, in order. */
  readonly asked: readonly number[];
  /** How many bytes were read of clips, and how often one was opened. */
  readonly bytesRead: () => number;
  readonly opened: () => number;
}

/** A shelf whose clips weigh what a test says, and which makes lighter ones, or cannot, and has links, or none. */
export function shelf(sizes: Readonly<Record<string, number>>, lighter: (most: number) => string | undefined, link?: string): FakeShelf {
  const asked: number[] = [];
  let read = 0;
  let opened = 0;
  const sizeOf = (key: string): number => {
    const size = sizes[key];
    if (size === undefined) throw new Refusal('clip-gone');
    return size;
  };
  async function* bytesOf(from: number, to: number): AsyncGenerator<Uint8Array> {
    for (let at = from; at <= to; at += CHUNK_BYTES) {
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, to - at + 1));
      if (at < HEAD.length) chunk.set(HEAD.subarray(at, at + chunk.length));
      read += chunk.length;
      yield await Promise.resolve(chunk);
    }
  }
  return {
    asked,
    bytesRead: () => read,
    opened: () => opened,
    open: async (key, range) => {
      const sizeBytes = sizeOf(key);
      opened += 1;
      return { sizeBytes, bytes: bytesOf(range?.from ?? 0, range?.to ?? sizeBytes - 1) };
    },
    link: async () => link,
    lighter: async (key, most) => {
      asked.push(most);
      return sizeOf(key) <= most ? key : lighter(most);
    },
  };
}
