import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPlainPoster } from '#workers/images/plain-poster.ts';

describe('a plain poster', () => {
  it.each([
    [
      { width: 960, height: 540 },
      { width: 960, height: 540 },
    ],
    [
      { width: 1280, height: 2560 },
      { width: 640, height: 1280 },
    ],
    [
      { width: 1, height: 1 },
      { width: 16, height: 16 },
    ],
  ])('has the shape of its clip: %j', async (clip, expected) => {
    const { bytes, type } = await drawPlainPoster(clip);
    const { width, height, format } = await sharp(bytes).metadata();
    expect([{ width, height }, type, format]).toEqual([expected, 'image/png', 'png']);
  });

  it('shows that something plays', async () => {
    const { bytes } = await drawPlainPoster({ width: 960, height: 540 });
    const { channels } = await sharp(bytes).stats();
    expect(channels.every(({ min, max }) => min < 64 && max > 200)).toBe(true);
  });
});
