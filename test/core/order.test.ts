import { describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import { sayRefusal } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { toOrder, type Order } from '#src/core/order.ts';
import type { Ask } from '#src/core/platform.ts';
import type { VideoTask } from '#src/core/request.ts';
import { readVideo } from '#src/core/command-video.ts';
import { specs } from '#workers/models/catalogue.ts';
import { rayCard, reelCard } from './film-cards.ts';

const cards: readonly ModelCard[] = [...specs.map(({ card }) => card).filter(({ tasks }) => !tasks.includes('video')), rayCard, reelCard];
const picture = { platform: 'web', source: { key: 'k' } };

const askOf = (changes: Partial<Ask>): Ask => ({
  id: 'web-1',
  text: 'a cat',
  options: {},
  images: [],
  thread: { platform: 'web', address: null },
  requester: { id: 'mai' },
  tenant: 'local',
  locale: undefined,
  ...changes,
});

const clip = (text: string, frames: VideoTask['frames'] = [], changes: Partial<Ask> = {}): Ask =>
  askOf({ ...readVideo(text, frames), images: frames.map(() => picture), ...changes });

function refusalOf(ask: Ask): Refusal {
  try {
    toOrder(ask, cards);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the order of a clip', () => {
  it.each<[string, VideoTask['frames'], Partial<VideoTask>, number]>([
    ['a cat', [], { durationSeconds: 5, resolution: '540p' }, 3_750_000],
    ['a cat --resolution 720p', [], { durationSeconds: 5, resolution: '720p' }, 7_500_000],
    ['a cat --duration 9s', [], { durationSeconds: 9, resolution: '540p' }, 6_750_000],
    ['a cat --duration 9s --resolution 720p --loop', ['first', 'last'], { frames: ['first', 'last'], isLooped: true }, 13_500_000],
    ['a cat --model test-reel', [], { durationSeconds: 6, resolution: '720p' }, 480_000],
    ['a cat --model test-reel --duration 12s', ['first'], { durationSeconds: 12 }, 960_000],
  ])('%s costs its seconds', (text, frames, task, priceMicros) => {
    expect(toOrder(clip(text, frames), cards)).toMatchObject({ task: { kind: 'video', ...task }, priceMicros });
  });

  it.each<[string, Partial<Ask>, Refusal['code'], Refusal['details']]>([
    ['a cat --duration 6s', {}, 'flag-value-invalid', { flag: '--duration', value: '6s', nearest: '5s', expected: 'of-model' }],
    ['a cat --duration 8s', {}, 'flag-value-invalid', { nearest: '9s' }],
    ['a cat --duration 9s --model test-reel', {}, 'flag-value-invalid', { nearest: '6s', model: 'Test Reel' }],
    ['a cat --ar 21:9', {}, 'flag-value-invalid', { flag: '--ar', nearest: '16:9', expected: 'of-model' }],
    ['a cat --loop --model test-reel', {}, 'model-cannot', { model: 'Test Reel', able: 'test-ray' }],
    ['a cat --model core', {}, 'model-cannot', { able: 'test-ray, test-reel' }],
    ['a cat', { options: { count: 2 } }, 'flag-not-for-video', { flag: '--n' }],
    ['a cat', { options: { seed: 2 } }, 'flag-not-for-video', { flag: '--seed' }],
    ['', {}, 'prompt-empty', {}],
  ])('refuses %s, and tells what can be had', (text, changes, code, details) => {
    const refusal = refusalOf(clip(text, [], changes));
    expect(refusal).toMatchObject({ code, details });
    for (const language of ['vi', 'en'] as const) expect(sayRefusal(language, refusal.code, refusal.details)).not.toMatch(/[{}]/);
  });

  it('has a picture for each frame, and no more', () => {
    expect(refusalOf(clip('a cat', ['first'], { images: [] })).code).toBe('pictures-too-many');
    expect(refusalOf(clip('a cat', [], { images: [picture] })).code).toBe('pictures-too-many');
  });

  it('is one, whatever somebody prefers of pictures', () => {
    const defaults = { count: 4, style: 'anime', negativePrompt: 'rain', aspectRatio: '1:1', model: 'core' } as const;
    const { options, modelId, priceMicros } = toOrder(clip('a cat', [], { defaults }), cards);
    expect([options, modelId, priceMicros]).toEqual([{ aspectRatio: '1:1' }, 'test-ray', 3_750_000]);
  });

  it('is as long as the changed words of an earlier one say, or as that one was', () => {
    const { task } = readVideo('a cat --duration 9s --loop', []);
    const again = (text: string): Order => toOrder(askOf({ text, task }), cards);
    expect(again('a dog')).toMatchObject({ task: { durationSeconds: 9, isLooped: true }, prompt: 'a dog' });
    expect(again('a dog --duration 5s')).toMatchObject({ task: { durationSeconds: 5, isLooped: true }, prompt: 'a dog' });
    expect(refusalOf(askOf({ text: 'a dog --seed 4', task })).code).toBe('flag-not-for-video');
  });

  it('has no place to be put where nobody makes clips, and the operator is told what is missing', () => {
    const painters = cards.filter(({ tasks }) => !tasks.includes('video'));
    expect(() => toOrder(clip('a cat'), painters)).toThrow(new Refusal('clip-store'));
  });

  it('that was written for a model that is no more becomes what its successor can make', () => {
    const lifecycle = { status: 'retired', on: '2026-09-30', successor: 'test-ray' } as const;
    const house = [rayCard, { ...reelCard, lifecycle }];
    const order = toOrder(clip('a cat --model test-reel --duration 12s --resolution 720p'), house);
    expect(order).toMatchObject({ modelId: 'test-ray', task: { durationSeconds: 9, resolution: '720p' }, priceMicros: 13_500_000 });
    expect(order.substituted).toEqual({ model: 'Test Reel', because: 'retired', on: '2026-09-30' });
  });
});

describe('an instruction about a picture', () => {
  const instructed = (text: string, changes: Partial<Ask> = {}): Order =>
    toOrder(askOf({ text, images: [picture], isInstruction: true, ...changes }), cards);

  it('is the task that the rules understand, by a model that does it', () => {
    expect(instructed('bỏ cái mũ đi')).toMatchObject({ task: { kind: 'erase', what: 'cái mũ' }, prompt: '' });
    expect(instructed('upscale fast')).toMatchObject({ task: { kind: 'upscale', how: 'fast' }, prompt: '', priceMicros: 30_000 });
    expect(instructed('replace the hat with a crown --seed 4')).toMatchObject({
      task: { kind: 'replace', what: 'hat' },
      prompt: 'a crown',
      options: { seed: 4 },
      priceMicros: 70_000,
    });
  });

  it('that only somebody cleverer understands goes on as words, at the price of the dearest edit', () => {
    expect(instructed('show more sky --up 300')).toMatchObject({ task: { kind: 'outpaint', up: 300 }, prompt: 'show more sky' });
    expect(instructed('--zoom 1.5')).toMatchObject({ task: { kind: 'outpaint', zoom: 1.5 }, prompt: '' });
    expect(() => instructed('make it cosier --grow 3')).toThrow('flag-not-for-edit');
    expect(instructed('somehow less gloomy, you know')).toMatchObject({
      task: { kind: 'instruct' },
      prompt: 'somehow less gloomy, you know',
      modelId: 'sd3.5-large',
      priceMicros: 600_000,
    });
  });

  it('needs a picture, and words', () => {
    expect(refusalOf(askOf({ text: 'somehow less gloomy', isInstruction: true })).code).toBe('picture-missing');
    expect(refusalOf(askOf({ text: '', isInstruction: true, images: [picture] })).code).toBe('prompt-empty');
  });

  it('of which what came with it says what is meant is that, where the rules cannot read the words: a mask, a picture with a style', () => {
    const marked = (text: string) => instructed(text, { images: [picture, picture], task: { kind: 'inpaint' } });
    expect(marked('a red hat')).toMatchObject({ task: { kind: 'inpaint' }, prompt: 'a red hat' });
    expect(marked('inpaint a red hat')).toMatchObject({ task: { kind: 'inpaint' }, prompt: 'a red hat' });
    expect(marked('a red hat --grow 8')).toMatchObject({ task: { kind: 'inpaint', grow: 8 }, prompt: 'a red hat' });
    for (const erasing of ['xoá', '', '--grow 8']) expect(marked(erasing)).toMatchObject({ task: { kind: 'erase' }, prompt: '' });
  });
});

describe('a picture to be put into words', () => {
  it('costs nothing but the words', () => {
    expect(toOrder(askOf({ text: '', task: { kind: 'describe' }, images: [picture] }), cards)).toMatchObject({
      task: { kind: 'describe' },
      modelId: 'sd3.5-large',
      priceMicros: 0,
    });
  });
});
