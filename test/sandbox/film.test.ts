import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { createFilmMaker, type FilmOrder } from '#src/sandbox/film/film.ts';
import { frameAt, type Storyboard } from '#src/sandbox/film/motion.ts';
import { describeFilm } from './clips.ts';

const SIZE = { width: 24, height: 16 };
const still = (value: number): Uint8Array => Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, at) => (value + at) % 256);
const board = (stills: readonly Uint8Array[], isLooped = false): Storyboard => ({ ...SIZE, stills, drift: { x: 0.5, y: -0.5 }, isLooped });
const difference = (one: Uint8Array, two: Uint8Array): number =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (two[at] ?? 0)), 0) / one.length;

describe('the way through a film', () => {
  const [one, two] = [still(0), still(120)];

  it('begins with the first still and ends with the last one, as they are', () => {
    expect(frameAt(board([one, two]), 0)).toEqual(one);
    expect(frameAt(board([one, two]), 1)).toEqual(two);
  });

  it.each([
    ['one still', [one]],
    ['two stills', [one, two]],
  ])('ends as it began when it loops: %s', (_name, stills) => {
    expect(frameAt(board(stills, true), 0)).toEqual(one);
    expect(difference(frameAt(board(stills, true), 1), one)).toBeLessThan(1);
    expect(difference(frameAt(board(stills, true), 0.5), one)).toBeGreaterThan(1);
  });

  it('moves between any two frames, and never far', () => {
    const shades = board([Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, at) => (Math.floor(at / 3) % SIZE.width) * 10)]);
    const frames = Array.from({ length: 13 }, (_, at) => frameAt(shades, at / 12));
    const steps = frames.slice(1).map((frame, at) => difference(frame, frames[at] ?? frame));
    expect(Math.max(...steps)).toBeLessThan(6);
    expect(difference(frames.at(-1) ?? one, frames[0] ?? one)).toBeGreaterThan(2);
  });
});

describe('a film', () => {
  const order: FilmOrder = {
    prompt: 'a cat on a boat',
    width: 96,
    height: 54,
    durationSeconds: 2,
    framesPerSecond: 5,
    isLooped: false,
    first: undefined,
    last: undefined,
  };
  const make = createFilmMaker();

  it('is made once for the same order, in the shape and length that were asked for', async () => {
    const [one, again] = await Promise.all([make(order), make({ ...order })]);
    expect(again).toBe(one);
    expect(await describeFilm(one)).toMatchObject({ codec: 'avc', width: 96, height: 54, seconds: 2, framesPerSecond: 5 });
  });

  it('is another one with other words, another length or another picture', async () => {
    const picture = async (background: string): Promise<Buffer> =>
      sharp({ create: { width: 640, height: 512, channels: 3, background } })
        .png()
        .toBuffer();
    const first = await picture('#c05020');
    const orders = [
      order,
      { ...order, prompt: 'a dog' },
      { ...order, durationSeconds: 3 },
      { ...order, isLooped: true },
      { ...order, first },
      { ...order, first: await picture('#2050c0') },
      { ...order, last: first },
    ];
    const films = await Promise.all(orders.map(async (one) => (await make(one)).toString('base64')));
    expect(new Set(films).size).toBe(orders.length);
  });

  it('that cannot be made is a failure, and the next one is made all the same', async () => {
    const broken = { ...order, first: Buffer.from('no picture') };
    await expect(make(broken)).rejects.toThrow(/unsupported/);
    await expect(make(broken)).rejects.toThrow(/unsupported/);
    expect((await make(order)).byteLength).toBeGreaterThan(1000);
  });
});
