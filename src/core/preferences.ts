import type { ModelCard } from './model.ts';
import type { Options, TaskKind } from './request.ts';

/** What a person wants unless they say otherwise. */
export interface Preferences {
  /** Empty when nothing was chosen. */
  read(tenant: string, requesterId: string): Promise<Options>;
  /** Takes the place of what was chosen before. */
  write(tenant: string, requesterId: string, options: Options): Promise<void>;
}

/** The model somebody prefers, where it can do the task. */
export function preferredModel({ model }: Options, task: TaskKind, cards: readonly ModelCard[]): string | undefined {
  return cards.find(({ id, tasks, lifecycle }) => id === model && tasks.includes(task) && lifecycle.status !== 'retired')?.id;
}

/** Of what somebody prefers, what this card can do: a preference is no wish, so nobody is refused because of one. */
export function fitPreferences({ aspectRatio, count, enhance, negativePrompt, style }: Options, card: ModelCard): Options {
  const fits = {
    aspectRatio: aspectRatio !== undefined && card.aspectRatios[aspectRatio] !== undefined,
    style: style !== undefined && card.styles.includes(style),
  };
  return {
    ...(count === undefined ? {} : { count }),
    ...(enhance === undefined ? {} : { enhance }),
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(fits.aspectRatio ? { aspectRatio } : {}),
    ...(fits.style ? { style } : {}),
  };
}
