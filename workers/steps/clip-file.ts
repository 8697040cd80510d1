import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clip, Picture } from '#src/core/answer.ts';
import type { FilmFacts } from '#src/core/films.ts';
import type { Media } from '#src/core/media.ts';
import type { VideoModel } from '#src/core/model.ts';
import type { Json } from '#src/core/request.ts';
import type { Cinema, Job } from './job.ts';

/** A clip that is kept, and the picture that stands for it. */
export interface KeptClip {
  readonly clip: Clip;
  readonly poster: Picture;
}

/**
 * Fetches the finished clip, from disk to disk and never whole in memory, and keeps it with its poster; undefined while it is being made. `firstKey`: the
 * picture that it begins with, if it begins with one. Leaves no file behind. Throws what the model, the stores and `measure` throw.
 */
export async function fetchClip(
  job: Job<VideoModel>,
  cinema: Cinema,
  ticket: Json,
  firstKey: string | undefined,
): Promise<KeptClip | undefined> {
  await mkdir(cinema.folder, { recursive: true });
  const folder = await mkdtemp(join(cinema.folder, 'clip-'));
  const path = join(folder, 'clip.mp4');
  try {
    if (!(await job.model.collect(ticket, path, job.signal))) return undefined;
    const facts = await cinema.films.measure(path);
    const poster = await keepPoster(job, cinema, { path, facts, firstKey });
    const { size: sizeBytes } = await stat(path);
    return { clip: { key: await cinema.clips.keep(path), type: 'video/mp4', ...facts, sizeBytes }, poster };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Shot {
  readonly path: string;
  readonly facts: FilmFacts;
  readonly firstKey: string | undefined;
}

const NO_SEED = 0;

/** A frame of it; else the picture that it begins with; else a plain one of its shape. */
async function keepPoster({ tools, signal }: Job, cinema: Cinema, { path, facts, firstKey }: Shot): Promise<Picture> {
  const media =
    (await frameOf(cinema, path, signal)) ?? (firstKey === undefined ? await cinema.plainPoster(facts) : await tools.blobs.get(firstKey));
  return { key: await tools.blobs.put(media), type: media.type, ...(await tools.images.measure(media)), seed: NO_SEED };
}

/** The clip is the answer and is paid for; without a frame of it something else stands for it. */
async function frameOf({ films }: Cinema, path: string, signal: AbortSignal): Promise<Media | undefined> {
  try {
    return await films.poster(path, signal);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
