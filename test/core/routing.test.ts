import { describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Task } from '#src/core/request.ts';
import { routeTask } from '#src/core/routing.ts';
import { errandOf, type Errand } from '#src/core/tasks.ts';

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
const never: ModelCard = { ...words, id: 'never', label: 'Never', lifecycle: { status: 'never', successor: undefined } };
const cards = [gone, never, card, words];

const imagine = errandOf({ kind: 'imagine' }, 0);
const transform = errandOf({ kind: 'transform' }, 1);

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
    expect(routeTask(cards, imagine, undefined).card.id).toBe('first');
    expect(routeTask([words, card], transform, undefined).card.id).toBe('first');
  });

  it.each(['first', 'FIRST', 'First Model 1.0', 'f1', 'F-1'])('finds a model that is called “%s”', (name) => {
    expect(routeTask(cards, imagine, name).card.id).toBe('first');
  });

  it('names the nearest model and all of them when there is none of that name', () => {
    expect(refusal(() => routeTask(cards, imagine, 'word'))).toMatchObject({
      code: 'model-unknown',
      details: { nearest: 'words', models: 'first, words' },
    });
  });

  it('puts the successor in the place of a model that is gone, and says since when', () => {
    expect(routeTask(cards, imagine, 'gone')).toEqual({
      card,
      substituted: { model: 'Gone', because: 'retired', on: '2026-06-30' },
    });
    const leading = { ...gone, lifecycle: { status: 'retired', on: '2026-06-30', successor: 'words' } } as const;
    expect(routeTask([leading, card, words], imagine, 'gone').card.id).toBe('words');
    // Its successor cannot transform, so that another has to.
    expect(routeTask([leading, card, words], transform, 'gone').card.id).toBe('first');
  });

  it('says of a model that was never there that it never was', () => {
    expect(routeTask(cards, imagine, 'never')).toEqual({ card, substituted: { model: 'Never', because: 'never' } });
  });

  it('says which models can, when the named one cannot', () => {
    expect(refusal(() => routeTask(cards, transform, 'words'))).toMatchObject({ code: 'model-cannot', details: { able: 'first' } });
  });

  it('has nobody, when nobody living can', () => {
    expect(refusal(() => routeTask([gone], imagine, undefined))).toMatchObject({ code: 'model-unavailable' });
  });
});

describe('an edit', () => {
  const limits = { types: ['image/png'], sidePixelsMin: 64, pixelsMax: 1e6, sideRatioMax: 2.5, bytesMax: 1e7 } as const;
  const editor = (id: string, changes: Partial<ModelCard>): ModelCard => ({
    ...card,
    id,
    label: id,
    aliases: [],
    inputPicture: limits,
    ...changes,
  });
  const editors = [
    editor('painter', { tasks: ['imagine', 'transform'] }),
    editor('masker', { tasks: ['inpaint', 'erase'], editing: { finds: ['mask'] } }),
    editor('finder', { tasks: ['erase', 'replace', 'recolor'], editing: { finds: ['words'] } }),
    editor('mixer', { tasks: ['restyle'], editing: { pictures: { min: 2, max: 2 } } }),
    editor('guide', { tasks: ['restyle'], editing: {} }),
    editor('fast', { tasks: ['upscale'], editing: { upscales: 'fast' } }),
    editor('fine', { tasks: ['upscale'], editing: { upscales: 'creative' } }),
  ];

  it.each<[Task, number, string]>([
    [{ kind: 'inpaint' }, 1, 'masker'],
    [{ kind: 'inpaint' }, 2, 'masker'],
    [{ kind: 'erase' }, 2, 'masker'],
    [{ kind: 'erase', what: 'hat' }, 1, 'finder'],
    [{ kind: 'replace', what: 'hat' }, 1, 'finder'],
    [{ kind: 'restyle' }, 1, 'guide'],
    [{ kind: 'restyle' }, 2, 'mixer'],
    [{ kind: 'upscale', how: 'fast' }, 1, 'fast'],
    [{ kind: 'upscale', how: 'creative' }, 1, 'fine'],
    [{ kind: 'transform' }, 1, 'painter'],
  ])('%j of %i goes to %s', (task, pictures, id) => {
    expect(routeTask(editors, errandOf(task, pictures), undefined).card.id).toBe(id);
  });

  it.each<[string, () => Errand]>([
    ['picture-missing', () => errandOf({ kind: 'sketch' }, 0)],
    ['pictures-too-many', () => errandOf({ kind: 'sketch' }, 2)],
    ['pictures-too-many', () => errandOf({ kind: 'inpaint' }, 3)],
    ['pictures-too-many', () => errandOf({ kind: 'transform' }, 2)],
    ['model-unavailable', () => errandOf({ kind: 'outpaint' }, 1)],
  ])('is refused as %s when nobody could do it so', (code, errand) => {
    expect(refusal(() => routeTask(editors, errand(), undefined)).code).toBe(code);
  });

  it('is not given to a named model that would do it another way', () => {
    expect(refusal(() => routeTask(editors, errandOf({ kind: 'erase', what: 'hat' }, 1), 'masker'))).toMatchObject({
      code: 'model-cannot',
      details: { able: 'finder' },
    });
  });
});
