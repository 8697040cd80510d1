import { Refusal } from '#src/core/failure.ts';
import type { Mark, Marked } from '#src/core/images.ts';
import type { Media } from '#src/core/media.ts';
import type { Margins, MaskRules, SizePixels } from '#src/core/model.ts';
import { encodePixels, extendMirrored, isOpaque, redraw, type Pixels } from './sharp.ts';

/** From here a shade counts as marked: JPEG and brushes leave greys behind. */
const MARKED_FROM = 128;

/** Where to work, one byte a pixel: 255 is to be changed, 0 is to stay, whatever the model calls white. */
type Places = Uint8Array;

/** Brings what a person marked into the colours that a model reads, in the picture's exact size. */
export async function markPicture(picture: Media, mark: Mark, rules: MaskRules): Promise<Marked> {
  const pixels = await decode(picture);
  if (mark.kind === 'margins') return marginsMarked(pixels, mark.margins, rules);
  const places = mark.kind === 'mask' ? await placesOfMask(mark.mask, pixels) : seeThroughPlaces(pixels);
  if (places === undefined) throw new Refusal('mask-missing');
  if (!places.some((value) => value >= MARKED_FROM)) throw new Refusal('mask-empty');
  return { picture: isOpaque(pixels) ? picture : await opaque(pixels), mask: await drawMask(places, pixels, rules) };
}

async function decode({ bytes }: Media, size?: SizePixels): Promise<Pixels> {
  return redraw(bytes, size === undefined ? undefined : { inner: size, outer: size });
}

/** What is see-through in a mask is marked, as in a picture; without that, what is white. */
async function placesOfMask(mask: Media, { width, height }: SizePixels): Promise<Places> {
  const pixels = await decode(mask, { width, height });
  return seeThroughPlaces(pixels) ?? eachPixel(pixels, (red, green, blue) => Math.round(0.299 * red + 0.587 * green + 0.114 * blue));
}

const seeThroughPlaces = (pixels: Pixels): Places | undefined =>
  isOpaque(pixels) ? undefined : eachPixel(pixels, (_red, _green, _blue, opacity) => 255 - opacity);

function eachPixel({ data, width, height, channels }: Pixels, read: (...colour: [number, number, number, number]) => number): Places {
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const at = pixel * channels;
    return read(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, channels === 4 ? (data[at + 3] ?? 0) : 255);
  });
}

async function marginsMarked(pixels: Pixels, margins: Margins, rules: MaskRules): Promise<Marked> {
  const canvas = await extendMirrored(pixels, margins);
  const places = new Uint8Array(canvas.width * canvas.height).fill(255);
  for (let line = margins.up; line < margins.up + pixels.height; line += 1) {
    const from = line * canvas.width + margins.left;
    places.fill(0, from, from + pixels.width);
  }
  return { picture: await opaque(canvas), mask: await drawMask(places, canvas, rules) };
}

/** The colours that lie behind what is see-through are as good as any: they are painted over. */
async function opaque({ data, width, height, channels }: Pixels): Promise<Media> {
  const colours = channels === 3 ? data : data.filter((_, at) => at % 4 !== 3);
  return { bytes: await encodePixels({ data: colours, width, height, channels: 3 }, 'image/png'), type: 'image/png' };
}

async function drawMask(places: Places, { width, height }: SizePixels, { changed, pure }: MaskRules): Promise<Media> {
  const data = new Uint8Array(places.length * 3);
  for (const [pixel, place] of places.entries()) {
    const clear = pure ? (place >= MARKED_FROM ? 255 : 0) : place;
    data.fill(changed === 'white' ? clear : 255 - clear, pixel * 3, pixel * 3 + 3);
  }
  return { bytes: await encodePixels({ data, width, height, channels: 3 }, 'image/png'), type: 'image/png' };
}
