import { Refusal } from '#src/core/failure.ts';
import type { Media, MediaType, Upload } from '#src/core/media.ts';
import type { InputPictureLimits } from '#src/core/model.ts';
import { fitTo } from './fit.ts';
import { HEIC_PIXELS_MAX } from './heic.ts';
import { DECODED_PIXELS_MAX, encodePixels, inspect, isOpaque, redraw, type Inspection, type Pixels } from './sharp.ts';
import { sniff } from './sniff.ts';

const MEGABYTE = 1024 * 1024;
const UPLOAD_MEGABYTES_MAX = 20;

/** Refuses what can be refused without opening it: nothing, too much, and what is no picture. */
export function checkUpload({ bytes }: Upload): void {
  if (bytes.byteLength === 0) throw new Refusal('picture-empty');
  if (bytes.byteLength > UPLOAD_MEGABYTES_MAX * MEGABYTE) throw new Refusal('picture-too-heavy', { limitMegabytes: UPLOAD_MEGABYTES_MAX });
  const found = sniff(bytes);
  if (found.kind === 'other') throw new Refusal('picture-type', { found: found.name });
}

export type DecodeHeic = (bytes: Uint8Array, signal: AbortSignal) => Promise<Pixels>;

/** Draws a checked upload anew within the limits. Its header is read before its pixels, so that a small file of many pixels costs nothing. */
export async function prepareImage(
  { bytes }: Upload,
  limits: InputPictureLimits,
  signal: AbortSignal,
  decodeHeic: DecodeHeic,
): Promise<Media> {
  const inspection = await orBroken(signal, () => inspect(bytes));
  checkSize(inspection, limits);
  const { codec } = inspection;
  if (codec === 'other') throw new Refusal('picture-type', { found: 'HEIF' });
  const source = codec === 'hevc' ? await orBroken(signal, () => decodeHeic(bytes, signal)) : bytes;
  const fit = fitTo(source instanceof Uint8Array ? inspection : source, limits);
  const pixels = await orBroken(signal, () => redraw(source, fit));
  for (const type of typesFor(codec, pixels, limits)) {
    const redrawn = await encodePixels(pixels, type);
    if (redrawn.byteLength <= limits.bytesMax) return { bytes: redrawn, type };
  }
  throw new Refusal('picture-too-heavy', { limitMegabytes: Math.floor(limits.bytesMax / MEGABYTE) });
}

function checkSize({ codec, width, height }: Inspection, { sidePixelsMin }: InputPictureLimits): void {
  const pixelsMax = codec === 'hevc' ? HEIC_PIXELS_MAX : DECODED_PIXELS_MAX;
  if (width * height > pixelsMax) throw new Refusal('picture-too-large', { width, height, limitMegapixels: pixelsMax / 1_000_000 });
  if (Math.min(width, height) < sidePixelsMin) throw new Refusal('picture-too-small', { width, height, limitPixels: sidePixelsMin });
}

/** What may be sent, best first: what was exact or see-through stays so as PNG, a photograph is a JPEG, and so is what is too heavy otherwise. */
function typesFor(codec: Inspection['codec'], pixels: Pixels, { types }: InputPictureLimits): readonly MediaType[] {
  const exact = codec === 'png' || codec === 'gif';
  const opaque: readonly MediaType[] = exact ? ['image/png', 'image/jpeg'] : ['image/jpeg', 'image/png'];
  const wanted: readonly MediaType[] = isOpaque(pixels) ? opaque : ['image/png'];
  return wanted.filter((type) => types.includes(type));
}

/** Whatever a decoder says of a file: to the person it is damaged. Only our own wish to stop is something else. */
async function orBroken<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw new Refusal('picture-broken', {}, error);
  }
}
