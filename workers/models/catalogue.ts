import type { ImageModelSpec } from './spec.ts';
import { stableConservativeUpscale } from './stable-conservative-upscale.ts';
import { stableCreativeUpscale } from './stable-creative-upscale.ts';
import { stableDiffusion35Large } from './stable-diffusion-35-large.ts';
import { stableFastUpscale } from './stable-fast-upscale.ts';
import { stableImageControlSketch } from './stable-image-control-sketch.ts';
import { stableImageControlStructure } from './stable-image-control-structure.ts';
import { stableImageCore } from './stable-image-core.ts';
import { stableImageEraseObject } from './stable-image-erase-object.ts';
import { stableImageInpaint } from './stable-image-inpaint.ts';
import { stableImageRemoveBackground } from './stable-image-remove-background.ts';
import { stableImageSearchRecolor } from './stable-image-search-recolor.ts';
import { stableImageSearchReplace } from './stable-image-search-replace.ts';
import { stableImageStyleGuide } from './stable-image-style-guide.ts';
import { stableImageUltra } from './stable-image-ultra.ts';
import { stableOutpaint } from './stable-outpaint.ts';
import { stableStyleTransfer } from './stable-style-transfer.ts';

/** Every model, one line each. The first that can do a task is the one that does it when nobody names another. */
export const specs: readonly ImageModelSpec[] = [
  stableDiffusion35Large,
  stableImageUltra,
  stableImageCore,
  stableImageInpaint,
  stableImageEraseObject,
  stableImageSearchReplace,
  stableImageSearchRecolor,
  stableOutpaint,
  stableImageRemoveBackground,
  stableStyleTransfer,
  stableImageStyleGuide,
  stableImageControlSketch,
  stableImageControlStructure,
  stableConservativeUpscale,
  stableCreativeUpscale,
  stableFastUpscale,
];
