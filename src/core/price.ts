import { isLiving, type ModelCard } from './model.ts';
import type { Task } from './request.ts';
import { EDITS } from './tasks.ts';

/** What one result of the task costs at this model, in millionths of a US dollar. */
export function priceMicrosOf({ filming, priceMicros }: ModelCard, task: Task): number {
  if (task.kind !== 'video') return priceMicros;
  return (filming?.secondMicros[task.resolution] ?? priceMicros) * task.durationSeconds;
}

/** What the dearest edit that can be had costs: more than that no instruction takes. */
export function dearestEditMicros(cards: readonly ModelCard[]): number {
  const able = cards.filter((card) => isLiving(card) && card.tasks.some((task) => EDITS.includes(task)));
  return Math.max(0, ...able.map(({ priceMicros }) => priceMicros));
}
