import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import { createMemoryBlobs } from '#test/adapters/web/room.ts';
import { createThumbnails, type Thumbnails } from '#workers/images/thumbnails.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

describe('a picture made narrow', () => {
  let folder: string;
  let blobs: ReturnType<typeof createMemoryBlobs>;
  let asked: string[];
  let key: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hoami-thumbnails-'));
    blobs = createMemoryBlobs();
    asked = [];
    key = await put(1344, 768);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const put = async (width: number, height: number, background = '#b0331c'): Promise<string> => {
    const bytes = await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
    return blobs.put({ bytes, type: 'image/png' });
  };
  const open = (place = folder, bytesMax?: number): Thumbnails => {
    const get = async (wanted: string) => {
      asked.push(wanted);
      return blobs.get(wanted);
    };
    return createThumbnails({ blobs: { get }, folder: place, log, ...(bytesMax === undefined ? {} : { bytesMax }) });
  };

  it('is as narrow as it was asked for, whole, no wider than it was, and says how it came to be', async () => {
    const { bytes, type } = await open().get(key, 320, 'algorithmicMedia');
    const { format, width, height, xmp } = await sharp(bytes).metadata();
    expect([type, format, width, height]).toEqual(['image/webp', 'webp', 320, 183]);
    expect(String(xmp)).toContain('digitalsourcetype/algorithmicMedia');
    const small = await open().get(await put(200, 100), 640, 'trainedAlgorithmicMedia');
    expect((await sharp(small.bytes).metadata()).width).toBe(200);
  });

  it('is made once, however many ask at once or later, also after a restart', async () => {
    const one = open();
    const together = await Promise.all(Array.from({ length: 20 }, () => one.get(key, 320, 'algorithmicMedia')));
    expect(new Set(together.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBe(1);
    expect(await open().get(key, 320, 'algorithmicMedia')).toMatchObject({ type: 'image/webp' });
    expect(asked).toEqual([key]);
  });

  it('leaves nothing behind when its picture is removed, and nobody else’s goes with it', async () => {
    const thumbnails = open();
    const other = await put(640, 640, '#2f6f6a');
    for (const [one, width] of [
      [key, 320],
      [key, 640],
      [other, 320],
    ] as const)
      await thumbnails.get(one, width, 'algorithmicMedia');
    expect(await readdir(folder)).toHaveLength(3);
    await thumbnails.forget(key);
    await thumbnails.forget(key);
    expect(await readdir(folder)).toHaveLength(1);
    await blobs.remove(key);
    await expect(thumbnails.get(key, 320, 'algorithmicMedia')).rejects.toBeInstanceOf(Refusal);
  });

  it('comes all the same where nothing can be kept, and nothing is kept that is no picture', async () => {
    await writeFile(join(folder, 'file'), '');
    const { bytes } = await open(join(folder, 'file', 'thumbnails')).get(key, 320, 'algorithmicMedia');
    expect((await sharp(bytes).metadata()).width).toBe(320);
    const broken = await blobs.put({ bytes: Buffer.from('no picture'), type: 'image/png' });
    await expect(open().get(broken, 320, 'algorithmicMedia')).rejects.toBeInstanceOf(Error);
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('takes no more room than it may: those that were not asked for longest go', { timeout: 60_000 }, async () => {
    await mkdir(folder, { recursive: true });
    const thumbnails = open(folder, 20_000);
    for (let count = 0; count < 200; count += 1) await thumbnails.get(await put(40, 40, `rgb(${count}, 80, 80)`), 320, 'algorithmicMedia');
    expect((await readdir(folder)).length).toBeLessThan(60);
  });
});
