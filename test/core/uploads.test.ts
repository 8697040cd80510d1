import { describe, expect, it } from 'vitest';
import { keepUpload, readUpload } from '#src/core/uploads.ts';
import { createMemoryBlobs } from '#test/adapters/web/room.ts';

const PHOTO = { bytes: Uint8Array.from([0xff, 0xd8, 0xff, 0x0a, 0, 0x0a]) };

describe('a picture as it was sent', () => {
  it('is read back byte for byte, line feeds and all', async () => {
    const blobs = createMemoryBlobs();
    expect(await readUpload(await keepUpload('web-1', PHOTO, blobs), blobs)).toEqual(PHOTO);
  });

  it('is its request’s own: removing it leaves another’s upload and a result of the same bytes where they are', async () => {
    const blobs = createMemoryBlobs();
    const mine = await keepUpload('web-1', PHOTO, blobs);
    const [other, result] = [await keepUpload('web-2', PHOTO, blobs), await blobs.put({ ...PHOTO, type: 'image/png' })];
    await blobs.remove(mine);
    expect(await readUpload(other, blobs)).toEqual(PHOTO);
    expect((await blobs.get(result)).bytes).toEqual(PHOTO.bytes);
    await expect(readUpload(mine, blobs)).rejects.toMatchObject({ code: 'picture-gone' });
  });

  it('is one object when its post comes twice', async () => {
    const blobs = createMemoryBlobs();
    expect(await keepUpload('web-1', PHOTO, blobs)).toBe(await keepUpload('web-1', PHOTO, blobs));
    expect(blobs.size()).toBe(1);
  });

  it.each(['GIF89a', '\n', 'a b\n', ''])('is not what was kept as something else: %j', async (text) => {
    const blobs = createMemoryBlobs();
    const key = await blobs.put({ bytes: Buffer.from(text), type: 'image/png' });
    await expect(readUpload(key, blobs)).rejects.toMatchObject({ code: 'picture-gone' });
  });
});
