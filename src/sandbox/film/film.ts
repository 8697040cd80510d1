import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { z } from 'zod';
import { markDrawing } from '../painter/mark.ts';
import { paintPixels } from '../painter/paint.ts';
import { createRandom, hashText } from '../painter/random.ts';
import type { Storyboard } from './motion.ts';

/** A clip as somebody wants it. Sides are even, as the encoder needs them. */
export interface FilmOrder {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  readonly framesPerSecond: number;
  readonly isLooped: boolean;
  /** Pictures in a format that sharp reads, to begin and to end with. */
  readonly first: Uint8Array | undefined;
  readonly last: Uint8Array | undefined;
}

/** Makes the clip as an mp4 (H.264). The same order is worked on once, for as long as its film is remembered; in the file is when it was made. */
export type MakeFilm = (order: FilmOrder) => Promise<Buffer>;

const FILMS_MAX = 32;
const ENCODE_MS = 120_000;
const INPUT_PIXELS_MAX = 50_000_000;
/** How much of a first picture the scene takes over when the words are to be seen as well. */
const STRENGTH = 0.55;

/** Keeps the films that were made last. One is encoded at a time, so that whoever shares the machine is not stopped. */
export function createFilmMaker(): MakeFilm {
  const films = new Map<string, Promise<Buffer>>();
  let before: Promise<unknown> = Promise.resolve();
  return async (order) => {
    const name = nameOf(order);
    const known = films.get(name);
    if (known !== undefined) return known;
    const film = before.then(async () => make(order));
    before = film.catch(() => films.delete(name));
    films.set(name, film);
    const [oldest] = films.size > FILMS_MAX ? films.keys() : [];
    if (oldest !== undefined) films.delete(oldest);
    return film;
  };
}

function nameOf({ first, last, ...rest }: FilmOrder): string {
  const hash = createHash('sha256').update(JSON.stringify(rest));
  for (const picture of [first, last]) hash.update(`|${picture?.byteLength ?? 'none'}|`).update(picture ?? '');
  return hash.digest('hex');
}

async function make(order: FilmOrder): Promise<Buffer> {
  const { width, height, prompt, durationSeconds, framesPerSecond, isLooped } = order;
  const random = createRandom(hashText(prompt));
  const board: Storyboard = {
    width,
    height,
    stills: await stillsOf(order),
    drift: { x: random.between(-0.8, 0.8), y: random.between(-0.5, 0.5) },
    isLooped,
  };
  const mark = await sharp(Buffer.from(markDrawing(width, height)))
    .ensureAlpha()
    .raw()
    .toBuffer();
  return encode({ board, mark: Uint8Array.from(mark), frames: durationSeconds * framesPerSecond, framesPerSecond });
}

/** The first picture, what the words say, the last picture, as far as there are any. Between two pictures the words have nothing to say. */
async function stillsOf({ prompt, width, height, first, last }: FilmOrder): Promise<readonly Uint8Array[]> {
  const words = { prompt, negativePrompt: '', width, height, seed: hashText(prompt) };
  const given = async (picture: Uint8Array): Promise<Uint8Array> =>
    sharp(picture, { limitInputPixels: INPUT_PIXELS_MAX })
      .autoOrient()
      .resize(width, height, { fit: 'cover' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer();
  const painted = async (): Promise<Uint8Array> =>
    (await paintPixels(first === undefined ? words : { ...words, image: first, strength: STRENGTH })).data;
  const stills = [
    ...(first === undefined ? [] : [await given(first)]),
    ...(first !== undefined && last !== undefined ? [] : [await painted()]),
    ...(last === undefined ? [] : [await given(last)]),
  ];
  return stills.map((still) => Uint8Array.from(still));
}

/** In a thread of its own: the encoder blocks while it works, keeps the memory it once took, and listens to the errors of its whole process. */
async function encode(task: object): Promise<Buffer> {
  const thread = new Worker(new URL('./encode-thread.ts', import.meta.url), { workerData: task, stdout: true, stderr: true });
  thread.unref();
  const timed = AbortSignal.timeout(ENCODE_MS);
  try {
    const message = await new Promise<unknown>((resolve, reject) => {
      timed.addEventListener('abort', () => reject(timed.reason), { once: true });
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('the encoder ended without a clip')));
    });
    return Buffer.from(z.instanceof(Uint8Array).parse(message));
  } finally {
    await thread.terminate();
  }
}
