import type { ModelCard } from '#src/core/model.ts';
import { lumaRay2 } from './luma-ray-2.ts';
import { novaCanvas } from './nova-canvas.ts';
import { novaReel } from './nova-reel.ts';
import type { ImageModelSpec, VideoModelSpec } from './spec.ts';
import { stableConservativeUpscale } from './stable-conservative-upscale.ts';
import { stableCreativeUpscale } from './stable-creative-upscale.ts';
import { stableDiffusion15 } from './stable-diffusion-1-5.ts';
import { stableDiffusion35Large } from './stable-diffusion-35-large.ts';
import { stableDiffusionXl } from './stable-diffusion-xl.ts';
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
import { titanImageGeneratorV1 } from './titan-image-generator-v1.ts';
import { titanImageGeneratorV2 } from './titan-image-generator-v2.ts';

/** Every model that paints, one line each. The first that can do a task is the one that does it when nobody names another. */
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
  titanImageGeneratorV2,
  titanImageGeneratorV1,
  novaCanvas,
  stableDiffusionXl,
  stableDiffusion15,
];

/** Every model that makes clips. */
export const videoSpecs: readonly VideoModelSpec[] = [lumaRay2, novaReel];

/**
 * The models as this account has them: those past their end that still answer it, by their ids, come back to life at the end of the list, where
 * nobody gets one who did not name it.
 */
export const specsWith = (revived: readonly string[]): readonly ImageModelSpec[] => revive(specs, revived);
export const videoSpecsWith = (revived: readonly string[]): readonly VideoModelSpec[] => revive(videoSpecs, revived);

function revive<Spec extends { readonly card: ModelCard }>(all: readonly Spec[], revived: readonly string[]): readonly Spec[] {
  return all.map((spec) => {
    const { lifecycle, id } = spec.card;
    if (lifecycle.status !== 'retired' || !revived.includes(id)) return spec;
    return { ...spec, card: { ...spec.card, lifecycle: { ...lifecycle, status: 'legacy' } } };
  });
}
