import { createS3Outputs } from '#workers/blobs/s3-outputs.ts';
import { createFilms } from '#workers/films/films.ts';
import { createShelf } from '#workers/films/shelf.ts';
import { drawPlainPoster } from '#workers/images/plain-poster.ts';
import { createAsyncInvoke, createVideoModel } from '#workers/models/async-invoke.ts';
import type { Cinema } from '#workers/steps/job.ts';
import type { Clips } from '../core/clips.ts';
import type { VideoModel } from '../core/model.ts';
import { startClearingWork } from './clearing.ts';
import type { Services } from './outside.ts';
import type { Opened } from './run.ts';

/** The models that make clips, and what the clips take. There is no cinema where the service has no bucket to put them in. */
export interface Filming {
  readonly models: readonly VideoModel[];
  readonly cinema: Cinema | undefined;
}

/** A real clip takes minutes; in the sandbox it takes what a person waits for. */
const LOOK_EVERY_MS = { bedrock: { min: 5000, max: 15_000 }, sandbox: { min: 500, max: 5000 } } as const;

export function openFilming(clips: Clips, { mode, bedrock, filming }: Services, { log, defer }: Opened): Filming {
  const { bucket, calls, specs, ffmpegPath, clipsAtOnce, folder } = filming;
  const outputs = bucket === undefined ? undefined : createS3Outputs(bucket);
  const asyncInvoke = createAsyncInvoke({ ...bedrock, outputs, calls, log });
  defer(async () => {
    asyncInvoke.close();
    outputs?.close();
  });
  defer(startClearingWork(folder, log));
  const films = createFilms({ ffmpegPath });
  const cinema: Cinema = {
    clips,
    films,
    openShelf: (signal) => createShelf({ clips, films, folder, signal }),
    plainPoster: drawPlainPoster,
    folder,
    clipsAtOnce,
    lookEveryMs: LOOK_EVERY_MS[mode.kind],
  };
  return {
    models: specs.map((spec) => createVideoModel(spec, asyncInvoke)),
    cinema: outputs === undefined ? undefined : cinema,
  };
}
