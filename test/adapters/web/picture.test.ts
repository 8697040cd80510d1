import { describe, expect, it } from 'vitest';
import { keepPicture, sniffType } from '#adapters/web/picture.ts';
import { createMemoryBlobs } from './room.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('what the bytes of a picture show', () => {
  it.each([
    ['image/png', '\x89PNG\r\n\x1A\n'],
    ['image/jpeg', '\xFF\xD8\xFF\xE1'],
    ['image/gif', 'GIF89a'],
    ['image/webp', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['image/avif', '\0\0\0\x1Cftypavif\0\0\0\0'],
    ['image/avif', '\0\0\0\x1Cftypmif1\0\0\0\0mif1avifmiaf'],
    ['image/heic', '\0\0\0\x18ftypheic\0\0\0\0'],
    ['image/heic', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'],
    [undefined, '\0\0\0\x18ftypisom\0\0\0\0'],
    [undefined, '<svg/>'],
    [undefined, 'RIFF\x10\0\0\0WAVEfmt '],
    [undefined, ''],
  ])('%s: %j', (type, head) => {
    expect(sniffType(bytes(head))).toBe(type);
  });

  it.each([
    ['PDF', '%PDF-1.7'],
    ['SVG', '<?xml version="1.0"?>\n<svg>'],
    ['HTML', '<!DOCTYPE html>'],
    ['MP4', '\0\0\0\x18ftypisom'],
    ['ZIP', 'PK\x03\x04'],
    ['?', 'hello'],
  ])('a file that is no picture is called %s', async (found, head) => {
    await expect(keepPicture(bytes(head), createMemoryBlobs())).rejects.toMatchObject({ code: 'picture-type', details: { found } });
  });

  it('are kept as they came, under the nearest of the types that are stored', async () => {
    const blobs = createMemoryBlobs();
    const keys = await Promise.all(['\xFF\xD8\xFF\xE1', 'GIF89a'].map(async (head) => keepPicture(bytes(head), blobs)));
    expect(keys.map((key) => key.split('.')[1])).toEqual(['jpg', 'png']);
    expect((await blobs.get(keys[1] ?? '')).bytes).toEqual(bytes('GIF89a'));
  });
});
