import { describe, expect, it } from 'vitest';
import type { Answer, MadeAnswer } from '#src/core/answer.ts';
import type { Entry } from '#src/core/archive.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Ask, Repeat } from '#src/core/platform.ts';
import { repeatAsk } from '#src/core/repeat.ts';
import { repeatsFor } from '#src/core/repeat-edits.ts';
import type { GenerationRequest, Task } from '#src/core/request.ts';
import { asked, made } from '#test/ledger/asked.ts';
import { specs } from '#workers/models/catalogue.ts';

const cards = specs.map(({ card }) => card).filter(({ tasks }) => !tasks.includes('video'));
const [anyCard] = cards;
if (anyCard === undefined) throw new Error('no cards');
const filming: ModelCard = {
  ...anyCard,
  id: 'filming',
  tasks: ['video'],
  filming: { durationsSeconds: [5], resolutions: ['540p'], secondMicros: { '540p': 750_000 }, frames: ['first'], canLoop: false },
};

const KEYS = ['a', 'b'].map((letter) => `${letter.repeat(64)}.png`);

function madeOf(changes: Partial<MadeAnswer> = {}, task: Task = { kind: 'imagine' }): MadeAnswer {
  const answer = made();
  const picture = { type: 'image/png', width: 1024, height: 1024, seed: 7 } as const;
  return { ...answer, pictures: KEYS.map((key) => ({ ...picture, key })), recipe: { ...answer.recipe, task }, ...changes };
}

function repeatOf(how: Repeat['how']): Repeat {
  const thread = { platform: 'web', address: null };
  return { id: 'web-2', of: 'web-1', how, thread, requester: { id: 'minh' }, tenant: 'home', locale: undefined };
}

function entryOf(answer: Answer | undefined, request: Partial<GenerationRequest> = {}): Entry {
  const found = { ahead: 0, stage: 'finished', progress: undefined, isCancelled: false, finishedAt: 1, costMicros: 1 } as const;
  return { request: asked('web-1', { language: 'vi', ...request }), answer, ...found };
}

const askOf = (how: Repeat['how'], answer: Answer | undefined, request: Partial<GenerationRequest> = {}): Ask =>
  repeatAsk(repeatOf(how), entryOf(answer, request), [...cards, filming]);

const TASKS: readonly (readonly [Repeat['how'], Task, string | undefined])[] = [
  ['upscale', { kind: 'upscale', how: 'fast' }, 'Ảnh đã phóng to'],
  ['zoom-out', { kind: 'outpaint', zoom: 1.5 }, 'Ảnh đã mở rộng'],
  ['remove-background', { kind: 'remove-background' }, 'Ảnh đã tách nền'],
];

describe('a button below a result', () => {
  it.each(TASKS)('%s works on the first picture, and its words go on with it', (how, task, title) => {
    const ask = askOf(how, madeOf(), { options: { seed: 5, aspectRatio: '16:9', count: 2, model: 'core' } });
    expect(ask).toMatchObject({
      task,
      images: [{ key: KEYS[0] }],
      text: 'một con mèo mặc áo dài',
      options: {},
      origin: { id: 'web-1', how },
    });
    expect(ask.words).toMatchObject({ prompt: 'a cat in an ao dai', title, altText: 'Một con mèo', by: 'claude' });
  });

  it.each([
    ['of an edit', { kind: 'replace', what: 'cái mũ' }, { prompt: 'vương miện', task: { kind: 'replace', what: 'cái mũ' } }, ''],
    ['of an instruction', { kind: 'structure' }, { task: { kind: 'instruct' }, prompt: 'vẽ lại như tranh Đông Hồ' }, 'a cat in an ao dai'],
  ] as const)('leaves words behind that are none for the whole picture: %s', (_, task, request, prompt) => {
    const ask = askOf('upscale', madeOf({}, task), request);
    expect([ask.text, ask.words?.prompt, ask.words?.altText]).toEqual(['', prompt, 'Một con mèo']);
  });

  it('animates the first picture: five seconds that begin with it, of its words, which are still to be written for a clip', () => {
    const ask = askOf('animate', madeOf());
    expect(ask).toMatchObject({
      task: { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false, frames: ['first'] },
      images: [{ key: KEYS[0] }],
      text: 'một con mèo mặc áo dài',
    });
    expect(ask.words).toBeUndefined();
  });

  it.each([
    ['of an edit whose words name only a part', { kind: 'replace', what: 'cái mũ' }, {}],
    ['of an instruction', { kind: 'transform' }, { task: { kind: 'instruct' } }],
    ['without words', { kind: 'remove-background' }, { prompt: '' }],
  ] as const)('lets everything move a little in a picture %s', (_, task, request) => {
    expect(askOf('animate', madeOf({}, task), request).text).toBe('mọi thứ trong ảnh chuyển động nhẹ nhàng');
  });

  it.each(['upscale', 'zoom-out', 'remove-background', 'animate'] as const)('%s of nothing asks for no picture at all', (how) => {
    expect(askOf(how, { kind: 'refused', code: 'failed', details: {}, costMicros: 0 }).images).toEqual([]);
  });
});

