import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderEdit } from '#src/core/command-edit-render.ts';
import { parseEdit } from '#src/core/command-edit.ts';
import { cleanText } from '#src/core/command-text.ts';
import { parseCommand } from '#src/core/command.ts';
import { Refusal } from '#src/core/failure.ts';
import { aspectRatioSchema, upscaleMannerSchema, type Language, type Options, type Task } from '#src/core/request.ts';
import { EDITS } from '#src/core/tasks.ts';

/** What the grammar listens to, in both languages, and what keyboards and clipboards put between. */
const FRAGMENTS =
  'hat|the hat|man with a hat|cái mũ|ca\u0301i mu\u0303|nền|background|thế giới|with|to|in|into|bằng|thành|màu|đỏ|red|dark blue|đi|please|nhé|với|from the picture|left|200|bên trái|2x|1.5x|fast|nhanh|as|the|erase|xoá|thay|đổi màu|sign:|:|a: b|"|“|”|"open"|“mở cửa”|\'|don’t|’|«|»|-|—|--|-- |–|,|.|…|\n|\u00a0|\u202e|👩‍🚀|này|chỗ trắng|của';
const fragments = FRAGMENTS.split('|');
const raw = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...fragments) }, fc.string({ unit: 'binary', maxLength: 6 })),
      fc.constantFrom(' ', ' ', ''),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.flat().join(''));

/** Words as they stand in a request: cleaned, and free of flags. */
const prompts = raw.map((text) => {
  try {
    return parseCommand(text).prompt;
  } catch (error) {
    if (error instanceof Refusal) return 'mèo';
    throw error;
  }
});
const needed = prompts.filter((prompt) => prompt !== '');
/** Names have no marks that close a quotation of every kind, which nobody types. */
const names = raw.map((text) => cleanText(text.replaceAll(/[』]/g, ''))).filter((name) => name !== '');

const grow = fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined });
const strength = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
const margin = fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined });
const zoom = fc.double({ min: 1, minExcluded: true, max: 4, noNaN: true });
const margins = fc.record({ left: margin, right: margin, up: margin, down: margin }).filter((sides) => Object.values(sides).some(Boolean));

type Sayable = readonly [task: Task, prompt: string];
const kinds = {
  erase: fc.tuple(fc.record({ kind: fc.constant('erase' as const), what: fc.option(names, { nil: undefined }), grow }), fc.constant('')),
  replace: fc.tuple(fc.record({ kind: fc.constant('replace' as const), what: names, grow }), needed),
  recolor: fc.tuple(fc.record({ kind: fc.constant('recolor' as const), what: names, grow }), needed),
  'remove-background': fc.tuple(fc.constant({ kind: 'remove-background' as const }), fc.constant('')),
  inpaint: fc.tuple(fc.record({ kind: fc.constant('inpaint' as const), grow }), prompts),
  outpaint: fc.tuple(
    fc
      .tuple(
        fc.oneof(
          zoom.map((times) => ({ zoom: times })),
          margins,
        ),
        strength,
      )
      .map(([size, wished]) => ({ kind: 'outpaint' as const, ...size, strength: wished })),
    prompts,
  ),
  restyle: fc.tuple(fc.record({ kind: fc.constant('restyle' as const), strength }), prompts),
  sketch: fc.tuple(fc.record({ kind: fc.constant('sketch' as const), strength }), prompts),
  structure: fc.tuple(fc.record({ kind: fc.constant('structure' as const), strength }), prompts),
  upscale: fc.tuple(
    fc.record({ kind: fc.constant('upscale' as const), how: fc.constantFrom(...upscaleMannerSchema.options), strength }),
    prompts,
  ),
} satisfies Partial<Record<Task['kind'], fc.Arbitrary<Sayable>>>;

const options: fc.Arbitrary<Options> = fc.record(
  {
    aspectRatio: fc.constantFrom(...aspectRatioSchema.options),
    seed: fc.integer({ min: 1, max: 4_294_967_294 }),
    count: fc.integer({ min: 1, max: 4 }),
    model: fc.constantFrom('core', 'stable-image-erase-object', 'Erase Object'),
    style: fc.constantFrom('anime', 'digital-art'),
    enhance: fc.constantFrom('raw', 'translate'),
    negativePrompt: fc.constantFrom('cars', 'xe cộ, người', 'blurry "text"', 'left 200'),
  },
  { requiredKeys: [] },
);
const languages = fc.constantFrom<Language>('vi', 'en');

