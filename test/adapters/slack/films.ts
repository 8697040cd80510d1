import { createHash } from 'node:crypto';
import type { DescribedAnswer, MadeAnswer } from '#src/core/answer.ts';
import type { ClipShelf } from '#src/core/clips.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Media } from '#src/core/media.ts';
import type { ModelCard } from '#src/core/model.ts';
import { PNG } from '#test/contracts/platform.ts';
import { made } from '#test/ledger/asked.ts';

const keyOf = (name: string): string => `${createHash('sha256').update(name).digest('hex')}.mp4`;

/** A clip in more than one part, and a lighter one. */
const CLIPS: ReadonlyMap<string, Buffer> = new Map([
  [keyOf('whole'), Buffer.alloc(300_000, 'clip')],
  [keyOf('light'), Buffer.alloc(90_000, 'light')],
]);
const PART_BYTES = 65_536;

export const POSTER: Media = { bytes: PNG, type: 'image/png' };
const POSTER_KEY = `${createHash('sha256').update(PNG).digest('hex')}.png`;

/** A clip of five seconds; what a test is about is said in the changes. */
export function clipAnswer(changes: Partial<MadeAnswer> = {}): MadeAnswer {
  const clip = { key: keyOf('whole'), type: 'video/mp4', width: 960, height: 540, durationMs: 5000, sizeBytes: 300_000 } as const;
  return made({
    pictures: [{ key: POSTER_KEY, type: 'image/png', width: 960, height: 540, seed: 0 }],
    clip,
    prompt: 'waves roll in',
    title: 'Sóng vỗ',
    altText: 'Sóng vỗ vào bờ đá',
    model: { id: 'clips', label: 'Clip Maker' },
    costMicros: 3_750_000,
    ...changes,
  });
}

export const described = (key: string): DescribedAnswer => ({
  kind: 'described',
  title: 'Chú chó <ngoan>',
  altText: 'Một chú chó & quả bóng',
  prompts: ['a dog with a red ball, watercolour', 'a puppy `at play`, film photo'],
  key,
  costMicros: 2000,
  sandbox: true,
});

/** What a store of clips can do; a test takes away what it is not to. */
export interface Shelf extends ClipShelf {
  hasLighter: boolean;
  address: string | undefined;
  isGone: boolean;
  /** For how long the links that it gave were to be good. */
  readonly linked: number[];
  /** Which clips were opened. */
  readonly opened: string[];
  /** How many of them nobody has read to the end or let go. */
  held: number;
}

export function createShelf(): Shelf {
  const shelf: Shelf = {
    hasLighter: true,
    address: undefined,
    isGone: false,
    linked: [],
    opened: [],
    held: 0,
    open: async (key) => {
      const bytes = CLIPS.get(key);
      if (bytes === undefined || shelf.isGone) throw new Refusal('clip-gone');
      shelf.opened.push(key === keyOf('whole') ? 'whole' : 'light');
      shelf.held += 1;
      let isHeld = true;
      const onEnd = (): void => {
        if (isHeld) shelf.held -= 1;
        isHeld = false;
      };
      return { sizeBytes: bytes.byteLength, bytes: partsOf(bytes, onEnd) };
    },
    link: async (_key, validMs) => {
      shelf.linked.push(validMs);
      return shelf.address;
    },
    lighter: async () => (shelf.hasLighter ? keyOf('light') : undefined),
  };
  return shelf;
}

/** A clip in parts that has to be read to its end, or let go: what is neither holds a file or a connection open. */
function partsOf(bytes: Buffer, onEnd: () => void): AsyncIterable<Uint8Array> {
  let at = 0;
  const end = { done: true, value: undefined } as const;
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const value = bytes.subarray(at, at + PART_BYTES);
        at += PART_BYTES;
        if (value.byteLength > 0) return { done: false, value };
        onEnd();
        return end;
      },
      return: async () => {
        onEnd();
        return end;
      },
    }),
  };
}

/** A model that makes clips, at a price that is asked about. */
export function filmCard(like: ModelCard): ModelCard {
  return {
    ...like,
    id: 'clips',
    label: 'Clip Maker',
    aliases: [],
    tasks: ['video'],
    lifecycle: { status: 'active' },
    priceMicros: 3_750_000,
    filming: {
      durationsSeconds: [5, 9],
      resolutions: ['540p', '720p'],
      secondMicros: { '540p': 750_000, '720p': 1_500_000 },
      frames: ['first', 'last'],
      canLoop: true,
    },
  };
}
