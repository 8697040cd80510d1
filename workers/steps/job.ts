import type { Stage } from '#src/core/answer.ts';
import type { BlobKey, Blobs } from '#src/core/blobs.ts';
import type { Clips, ClipShelf } from '#src/core/clips.ts';
import type { Enhancer, Paid } from '#src/core/enhancer.ts';
import type { Films } from '#src/core/films.ts';
import type { Images } from '#src/core/images.ts';
import type { Interpreter } from '#src/core/interpreter.ts';
import type { Journal } from '#src/core/ledger.ts';
import type { Media } from '#src/core/media.ts';
import type { ImageModel, Model, SizePixels, VideoModel } from '#src/core/model.ts';
import type { Platform } from '#src/core/platform.ts';
import type { GenerationRequest } from '#src/core/request.ts';

/** What clips take beside what pictures take. */
export interface Cinema {
  readonly clips: Clips;
  readonly films: Films;
  /** The kept clips for one showing. */
  openShelf(signal: AbortSignal): ClipShelf & { close(): Promise<void> };
  /** A picture that stands for a clip of which no frame can be had. */
  plainPoster(size: SizePixels): Promise<Media>;
  /** Where clips lie while they are being fetched and looked at; it is made when it is first needed. */
  readonly folder: string;
  /** How many clips are in the making at once, of all workers together: the others stand in line. */
  readonly clipsAtOnce: number;
  /** How long a clip is left alone between two looks, in its beginning and later. */
  readonly lookEveryMs: { readonly min: number; readonly max: number };
}

/** What the steps work with, handed in once by the composition root. */
export interface Tools {
  readonly enhancer: Enhancer;
  /** Whoever can say what words mean and what a picture shows; absent where nobody can. */
  readonly interpreter?: Interpreter | undefined;
  /** What one question to either of them costs at most, and who is paid: what is booked for one of which nobody knows what became. */
  readonly questionMax: Paid;
  readonly images: Images;
  /** Whether a picture that came with another one says where to work in it. */
  readonly isMask: (picture: Media) => Promise<boolean>;
  readonly blobs: Blobs;
  /** Absent where no clip can be made: there is no place where the service could put it. */
  readonly cinema?: Cinema | undefined;
  /** The key that `blobs` will give to this picture. */
  readonly keyOf: (media: Media) => BlobKey;
  readonly now: () => number;
  /** A whole number from 1 to the given one. */
  readonly randomSeed: (max: number) => number;
  /** True when the pictures are painted by the sandbox, so that the answer can say so. */
  readonly sandbox: boolean;
}

/** One request in the hands of one worker. */
export interface Job<Having extends Model = Model> {
  readonly journal: Journal;
  readonly request: GenerationRequest;
  readonly model: Having;
  /** Everybody who may stand in for the model, in the operator's order of preference. */
  readonly models: readonly Model[];
  readonly platform: Platform;
  readonly tools: Tools;
  readonly signal: AbortSignal;
  /** Tells the ledger and the platform how far the job is. */
  tell(stage: Stage): Promise<void>;
}

/** A model that has taken minutes when it is done, or seconds. */
export const isForClip = (job: Job): job is Job<VideoModel> => 'start' in job.model;
export const isForPictures = (job: Job): job is Job<ImageModel> => 'generate' in job.model;
