import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEdit } from '#src/core/command-edit.ts';
import { Refusal } from '#src/core/failure.ts';
import { taskSchema, type Task } from '#src/core/request.ts';
import { foldMarks } from '#src/core/vietnamese.ts';

const understood = (text: string): readonly [Task, string] | undefined => {
  const edit = parseEdit(text);
  return edit && [edit.task, edit.prompt];
};
const erase = (what?: string): Task => ({ kind: 'erase', ...(what === undefined ? {} : { what }) });
const replace = (what: string): Task => ({ kind: 'replace', what });
const recolor = (what: string): Task => ({ kind: 'recolor', what });

/** Undefined also for a refusal; any other error is one of the test. */
function outcomeOf(text: string): { readonly task: Task } | undefined {
  try {
    return parseEdit(text);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

describe('an instruction', () => {
  it.each<[string, Task, string]>([
    ['erase hat', erase('hat'), ''],
    ['erase', erase(), ''],
    ['Erase the hat', erase('hat'), ''],
    ['please remove the man in the back from the picture', erase('man in the back'), ''],
    ['get rid of the cars, please', erase('cars'), ''],
    ['replace hat with crown', replace('hat'), 'crown'],
    ['replace the dog by a white cat', replace('dog'), 'a white cat'],
    ['swap the sun for a full moon', replace('sun'), 'a full moon'],
    ['turn the cat into a tiger', replace('cat'), 'a tiger'],
    ['change the hat to red', recolor('hat'), 'red'],
    ['recolor car red', recolor('car'), 'red'],
    ['recolour the car dark blue', recolor('car'), 'dark blue'],
    ['recolor the door to green', recolor('door'), 'green'],
    ['make the car yellow', recolor('car'), 'yellow'],
    ['change the colour of the roof to turquoise', recolor('roof'), 'turquoise'],
    ['inpaint a red lantern', { kind: 'inpaint' }, 'a red lantern'],
    ['background remove', { kind: 'remove-background' }, ''],
    ['remove the background', { kind: 'remove-background' }, ''],
    ['remove the background music stand', erase('background music stand'), ''],
    ['outpaint', { kind: 'outpaint', zoom: 1.5 }, ''],
    ['outpaint --left 200', { kind: 'outpaint', left: 200 }, ''],
    ['outpaint --left 200 --up=50px more sky', { kind: 'outpaint', left: 200, up: 50 }, 'more sky'],
    ['outpaint --zoom 2', { kind: 'outpaint', zoom: 2 }, ''],
    ['zoom out 2x', { kind: 'outpaint', zoom: 2 }, ''],
    ['extend to the left 300 a long beach', { kind: 'outpaint', left: 300 }, 'a long beach'],
    ['restyle', { kind: 'restyle' }, ''],
    ['restyle a boat on a river', { kind: 'restyle' }, 'a boat on a river'],
    ['restyle --strength 0.4', { kind: 'restyle', strength: 0.4 }, ''],
    ['sketch a castle in the mountains', { kind: 'sketch' }, 'a castle in the mountains'],
    ['structure a desert --strength 20%', { kind: 'structure', strength: 0.2 }, 'a desert'],
    ['upscale', { kind: 'upscale', how: 'fast' }, ''],
    ['upscale fast', { kind: 'upscale', how: 'fast' }, ''],
    ['upscale conservative', { kind: 'upscale', how: 'conservative' }, ''],
    ['upscale creative a cat in silk', { kind: 'upscale', how: 'creative' }, 'a cat in silk'],
    ['erase hat --grow 10', { kind: 'erase', what: 'hat', grow: 10 }, ''],
  ])('in English, “%s”, is a task', (text, task, prompt) => {
    expect(understood(text)).toEqual([task, prompt]);
  });

  const vietnamese: readonly (readonly [string, Task, string])[] = [
    ['xoá cái mũ', erase('cái mũ'), ''],
    ['bỏ cái mũ đi', erase('cái mũ'), ''],
    ['hãy xóa người phía sau ra khỏi ảnh nhé', erase('người phía sau'), ''],
    ['bỏ', erase(), ''],
    ['thay cái mũ bằng vương miện', replace('cái mũ'), 'vương miện'],
    ['đổi con chó thành con mèo trắng', replace('con chó'), 'con mèo trắng'],
    ['biến mặt trời thành mặt trăng', replace('mặt trời'), 'mặt trăng'],
    ['đổi màu cái mũ thành xanh lá', recolor('cái mũ'), 'xanh lá'],
    ['đổi màu áo sang đỏ', recolor('áo'), 'đỏ'],
    ['tô xe màu vàng', recolor('xe'), 'vàng'],
    ['đổi chiếc xe sang màu đỏ', recolor('chiếc xe'), 'màu đỏ'],
    ['sơn cánh cửa xanh dương', recolor('cánh cửa'), 'xanh dương'],
    ['xoá nền', { kind: 'remove-background' }, ''],
    ['tách nền giúp mình nhé', { kind: 'remove-background' }, ''],
    ['bỏ phông nền đi', { kind: 'remove-background' }, ''],
    ['mở rộng', { kind: 'outpaint', zoom: 1.5 }, ''],
    ['mở rộng bên trái 200 bên phải 100', { kind: 'outpaint', left: 200, right: 100 }, ''],
    ['mở rộng --trái 200 thêm bãi biển', { kind: 'outpaint', left: 200 }, 'thêm bãi biển'],
    ['phóng to', { kind: 'upscale', how: 'fast' }, ''],
    ['phóng to nhanh', { kind: 'upscale', how: 'fast' }, ''],
    ['làm nét sáng tạo', { kind: 'upscale', how: 'creative' }, ''],
    ['phóng to trung thực', { kind: 'upscale', how: 'conservative' }, ''],
    ['vẽ vào một cái đèn lồng', { kind: 'inpaint' }, 'một cái đèn lồng'],
    ['đổi phong cách', { kind: 'restyle' }, ''],
    ['theo nét vẽ một toà lâu đài', { kind: 'sketch' }, 'một toà lâu đài'],
    ['giữ bố cục sa mạc lúc hoàng hôn', { kind: 'structure' }, 'sa mạc lúc hoàng hôn'],
  ];

  it.each(vietnamese)('in Vietnamese, “%s”, is a task', (text, task, prompt) => {
    expect(understood(text)).toEqual([task, prompt]);
  });

  it.each(vietnamese)('“%s” is the same typed without marks', (text, task, prompt) => {
    const plain = (value: unknown): unknown => JSON.parse(foldMarks(JSON.stringify(value)));
    expect(plain(understood(foldMarks(text)))).toEqual(plain([task, prompt]));
  });

  it('keeps what else was chosen', () => {
    expect(parseEdit('inpaint a lantern --seed 7 --n 2 --style anime --no people')).toEqual({
      task: { kind: 'inpaint' },
      prompt: 'a lantern',
      options: { seed: 7, count: 2, style: 'anime', negativePrompt: 'people' },
    });
  });

  it.each([
    'make it snow',
    'a cat in a hat',
    'paint a cat',
    'change to winter',
    'đổi thành mùa đông',
    'con bò đội mũ',
    'thêm tuyết',
    'vẽ lại theo phong cách Đông Hồ',
    've lai theo phong cach Dong Ho',
    'in the style of Hokusai',
    'restyle as a watercolor',
    '',
    '--seed 7',
  ])('that is none of them is left to somebody else: “%s”', (text) => {
    expect(parseEdit(text)).toBeUndefined();
  });

  it.each<[string, string, object]>([
    ['erase hat --left 20', 'flag-not-for-edit', { flag: '--left' }],
    ['upscale --grow 3', 'flag-not-for-edit', { flag: '--grow' }],
    ['erase hat --strength 0.5', 'flag-not-for-edit', { flag: '--strength' }],
    ['restyle --zoom 2', 'flag-not-for-edit', { flag: '--zoom' }],
    ['outpaint --left 2001', 'flag-value-invalid', { flag: '--left', expected: 'margin' }],
    ['outpaint --zoom 9', 'flag-value-invalid', { expected: 'zoom' }],
    ['erase hat --grow 21', 'flag-value-invalid', { expected: 'grow' }],
    ['outpaint --left', 'flag-value-missing', { flag: '--left' }],
    ['outpaint --left 20 --trái 30', 'flag-repeated', {}],
    ['erase hat --wat', 'flag-unknown', {}],
  ])('“%s” is refused as %s', (text, code, details) => {
    expect(() => parseEdit(text)).toThrow(expect.objectContaining({ code, details: expect.objectContaining(details) }));
  });

  it('is a task as the queue carries it, or a refusal, whatever the words', () => {
    const word = fc.constantFrom(
      'erase',
      'bỏ',
      'thay',
      'bằng',
      'to',
      'red',
      'màu',
      'đỏ',
      'left',
      '200',
      '2x',
      '--left',
      '--grow',
      '5',
      'please',
      'đi',
      'the',
      'hat',
      'upscale',
      '“a',
      'b”',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 8, unit: 'binary' })), { maxLength: 12 }), (words) => {
        const outcome = outcomeOf(words.join(' '));
        expect(outcome === undefined || taskSchema.safeParse(outcome.task).success).toBe(true);
      }),
    );
  });

  it('is read in a moment however long it is', () => {
    for (const text of ['please '.repeat(570), 'thay '.repeat(790), `replace ${'with '.repeat(790)}`, 'đi '.repeat(1300)])
      expect(() => parseEdit(text)).not.toThrow();
  });
});
