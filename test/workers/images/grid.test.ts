import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Media } from '#src/core/media.ts';
import { createImages } from '#workers/images/images.ts';
import { colourAt } from './pictures.ts';

const images = createImages();
const plain = async (background: string, width = 320, height = 200): Promise<Media> => ({
  bytes: await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer(),
  type: 'image/png',
});
const RED = '#cc2222';
const BLUE = '#2222cc';
const GREEN = '#22cc22';

describe('several results in one picture', () => {
  it('are two side by side', async () => {
    const grid = await images.grid([await plain(RED), await plain(BLUE)]);
    expect(await images.measure(grid)).toEqual({ width: 648, height: 200 });
    expect([await colourAt(grid.bytes, 100, 100), await colourAt(grid.bytes, 500, 100)]).toEqual(['red', 'blue']);
    expect(await colourAt(grid.bytes, 324, 100)).toMatch(/^rgb\(25\d, 25\d, 25\d\)$/);
  });

  it('are three or four in two rows, in reading order', async () => {
    const three = [await plain(RED), await plain(BLUE), await plain(GREEN)];
    for (const pictures of [three, [...three, await plain(RED)]]) {
      const { bytes, type } = await images.grid(pictures);
      expect(type).toBe('image/jpeg');
      expect(await images.measure({ bytes, type })).toEqual({ width: 648, height: 408 });
      const seen = [await colourAt(bytes, 100, 100), await colourAt(bytes, 500, 100), await colourAt(bytes, 100, 300)];
      expect(seen).toEqual(['red', 'blue', 'green']);
    }
  });

  it('are each shown whole when their sizes differ', async () => {
    const grid = await images.grid([await plain(RED), await plain(BLUE, 100, 400)]);
    expect(await images.measure(grid)).toEqual({ width: 648, height: 200 });
    expect(await colourAt(grid.bytes, 488, 100)).toBe('blue');
    expect(await colourAt(grid.bytes, 380, 100)).toMatch(/^rgb\(25\d, 25\d, 25\d\)$/);
  });

  it('stay as they are themselves', async () => {
    const pictures = [await plain(RED), await plain(BLUE)];
    const before = pictures.map(({ bytes }) => Buffer.from(bytes));
    await images.grid(pictures);
    expect(pictures.map(({ bytes }) => Buffer.from(bytes))).toEqual(before);
  });

  it.each([
    [images, 'digitalsourcetype/trainedAlgorithmicMedia'],
    [createImages({ marking: 'algorithmicMedia' }), 'digitalsourcetype/algorithmicMedia'],
  ])('say for programs how they were made', async (maker, marking) => {
    const { bytes } = await maker.grid([await plain(RED), await plain(BLUE)]);
    const { xmp } = await sharp(bytes).metadata();
    expect(xmp?.toString()).toContain(marking);
  });

  it('are neither one nor five', async () => {
    const one = await plain(RED);
    await expect(images.grid([one])).rejects.toThrow('not of 1');
    await expect(images.grid([one, one, one, one, one])).rejects.toThrow('not of 5');
  });
});

describe('the size of a picture', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('is read from a %s', async (format) => {
    const bytes = await sharp({ create: { width: 123, height: 77, channels: 3, background: RED } })
      .toFormat(format)
      .toBuffer();
    expect(await images.measure({ bytes, type: `image/${format}` })).toEqual({ width: 123, height: 77 });
  });

  it('is not read from what is no picture', async () => {
    await expect(images.measure({ bytes: Buffer.from('text'), type: 'image/png' })).rejects.toThrow(/unsupported/);
  });
});
