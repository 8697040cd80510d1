import type { Stage } from '#src/core/answer.ts';
import type { BlobKey, Blobs } from '#src/core/blobs.ts';
import type { Enhancer } from '#src/core/enhancer.ts';
import type { Images } from '#src/core/images.ts';
import type { Interpreter } from '#src/core/interpreter.ts';
import type { Journal } from '#src/core/ledger.ts';
import type { Media } from '#src/core/media.ts';
import type { ImageModel } from '#src/core/model.ts';
import type { Platform } from '#src/core/platform.ts';
import type { GenerationRequest } from '#src/core/request.ts';

/** What the steps work with, handed in once by the composition root. */
export interface Tools {
  readonly enhancer: Enhancer;
  /** Whoever can say what words mean and what a picture shows; absent where nobody can. */
  readonly interpreter?: Interpreter | undefined;
  readonly images: Images;
  readonly blobs: Blobs;
  /** The key that `blobs` will give to this picture. */
  readonly keyOf: (media: Media) => BlobKey;
  readonly now: () => number;
  /** A whole number from 1 to the given one. */
  readonly randomSeed: (max: number) => number;
  /** True when the pictures are painted by the sandbox, so that the answer can say so. */
  readonly sandbox: boolean;
}

/** One request in the hands of one worker. */
export interface Job {
  readonly journal: Journal;
  readonly request: GenerationRequest;
  readonly model: ImageModel;
  /** Everybody who may stand in for the model, in the operator's order of preference. */
  readonly models: readonly ImageModel[];
  readonly platform: Platform;
  readonly tools: Tools;
  readonly signal: AbortSignal;
  /** Tells the ledger and the platform how far the job is. */
  tell(stage: Stage): Promise<void>;
}
