import type { Charges } from '../charges.ts';
import type { MakeFilm } from '../film/film.ts';
import type { Pause } from '../pause.ts';
import { describeObject, type ObjectStore } from '../s3/store.ts';
import type { Job } from './async-jobs.ts';
import type { ClipOrder, VideoModelRules } from './video-rules.ts';

export interface ClipWorkParts {
  readonly charges: Charges;
  readonly store: ObjectStore;
  readonly makeFilm: MakeFilm;
  readonly pause: Pause;
  readonly clipTimeMs: number;
  /** Of each side that the model would give, what the sandbox gives: a clip of full size costs too much work. */
  readonly scale: number;
  readonly framesPerSecond: number;
}

/** Works on a job that was just created. Resolves once it is on the bill or has turned out not to get there; goes on after that. */
export type BeginClip = (model: VideoModelRules, job: Job, requestId: string) => Promise<void>;

const FAILS_AFTER_MS = 1000;
const SLOW_MS = 15_000;

/** Wordings of ours: none of a filter's was ever seen. */
const FAILURES: Readonly<Record<string, string>> = {
  moderated: 'The prompt was flagged by content moderation.',
  'input-moderated': 'The input image was flagged by content moderation.',
  'output-moderated': 'RAI_VIOLATION_OUTPUT_VIDEO_DEFLECTION: the generated video has been blocked by our content filters.',
  failed: 'Internal error while generating the video.',
  unwritable: 'Unable to write the output to the specified S3 bucket: Access Denied',
};

export function createBeginClip(parts: ClipWorkParts): BeginClip {
  const { charges, store, makeFilm, pause, clipTimeMs } = parts;

  function end(job: Job, failureMessage?: string): void {
    job.status = failureMessage === undefined ? 'Completed' : 'Failed';
    job.failureMessage = failureMessage;
    job.endedAt = Date.now();
  }

  async function failSoon(job: Job, message: string): Promise<void> {
    await pause(Math.min(FAILS_AFTER_MS, clipTimeMs));
    end(job, message);
  }

  async function film(model: VideoModelRules, job: Job, order: ClipOrder): Promise<void> {
    const { kind, delayMs } = job.strike ?? {};
    const waitMs = delayMs ?? (kind === 'slow' ? SLOW_MS : clipTimeMs);
    const [bytes] = await Promise.all([makeFilm({ ...order, ...sizeIn(parts, order) }), pause(waitMs)]);
    if (kind === 'never-ends') return;
    if (kind !== 'missing-object') {
      const { bucket, folder } = placeOf(job);
      const name = kind === 'other-name' ? 'video-0001.mp4' : 'output.mp4';
      for (const left of model.leaves) await keep(`${folder}/${left}`, Buffer.from(JSON.stringify({ schemaVersion: '1.0' })));
      await keep(`${folder}/${name}`, bytes);
      // The service gives its files no type of their own.
      async function keep(key: string, content: Buffer): Promise<void> {
        await store.put(describeObject({ bucket, key }, content), content, false);
      }
    }
    end(job);
  }

  return async (model, job, requestId) => {
    const reading = await model.read(job.start.modelInput);
    const failure = reading.kind === 'failed' ? reading.message : FAILURES[job.strike?.kind ?? ''];
    const working =
      reading.kind === 'failed' || failure !== undefined ? failSoon(job, failure ?? '') : film(model, job, charged(model, reading.order));
    // A sandbox that stops leaves its work.
    working.catch((error: unknown) => end(job, `Internal error: ${error instanceof Error ? error.message : String(error)}`));

    function charged({ id, secondMicros }: VideoModelRules, order: ClipOrder): ClipOrder {
      const clip = { seconds: order.durationSeconds, resolution: order.resolution };
      const priceMicros = (secondMicros[order.resolution] ?? 0) * order.durationSeconds;
      charges.add({ requestId, modelId: id, seed: 0, priceMicros, clip, at: Date.now() });
      return order;
    }
  };
}

/** Even, as the encoder needs them. */
const sizeIn = ({ scale, framesPerSecond }: ClipWorkParts, { size }: ClipOrder) => ({
  width: Math.max(2, Math.round((size.width * scale) / 2) * 2),
  height: Math.max(2, Math.round((size.height * scale) / 2) * 2),
  framesPerSecond,
});

/** The bucket, and the folder in it that is the job's own. */
export function placeOf({ id, start }: Pick<Job, 'id' | 'start'>): { readonly bucket: string; readonly folder: string } {
  const [, , bucket = '', ...prefix] = start.outputDataConfig.s3OutputDataConfig.s3Uri.replace(/\/+$/, '').split('/');
  return { bucket, folder: [...prefix, id].join('/') };
}
