import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { readWhole } from '#test/contracts/clips.ts';
import { createDiskClips } from '#workers/blobs/disk-clips.ts';
import { createFilms } from '#workers/films/films.ts';
import { createShelf } from '#workers/films/shelf.ts';
import { writeClip } from './clip.ts';

const ffmpegPath = inject('ffmpegPath');
const { signal } = new AbortController();

describe('the clips of one showing', () => {
  let folder: string;
  let key: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hoami-shelf-'));
    const file = join(folder, 'clip.mp4');
    await writeClip(file, { width: 320, height: 180, seconds: 3, noise: true });
    key = await createDiskClips(join(folder, 'kept')).keep(file);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const shelfWith = (program: string | undefined) =>
    createShelf({
      clips: createDiskClips(join(folder, 'kept')),
      films: createFilms({ ffmpegPath: program }),
      folder: join(folder, 'showing'),
      signal,
    });

  it('are themselves where they are light enough, and nothing is made', async () => {
    const shelf = shelfWith(undefined);
    const { sizeBytes } = await shelf.open(key);
    expect(await shelf.lighter(key, sizeBytes)).toBe(key);
    await shelf.close();
    expect(await readdir(folder)).not.toContain('showing');
  });

  it('have no lighter form without a program', async () => {
    const shelf = shelfWith(undefined);
    expect(await shelf.lighter(key, 1000)).toBeUndefined();
    await shelf.close();
    expect(await readdir(join(folder, 'showing'))).toEqual([]);
  });

  it.skipIf(ffmpegPath === undefined)('are lighter for as long as they are shown, and then there is nothing left of that', async () => {
    const shelf = shelfWith(ffmpegPath);
    const { sizeBytes } = await shelf.open(key);
    const room = Math.floor(sizeBytes / 4);
    const lighter = (await shelf.lighter(key, room)) ?? '';
    expect(lighter).not.toBe(key);
    const bytes = await readWhole(shelf, lighter);
    expect(bytes.length).toBe((await shelf.open(lighter)).sizeBytes);
    expect(bytes.length).toBeLessThanOrEqual(room);
    expect((await readWhole(shelf, lighter, { from: 4, to: 7 })).toString()).toBe('ftyp');
    await shelf.close();
    expect(await readdir(join(folder, 'showing'))).toEqual([]);
    expect((await stat(join(folder, 'kept', key.slice(0, 2), key))).size).toBe(sizeBytes);
  });
});
