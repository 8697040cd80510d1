import type { ImageModelSpec } from './spec.ts';
import { stableDiffusion35Large } from './stable-diffusion-35-large.ts';
import { stableImageCore } from './stable-image-core.ts';
import { stableImageUltra } from './stable-image-ultra.ts';

/** Every model, one line each. The first that can do a task is the one that does it when nobody names another. */
export const specs: readonly ImageModelSpec[] = [stableDiffusion35Large, stableImageUltra, stableImageCore];
