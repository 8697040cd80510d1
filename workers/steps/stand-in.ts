import type { Refusal } from '#src/core/failure.ts';
import { standInSchema, type StandIn } from '#src/core/facts.ts';
import type { Journal } from '#src/core/ledger.ts';
import type { ImageModel, ModelCard } from '#src/core/model.ts';
import type { Substituted } from '#src/core/request.ts';
import { canDo } from '#src/core/routing.ts';
import { errandOf } from '#src/core/tasks.ts';
import type { Job } from './job.ts';

/** How often a request is passed on. A third model that cannot be had is no chance any more: something else is wrong. */
const STAND_INS_MAX = 2;

/** Who stands in for the model of a request, if that could not be had. */
export async function readStandIn(journal: Journal): Promise<StandIn | undefined> {
  const known = await journal.page('plan').read('stand-in');
  return known === undefined ? undefined : standInSchema.parse(known);
}

/** The job in the hands of whoever paints it now. */
export async function painterOf(job: Job<ImageModel>): Promise<Job<ImageModel>> {
  const standIn = await readStandIn(job.journal);
  const model = job.models.find(({ card }) => card.id === standIn?.modelId);
  return model === undefined || !('generate' in model) ? job : { ...job, model };
}

/**
 * Passes the request on from a model that the service does not have for us, which made nothing and cost nothing. Answers whether somebody else is to be
 * asked now; whoever finds that it was passed on already asks that one.
 */
export async function passOn(job: Job, from: ModelCard, because: Substituted['because']): Promise<boolean> {
  const known = await readStandIn(job.journal);
  if (known?.tried.includes(from.id) === true) return true;
  const tried = [...(known?.tried ?? []), from.id];
  const next = tried.length > STAND_INS_MAX ? undefined : successorOf(job, from, tried);
  if (next === undefined) return false;
  const first = known?.because ?? because;
  await job.journal.page('plan').write('stand-in', { modelId: next.id, because: first, tried });
  return true;
}

/** Of the living who can: the named successor, the best that costs no more, or else the cheapest. */
function successorOf({ models, request }: Job, from: ModelCard, tried: readonly string[]): ModelCard | undefined {
  const errand = errandOf(request.task, request.images.length);
  const able = models.map(({ card }) => card).filter((card) => canDo(card, errand) && !tried.includes(card.id));
  const named = from.lifecycle.status === 'active' ? undefined : from.lifecycle.successor;
  const byPrice = able.toSorted((one, two) => one.priceMicros - two.priceMicros);
  return able.find(({ id }) => id === named) ?? byPrice.findLast(({ priceMicros }) => priceMicros <= from.priceMicros) ?? byPrice[0];
}

/** Why a model could not be had, where another one may be. Keys that open nothing at all are no such reason. */
export function unavailability({ code, details }: Pick<Refusal, 'code' | 'details'>): Substituted['because'] | undefined {
  if (code === 'model-unavailable') return 'unavailable';
  return code === 'credentials-rejected' && details['scope'] === 'model' ? 'denied' : undefined;
}

/** Said with the answer: which model was wished for, and why it was not that one. */
export async function substitutedIn({ journal, request, models }: Job): Promise<Substituted | undefined> {
  const standIn = await readStandIn(journal);
  if (standIn === undefined || request.substituted !== undefined) return request.substituted;
  const wished = models.find(({ card }) => card.id === request.modelId)?.card;
  return { model: wished?.label ?? request.modelId, because: standIn.because };
}

/** Under which name the calls for one picture are noted: the models that stood in have notes of their own, as they have prices of their own. */
export const noteName = (index: number, modelId: string, requestedId: string): string =>
  modelId === requestedId ? `picture-${index}` : `picture-${index}-${modelId}`;
