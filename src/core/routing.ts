import { Refusal } from './failure.ts';
import { nearest } from './nearest.ts';
import { isLiving, type ModelCard } from './model.ts';
import { IMAGES_MAX, type Substituted, type VideoTask } from './request.ts';
import { takesMask, type Errand } from './tasks.ts';

/** Which model does it, and in whose place when the one that was named is no more. */
export interface Route {
  readonly card: ModelCard;
  readonly substituted?: Substituted;
}

/** Spelling does not matter in a model's name: `SD 3.5` is `sd35`. */
const squash = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Whether a model that can be had does this: the task, with so many pictures, finding its place in the way that is given. */
export function canDo(card: ModelCard, { task, pictures }: Errand): boolean {
  const { editing = {} } = card;
  if (!isLiving(card) || !card.tasks.includes(task.kind)) return false;
  if (task.kind === 'imagine') return true;
  if (task.kind === 'video') return canFilm(card, task);
  const { min, max } = editing.pictures ?? { min: 1, max: 1 };
  const place = takesMask(task) ? 'mask' : 'what' in task ? 'words' : undefined;
  return (
    pictures >= min &&
    pictures <= max &&
    (place === undefined || (editing.finds ?? []).includes(place)) &&
    (task.kind !== 'upscale' || editing.upscales === task.how)
  );
}

/** How long and how large the clip is does not decide on who makes it: that can be fitted. */
const canFilm = ({ filming }: ModelCard, { frames, isLooped }: VideoTask): boolean =>
  filming !== undefined && frames.every((frame) => filming.frames.includes(frame)) && (filming.canLoop || !isLooped);

/**
 * Who does the errand: the model that was named, or else the first of the list that can, which is the operator's order of preference. One that is
 * no more, or never was, is replaced by its successor or by that first one, and the route says so.
 * Throws Refusal `model-unknown`, `model-cannot`, `model-unavailable`, `pictures-too-many`.
 */
export function routeTask(cards: readonly ModelCard[], errand: Errand, wish: string | undefined): Route {
  const capable = cards.filter((card) => canDo(card, errand));
  const [preferred] = capable;
  if (preferred === undefined) throw nobodyCan(cards, errand);
  if (wish === undefined) return { card: preferred };
  const named = cards.find((card) => [card.id, card.label, ...card.aliases].some((name) => squash(name) === squash(wish)));
  if (named === undefined) {
    const living = capable.map((card) => card.id);
    throw new Refusal('model-unknown', { model: wish, nearest: nearest(wish, living), models: living.join(', ') });
  }
  const { lifecycle } = named;
  if (lifecycle.status === 'retired' || lifecycle.status === 'never') {
    const on = lifecycle.status === 'retired' && lifecycle.on !== undefined ? { on: lifecycle.on } : {};
    const card = capable.find(({ id }) => id === lifecycle.successor) ?? preferred;
    return { card, substituted: { model: named.label, because: lifecycle.status, ...on } };
  }
  if (!canDo(named, errand)) throw new Refusal('model-cannot', { model: named.label, able: capable.map((card) => card.id).join(', ') });
  return { card: named };
}

const COUNTS = Array.from({ length: IMAGES_MAX }, (_, index) => index + 1);

/** Several pictures where each model takes one is what people do by mistake; anything else is the operator's. */
function nobodyCan(cards: readonly ModelCard[], { task, pictures }: Errand): Refusal {
  // Whoever may film has a place for clips; here nobody may.
  if (task.kind === 'video' && !cards.some(({ tasks }) => tasks.includes('video'))) return new Refusal('clip-store');
  const most = Math.max(0, ...COUNTS.filter((count) => cards.some((card) => canDo(card, { task, pictures: count }))));
  return pictures > most && most > 0
    ? new Refusal('pictures-too-many', { limit: most })
    : new Refusal('model-unavailable', { model: task.kind, of: 'task' });
}
