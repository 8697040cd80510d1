import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFilmMaker } from '#src/sandbox/film/film.ts';
import { findFfmpeg } from '#workers/films/ffmpeg.ts';

const CLIP_BYTES = 20_000_000;
const CLIP = { width: 960, height: 540, durationSeconds: 5, framesPerSecond: 24 } as const;
/** Of a picture that moves everywhere and is full of noise, which no encoder makes small: nearly the bytes of a clip. */
const BITS_A_SECOND = 31_000_000;
/** Of a box in an mp4 (ISO/IEC 14496-12): its length and its name. */
const BOX_HEAD_BYTES = 8;
const NUMBER_BYTES = 4;

/**
 * Clips of 20 MB, 960 by 540, five seconds: every one is another file and shows the same. Their bytes are nearly all picture where there is ffmpeg; else
 * they are a drawing of the sandbox's, and most of them stand in a box that players pass over.
 */
export async function createClips(): Promise<() => Buffer> {
  const film =
    (await shootHeavily()) ?? (await createFilmMaker()({ ...CLIP, prompt: '', isLooped: false, first: undefined, last: undefined }));
  const room = CLIP_BYTES - film.byteLength;
  if (room < BOX_HEAD_BYTES + NUMBER_BYTES) throw new Error(`a film of ${film.byteLength} bytes is too heavy`);
  let count = 0;
  return () => {
    const box = Buffer.alloc(room);
    box.writeUInt32BE(room, 0);
    box.write('free', 4, 'latin1');
    box.writeUInt32BE((count += 1), BOX_HEAD_BYTES);
    return Buffer.concat([film, box]);
  };
}

async function shootHeavily(): Promise<Buffer | undefined> {
  const program = await findFfmpeg(undefined, process.env['PATH'] ?? '');
  if (program === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'bench-film-'));
  const { width, height, framesPerSecond, durationSeconds } = CLIP;
  const source = `testsrc2=s=${width}x${height}:r=${framesPerSecond}:d=${durationSeconds},noise=alls=60:allf=t`;
  const rate = ['-b:v', `${BITS_A_SECOND}`, '-maxrate', `${BITS_A_SECOND}`, '-bufsize', `${BITS_A_SECOND / 4}`];
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-movflags', '+faststart'];
  try {
    const file = join(folder, 'film.mp4');
    await promisify(execFile)(program, ['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', source, ...codec, ...rate, file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