describe('an instruction that was understood', () => {
  const instruct: Partial<GenerationRequest> = {
    task: { kind: 'instruct' },
    prompt: 'bỏ cái mũ đi',
    options: {},
    images: [{ key: KEYS[1] ?? '' }],
  };
  const erased = madeOf({ prompt: '' }, { kind: 'erase', what: 'cái mũ' });

  it('is done again as it was understood, and nobody is asked once more what it means', () => {
    const ask = askOf('again', erased, instruct);
    expect(ask).toMatchObject({ task: { kind: 'erase', what: 'cái mũ' }, text: 'bỏ cái mũ đi', words: { prompt: '' }, isUnderstood: true });
    expect(ask.isInstruction).toBeUndefined();
  });

  it('is varied as the words that it was, which no picture is painted from', () => {
    const rainy = madeOf({ prompt: 'rain' }, { kind: 'transform' });
    expect(askOf('variations', rainy, instruct)).toMatchObject({
      task: { kind: 'transform' },
      isUnderstood: true,
      text: 'bỏ cái mũ đi --n 4',
    });
  });

  it('is an instruction when its words are changed, and when nothing came of it', () => {
    for (const ask of [askOf('edit', erased, instruct), askOf('again', undefined, instruct)]) {
      expect(ask.isInstruction).toBe(true);
      expect(ask.task).toBeUndefined();
    }
  });
});

describe('an instruction that was done again', () => {
  const again: Partial<GenerationRequest> = {
    task: { kind: 'structure' },
    prompt: 'vẽ lại như tranh Đông Hồ',
    options: { seed: 7 },
    isUnderstood: true,
  };
  const result = madeOf({ prompt: 'a Dong Ho print' }, { kind: 'structure' });

  it('is one still, whatever is done with it: its words are none for a picture', () => {
    expect(askOf('again', result, again)).toMatchObject({
      task: { kind: 'structure' },
      isUnderstood: true,
      text: 'vẽ lại như tranh Đông Hồ',
    });
    expect(askOf('edit', result, again)).toMatchObject({ text: 'vẽ lại như tranh Đông Hồ --seed 7', isInstruction: true });
    expect(askOf('edit', result, again).task).toBeUndefined();
    expect(askOf('upscale', result, again).text).toBe('');
  });
});

describe('an edit whose words are changed', () => {
  const erased = madeOf({ prompt: '' }, { kind: 'erase', what: 'cái mũ' });

  it('needs no words for variations of it: it is done again, four times', () => {
    expect(askOf('variations', erased, { task: { kind: 'erase', what: 'cái mũ' }, prompt: '', options: { seed: 9 } })).toMatchObject({
      task: { kind: 'erase', what: 'cái mũ' },
      text: '--n 4',
      words: { prompt: '' },
    });
    expect(repeatsFor(erased, cards)).not.toContain('variations');
  });
});

it('looks again at the picture that is kept, not at one that its platform may have lost', () => {
  const described = {
    kind: 'described',
    title: 't',
    altText: 'a',
    prompts: ['p'],
    key: KEYS[0] ?? '',
    costMicros: 1,
    sandbox: false,
  } as const;
  expect(askOf('again', { ...described, prompts: ['p'] }, { task: { kind: 'describe' }, prompt: '', options: {} })).toMatchObject({
    task: { kind: 'describe' },
    images: [{ key: KEYS[0] }],
  });
});

describe('the buttons that make sense', () => {
  const all = ['again', 'variations', 'edit', 'own-words', 'upscale', 'zoom-out', 'remove-background', 'animate'];
  const clip = { key: `${'c'.repeat(64)}.mp4`, type: 'video/mp4', width: 960, height: 540, durationMs: 5000, sizeBytes: 9 } as const;
  const large = [{ key: KEYS[0] ?? '', type: 'image/jpeg', width: 4096, height: 4096, seed: 0 }] as const;
  const without = (...names: readonly string[]) => all.filter((how) => !names.includes(how));

  it.each([
    ['a picture', madeOf(), [...cards, filming], all],
    ['a picture in a house without clips', madeOf(), cards, without('animate')],
    ['a picture of the person’s own words', madeOf({ enhancedBy: 'nobody' }), cards, without('animate', 'own-words')],
    ['a clip', madeOf({ clip }), [...cards, filming], ['again', 'edit', 'own-words']],
    ['what has no background any more', madeOf({}, { kind: 'remove-background' }), cards, without('animate', 'remove-background')],
    ['what was enlarged', madeOf({ pictures: [...large] }, { kind: 'upscale', how: 'fast' }), cards, without('animate', 'upscale')],
    ['what was large before', madeOf({ pictures: [...large] }), cards, without('animate')],
    ['what was enlarged and is still small', madeOf({}, { kind: 'upscale', how: 'fast' }), cards, without('animate')],
    ['a picture where nobody edits', madeOf(), cards.filter(({ id }) => id === 'core'), ['again', 'edit', 'own-words']],
  ] as const)('below %s', (_, answer, house, expected) => {
    expect(repeatsFor(answer, house)).toEqual(expected);
  });
});
