import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Interpretation } from '#src/core/interpreter.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { openStudio, QUESTION_MAX, type Studio } from './studio.ts';

const CLAUDE = { modelId: 'claude-haiku-5-5', costMicros: 100 };
const ERASE: Interpretation = { meaning: { task: { kind: 'erase', what: 'cái mũ' }, prompt: '' }, isRefused: false, paid: CLAUDE };
const INSTRUCT: Partial<GenerationRequest> = {
  task: { kind: 'instruct' },
  prompt: 'mình không muốn thấy cái mũ nữa',
  options: {},
  images: [{ platform: 'web', source: { key: 'k' } }],
};
const WORDS_MICROS = 300;
const ERASE_MICROS = 70_000;

let studio: Studio;
let asked: number;
beforeEach(async () => {
  studio = await openStudio();
  asked = 0;
  studio.outside.understand = async () => ((asked += 1), ERASE);
});
afterEach(async () => studio.close());

const accept = async (changes: Partial<GenerationRequest> = {}): Promise<string> => studio.accept({ ...INSTRUCT, ...changes });

describe('an instruction', () => {
  it('is done by whoever does what was understood, and the answer says what that was', async () => {
    const id = await accept();
    await studio.run(id);
    expect(studio.painted).toMatchObject([{ task: 'erase', subject: 'a fine picture of cái mũ', prompt: '' }]);
    expect(studio.shown).toMatchObject([
      {
        kind: 'made',
        model: { id: 'stable-replace' },
        title: 'Đã xoá cái mũ',
        recipe: { task: { kind: 'erase', what: 'cái mũ' }, modelId: 'stable-replace' },
        costMicros: CLAUDE.costMicros + WORDS_MICROS + ERASE_MICROS,
      },
    ]);
    expect(await studio.spentMicros()).toBe(CLAUDE.costMicros + WORDS_MICROS + ERASE_MICROS);
  });

  it('is thought about once, however often the job comes back', async () => {
    const id = await accept();
    const paint = studio.outside.generate;
    studio.outside.generate = async () => Promise.reject(new Error('the wire broke'));
    await expect(studio.run(id)).rejects.toThrow('the wire broke');
    studio.outside.generate = paint;
    studio.outside.understand = async () => Promise.reject(new Error('nobody is asked'));
    await studio.run(id);
    expect([asked, studio.shown[0]?.kind]).toEqual([1, 'made']);
  });

  it('is booked for everybody who may have paid for the thought', async () => {
    const id = await accept();
    const answer = studio.outside.understand;
    studio.outside.understand = async () => Promise.reject(new Error('died while it was asked'));
    await expect(studio.run(id)).rejects.toThrow('died');
    studio.outside.understand = answer;
    await studio.run(id);
    expect(await studio.spentMicros()).toBe(QUESTION_MAX.costMicros + CLAUDE.costMicros + WORDS_MICROS + ERASE_MICROS);
  });

  it('whose end nobody will look for is booked at the price of whoever was asked for it', async () => {
    const id = await accept();
    studio.outside.generate = async () => Promise.reject(new Error('the wire broke'));
    await expect(studio.run(id)).rejects.toThrow('the wire broke');
    await studio.store.retractions.cancel(id);
    await studio.run(id);
    const costMicros = CLAUDE.costMicros + WORDS_MICROS + ERASE_MICROS;
    expect(studio.shown).toEqual([{ kind: 'refused', code: 'cancelled', details: {}, costMicros }]);
    expect(await studio.spentMicros()).toBe(costMicros);
  });

  it('that nobody will read is refused for good, and its price is booked', async () => {
    studio.outside.understand = async () => ({ meaning: undefined, isRefused: true, paid: CLAUDE });
    await studio.run(await accept());
    expect(studio.shown).toEqual([{ kind: 'refused', code: 'prompt-refused', details: {}, costMicros: CLAUDE.costMicros }]);
  });

  it.each([
    ['whose words the rules read', 'bỏ cái mũ đi', 'erase', 'stable-replace'],
    ['which nobody understands', 'cho trời đổ tuyết', 'transform', 'sd3.5-large'],
  ])('%s needs nobody to be done', async (_, prompt, task, id) => {
    studio.outside.understand = async () => ({ meaning: undefined, isRefused: false, paid: undefined });
    await studio.run(await accept({ prompt }));
    expect(studio.shown).toMatchObject([{ kind: 'made', model: { id }, recipe: { task: { kind: task } } }]);
  });

  it.each([
    [{ kind: 'transform' }, 'Ảnh đã sửa: trời đổ tuyết'],
    [{ kind: 'inpaint' }, 'Đã vẽ lại phần được đánh dấu: trời đổ tuyết'],
    [{ kind: 'sketch' }, 'Vẽ từ bản phác: trời đổ tuyết'],
    [{ kind: 'structure' }, 'Vẽ lại, giữ bố cục: trời đổ tuyết'],
    [{ kind: 'outpaint', zoom: 1.5 }, 'Ảnh đã mở rộng: trời đổ tuyết'],
    [{ kind: 'upscale', how: 'creative' }, 'Ảnh đã phóng to: trời đổ tuyết'],
    [{ kind: 'replace', what: 'nắng' }, 'Đã thay nắng bằng trời đổ tuyết'],
  ] as const)('says what it was taken for: %j', async (task, title) => {
    const own = [
      { platform: 'web', source: { key: 'k' } },
      ...(task.kind === 'inpaint' ? [{ platform: 'web', source: { key: 'm' } }] : []),
    ];
    studio.outside.understand = async () => ({ ...ERASE, meaning: { task, prompt: 'trời đổ tuyết' } });
    await studio.run(await accept({ images: own }));
    const altText = task.kind === 'inpaint' || task.kind === 'replace' ? title : 'trời đổ tuyết';
    expect(studio.shown).toMatchObject([{ kind: 'made', recipe: { task }, title, altText }]);
  });

  it('names no task that was named by whoever asked', async () => {
    await studio.run(await accept({ task: { kind: 'structure' }, prompt: 'trời đổ tuyết', modelId: 'stable-structure' }));
    expect(studio.shown).toMatchObject([{ kind: 'made', title: 'trời đổ tuyết' }]);
  });

  it('with a second picture that cannot be looked at is not taken for one with a mask', async () => {
    studio.outside.understand = async () => ({ meaning: undefined, isRefused: false, paid: undefined });
    studio.outside.isMask = async () => Promise.reject(new Error('nobody is asked'));
    studio.outside.prepare = async () => Promise.reject(new Refusal('picture-broken'));
    await studio.run(
      await accept({
        prompt: 'cho trời đổ tuyết',
        images: [
          { platform: 'web', source: 1 },
          { platform: 'web', source: 2 },
        ],
      }),
    );
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'pictures-too-many' }]);
  });

  it('keeps what was chosen beside it, as near as whoever does it comes to that', async () => {
    studio.outside.understand = async () => ({ ...ERASE, meaning: { task: { kind: 'structure' }, prompt: 'tranh Đông Hồ' } });
    await studio.run(await accept({ options: { strength: 0.4, style: 'anime', aspectRatio: '16:9', seed: 9, count: 2 } }));
    expect(studio.painted).toMatchObject([
      { task: 'structure', strength: 0.4, style: 'anime', seed: 9 },
      { strength: 0.4, seed: 10 },
    ]);
  });

  it('can be a wish for words: nothing is painted, and what they cost is told', async () => {
    studio.outside.understand = async () => ({ ...ERASE, meaning: { task: { kind: 'describe' }, prompt: '' } });
    const words = { title: 'Mèo', altText: 'Một con mèo.', prompts: ['một con mèo bên cửa sổ'] };
    studio.outside.describe = async () => ({ words, isRefused: false, paid: CLAUDE });
    await studio.run(await accept());
    expect(studio.painted).toEqual([]);
    expect(studio.shown).toMatchObject([
      { kind: 'described', ...words, costMicros: 2 * CLAUDE.costMicros, key: expect.stringMatching(/\.png$/) },
    ]);
  });
});

