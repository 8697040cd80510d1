import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TryLater } from '#src/core/failure.ts';
import type { Films } from '#src/core/films.ts';
import type { Media } from '#src/core/media.ts';
import type { VideoInput, VideoModel } from '#src/core/model.ts';
import type { GenerationRequest, VideoTask } from '#src/core/request.ts';
import { rayCard } from '#test/core/film-cards.ts';
import { createDiskClips } from '#workers/blobs/disk-clips.ts';
import type { Cinema } from '#workers/steps/job.ts';
import { openStudio, type Studio } from './studio.ts';

export const SECOND_MICROS = 750_000;
export const TAKES_MS = 60_000;
const FRAME: Media = { bytes: Buffer.from('a frame'), type: 'image/jpeg' };

/** One clip as the service knows it. It is paid for when it is begun, and not if it fails. */
export interface Shoot {
  readonly token: string;
  readonly input: VideoInput;
  readonly startedAt: number;
}

/** What the service and the film tools do when they are called: each may be replaced by a story's own. */
interface Bendable extends Pick<VideoModel, 'start' | 'collect'>, Pick<Films, 'measure' | 'poster'> {}

/** A studio with a service that makes clips, as strictly as the real one: few at once, and one for each token. */
export interface FilmSet extends Studio {
  readonly service: Bendable;
  readonly shoots: readonly Shoot[];
  /** Every call that somebody has begun something with, or tried to. */
  readonly calls: readonly string[];
  readonly looks: readonly string[];
  /** Clips that the service was told to keep no longer. */
  readonly discards: readonly string[];
  /** How many showings are open that nobody has closed. */
  readonly openShelves: () => number;
  readonly cinema: Cinema;
  leftBehind(): Promise<readonly string[]>;
  film(changes?: Partial<GenerationRequest>, task?: Partial<VideoTask>): Promise<string>;
}

interface FilmSetOptions {
  readonly quota?: number;
  readonly clipsAtOnce?: number;
  /** Makes the clips in the place of the set's own service. */
  readonly maker?: VideoModel;
}

export async function openFilmSet({ quota = 1, clipsAtOnce = 1, maker }: FilmSetOptions = {}): Promise<FilmSet> {
  const directory = await mkdtemp(join(tmpdir(), 'film-set-'));
  const [shoots, calls, looks, discards]: [Shoot[], string[], string[], string[]] = [[], [], [], []];
  const clock = { now: (): number => 0 };
  const isDone = ({ startedAt }: Shoot): boolean => clock.now() - startedAt >= TAKES_MS;
  const service: Bendable = {
    start: async (input, token) => {
      calls.push(token);
      const known = shoots.find((shoot) => shoot.token === token);
      if (known !== undefined && JSON.stringify(known.input) !== JSON.stringify(input)) throw new Error(`${token} is another clip's`);
      if (known === undefined && shoots.filter((shoot) => !isDone(shoot)).length >= quota) throw new TryLater('throttled', 1000);
      if (known === undefined) shoots.push({ token, input, startedAt: clock.now() });
      return { arn: `arn:${token}` };
    },
    collect: async (ticket, into) => {
      looks.push(JSON.stringify(ticket));
      const shoot = shoots.find(({ token }) => JSON.stringify({ arn: `arn:${token}` }) === JSON.stringify(ticket));
      if (shoot === undefined) throw new Error('nobody knows this ticket');
      if (!isDone(shoot)) return false;
      await writeFile(into, `clip of ${shoot.input.prompt}`);
      return true;
    },
    measure: async () => ({ width: 960, height: 540, durationMs: 5042 }),
    poster: async () => FRAME,
  };
  const model: VideoModel = {
    card: rayCard,
    start: async (...values) => service.start(...values),
    collect: async (...values) => service.collect(...values),
    discard: async (ticket) => void discards.push(JSON.stringify(ticket)),
  };
  const clips = createDiskClips(join(directory, 'kept'));
  let openCount = 0;
  const cinema: Cinema = {
    clips,
    films: {
      measure: async (...values) => service.measure(...values),
      poster: async (...values) => service.poster(...values),
      shrink: async () => false,
    },
    openShelf: () => {
      openCount += 1;
      return { open: clips.open, link: clips.link, lighter: async () => undefined, close: async () => void (openCount -= 1) };
    },
    plainPoster: async () => ({ bytes: Buffer.from('plain'), type: 'image/png' }),
    folder: join(directory, 'work'),
    clipsAtOnce,
    lookEveryMs: { min: 5000, max: 15_000 },
  };
  const studio = await openStudio({ models: [maker ?? model], cinema });
  clock.now = () => studio.clockMs;
  const { close } = studio;
  return Object.assign(studio, {
    service,
    shoots,
    calls,
    looks,
    discards,
    cinema,
    openShelves: () => openCount,
    leftBehind: async () => readdir(join(directory, 'work')),
    async film(this: FilmSet, changes: Partial<GenerationRequest> = {}, task: Partial<VideoTask> = {}) {
      const video: VideoTask = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false, frames: [], ...task };
      return this.accept({ modelId: (maker ?? model).card.id, options: {}, task: video, ...changes }, 5 * SECOND_MICROS);
    },
    close: async () => {
      await close();
      await rm(directory, { recursive: true });
    },
  });
}
