import type { Clip, MadeAnswer } from '#src/core/answer.ts';
import { LINK_MS } from '#src/core/clip-link.ts';
import type { ClipShelf } from '#src/core/clips.ts';
import { Refusal } from '#src/core/failure.ts';
import { FILE_EXTENSIONS, type Media } from '#src/core/media.ts';
import { DISCORD_LIMITS } from './config.ts';
import { inOnePiece } from './multipart.ts';
import type { ShownFile } from './post.ts';
import { altTextOf } from './render.ts';

/** What is sent along with an answer, and what has to be said about it. */
export interface Parcel {
  readonly files: readonly ShownFile[];
  /** It was made lighter to be shown here. */
  readonly lighter: boolean;
  /** A clip that is too heavy to be here at all, and where it can be watched instead. */
  readonly elsewhere?: { readonly link: string | undefined };
}

export interface Packing {
  readonly answer: MadeAnswer;
  readonly open: (key: string) => Promise<Media>;
  readonly clips: ClipShelf | undefined;
  readonly lighten: (media: Media, bytesMax: number) => Promise<Media>;
  readonly spoiler: boolean;
  /** What one file may weigh there. Asked only for what is heavier than everybody's limit. */
  readonly limit: () => Promise<number>;
}

/** How much lighter files become each time Discord finds them too heavy. */
const LIGHTER = 0.6;
const LIGHTER_TIMES = 3;

/**
 * What an answer can be sent as, the best first: the next one is for when Discord finds the last too heavy. Nothing is read or made before it is
 * asked for. A clip that cannot be had any more is its poster, with words that say where it was.
 */
export function parcelsFor(packing: Packing): AsyncIterable<Parcel> {
  const { clip } = packing.answer;
  return clip === undefined ? pictureParcels(packing) : clipParcels(clip, packing);
}

async function* pictureParcels(packing: Packing): AsyncGenerator<Parcel> {
  const { answer, open, lighten, limit } = packing;
  const originals = await Promise.all(answer.pictures.map(async ({ key }) => open(key)));
  const isHeavy = originals.some(({ bytes }) => bytes.length > DISCORD_LIMITS.fileBytes);
  const share = Math.floor(DISCORD_LIMITS.messageBytes / originals.length);
  let bytesMax = Math.min(isHeavy ? await limit() : DISCORD_LIMITS.fileBytes, share);
  for (let times = 0; times <= LIGHTER_TIMES; times += 1) {
    const media = await Promise.all(originals.map(async (original) => lighten(original, bytesMax)));
    yield {
      files: media.map((one, index) => pictureFile(one, index, packing)),
      lighter: media.some((one, index) => one.bytes !== originals[index]?.bytes),
    };
    bytesMax = Math.floor(bytesMax * LIGHTER);
  }
}

function pictureFile(media: Media, index: number, { answer, spoiler }: Packing): ShownFile {
  const { bytes, type } = media;
  return {
    name: `ai-${answer.code}-${index + 1}.${FILE_EXTENSIONS[type]}`,
    type,
    sizeBytes: bytes.length,
    open: () => Promise.resolve(inOnePiece(bytes)),
    altText: altTextOf(answer, index),
    spoiler,
  };
}

/** The clip itself, one that weighs less, or its poster with words that say where it is. */
async function* clipParcels(clip: Clip, packing: Packing): AsyncGenerator<Parcel> {
  const { clips, limit } = packing;
  let isGone = false;
  if (clips !== undefined) {
    const isHeavy = clip.sizeBytes > DISCORD_LIMITS.fileBytes;
    const bytesMax = isHeavy ? Math.min(await limit(), DISCORD_LIMITS.messageBytes) : DISCORD_LIMITS.fileBytes;
    const basis = DISCORD_LIMITS.fileBytes;
    // Making a clip anew takes its time: it is done for a limit that is known, for everybody's, and for one that must be enough.
    for (const most of new Set([Math.max(bytesMax, basis), basis, Math.floor(basis * LIGHTER)])) {
      const found = await lightest(clip, most, clips, packing);
      isGone = found === 'gone';
      if (found === 'gone' || found === undefined) break;
      yield found;
    }
  }
  const link = isGone ? undefined : await clips?.link(clip.key, LINK_MS);
  const isShown = link === undefined || link.length <= DISCORD_LIMITS.linkLength;
  for await (const { files } of pictureParcels(packing)) yield { files, lighter: false, elsewhere: { link: isShown ? link : undefined } };
}

/** Undefined where it cannot be light enough. */
async function lightest(clip: Clip, most: number, clips: ClipShelf, packing: Packing): Promise<Parcel | 'gone' | undefined> {
  try {
    const key = await clips.lighter(clip.key, most);
    return key === undefined ? undefined : { files: [await clipFile(key, clips, packing)], lighter: key !== clip.key };
  } catch (error) {
    if (error instanceof Refusal) return 'gone';
    throw error;
  }
}

async function clipFile(key: string, clips: ClipShelf, { answer, spoiler }: Packing): Promise<ShownFile> {
  return {
    name: `ai-${answer.code}.mp4`,
    type: 'video/mp4',
    sizeBytes: await weigh(key, clips),
    open: async () => (await clips.open(key)).bytes,
    altText: altTextOf(answer, 0),
    spoiler,
  };
}

/** Its size, by its first byte: nothing is left open. */
async function weigh(key: string, clips: ClipShelf): Promise<number> {
  const { sizeBytes, bytes } = await clips.open(key, { from: 0, to: 0 });
  for await (const _ of bytes);
  return sizeBytes;
}
