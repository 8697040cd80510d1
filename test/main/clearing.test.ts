import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stop } from '#src/core/platform.ts';
import { clearWork } from '#src/main/clearing.ts';
import { openPictures } from '#src/main/pictures.ts';
import { clipNotices } from '#src/main/screen.ts';
import { createMemoryLog } from '#test/queue/rooms.ts';

const DAY_MS = 24 * 60 * 60_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearing-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('what a dead worker left where clips are worked on', () => {
  it('is thrown away a day later, and what another worker may be at is not', async () => {
    for (const name of ['clip-old', 'clip-young']) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'clip.mp4'), 'a part');
    }
    const before = new Date(Date.now() - DAY_MS - 60_000);
    await utimes(join(folder, 'clip-old'), before, before);
    await clearWork(folder, createMemoryLog());
    expect(await readdir(folder)).toEqual(['clip-young']);
  });

  it('is nothing where no clip was ever made', async () => {
    const log = createMemoryLog();
    await clearWork(join(folder, 'nowhere'), log);
    expect(log.lines).toEqual([]);
  });
});

describe('what a death in the middle of writing left', () => {
  it.each(['blobs', 'clips'])('among the %s is thrown away a day later', async (kind) => {
    const unfinished = join(folder, kind, 'unfinished');
    await mkdir(unfinished, { recursive: true });
    for (const name of ['old', 'young']) await writeFile(join(unfinished, name), 'half of a pict');
    const before = new Date(Date.now() - DAY_MS - 60_000);
    await utimes(join(unfinished, 'old'), before, before);
    const stops: Stop[] = [];
    openPictures({ dataDir: folder, s3: undefined }, { log: createMemoryLog(), defer: (stop) => void stops.push(stop) });
    for (const stop of stops) await stop();
    expect(await readdir(unfinished)).toEqual(['young']);
  });
});

describe('what the operator is told of clips', () => {
  const bedrock = { region: 'us-west-2', endpoint: undefined };
  const filming = { specs: [], calls: 'auto', clipsAtOnce: 1, folder: 'work' } as const;
  const bucket = { bucket: 'clips', region: 'us-west-2' };

  it.each([
    ['no bucket', { bucket: undefined, ffmpegPath: '/usr/bin/ffmpeg' }, /S3_BUCKET in us-west-2/],
    ['no ffmpeg', { bucket, ffmpegPath: undefined }, /FFMPEG_PATH/],
  ])('once, when there is %s', (_, missing, expected) => {
    expect(clipNotices({ language: 'en', bedrock }, { filming: { ...filming, ...missing } })).toEqual([expect.stringMatching(expected)]);
  });

  it('nothing, when nothing is missing', () => {
    expect(clipNotices({ language: 'vi', bedrock }, { filming: { ...filming, bucket, ffmpegPath: '/usr/bin/ffmpeg' } })).toEqual([]);
  });
});