describe('what goes wrong before anybody is asked', () => {
  it.each<[string, Partial<GenerationRequest>]>([
    [
      'a second picture that cannot be had just now',
      {
        images: [
          { platform: 'web', source: 1 },
          { platform: 'web', source: 2 },
        ],
      },
    ],
    ['a picture that cannot be looked at just now', { task: { kind: 'describe' }, prompt: '' }],
  ])('is no question to Claude: %s', async (_, changes) => {
    const id = await accept(changes);
    const { prepare } = studio.outside;
    const isWords = 'task' in changes;
    let prepared = 0;
    // The first picture of a description is kept; it is when Claude is to see it that the store is away.
    studio.outside.prepare = async (...values) =>
      isWords && (prepared += 1) === 1 ? prepare(...values) : Promise.reject(new TryLater('unreachable', 1000));
    for (let visit = 0; visit < 3; visit += 1) expect(await studio.run(id)).toMatchObject({ kind: 'wait' });
    await studio.store.retractions.cancel(id);
    await studio.run(id);
    expect(studio.shown).toEqual([{ kind: 'refused', code: 'cancelled', details: {}, costMicros: 0 }]);
    expect([asked, await studio.spentMicros()]).toEqual([0, 0]);
  });
});

describe('a picture that is to be put into words', () => {
  const DESCRIBE: Partial<GenerationRequest> = { ...INSTRUCT, task: { kind: 'describe' }, prompt: '' };

  it('is looked at once, and said the same to whoever is shown it again', async () => {
    const id = await studio.accept(DESCRIBE);
    let looked = 0;
    const words = { title: 'Mèo', altText: 'Một con mèo.', prompts: ['một con mèo'] };
    studio.outside.describe = async () => ((looked += 1), { words, isRefused: false, paid: CLAUDE });
    const show = studio.outside.deliver;
    studio.outside.deliver = async (...values) =>
      values[1].kind === 'answer' ? Promise.reject(new Error('the platform is away')) : show(...values);
    await expect(studio.run(id)).rejects.toThrow('away');
    studio.outside.deliver = show;
    await studio.run(id);
    expect([looked, studio.shown[0]?.kind, await studio.spentMicros()]).toEqual([1, 'described', CLAUDE.costMicros]);
  });

  it.each([
    [true, 'filtered-input'],
    [false, 'description-unavailable'],
  ] as const)('has no words when somebody says no (%s), which is said and booked: %s', async (isRefused, code) => {
    studio.outside.describe = async () => ({ words: undefined, isRefused, paid: CLAUDE });
    await studio.run(await studio.accept(DESCRIBE));
    expect(studio.shown).toEqual([{ kind: 'refused', code, details: {}, costMicros: CLAUDE.costMicros }]);
  });
});
