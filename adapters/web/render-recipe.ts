import type { MadeAnswer } from '#src/core/answer.ts';
import { renderCommand } from '#src/core/command.ts';

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
  const { prompt, negativePrompt, aspectRatio, seed, count, style, modelId, inputs } = recipe;
  const command = renderCommand(prompt, {
    seed,
    model: modelId,
    enhance: 'raw',
    ...(inputs.length === 0 ? { aspectRatio } : {}),
    ...(count === 1 ? {} : { count }),
    ...(style === undefined ? {} : { style }),
    ...(negativePrompt === '' ? {} : { negativePrompt }),
  });
  return { command, aspectRatio, style, count, inputs };
}
