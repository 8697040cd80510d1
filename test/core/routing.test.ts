import { describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import type { ModelCard } from '#src/core/model.ts';
import { routeTask } from '#src/core/routing.ts';

const card: ModelCard = {
  id: 'first',
  label: 'First Model 1.0',
  aliases: ['f1'],
  bedrockId: 'vendor.first-v1:0',
  regions: ['us-west-2'],
  tasks: ['imagine', 'transform'],
  aspectRatios: { '1:1': { width: 1024, height: 1024 } },
  defaultAspectRatio: '1:1',
  prompt: { lengthMax: 1000, lengthTarget: 500 },
  negativePrompt: undefined,
  seedMax: 10,
  styles: [],
  inputPicture: undefined,
  strengthDefault: undefined,
  priceMicros: 1,
  lifecycle: { status: 'active' },
};
const words: ModelCard = { ...card, id: 'words', label: 'Words Only', aliases: [], tasks: ['imagine'] };
const gone: ModelCard = {
  ...card,
  id: 'gone',
  label: 'Gone',
  aliases: [],
  lifecycle: { status: 'retired', on: '2026-06-30', successor: 'first' },
};
const cards = [gone, card, words];

function refusal(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('was not refused');
}

describe('routing', () => {
  it('takes the first living model that can do the task', () => {
    expect(routeTask(cards, 'imagine', undefined).id).toBe('first');
    expect(routeTask([words, card], 'transform', undefined).id).toBe('first');
  });

  it.each(['first', 'FIRST', 'First Model 1.0', 'f1', 'F-1'])('finds a model that is called “%s”', (name) => {
    expect(routeTask(cards, 'imagine', name).id).toBe('first');
  });

  it('names the nearest model and all of them when there is none of that name', () => {
    expect(refusal(() => routeTask(cards, 'imagine', 'word'))).toMatchObject({
      code: 'model-unknown',
      details: { nearest: 'words', models: 'first, words' },
    });
  });

  it('says since when a model is gone and what follows it', () => {
    expect(refusal(() => routeTask(cards, 'imagine', 'gone'))).toMatchObject({
      code: 'model-retired',
      details: { on: '2026-06-30', successor: 'first' },
    });
  });

  it('says which models can, when the named one cannot', () => {
    expect(refusal(() => routeTask(cards, 'transform', 'words'))).toMatchObject({ code: 'model-cannot', details: { able: 'first' } });
  });
});
