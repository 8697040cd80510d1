import type { MadeAnswer } from '#src/core/answer.ts';
import type { Task } from '#src/core/request.ts';
import { renderWish } from '#src/core/rewording.ts';

/** Everything that, asked for again, asks for the same picture: to be read, and as one command to be typed anywhere. */
export interface RecipeView {
  readonly command: string;
  readonly aspectRatio: string;
  readonly style: string | undefined;
  readonly count: number;
  /** What the pictures it was made from are called: their bytes, hashed. */
  readonly inputs: readonly string[];
}

export function renderRecipe({ recipe }: MadeAnswer): RecipeView {
  const { task, prompt, negativePrompt, aspectRatio, seed, count, style, modelId, inputs } = recipe;
  const options = {
    ...(seed === 0 ? {} : { seed }),
    model: modelId,
    enhance: 'raw' as const,
    ...(inputs.length === 0 ? { aspectRatio } : {}),
    ...(count === 1 ? {} : { count }),
    ...(style === undefined ? {} : { style }),
    ...(negativePrompt === '' ? {} : { negativePrompt }),
  };
  return { command: `${slashOf(task)} ${renderWish({ task, prompt, options, language: 'en' })}`, aspectRatio, style, count, inputs };
}

const slashOf = ({ kind }: Task): string =>
  kind === 'video' ? '/video' : kind === 'imagine' || kind === 'transform' ? '/imagine' : '/edit';
