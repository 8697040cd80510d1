import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOB_KEY_PATTERN, type BlobKey, type Blobs } from '#src/core/blobs.ts';
import type { Media } from '#src/core/media.ts';

/** A store with a way behind its back. */
export interface BlobsPlace {
  readonly blobs: Blobs;
  /** The same store as another process sees it. */
  again(): Blobs;
  /** How many objects are kept. */
  count(): Promise<number>;
  /** Changes one byte of what is kept under a key. */
  damage(key: BlobKey): Promise<void>;
  close(): Promise<void>;
}

const png = (bytes: Uint8Array): Media => ({ bytes, type: 'image/png' });

/** What every store of pictures promises. */
export function describeBlobs(name: string, open: () => Promise<BlobsPlace>): void {
  describe(`${name}: a store of pictures`, () => {
    let place: BlobsPlace;
    beforeEach(async () => {
      place = await open();
    });
    afterEach(async () => {
      await place.close();
    });

    it.each(['image/png', 'image/jpeg', 'image/webp'] as const)(
      'gives back exactly what was put, in another process too: %s',
      async (type) => {
        const bytes = randomBytes(100_000);
        const key = await place.blobs.put({ bytes, type });
        const found = await place.again().get(key);
        expect(found.type).toBe(type);
        expect(bytes.equals(found.bytes)).toBe(true);
      },
    );

    it('names a picture by its bytes and its type', async () => {
      const bytes = Buffer.from('a picture');
      const key = await place.blobs.put(png(bytes));
      expect(key).toBe(`${createHash('sha256').update(bytes).digest('hex')}.png`);
      expect(key).toMatch(BLOB_KEY_PATTERN);
      expect(await place.blobs.put({ bytes, type: 'image/jpeg' })).toBe(key.replace('.png', '.jpg'));
    });

    it('keeps the same bytes once, however often and by however many they are put', async () => {
      const bytes = randomBytes(50_000);
      const puts = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? place.blobs : place.again()).put(png(bytes)));
      const keys = new Set(await Promise.all(puts));
      keys.add(await place.blobs.put(png(bytes)));
      expect(keys.size).toBe(1);
      expect(await place.count()).toBe(1);
    });

    it('keeps bytes that lie in the middle of others', async () => {
      const whole = randomBytes(300);
      const key = await place.blobs.put(png(whole.subarray(100, 200)));
      expect(Buffer.from((await place.blobs.get(key)).bytes).equals(whole.subarray(100, 200))).toBe(true);
    });

    it('keeps a picture of 20 MB', async () => {
      const bytes = Buffer.alloc(20_000_000, 'picture');
      const { bytes: found } = await place.blobs.get(await place.blobs.put(png(bytes)));
      expect(bytes.equals(found)).toBe(true);
    });

    it('has no picture that was not put, and says so by an error', async () => {
      await expect(place.blobs.get(`${'0'.repeat(64)}.png`)).rejects.toMatchObject({ code: 'picture-gone' });
    });

    it.each([
      '',
      '../../../etc/passwd',
      `${'0'.repeat(64)}.svg`,
      `${'0'.repeat(63)}/.png`,
      `${'A'.repeat(64)}.png`,
      `../${'0'.repeat(64)}.png`,
    ])('looks for nothing under what is no key: “%s”', async (key) => {
      await expect(place.blobs.get(key)).rejects.toThrow('not a key of a stored picture');
    });

    it('removes one picture for everybody, however often it is told to, and takes it again', async () => {
      const [bytes, other] = [randomBytes(1000), randomBytes(1000)];
      const [key, otherKey] = [await place.blobs.put(png(bytes)), await place.blobs.put(png(other))];
      await place.again().remove(key);
      await expect(place.blobs.get(key)).rejects.toMatchObject({ code: 'picture-gone' });
      await expect(place.blobs.remove(key)).resolves.toBeUndefined();
      await expect(place.blobs.remove('../../../etc/passwd')).rejects.toThrow('not a key of a stored picture');
      expect(other.equals((await place.blobs.get(otherKey)).bytes)).toBe(true);
      expect(await place.count()).toBe(1);
      expect(await place.blobs.put(png(bytes))).toBe(key);
    });

    it('gives out no bytes that were changed', async () => {
      const key = await place.blobs.put(png(randomBytes(1000)));
      await place.damage(key);
      await expect(place.blobs.get(key)).rejects.toThrow(/damaged/);
    });
  });
}
