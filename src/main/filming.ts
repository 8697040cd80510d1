import type { S3Options } from '#workers/blobs/s3-client.ts';
import { createFilms } from '#workers/films/films.ts';
import { createShelf } from '#workers/films/shelf.ts';
import { createAsyncInvoke, createVideoModel, type Outputs } from '#workers/models/async-invoke.ts';
import type { Cinema } from '#workers/steps/job.ts';
import type { Clips } from '../core/clips.ts';
import type { VideoModel } from '../core/model.ts';
import { startClearingWork } from './clearing.ts';
import { createLate } from './late.ts';
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
  const outputs = bucket === undefined ? undefined : createLateOutputs(bucket, defer);
  const asyncInvoke = createAsyncInvoke({ ...bedrock, outputs, calls, log });
  defer(async () => asyncInvoke.close());
  defer(startClearingWork(folder, log));
  const films = createFilms({ ffmpegPath });
  const cinema: Cinema = {
    clips,
    films,
    openShelf: (signal) => createShelf({ clips, films, folder, signal }),
    plainPoster: async (size) => {
      const { drawPlainPoster } = await import('#workers/images/plain-poster.ts');
      return drawPlainPoster(size);
    },
    folder,
    clipsAtOnce,
    lookEveryMs: LOOK_EVERY_MS[mode.kind],
  };
  return {
    models: specs.map((spec) => createVideoModel(spec, asyncInvoke)),
    cinema: outputs === undefined ? undefined : cinema,
  };
}

/** Most who paint make no clips: the store's client is loaded for the first one. */
function createLateOutputs(bucket: S3Options, defer: Opened['defer']): Outputs {
  const opened = createLate(async () => {
    const { createS3Outputs } = await import('#workers/blobs/s3-outputs.ts');
    const outputs = createS3Outputs(bucket);
    defer(async () => outputs.close());
    return outputs;
  });
  return {
    uriFor: async (token) => (await opened()).uriFor(token),
    fetch: async (...clip) => (await opened()).fetch(...clip),
    remove: async (...clip) => (await opened()).remove(...clip),
  };
}
