import { decoded, type Ask, type Reply } from '../http.ts';
import { checkAccess, type BedrockKeys } from './access.ts';
import type { AsyncInvoke } from './async-invoke.ts';
import { type AskClaude, isClaude } from './claude.ts';
import {
  END_OF_LIFE,
  errorReply,
  profileOnly,
  TOO_LARGE,
  UNKNOWN_MODEL,
  UNKNOWN_OPERATION,
  validation,
  type ServiceError,
} from './errors.ts';
import { hasEnded, type Endings } from './endings.ts';
import type { Generate } from './invoke.ts';
import { PROFILE_ONLY_MODELS } from './image-services.ts';
import { describeModel, modelsWith, RETIRED_MODELS, videoModelsWith } from './models.ts';
import { MODEL_ID_LENGTH_MAX, type ModelRules } from './rules.ts';

export interface BedrockParts {
  readonly keys: BedrockKeys;
  readonly generate: Generate;
  readonly asyncInvoke: AsyncInvoke;
  readonly askClaude: AskClaude;
  /** Ids of models past their end of life that go on for this account. */
  readonly revived: readonly string[];
  readonly endings: Endings;
}

type Found = { readonly kind: 'image'; readonly model: ModelRules } | { readonly kind: 'claude'; readonly id: string } | ServiceError;

/** Stands in for `bedrock-runtime`: InvokeModel and the operations of clips, with the service's order of checks: who, what for, with what. */
export function createBedrock(parts: BedrockParts): (ask: Ask) => Promise<Reply> | Reply {
  const models = modelsWith(parts.revived);
  const known = [...models, ...videoModelsWith(parts.revived)];
  return (ask) => {
    const refuse = (error: ServiceError): Reply => errorReply(error, ask.requestId);
    if (ask.bodyTooLarge) return refuse(TOO_LARGE);
    const access = checkAccess(ask, parts.keys);
    if (access.kind === 'denied') return refuse(access.error);
    const [, described] = /^\/foundation-models\/([^/]+)$/.exec(ask.path) ?? [];
    if (described !== undefined && ask.method === 'GET')
      return describeModel(known, parts.endings, decoded(described) ?? '', access.region, ask.requestId);
    if (ask.path.startsWith('/async-invoke')) return parts.asyncInvoke(ask, access.region);
    const [, encodedId] = /^\/model\/([^/]+)\/invoke$/.exec(ask.path) ?? [];
    if (encodedId === undefined || ask.method !== 'POST') return refuse(UNKNOWN_OPERATION);
    const found = findModel(models, decoded(encodedId) ?? '', access.region);
    if ('status' in found) return refuse(found);
    if (found.kind === 'image' && hasEnded(parts.endings, found.model.id, access.region)) return refuse(END_OF_LIFE);
    const unfit = checkMediaTypes(ask);
    if (unfit !== undefined) return refuse(unfit);
    return found.kind === 'image' ? parts.generate(found.model, ask) : parts.askClaude(found.id, ask);
  };
}

/** What answers to an id in a region, or the words in which the service says that nothing does. */
function findModel(models: readonly ModelRules[], given: string, region: string): Found {
  if (given.length > MODEL_ID_LENGTH_MAX) return UNKNOWN_MODEL;
  const [, arnRegion, arnId] = /^arn:aws[^:]*:bedrock:([^:]*):\d*:(?:foundation-model|inference-profile)\/(.+)$/.exec(given) ?? [];
  const id = arnId ?? given;
  if (arnRegion !== undefined && arnRegion !== region) return UNKNOWN_MODEL;
  if (PROFILE_ONLY_MODELS.includes(id) || id.startsWith('anthropic.claude-')) return profileOnly(given);
  if (isClaude(id, region)) return { kind: 'claude', id };
  const model = models.find((candidate) => candidate.id === id);
  if (model === undefined && RETIRED_MODELS.includes(id)) return END_OF_LIFE;
  return model?.regions.includes(region) === true ? { kind: 'image', model } : UNKNOWN_MODEL;
}

/** JSON both ways is what is documented. Whether the live service bears other types is not known, so that the sandbox does not. */
function checkMediaTypes(ask: Ask): ServiceError | undefined {
  const [contentType] = (ask.headers['content-type'] ?? '').split(';');
  if (contentType?.trim() !== 'application/json') return validation('The Content-Type of the request must be application/json.');
  const accepts = (ask.headers['accept'] ?? '*/*').split(',').map((type) => type.split(';')[0]?.trim());
  const fits = accepts.some((type) => type === '*/*' || type === 'application/*' || type === 'application/json');
  return fits ? undefined : validation('The Accept header of the request must allow application/json.');
}
