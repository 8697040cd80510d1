import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Mark } from '#src/core/images.ts';
import type { Media } from '#src/core/media.ts';
import { createImages } from '#workers/images/images.ts';
import { colourAt, scenePng } from './pictures.ts';

const images = createImages();
const never = new AbortController().signal;
const WHITE = { changed: 'white', pure: false } as const;
const BLACK = { changed: 'black', pure: true } as const;

const png = (bytes: Uint8Array): Media => ({ bytes, type: 'image/png' });
const scene = async (): Promise<Media> => png(await scenePng());
const drawn = async (width: number, height: number, inner: string): Promise<Buffer> =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inner}</svg>`))
    .png()
    .toBuffer();

/** White on its left half, black on the right: 160×120 unless said otherwise. */
const halves = async (width = 160, height = 120): Promise<Media> =>
  png(
    await drawn(
      width,
      height,
      `<rect width="100%" height="100%" fill="black"/><rect width="${width / 2}" height="${height}" fill="white"/>`,
    ),
  );
/** The scene, see-through on its left half. */
const cut = async (): Promise<Media> =>
  png(
    await sharp(await scenePng())
      .ensureAlpha()
      .composite([{ input: await drawn(80, 120, '<rect width="80" height="120"/>'), left: 0, top: 0, blend: 'dest-out' }])
      .png()
      .toBuffer(),
  );

async function shade({ bytes }: Media, x: number, y: number): Promise<number> {
  const { data, info } = await sharp(bytes).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return data[(y * info.width + x) * info.channels] ?? -1;
}
const mark = async (picture: Media, by: Mark, rules: typeof WHITE | typeof BLACK) => images.mark(picture, by, rules, never);

describe('where a picture is to be changed', () => {
  it('is white or black, as the model calls it', async () => {
    const by = { kind: 'mask', mask: await halves() } as const;
    const [white, black] = [await mark(await scene(), by, WHITE), await mark(await scene(), by, BLACK)];
    expect([await shade(white.mask, 40, 60), await shade(white.mask, 120, 60)]).toEqual([255, 0]);
    expect([await shade(black.mask, 40, 60), await shade(black.mask, 120, 60)]).toEqual([0, 255]);
  });

  it('is told in the picture’s own size, whatever the mask’s was', async () => {
    const { mask } = await mark(await scene(), { kind: 'mask', mask: await halves(40, 30) }, BLACK);
    expect(await images.measure(mask)).toEqual({ width: 160, height: 120 });
    expect([await shade(mask, 60, 60), await shade(mask, 100, 60)]).toEqual([0, 255]);
  });

  it('is what is see-through in the picture, which is opaque from then on', async () => {
    const { picture, mask } = await mark(await cut(), { kind: 'transparency' }, WHITE);
    expect([await shade(mask, 40, 60), await shade(mask, 120, 60)]).toEqual([255, 0]);
    expect((await sharp(picture.bytes).metadata()).hasAlpha).toBe(false);
    expect(await colourAt(picture.bytes, 120, 60)).toBe('blue');
  });

  it('is what is see-through in a mask, as in a picture', async () => {
    const { mask } = await mark(await scene(), { kind: 'mask', mask: await cut() }, WHITE);
    expect([await shade(mask, 40, 60), await shade(mask, 120, 60)]).toEqual([255, 0]);
  });

  it('keeps its greys for a model that reads them, and has none for one that does not', async () => {
    const grey = { kind: 'mask', mask: png(await drawn(160, 120, '<rect width="160" height="120" fill="#a0a0a0"/>')) } as const;
    expect(await shade((await mark(await scene(), grey, WHITE)).mask, 5, 5)).toBe(0xa0);
    expect(await shade((await mark(await scene(), grey, BLACK)).mask, 5, 5)).toBe(0);
  });

  it('is what lies around the picture, which goes on there', async () => {
    const margins = { left: 40, right: 0, up: 0, down: 30 };
    const { picture, mask } = await mark(await scene(), { kind: 'margins', margins }, WHITE);
    expect([await images.measure(picture), await images.measure(mask)]).toEqual([
      { width: 200, height: 150 },
      { width: 200, height: 150 },
    ]);
    expect(await Promise.all([shade(mask, 39, 60), shade(mask, 40, 60), shade(mask, 199, 119), shade(mask, 199, 120)])).toEqual([
      255, 0, 0, 255,
    ]);
    expect([await colourAt(picture.bytes, 45, 5), await colourAt(picture.bytes, 35, 5)]).toEqual(['green', 'green']);
  });

  it('leaves the bytes of a picture that is opaque anyway as they are', async () => {
    const given = await scene();
    expect((await mark(given, { kind: 'mask', mask: await halves() }, WHITE)).picture).toBe(given);
  });

  it('has to be said', async () => {
    await expect(mark(await scene(), { kind: 'transparency' }, WHITE)).rejects.toMatchObject({ code: 'mask-missing' });
    const black = png(await drawn(160, 120, '<rect width="160" height="120"/>'));
    await expect(mark(await scene(), { kind: 'mask', mask: black }, WHITE)).rejects.toMatchObject({ code: 'mask-empty' });
  });
});
