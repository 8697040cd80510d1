import type { MadeAnswer } from '#src/core/answer.ts';
import { renderRecipe } from '#src/core/recipe.ts';

/** Everything that, asked for again, asks for the same picture: to be read, and as one command to be typed anywhere. */
export interface RecipeView {
  readonly command: string;
  readonly aspectRatio: string;
  readonly style: string | undefined;
  readonly count: number;
  /** What the pictures it was made from are called: their bytes, hashed. */
  readonly inputs: readonly string[];
}

export function renderRecipeView({ recipe }: MadeAnswer): RecipeView {
  const { aspectRatio, style, count, inputs } = recipe;
  return { command: renderRecipe(recipe), aspectRatio, style, count, inputs };
}