it('there is a way to say every edit but painting anew', () => {
  expect(EDITS.filter((kind) => !(kind in kinds))).toEqual(['transform']);
  expect(renderEdit({ kind: 'transform' }, 'a cat', {}, 'en')).toBeUndefined();
});

describe.each(Object.entries(kinds))('%s, written as a person would type it', (_, sayable) => {
  it('is read as the same edit again, whatever its words, choices and language', () => {
    const property = fc.property(sayable, options, languages, ([task, prompt], chosen, language) => {
      const text = renderEdit(task, prompt, chosen, language) ?? '';
      expect(parseEdit(text)).toEqual({ task, prompt, options: chosen });
      expect(cleanText(text)).toBe(text);
    });
    fc.assert(property, { numRuns: 250 });
  });
});

describe('the words for an edit', () => {
  it.each<[Task, string, string, string]>([
    [{ kind: 'erase', what: 'cái mũ' }, '', 'xoá cái mũ', 'erase cái mũ'],
    [{ kind: 'erase', grow: 8 }, '', 'xoá --grow 8', 'erase --grow 8'],
    [{ kind: 'erase', what: 'nền' }, '', 'xoá "nền"', 'erase nền'],
    [{ kind: 'erase', what: 'hat, please' }, '', 'xoá "hat, please"', 'erase "hat, please"'],
    [{ kind: 'erase', what: 'the "open" sign' }, '', 'xoá «the "open" sign»', 'erase «the "open" sign»'],
    [{ kind: 'replace', what: 'con chó' }, 'con mèo', 'thay con chó bằng con mèo', 'replace con chó with con mèo'],
    [{ kind: 'replace', what: 'cup' }, 'red', 'thay cup bằng: red', 'replace cup with: red'],
    [{ kind: 'recolor', what: 'xe' }, 'đỏ', 'đổi màu xe thành đỏ', 'recolor xe to đỏ'],
    [{ kind: 'recolor', what: 'xe' }, 'màu đỏ', 'đổi xe sang màu đỏ', 'recolor xe to màu đỏ'],
    [{ kind: 'remove-background' }, '', 'xoá nền', 'remove background'],
    [{ kind: 'remove-background' }, 'words that nobody listens to', 'xoá nền', 'remove background'],
    [{ kind: 'inpaint' }, 'con chó đang đi', 'vẽ vào: con chó đang đi', 'inpaint: con chó đang đi'],
    [{ kind: 'outpaint', left: 200, up: 50 }, 'bãi biển', 'mở rộng bên trái 200 bên trên 50 bãi biển', 'outpaint left 200 up 50 bãi biển'],
    [{ kind: 'outpaint', zoom: 1.5 }, '', 'mở rộng 1.5x', 'outpaint 1.5x'],
    [{ kind: 'restyle' }, '', 'đổi phong cách', 'restyle'],
    [{ kind: 'restyle', strength: 0.4 }, 'a boat', 'vẽ theo phong cách này: a boat --strength 0.4', 'restyle a boat --strength 0.4'],
    [{ kind: 'sketch' }, 'a castle', 'theo nét vẽ a castle', 'sketch a castle'],
    [{ kind: 'structure' }, 'a desert', 'giữ bố cục a desert', 'structure a desert'],
    [{ kind: 'upscale', how: 'fast' }, '', 'phóng to nhanh', 'upscale fast'],
    [{ kind: 'upscale', how: 'creative' }, 'lụa', 'phóng to sáng tạo lụa', 'upscale creative lụa'],
  ])('%o “%s” are “%s” and “%s”', (task, prompt, vietnamese, english) => {
    expect([renderEdit(task, prompt, {}, 'vi'), renderEdit(task, prompt, {}, 'en')]).toEqual([vietnamese, english]);
  });

  it('may be as long as a prompt may be, and say what goes as well', () => {
    const task: Task = { kind: 'replace', what: 'mũ '.repeat(130).trim() };
    const prompt = 'mèo '.repeat(1000).trim();
    expect(parseEdit(renderEdit(task, prompt, {}, 'vi') ?? '')).toEqual({ task, prompt, options: {} });
    expect(() => parseEdit(`inpaint ${'x'.repeat(4001)}`)).toThrow(expect.objectContaining({ code: 'prompt-too-long' }));
  });
});
