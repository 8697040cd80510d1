import { readFile, rm, stat } from 'node:fs/promises';
import type { FilmFacts, Films } from '#src/core/films.ts';
import { createTurns } from '#src/core/turns.ts';
import { runFfmpeg } from './ffmpeg.ts';

export interface FilmsOptions {
  /** Undefined where there is no such program: clips are then neither looked into nor made lighter. */
  readonly ffmpegPath: string | undefined;
}

/** What of the room the picture may take; the rest is the container's, and what the encoder is out by. */
const SHARE = 0.9;
/** Fewer bits than these are no clip any more but coloured blocks. */
const BITS_A_SECOND_MIN = 250_000;
/** The second time with less still: the first was out by more than it should be. */
const TRIES = [1, 0.75];
/** Somewhat after the beginning, where a clip is often black or still. */
const POSTER_AT = 0.3;

/** Clips as files. Their description is read here; whatever needs their pixels is ffmpeg's work, in a process of its own. */
export function createFilms({ ffmpegPath }: FilmsOptions): Films {
  const turns = createTurns(1);
  // One at a time: side by side they would only be slower, and each of them nearer to its time limit.
  const run = async (program: string, words: readonly string[], signal: AbortSignal): Promise<void> =>
    turns.take(signal, async () => runFfmpeg(program, words, signal));
  return {
    measure,
    async poster(path, signal) {
      if (ffmpegPath === undefined) return undefined;
      const { durationMs } = await measure(path);
      const picture = `${path}.jpg`;
      const at = ((durationMs / 1000) * POSTER_AT).toFixed(3);
      try {
        await run(ffmpegPath, ['-ss', at, '-i', path, '-frames:v', '1', '-q:v', '2', '-y', picture], signal);
        return { bytes: await readFile(picture), type: 'image/jpeg' };
      } finally {
        await rm(picture, { force: true });
      }
    },
    async shrink(path, into, sizeBytesMax, signal) {
      if (ffmpegPath === undefined) return false;
      const { durationMs } = await measure(path);
      for (const part of TRIES) {
        const bits = Math.floor((sizeBytesMax * 8 * SHARE * part * 1000) / durationMs);
        if (bits < BITS_A_SECOND_MIN) return false;
        await run(ffmpegPath, wordsFor(path, into, bits), signal);
        if ((await stat(into)).size <= sizeBytesMax) return true;
      }
      return false;
    },
  };
}

/**
 * Of the ceiling: what the encoder may save up and spend above it. A clip is so short that a second of it would be more than the room that is kept free,
 * and everything would be encoded twice.
 */
const SAVED_SECONDS = 0.5;

/** One pass, held under a ceiling: what plays everywhere, begins before it is all there, and has no sound, as its model made none. */
function wordsFor(path: string, into: string, bits: number): readonly string[] {
  const rate = ['-b:v', `${bits}`, '-maxrate', `${bits}`, '-bufsize', `${Math.floor(bits * SAVED_SECONDS)}`];
  const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-threads', '1'];
  return ['-i', path, '-an', ...codec, ...rate, '-movflags', '+faststart', '-f', 'mp4', '-y', into];
}

async function measure(path: string): Promise<FilmFacts> {
  // Loaded with the first clip: most houses paint pictures most of the time.
  const { ALL_FORMATS, FilePathSource, Input } = await import('mediabunny');
  using input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error('a clip without a picture track');
  return {
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    durationMs: Math.round((await input.computeDuration()) * 1000),
  };
}
