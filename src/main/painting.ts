import { randomInt } from 'node:crypto';
import type { Platforms } from '#adapters/catalogue.ts';
import { keyOf } from '#workers/blobs/key.ts';
import { createEnhancer } from '#workers/enhancer/enhance.ts';
import { createInterpreter } from '#workers/enhancer/interpret.ts';
import { questionMaxMicros } from '#workers/enhancer/price.ts';
import type { Marking } from '#workers/images/grid.ts';
import type { isMask } from '#workers/images/is-mask.ts';
import { createBedrock, createImageModel } from '#workers/models/bedrock.ts';
import { createPipeline } from '#workers/pipeline.ts';
import type { Images } from '../core/images.ts';
import type { Handle } from '../core/queue.ts';
import { openFilming } from './filming.ts';
import { createLate } from './late.ts';
import type { Store } from './parts.ts';
import type { Opened } from './run.ts';
import type { Services } from './outside.ts';

const now = (): number => Date.now();

/** The way through: what a worker does with a job. */
export function handleFor({ ledger, blobs, clips }: Store, services: Services, { all: platforms }: Platforms, opened: Opened): Handle {
  const { log } = opened;
  const bedrock = createBedrock({ ...services.bedrock, log });
  opened.defer(async () => bedrock.close());
  const claude = services.claude();
  const { models, cinema } = openFilming(clips, services, opened);
  const tools = {
    enhancer: createEnhancer({ claude, now, log }),
    interpreter: createInterpreter({ claude, now, log }),
    questionMax: { modelId: claude.modelId, costMicros: questionMaxMicros(claude.modelId) },
    images: createLateImages(services.mode.kind === 'sandbox' ? 'algorithmicMedia' : 'trainedAlgorithmicMedia'),
    blobs,
    cinema,
    isMask: isMaskLate,
    keyOf,
    now,
    randomSeed: (max: number) => randomInt(1, max + 1),
    sandbox: services.mode.kind === 'sandbox',
  };
  const painters = services.specs.map((spec) => createImageModel(spec, bedrock));
  return createPipeline({ ledger, platforms, models: [...painters, ...models], tools, log });
}

/** The library behind it takes a tenth of a second and ten megabytes: it is there for the first picture, and not before the product is ready. */
function createLateImages(marking: Marking): Images {
  const opened = createLate(async () => {
    const { createImages } = await import('#workers/images/images.ts');
    return createImages({ marking });
  });
  return {
    prepare: async (...picture) => (await opened()).prepare(...picture),
    measure: async (media) => (await opened()).measure(media),
    grid: async (pictures) => (await opened()).grid(pictures),
    mark: async (...picture) => (await opened()).mark(...picture),
  };
}

const isMaskLate: typeof isMask = async (media) => {
  const loaded = await import('#workers/images/is-mask.ts');
  return loaded.isMask(media);
};
