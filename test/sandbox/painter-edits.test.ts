import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { paintEdit, type Edit } from '#src/sandbox/painter/edits/edit.ts';

const [WIDTH, HEIGHT] = [480, 320];
const SKY = [153, 204, 255] as const;
const BALL = [238, 51, 51] as const;
/** The middle of the ball, and two places of the sky. */
const MIDDLE = [240, 160] as const;
const SKIES = [
  [20, 20],
  [460, 200],
] as const;

let photo: Buffer;
let dusk: Buffer;
beforeAll(async () => {
  photo = await drawn('<rect width="100%" height="100%" fill="#9cf"/><circle cx="240" cy="160" r="70" fill="#e33"/>');
  dusk = await drawn('<rect width="100%" height="100%" fill="#312"/><circle cx="80" cy="80" r="60" fill="#fc3"/>');
});

const drawn = async (inner: string): Promise<Buffer> =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${inner}</svg>`))
    .png()
    .toBuffer();

interface Painted {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  at(place: readonly [x: number, y: number]): readonly number[];
}

async function edit(what: Edit, prompt = ''): Promise<Painted> {
  const bytes = await paintEdit(what, { prompt, negativePrompt: '', seed: 5, format: 'png' });
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { bytes, width, height, at: ([x, y]) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)] };
}
const apart = (one: readonly number[], two: readonly number[]): number =>
  Math.hypot(...[0, 1, 2].map((index) => (one[index] ?? 0) - (two[index] ?? 0)));
const found = (how: 'paint' | 'erase' | 'recolour'): Edit => ({ kind: 'found', image: photo, subject: 'the ball', growPixels: 5, how });

describe('an edit that a person looks at', () => {
  it('takes the thing away and fills its place with what is around it', async () => {
    const painted = await edit(found('erase'));
    expect(apart(painted.at(MIDDLE), SKY)).toBeLessThan(12);
    for (const place of SKIES) expect(painted.at(place)).toEqual([...SKY, 255]);
  });

  it('gives the thing another colour, and nothing else', async () => {
    const [red = 0, green = 0, blue = 0] = (await edit(found('recolour'), 'blue')).at(MIDDLE);
    expect(blue).toBeGreaterThan(Math.max(red, green) + 20);
    for (const place of SKIES) expect((await edit(found('recolour'), 'blue')).at(place)).toEqual([...SKY, 255]);
  });

  it('puts something else in its place, and what is around it when nothing is named', async () => {
    expect(apart((await edit(found('paint'), 'a green forest at night')).at(MIDDLE), BALL)).toBeGreaterThan(40);
    expect(apart((await edit(found('paint'), 'empty background')).at(MIDDLE), SKY)).toBeLessThan(12);
  });

  it('leaves the thing alone on nothing', async () => {
    const painted = await edit({ kind: 'cut-out', image: photo });
    expect(painted.at(MIDDLE)).toEqual([...BALL, 255]);
    for (const place of SKIES) expect(painted.at(place)[3]).toBe(0);
  });

  it('goes on beyond the edges by exactly the pixels asked for', async () => {
    const sides = { left: 100, right: 0, up: 0, down: 40 };
    const painted = await edit({ kind: 'extend', image: photo, sides, share: 0.5 });
    expect([painted.width, painted.height]).toEqual([WIDTH + 100, HEIGHT + 40]);
    expect(painted.at([MIDDLE[0] + 100, MIDDLE[1]])).toEqual([...BALL, 255]);
  });

  it('is exactly as large as it was to be', async () => {
    const painted = await edit({ kind: 'enlarge', image: photo, size: { width: 1920, height: 1280 }, crisp: 0 });
    expect([painted.width, painted.height]).toEqual([1920, 1280]);
    expect(apart(painted.at([960, 640]), BALL)).toBeLessThan(6);
  });

  it('has the colours of another picture, the more the more it is to', async () => {
    const restyled = async (share: number): Promise<number> =>
      apart((await edit({ kind: 'restyle', image: photo, style: dusk, share })).at(SKIES[0]), SKY);
    expect([(await restyled(0)) < 2, (await restyled(0.5)) > 20, (await restyled(1)) > (await restyled(0.5))]).toEqual([true, true, true]);
  });

  it.each(['lines', 'shape'] as const)('shows the given picture in the new scene, by its %s, unless it is to be ignored', async (kind) => {
    const size = { width: WIDTH, height: HEIGHT };
    const [ignored, seen] = [
      await edit({ kind, image: photo, size, share: 0 }, 'a desert'),
      await edit({ kind, image: photo, size, share: 1 }, 'a desert'),
    ];
    const ring = [170, 160] as const;
    expect(apart(seen.at(ring), ignored.at(ring))).toBeGreaterThan(30);
  });

  it('is marked within what was changed', async () => {
    const mask = await drawn('<rect width="100%" height="100%"/><rect x="100" y="60" width="240" height="200" fill="white"/>');
    const painted = await edit({ kind: 'masked', image: photo, mask, changed: 'white', growPixels: 0, how: 'erase' });
    const corner = Array.from({ length: 60 }, (_, step) => painted.at([335 - step, 254]));
    expect(corner.some((pixel) => apart(pixel, SKY) > 60)).toBe(true);
    expect(painted.at([345, 254])).toEqual([...SKY, 255]);
  });

  it('is the same to the byte when it is asked for again', async () => {
    expect((await edit(found('paint'), 'a cat')).bytes).toEqual((await edit(found('paint'), 'a cat')).bytes);
  });
});
