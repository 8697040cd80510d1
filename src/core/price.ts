import type { ModelCard } from './model.ts';
import type { Task } from './request.ts';

/** What one result of the task costs at this model, in millionths of a US dollar. */
export function priceMicrosOf({ filming, priceMicros }: ModelCard, task: Task): number {
  if (task.kind !== 'video') return priceMicros;
  return (filming?.secondMicros[task.resolution] ?? priceMicros) * task.durationSeconds;
}
