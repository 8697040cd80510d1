import sharp, { type Sharp } from 'sharp';
import type { Media } from '#src/core/media.ts';
import { createTurns } from '#src/core/turns.ts';
import { packetFor, type Marking } from './grid.ts';
import { DECODED_PIXELS_MAX, setUpSharp } from './sharp.ts';

/** How a picture is made lighter, the gentlest way first: less exact, then smaller. */
const TRIES = [
  { quality: 92, scale: 1 },
  { quality: 84, scale: 1 },
  { quality: 80, scale: 0.75 },
  { quality: 78, scale: 0.5 },
  { quality: 75, scale: 0.33 },
  { quality: 70, scale: 0.2 },
  { quality: 60, scale: 0.1 },
] as const;
const DECODES_MAX = 1;

/**
 * The same picture in at most so many bytes, for places that take no heavier one. One that is light enough is the very same; a new one says for
 * programs how the picture came to be. Throws an Error when not even a tenth of its size is light enough.
 */
export function createLighten(marking: Marking): (media: Media, bytesMax: number) => Promise<Media> {
  setUpSharp();
  const turns = createTurns(DECODES_MAX);
  return async (media, bytesMax) => {
    if (media.bytes.length <= bytesMax) return media;
    return turns.take(new AbortController().signal, () => lighten(media, bytesMax, marking));
  };
}

async function lighten({ bytes }: Media, bytesMax: number, marking: Marking): Promise<Media> {
  const { width, height, hasAlpha } = await sharp(bytes, { limitInputPixels: DECODED_PIXELS_MAX }).metadata();
  for (const { quality, scale } of TRIES) {
    const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    const drawn = sharp(bytes, { limitInputPixels: DECODED_PIXELS_MAX }).resize(size.width, size.height, { fit: 'fill' });
    const made = await encode(drawn.withXmp(packetFor(marking)), quality, hasAlpha);
    if (made.bytes.length <= bytesMax) return made;
  }
  throw new Error(`a picture of ${bytes.length} bytes does not fit into ${bytesMax}`);
}

/** What is see-through stays so. */
async function encode(picture: Sharp, quality: number, isTransparent: boolean): Promise<Media> {
  return isTransparent
    ? { bytes: await picture.webp({ quality }).toBuffer(), type: 'image/webp' }
    : { bytes: await picture.jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer(), type: 'image/jpeg' };
}
