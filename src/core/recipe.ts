import type { MadeAnswer } from './answer.ts';
import type { Task } from './request.ts';
import { renderWish } from './rewording.ts';

/** One command that, typed anywhere, asks for the same picture or clip. The pictures it was made from come beside it. */
export function renderRecipe({
  task,
  prompt,
  negativePrompt,
  aspectRatio,
  seed,
  count,
  style,
  modelId,
  inputs,
}: MadeAnswer['recipe']): string {
  const options = {
    ...(seed === 0 ? {} : { seed }),
    model: modelId,
    enhance: 'raw' as const,
    ...(inputs.length === 0 ? { aspectRatio } : {}),
    ...(count === 1 ? {} : { count }),
    ...(style === undefined ? {} : { style }),
    ...(negativePrompt === '' ? {} : { negativePrompt }),
  };
  return `${commandFor(task)} ${renderWish({ task, prompt, options, language: 'en' })}`;
}

const commandFor = ({ kind }: Task): string =>
  kind === 'video' ? '/video' : kind === 'imagine' || kind === 'transform' ? '/imagine' : '/edit';
