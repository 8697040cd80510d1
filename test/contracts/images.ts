import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Images } from '#src/core/images.ts';
import type { Media } from '#src/core/media.ts';
import type { InputPictureLimits } from '#src/core/model.ts';

const LIMITS: InputPictureLimits = {
  types: ['image/jpeg', 'image/png'],
  sidePixelsMin: 64,
  pixelsMax: 400 * 400,
  sideRatioMax: 2.5,
  bytesMax: 5_000_000,
};
const unhurried = new AbortController().signal;

const plain = async (width: number, height: number): Promise<Media> => ({
  bytes: await sharp({ create: { width, height, channels: 3, background: '#cc2222' } })
    .png()
    .toBuffer(),
  type: 'image/png',
});

/** A photo as a telephone takes it: lying, with a note that it is to be turned and with its owner's name. */
async function photo(width: number, height: number): Promise<Buffer> {
  const { bytes } = await plain(width, height);
  return sharp(bytes)
    .withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'Lan of Hanoi' } } })
    .jpeg()
    .toBuffer();
}

/** What every way of working on pictures promises. */
export function describeImages(name: string, open: () => Images): void {
  describe(`${name}: work on pictures`, () => {
    const images = open();

    it('turns a picture upright, drops what it says of its owner, and fits it to what the model takes', async () => {
      const prepared = await images.prepare({ bytes: await photo(1200, 900) }, LIMITS, unhurried);
      const { width, height } = await images.measure(prepared);
      expect(LIMITS.types).toContain(prepared.type);
      expect(height / width).toBeCloseTo(4 / 3, 1);
      expect(width * height).toBeLessThanOrEqual(LIMITS.pixelsMax);
      expect(prepared.bytes.length).toBeLessThanOrEqual(LIMITS.bytesMax);
      expect(Buffer.from(prepared.bytes).includes('Lan of Hanoi')).toBe(false);
      expect((await sharp(prepared.bytes).metadata()).orientation ?? 1).toBe(1);
    });

    it.each<[string, () => Promise<Uint8Array>, string]>([
      ['nothing at all', async () => new Uint8Array(), 'picture-empty'],
      ['a text', async () => Buffer.from('a picture? not at all, only words'), 'picture-type'],
      ['half a picture', async () => (await photo(600, 400)).subarray(0, 600), 'picture-broken'],
      ['a picture of a few pixels', async () => (await plain(20, 20)).bytes, 'picture-too-small'],
    ])('refuses %s with the sentence for it', async (_name, bytes, code) => {
      await expect(images.prepare({ bytes: await bytes() }, LIMITS, unhurried)).rejects.toMatchObject({ code });
    });

    it('throws the signal’s reason when nobody waits any more', async () => {
      const gone = AbortSignal.abort(new Error('stopping'));
      await expect(images.prepare({ bytes: await photo(600, 400) }, LIMITS, gone)).rejects.toThrow('stopping');
    });

    it('measures a picture as it is', async () => {
      expect(await images.measure(await plain(321, 123))).toEqual({ width: 321, height: 123 });
    });

    it.each([2, 3, 4])('puts %i pictures into one and leaves them as they are', async (count) => {
      const pictures = await Promise.all(Array.from({ length: count }, async () => plain(200, 100)));
      const before = pictures.map(({ bytes }) => Buffer.from(bytes));
      const { width, height } = await images.measure(await images.grid(pictures));
      expect(width).toBeGreaterThanOrEqual(400);
      expect(height).toBeGreaterThanOrEqual(count > 2 ? 200 : 100);
      expect(pictures.every(({ bytes }, index) => before[index]?.equals(bytes))).toBe(true);
    });

    it.each([0, 1, 5])('makes no grid of %i pictures', async (count) => {
      await expect(images.grid(await Promise.all(Array.from({ length: count }, async () => plain(50, 50))))).rejects.toThrow(/grid/);
    });
  });
}
