import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIP_KEY_PATTERN, type ByteRange, type Clips } from '#src/core/clips.ts';

/** A store with a way behind its back. */
export interface ClipsPlace {
  readonly clips: Clips;
  /** The same store as another process sees it. */
  again(): Clips;
  /** How many objects are kept. */
  count(): Promise<number>;
  close(): Promise<void>;
}

export async function readWhole(clips: Pick<Clips, 'open'>, key: string, range?: ByteRange): Promise<Buffer> {
  const { bytes } = await clips.open(key, range);
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

/** What every store of clips promises. */
export function describeClips(name: string, open: () => Promise<ClipsPlace>): void {
  describe(`${name}: a store of clips`, () => {
    const bytes = randomBytes(3_000_000);
    let place: ClipsPlace;
    let folder: string;
    let file: string;
    beforeEach(async () => {
      place = await open();
      folder = await mkdtemp(join(tmpdir(), 'hoami-clips-'));
      file = join(folder, 'clip.mp4');
      await writeFile(file, bytes);
    });
    afterEach(async () => {
      await place.close();
      await rm(folder, { recursive: true });
    });

    it('gives back exactly what was kept, under the name of its bytes, in another process too', async () => {
      const key = await place.clips.keep(file);
      expect(key).toBe(`${createHash('sha256').update(bytes).digest('hex')}.mp4`);
      expect(key).toMatch(CLIP_KEY_PATTERN);
      expect(bytes.equals(await readWhole(place.again(), key))).toBe(true);
    });

    it('keeps the same bytes once, however often and by however many they are kept', async () => {
      const keys = await Promise.all([place.clips.keep(file), place.again().keep(file), place.clips.keep(file)]);
      expect(new Set([...keys, await place.clips.keep(file)]).size).toBe(1);
      expect(await place.count()).toBe(1);
    });

    it.each([
      ['its beginning', { from: 0, to: 99 }],
      ['its middle', { from: 1_000_000, to: 1_999_999 }],
      ['its last byte', { from: 2_999_999, to: 2_999_999 }],
    ])('gives a part of a clip, and says how long the whole is: %s', async (_, range) => {
      const key = await place.clips.keep(file);
      expect((await place.clips.open(key, range)).sizeBytes).toBe(bytes.length);
      expect(bytes.subarray(range.from, range.to + 1).equals(await readWhole(place.clips, key, range))).toBe(true);
    });

    it('leaves the file to its owner', async () => {
      await place.clips.keep(file);
      await expect(rm(file)).resolves.toBeUndefined();
    });

    it('says that a clip is gone, and removes it once or twice', async () => {
      const key = await place.clips.keep(file);
      await place.clips.remove(key);
      await place.again().remove(key);
      await expect(readWhole(place.clips, key)).rejects.toMatchObject({ code: 'clip-gone' });
      expect(await place.count()).toBe(0);
    });

    it.each(['../../etc/passwd', 'abc.mp4', `${'a'.repeat(64)}.png`, `${'A'.repeat(64)}.mp4`])(
      'takes no path for a key: %s',
      async (key) => {
        await expect(place.clips.open(key)).rejects.toThrow('not a key');
        await expect(place.clips.remove(key)).rejects.toThrow('not a key');
      },
    );
  });
}
