import { jsonReply, type Reply } from '../http.ts';
import { AMAZON_MODELS } from './amazon-models.ts';
import type { Endings } from './endings.ts';
import { errorReply, NO_SUCH_MODEL } from './errors.ts';
import { GENERATION_MODELS } from './generation-models.ts';
import { IMAGE_SERVICES } from './image-services.ts';
import { LUMA_MODEL } from './luma-model.ts';
import { REEL_MODELS } from './reel-models.ts';
import type { ModelRules } from './rules.ts';
import type { VideoModelRules } from './video-rules.ts';
import { XL_MODEL } from './xl-model.ts';

/** Past their end of life by November 2026. The former versions of today's models are counted among them, which is not confirmed. */
export const RETIRED_MODELS: readonly string[] = [
  'amazon.titan-image-generator-v1',
  'amazon.titan-image-generator-v2:0',
  'amazon.nova-canvas-v1:0',
  'amazon.nova-reel-v1:0',
  'amazon.nova-reel-v1:1',
  'stability.stable-diffusion-xl-v0',
  'stability.stable-diffusion-xl-v1',
  'stability.sd3-large-v1:0',
  'stability.stable-image-ultra-v1:0',
  'stability.stable-image-core-v1:0',
];

const LIVING: readonly ModelRules[] = [...GENERATION_MODELS, ...IMAGE_SERVICES];
const FORMER: readonly ModelRules[] = [...AMAZON_MODELS, XL_MODEL];

/** The models that answer: the living, and of the former those that were revived. */
export const modelsWith = (revived: readonly string[]): readonly ModelRules[] => [
  ...LIVING,
  ...FORMER.filter(({ id }) => revived.includes(id)),
];

/** The models of clips that answer, alike. */
export const videoModelsWith = (revived: readonly string[]): readonly VideoModelRules[] => [
  LUMA_MODEL,
  ...REEL_MODELS.filter(({ id }) => revived.includes(id)),
];

type Described = Pick<ModelRules, 'id' | 'regions'>;

/** GetFoundationModel, which knows models by their own ids and not by their profiles'. The end of those that were revived is not settled. */
export function describeModel(models: readonly Described[], endings: Endings, id: string, region: string, requestId: string): Reply {
  const model = models.find((candidate) => candidate.id.replace(/^us\./, '') === id && candidate.regions.includes(region));
  if (model === undefined) return errorReply(NO_SUCH_MODEL, requestId);
  const end = endings.endOf(model.id, region);
  const status = end !== undefined || RETIRED_MODELS.includes(model.id) ? 'LEGACY' : 'ACTIVE';
  const endOfLifeTime = end === undefined ? {} : { endOfLifeTime: new Date(end).toISOString() };
  const modelLifecycle = { status, startOfLifeTime: '2025-01-01T00:00:00Z', ...endOfLifeTime };
  const modelArn = `arn:aws:bedrock:${region}::foundation-model/${id}`;
  return jsonReply(200, { modelDetails: { modelArn, modelId: id, modelLifecycle } }, { 'x-amzn-requestid': requestId });
}
