import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Media } from '#src/core/media.ts';
import { createLighten } from '#workers/images/lighten.ts';

const lighten = createLighten('trainedAlgorithmicMedia');

/** Noise, which nothing makes small. */
async function heavy(side: number, channels: 3 | 4 = 3): Promise<Media> {
  const raw = { width: side, height: side, channels };
  return {
    bytes: await sharp(randomBytes(side * side * channels), { raw })
      .png()
      .toBuffer(),
    type: 'image/png',
  };
}

describe('a picture that is too heavy for where it is shown', () => {
  it('is made lighter, and says still that a model made it', async () => {
    const media = await heavy(800);
    const lighter = await lighten(media, 700_000);
    expect(lighter.bytes.length).toBeLessThanOrEqual(700_000);
    expect(lighter.type).toBe('image/jpeg');
    expect(Buffer.from(lighter.bytes).includes('trainedAlgorithmicMedia')).toBe(true);
  });

  it('keeps its size as long as it can, and its shape always', async () => {
    const media = await heavy(800);
    const [large, small] = [await lighten(media, media.bytes.length - 1), await lighten(media, 60_000)];
    expect((await sharp(large.bytes).metadata()).width).toBe(800);
    const { width, height } = await sharp(small.bytes).metadata();
    expect([width === height, width < 800]).toEqual([true, true]);
  });

  it('stays see-through where it is', async () => {
    const lighter = await lighten(await heavy(300, 4), 100_000);
    expect((await sharp(lighter.bytes).metadata()).hasAlpha).toBe(true);
  });

  it('is the very same when it is light enough', async () => {
    const media = await heavy(50);
    expect(await lighten(media, media.bytes.length)).toBe(media);
  });
});
