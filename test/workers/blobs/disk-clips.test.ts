import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeClips, type ClipsPlace } from '#test/contracts/clips.ts';
import { createDiskClips } from '#workers/blobs/disk-clips.ts';

async function openPlace(): Promise<ClipsPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'hoami-disk-clips-'));
  return {
    clips: createDiskClips(folder),
    again: () => createDiskClips(folder),
    count: async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length,
    close: () => rm(folder, { recursive: true }),
  };
}

describeClips('disk', openPlace);

describe('clips on a disk', () => {
  it('have no link that others could open', async () => {
    const place = await openPlace();
    expect(await place.clips.link(`${'a'.repeat(64)}.mp4`, 60_000)).toBeUndefined();
    await place.close();
  });

  it('leave nothing behind when they cannot be read to their end', async () => {
    const place = await openPlace();
    await expect(place.clips.keep(join(tmpdir(), 'not-there.mp4'))).rejects.toThrow('ENOENT');
    expect(await place.count()).toBe(0);
    await place.close();
  });
});
