import sharp from 'sharp';
import { channels } from '../colour.ts';
import { hashText } from '../random.ts';
import { readWords } from '../reading.ts';
import { spreadFrom, type Point } from './reach.ts';
import type { Matte, Raster } from './raster.ts';

const SIDE = 160;
/** How far a colour of the background may be from the one at the edge, and a thing's colour from the one it is called by, out of 441. */
const BACKGROUND_ALIKE = 44;
const COLOUR_ALIKE = 110;
/** What is smaller than this part of the picture is no thing, and what is larger than that is everything. */
const SHARE_MIN = 0.004;
const SHARE_MAX = 0.7;

/** One thing in front: its pixels in the small picture, and what decides which thing is meant. */
interface Thing {
  readonly pixels: readonly number[];
  readonly colour: readonly [number, number, number];
  readonly centre: Point;
}

/**
 * Where the thing may be that somebody named. Nobody here knows what things look like: of what stands out from the background it is the one of the
 * colour in the name, or else the largest near the middle; where nothing stands out, it is a disc whose place depends on the name.
 */
export async function findSubject(raster: Raster, subject: string): Promise<Matte> {
  const small = await shrunk(raster);
  const named = readWords(subject).hits.find((hit) => hit.meaning.kind === 'colour')?.meaning;
  const colour = named?.kind === 'colour' ? channels(named.colour) : undefined;
  const things = thingsIn(small).filter((thing) => colour === undefined || apart(thing.colour, colour) < COLOUR_ALIKE);
  const [found] = things.toSorted((one, two) => weight(two, small) - weight(one, small));
  return enlarged(found === undefined ? disc(small, placeFor(subject, small)) : maskOf([found], small), small, raster);
}

/** What stands before the background: the largest thing, and what is not much smaller; a disc in the middle where nothing does. */
export async function findForeground(raster: Raster): Promise<Matte> {
  const small = await shrunk(raster);
  const things = thingsIn(small);
  const most = Math.max(0, ...things.map(({ pixels }) => pixels.length));
  const large = things.filter(({ pixels }) => pixels.length > most / 2);
  const middle: Point = [small.width / 2, small.height / 2];
  return enlarged(large.length === 0 ? disc(small, middle) : maskOf(large, small), small, raster);
}

async function shrunk({ data, width, height }: Raster): Promise<Raster> {
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const picture = sharp(data, { raw: { width, height, channels: 4 } }).resize(size.width, size.height, { fit: 'fill' });
  return { data: await picture.raw().toBuffer(), ...size };
}

/** Smoothly enlarged, and then sharp again at its edge. */
async function enlarged(region: Uint8Array, small: Raster, { width, height }: Raster): Promise<Matte> {
  const soft = sharp(region, { raw: { width: small.width, height: small.height, channels: 1 } }).resize(width, height, { fit: 'fill' });
  const data = await soft.toColourspace('b-w').raw().toBuffer();
  return { data: Uint8Array.from(data, (value) => Math.max(0, Math.min(255, (value - 80) * 4))), width, height };
}

const apart = (one: readonly number[], two: readonly number[]): number =>
  Math.hypot((one[0] ?? 0) - (two[0] ?? 0), (one[1] ?? 0) - (two[1] ?? 0), (one[2] ?? 0) - (two[2] ?? 0));

/** Everything that the background, which goes on from the edges over colours like theirs, does not reach. */
function thingsIn(small: Raster): readonly Thing[] {
  const { width, height, data } = small;
  const at = (index: number): readonly [number, number, number] => [
    data[index * 4] ?? 0,
    data[index * 4 + 1] ?? 0,
    data[index * 4 + 2] ?? 0,
  ];
  const size = { width, height };
  const behind = spreadFrom(edgePoints(size), size, (beganAt, index) => apart(at(beganAt), at(index)) <= BACKGROUND_ALIKE);
  const taken = Uint8Array.from(behind);
  const things: Thing[] = [];
  for (let index = 0; index < taken.length; index += 1) {
    if (taken[index] !== 0) continue;
    const reached = spreadFrom([[index % width, Math.floor(index / width)]], size, (_beganAt, pixel) => behind[pixel] === 0);
    const pixels = [...reached.keys()].filter((pixel) => reached[pixel] !== 0);
    for (const pixel of pixels) taken[pixel] = 1;
    const share = pixels.length / taken.length;
    if (share >= SHARE_MIN && share <= SHARE_MAX) things.push(thingOf(pixels, at, width));
  }
  return things;
}

function thingOf(pixels: readonly number[], at: (index: number) => readonly [number, number, number], width: number): Thing {
  const mean = (value: (pixel: number) => number): number => pixels.reduce((sum, pixel) => sum + value(pixel), 0) / pixels.length;
  return {
    pixels,
    colour: [mean((pixel) => at(pixel)[0]), mean((pixel) => at(pixel)[1]), mean((pixel) => at(pixel)[2])],
    centre: [mean((pixel) => pixel % width), mean((pixel) => Math.floor(pixel / width))],
  };
}

/** Large things near the middle are what people speak of. */
function weight({ pixels, centre: [x, y] }: Thing, { width, height }: Raster): number {
  const far = Math.hypot(x - width / 2, y - height / 2) / Math.hypot(width, height);
  return pixels.length * (1.2 - far);
}

function maskOf(things: readonly Thing[], { width, height }: Raster): Uint8Array {
  const out = new Uint8Array(width * height);
  for (const { pixels } of things) for (const pixel of pixels) out[pixel] = 255;
  return out;
}

function edgePoints({ width, height }: { readonly width: number; readonly height: number }): readonly Point[] {
  const across = Array.from({ length: width }, (_, x) => [[x, 0] as const, [x, height - 1] as const]);
  const down = Array.from({ length: height }, (_, y) => [[0, y] as const, [width - 1, y] as const]);
  return [...across, ...down].flat();
}

function placeFor(name: string, { width, height }: Raster): Point {
  const hash = hashText(name.toLowerCase());
  return [width * (0.35 + ((hash & 255) / 255) * 0.3), height * (0.35 + (((hash >> 8) & 255) / 255) * 0.3)];
}

function disc({ width, height }: Raster, [centreX, centreY]: Point): Uint8Array {
  const radius = Math.min(width, height) * 0.22;
  return Uint8Array.from({ length: width * height }, (_, index) =>
    Math.hypot((index % width) - centreX, Math.floor(index / width) - centreY) <= radius ? 255 : 0,
  );
}
