import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toOrder, type Order } from '#src/core/order.ts';
import type { Ask } from '#src/core/platform.ts';
import type { GenerationRequest, ImageRef, Task } from '#src/core/request.ts';
import { renderOutcome, renderWish, rewordedAsk } from '#src/core/rewording.ts';
import { asked } from '#test/ledger/asked.ts';
import { specs, videoSpecs } from '#workers/models/catalogue.ts';

const cards = [...specs, ...videoSpecs].map(({ card }) => ({ ...card, lifecycle: { status: 'active' } as const }));
const images: readonly ImageRef[] = ['a', 'b'].map((letter) => ({ key: `${letter.repeat(64)}.png` }));
const [picture] = images;
if (picture === undefined) throw new Error('no picture');

const earlier = (task: Task, prompt: string, more: Partial<GenerationRequest> = {}): GenerationRequest =>
  asked('web-1', { task, prompt, options: {}, images: [picture], language: 'vi', ...more });

/** What becomes of an earlier request when these words are sent in the place of its own. */
function ordered(request: GenerationRequest, text: string): Order & Pick<Ask, 'images'> {
  const { thread, requester, tenant } = request;
  const reworded = rewordedAsk(text, request, request.images);
  const order = toOrder({ id: 'web-2', options: {}, thread, requester, tenant, locale: undefined, ...reworded }, cards);
  return { ...order, images: reworded.images };
}

const clip: Task = { kind: 'video', durationSeconds: 9, resolution: '720p', isLooped: true, frames: ['first'] };

describe('what stands in the form', () => {
  it.each<[Task, string, GenerationRequest['options'], string]>([
    [{ kind: 'imagine' }, 'con mèo', { seed: 5, aspectRatio: '16:9' }, 'con mèo --ar 16:9 --seed 5'],
    [{ kind: 'transform', strength: 0.6 }, 'con mèo', { count: 4 }, 'con mèo --n 4 --strength 0.6'],
    [{ kind: 'erase', what: 'cái mũ', grow: 8 }, '', { seed: 5 }, 'xoá cái mũ --grow 8 --seed 5'],
    [{ kind: 'outpaint', left: 200 }, 'bãi biển', {}, 'mở rộng bên trái 200 bãi biển'],
    [{ kind: 'instruct' }, 'cho bớt buồn đi', { model: 'core' }, 'cho bớt buồn đi --model core'],
    [clip, 'sóng vỗ', { enhance: 'raw' }, 'sóng vỗ --raw --duration 9s --resolution 720p --loop'],
    [{ ...clip, isLooped: false }, '', {}, '--duration 9s --resolution 720p'],
  ])('of %o', (task, prompt, options, text) => {
    expect(renderWish(earlier(task, prompt, { options }))).toBe(text);
  });

  it.each<[Task, string, readonly ImageRef[]]>([
    [{ kind: 'imagine' }, 'con mèo', []],
    [{ kind: 'transform', strength: 0.6 }, 'con mèo', images],
    [{ kind: 'erase', what: 'cái mũ', grow: 8 }, '', [picture]],
    [{ kind: 'erase' }, '', images],
    [{ kind: 'replace', what: 'con chó đi' }, 'màu đỏ', [picture]],
    [{ kind: 'recolor', what: 'xe' }, 'cầu vồng', [picture]],
    [{ kind: 'inpaint', grow: 3 }, 'một con chó đang đi', images],
    [{ kind: 'outpaint', left: 200, strength: 0.3 }, 'left 200', [picture]],
    [{ kind: 'remove-background' }, 'a cat in an ao dai', [picture]],
    [{ kind: 'restyle', strength: 0.4 }, '', images],
    [{ kind: 'restyle' }, 'as a boat', [picture]],
    [{ kind: 'sketch' }, 'toà lâu đài', [picture]],
    [{ kind: 'structure', strength: 0.2 }, 'sa mạc', [picture]],
    [{ kind: 'upscale', how: 'conservative' }, 'nhanh', [picture]],
    [{ kind: 'instruct' }, 'cho bớt buồn đi', [picture]],
    [{ kind: 'describe' }, 'gì thế', [picture]],
    [clip, 'sóng vỗ', [picture]],
  ])('asks for the same when it is sent as it is: %o “%s”', (task, prompt, pictures) => {
    for (const language of ['vi', 'en'] as const) {
      const request = earlier(task, prompt, { images: [...pictures], options: task.kind === 'video' ? {} : { seed: 5 }, language });
      const [text, order] = [renderWish(request), ordered(request, renderWish(request))];
      const strength = task.kind === 'transform' ? { strength: 0.6 } : {};
      expect(order, text).toMatchObject({ task, prompt, images: pictures });
      expect(order.options).toEqual({ ...request.options, ...strength });
    }
  });
});

