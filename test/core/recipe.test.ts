import { describe, expect, it } from 'vitest';
import { renderRecipe } from '#src/core/recipe.ts';
import type { Task } from '#src/core/request.ts';
import { made } from '#test/ledger/asked.ts';

const commandFor = (task: Task, prompt: string, inputs: readonly string[] = []): string =>
  renderRecipe({ ...made().recipe, task, prompt, inputs: [...inputs] });

describe('a recipe as a command to be typed', () => {
  it.each<[string, string, string]>([
    [
      'a picture',
      commandFor({ kind: 'imagine' }, 'a cat in an ao dai'),
      '/imagine a cat in an ao dai --ar 16:9 --seed 42 --model sd35 --raw',
    ],
    [
      'a picture of a picture',
      commandFor({ kind: 'transform', strength: 0.4 }, 'as a watercolour', ['a.png']),
      '/imagine as a watercolour --seed 42 --model sd35 --strength 0.4 --raw',
    ],
    [
      'an edit that names a part',
      commandFor({ kind: 'erase', what: 'the hat' }, '', ['a.png']),
      '/edit erase "the hat" --seed 42 --model sd35 --raw',
    ],
    [
      'a clip',
      commandFor({ kind: 'video', durationSeconds: 9, resolution: '720p', isLooped: true, frames: [] }, 'waves'),
      '/video waves --ar 16:9 --seed 42 --model sd35 --raw --duration 9s --resolution 720p --loop',
    ],
  ])('of %s', (_, command, expected) => {
    expect(command).toBe(expected);
  });
});
