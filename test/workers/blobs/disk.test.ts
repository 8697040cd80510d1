import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeBlobs, type BlobsPlace } from '#test/contracts/blobs.ts';
import { createDiskBlobs } from '#workers/blobs/disk.ts';

const run = promisify(execFile);

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};
const pathOf = (folder: string, key: string): string => join(folder, key.slice(0, 2), key.slice(2, 4), key);

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hoami-blobs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openPlace(): Promise<BlobsPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'hoami-blobs-'));
  const open = () => createDiskBlobs(join(folder, 'not', 'there', 'yet'));
  return {
    blobs: open(),
    again: open,
    count: async () => (await filesIn(folder)).length,
    async damage(key) {
      const path = pathOf(join(folder, 'not', 'there', 'yet'), key);
      const bytes = await readFile(path);
      bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7);
      await writeFile(path, bytes);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

describeBlobs('disk', openPlace);

/** A folder with room for 64 KB; undefined where nobody may make one. */
async function tinyDisk(): Promise<string | undefined> {
  const folder = await temporaryFolder();
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  } catch {
    return undefined;
  }
  onTestFinished(async () => {
    await run('umount', [folder]);
  });
  return folder;
}

describe('pictures on disk', () => {
  const media = { bytes: randomBytes(1000), type: 'image/png' } as const;

  it('of a full disk are refused, leave nothing behind, and fit again when there is room', async ({ skip }) => {
    const folder = await tinyDisk();
    if (folder === undefined) return skip('no small disk can be mounted here');
    const blobs = createDiskBlobs(folder);
    await expect(blobs.put({ bytes: randomBytes(200_000), type: 'image/png' })).rejects.toMatchObject({ code: 'storage-full' });
    expect(await filesIn(folder)).toEqual([]);
    expect((await blobs.get(await blobs.put(media))).bytes).toEqual(media.bytes);
  });

  it('heal when they are put again', async () => {
    const folder = await temporaryFolder();
    const blobs = createDiskBlobs(folder);
    const key = await blobs.put(media);
    await writeFile(pathOf(folder, key), 'half of a pict');
    await blobs.put(media);
    expect((await blobs.get(key)).bytes).toEqual(media.bytes);
  });

  it('that were being written when the power went are not pictures', async () => {
    const folder = await temporaryFolder();
    const blobs = createDiskBlobs(folder);
    const key = await blobs.put(media);
    const path = pathOf(folder, key);
    await rm(path);
    // A file cannot take a folder's name: writing ends just before the last step.
    await mkdir(path);
    await expect(blobs.put(media)).rejects.toThrow('EISDIR');
    await rm(path, { recursive: true });
    await expect(blobs.get(key)).rejects.toMatchObject({ code: 'picture-gone' });
    expect(await filesIn(folder)).toEqual([]);
  });

  it('that cannot be written for another reason are not told of as a full disk', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(createDiskBlobs(join(folder, 'file')).put(media)).rejects.toMatchObject({ code: expect.stringMatching(/ENOTDIR|EEXIST/) });
  });
});
