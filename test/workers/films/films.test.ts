import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createFilms } from '#workers/films/films.ts';
import { findFfmpeg } from '#workers/films/ffmpeg.ts';
import { writeClip } from './clip.ts';

const ffmpegPath = inject('ffmpegPath');
const signal = new AbortController().signal;

let folder: string;
let light: string;
let heavy: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoami-films-'));
  light = join(folder, 'light.mp4');
  heavy = join(folder, 'heavy.mp4');
  await writeClip(light, { width: 320, height: 180, seconds: 2 });
  await writeClip(heavy, { width: 320, height: 180, seconds: 3, noise: true });
});
afterAll(() => rm(folder, { recursive: true }));

describe('a clip, without any program', () => {
  const films = createFilms({ ffmpegPath: undefined });

  it('is measured as a player sees it', async () => {
    expect(await films.measure(light)).toEqual({ width: 320, height: 180, durationMs: 2000 });
  });

  it('has neither a poster nor a lighter form', async () => {
    expect(await films.poster(light, signal)).toBeUndefined();
    expect(await films.shrink(heavy, join(folder, 'none.mp4'), 1000, signal)).toBe(false);
  });

  it('is no clip when it is something else', async () => {
    const file = join(folder, 'words.mp4');
    await writeFile(file, 'not a clip at all');
    await expect(films.measure(file)).rejects.toThrow(/format/i);
  });
});

describe.skipIf(ffmpegPath === undefined)('a clip, with ffmpeg', () => {
  const films = createFilms({ ffmpegPath });

  it('has a frame that stands for it, in its own size, and leaves nothing else behind', async () => {
    const before = await readdir(folder);
    const poster = await films.poster(light, signal);
    expect(poster?.type).toBe('image/jpeg');
    expect(await sharp(poster?.bytes).metadata()).toMatchObject({ width: 320, height: 180 });
    expect(await readdir(folder)).toEqual(before);
  });

  it('is made anew in the room there is, and stays as long and as large', async () => {
    const into = join(folder, 'lighter.mp4');
    const { size } = await stat(heavy);
    const room = Math.floor(size / 4);
    expect(await films.shrink(heavy, into, room, signal)).toBe(true);
    expect((await stat(into)).size).toBeLessThanOrEqual(room);
    expect(await films.measure(into)).toEqual({ width: 320, height: 180, durationMs: 3000 });
  });

  it('is made anew in one go, though there is too much in it for the room from beginning to end', async () => {
    const [long, program, told] = ['long.mp4', 'counting-ffmpeg', 'told'].map((name) => join(folder, name));
    if (long === undefined || program === undefined || told === undefined) throw new Error('there are three');
    const noise = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=24:d=5,noise=alls=60:allf=t', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
    await promisify(execFile)(ffmpegPath ?? '', [...noise, '-crf', '12', long]);
    await writeFile(program, `#!/bin/sh\necho once >> '${told}'\nexec '${ffmpegPath ?? ''}' "$@"\n`, { mode: 0o755 });
    const room = Math.floor((await stat(long)).size / 2);
    expect(await createFilms({ ffmpegPath: program }).shrink(long, join(folder, 'one-go.mp4'), room, signal)).toBe(true);
    expect(await readFile(told, 'utf8')).toBe('once\n');
  });

  it('is not made anew where nothing worth looking at would fit', async () => {
    expect(await films.shrink(heavy, join(folder, 'blocks.mp4'), 20_000, signal)).toBe(false);
  });

  it('is given up when nobody wants it any more', async () => {
    const reason = new Error('stopping');
    const [one, other] = [new AbortController(), new AbortController()];
    const running = films.shrink(heavy, join(folder, 'stopped.mp4'), 1_000_000, one.signal);
    const waiting = films.shrink(heavy, join(folder, 'waits.mp4'), 1_000_000, other.signal);
    setTimeout(() => {
      one.abort(reason);
      other.abort(reason);
    }, 20);
    const [ran, waited] = await Promise.allSettled([running, waiting]);
    expect(ran).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
    expect(waited).toMatchObject({ status: 'rejected', reason });
  });

  it('fails with the reason when the file is no clip', async () => {
    const words = join(folder, 'words.mp4');
    await writeFile(words, 'not a clip at all');
    await expect(films.poster(words, signal)).rejects.toThrow(/format/i);
  });

  it('is found on the PATH, or where the operator says', async () => {
    expect(await findFfmpeg(undefined, process.env['PATH'] ?? '')).toBe(ffmpegPath);
    expect(await findFfmpeg(ffmpegPath, '')).toBe(ffmpegPath);
    expect(await findFfmpeg('/no/such/program', '')).toBeUndefined();
    expect(await findFfmpeg(undefined, '/no/such/folder')).toBeUndefined();
  });
});