describe('one thing changed in the form', () => {
  const other = (request: GenerationRequest, from: string | RegExp, to: string) => ordered(request, renderWish(request).replace(from, to));

  it.each<[Task, string, string, string, Task, string]>([
    [{ kind: 'erase', what: 'cái mũ' }, '', 'cái mũ', 'cái kính', { kind: 'erase', what: 'cái kính' }, ''],
    [{ kind: 'erase', what: 'cái mũ', grow: 8 }, '', '--grow 8', '--grow 12', { kind: 'erase', what: 'cái mũ', grow: 12 }, ''],
    [{ kind: 'erase', what: 'cái mũ', grow: 8 }, '', ' --grow 8', '', { kind: 'erase', what: 'cái mũ' }, ''],
    [{ kind: 'outpaint', left: 200, up: 50 }, 'bãi biển', '200', '300', { kind: 'outpaint', left: 300, up: 50 }, 'bãi biển'],
    [{ kind: 'outpaint', zoom: 1.5 }, '', '1.5x', '2x', { kind: 'outpaint', zoom: 2 }, ''],
    [{ kind: 'replace', what: 'chó' }, 'mèo', 'mèo', 'thỏ', { kind: 'replace', what: 'chó' }, 'thỏ'],
    [{ kind: 'upscale', how: 'fast' }, 'mèo', 'nhanh', 'sáng tạo', { kind: 'upscale', how: 'creative' }, 'mèo'],
    [{ kind: 'structure', strength: 0.2 }, 'sa mạc', '0.2', '0.7', { kind: 'structure', strength: 0.7 }, 'sa mạc'],
    [{ kind: 'transform', strength: 0.6 }, 'mèo', '0.6', '0.3', { kind: 'transform', strength: 0.3 }, 'mèo'],
    [{ kind: 'transform', strength: 0.6 }, 'mèo', ' --strength 0.6', '', { kind: 'transform' }, 'mèo'],
    [clip, 'sóng', ' --loop', '', { ...clip, isLooped: false }, 'sóng'],
    [clip, 'sóng', '9s', '5s', { ...clip, durationSeconds: 5 }, 'sóng'],
    [clip, 'sóng', 'sóng', 'gió', clip, 'gió'],
  ])('%o “%s”: %s is %s', (task, prompt, from, to, changed, words) => {
    expect(other(earlier(task, prompt), from, to)).toMatchObject({ task: changed, prompt: words });
    expect(other(earlier(task, prompt), from, to).task).toEqual(changed);
  });

  it('changes nothing of what could not stand there: words that a task does not hear go on with it', () => {
    const request = earlier({ kind: 'remove-background' }, 'a cat in an ao dai');
    expect(ordered(request, 'xoá nền --seed 9')).toMatchObject({ task: request.task, prompt: request.prompt, options: { seed: 9 } });
    expect(ordered(request, 'xoá cái mũ')).toMatchObject({ task: { kind: 'erase', what: 'cái mũ' }, prompt: '' });
  });

  it('leaves the mask behind where the new words say themselves where to work', () => {
    const marked = earlier({ kind: 'erase' }, '', { images: [...images] });
    expect(ordered(marked, 'xoá cái mũ').images).toEqual([picture]);
    expect(ordered(marked, 'vẽ vào một con mèo').images).toEqual(images);
    expect(ordered(earlier({ kind: 'restyle' }, '', { images: [...images] }), 'phóng to').images).toEqual([picture]);
  });
});

describe('the prompt that was used', () => {
  const instructed = earlier({ kind: 'instruct' }, 'cho bớt buồn đi');

  it.each<[string, GenerationRequest, Task]>([
    ['words', earlier({ kind: 'imagine' }, 'con mèo', { images: [] }), { kind: 'imagine' }],
    ['words and a picture', earlier({ kind: 'transform', strength: 0.6 }, 'con mèo'), { kind: 'transform', strength: 0.6 }],
    ['an edit', earlier({ kind: 'structure', strength: 0.2 }, 'sa mạc'), { kind: 'structure', strength: 0.2 }],
    ['an instruction that was understood', instructed, { kind: 'replace', what: 'cái mũ' }],
    ['one that is asked again', earlier({ kind: 'restyle' }, 'buồn', { isUnderstood: true }), { kind: 'restyle' }],
  ])('asks for what was made of %s, with nobody asked what it means', (_of, request, task) => {
    const text = renderOutcome(request, { task, prompt: 'a red castle', options: { enhance: 'raw' } });
    if (text === undefined) throw new Error('it is not offered');
    expect(ordered(request, text)).toMatchObject({ task, prompt: 'a red castle', options: { enhance: 'raw' } });
  });

  it.each([instructed, earlier({ kind: 'transform' }, 'cho bớt buồn đi', { isUnderstood: true })])(
    'is not offered where it would be taken for another instruction: it is a scene, made of one (%#)',
    (request) => {
      expect(renderOutcome(request, { task: { kind: 'transform' }, prompt: 'a cat on a sunny beach', options: {} })).toBeUndefined();
      expect(renderOutcome(request, { task: { kind: 'transform' }, prompt: 'remove the hat', options: {} })).toBeUndefined();
    },
  );
});

describe('other words altogether', () => {
  it.each<[string, Task, Task, string]>([
    ['bỏ cái kính đi', { kind: 'erase', what: 'cái mũ' }, { kind: 'erase', what: 'cái kính' }, ''],
    ['một cái gì khác', { kind: 'erase', what: 'cái mũ' }, { kind: 'instruct' }, 'một cái gì khác'],
    ['thay cái mũ bằng vương miện', { kind: 'recolor', what: 'cái mũ' }, { kind: 'replace', what: 'cái mũ' }, 'vương miện'],
    ['màu xanh', { kind: 'recolor', what: 'cái mũ' }, { kind: 'recolor', what: 'cái mũ' }, 'màu xanh'],
    ['thành phố trên mây', { kind: 'structure', strength: 0.2 }, { kind: 'structure', strength: 0.2 }, 'thành phố trên mây'],
    ['bãi biển --up 70', { kind: 'outpaint', left: 200, strength: 0.2 }, { kind: 'outpaint', up: 70, strength: 0.2 }, 'bãi biển'],
    ['bỏ cái mũ đi', { kind: 'transform' }, { kind: 'transform' }, 'bỏ cái mũ đi'],
  ])('“%s” after %o', (text, task, expected, prompt) => {
    const order = ordered(earlier(task, 'mũ'), text);
    expect([order.task, order.prompt]).toEqual([expected, prompt]);
  });

  it('are refused as they would be behind /edit', () => {
    expect(() => ordered(earlier({ kind: 'structure' }, 'a'), 'erase hat --left 20')).toThrow(
      expect.objectContaining({ code: 'flag-not-for-edit' }),
    );
    expect(() => ordered(earlier({ kind: 'replace', what: 'a' }, 'b'), '--seed 5')).toThrow(
      expect.objectContaining({ code: 'prompt-empty' }),
    );
  });

  it('never break anything, whatever they are', () => {
    const tasks = fc.constantFrom<Task>({ kind: 'erase' }, { kind: 'outpaint', left: 5 }, { kind: 'inpaint' }, clip);
    const property = fc.property(tasks, fc.string({ unit: 'binary', maxLength: 40 }), (task, text) => {
      expect(rewordedAsk(text, earlier(task, 'x'), images).images.length).toBeGreaterThan(0);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
