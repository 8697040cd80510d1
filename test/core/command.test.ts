import { describe, expect, test } from 'vitest';
import { parseCommand, renderCommand } from '#src/core/command.ts';
import { Refusal, type RefusalDetails } from '#src/core/failure.ts';
import type { Options } from '#src/core/request.ts';

const NBSP = '\u00A0';

function refusalOf(text: string): { code: string; details: RefusalDetails } {
  try {
    parseCommand(text);
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error(`not refused: ${text}`);
}

describe('words and flags', () => {
  const cat = 'một con mèo mặc áo dài';
  const cases: readonly (readonly [text: string, prompt: string, options: Options])[] = [
    [cat, cat, {}],
    [`${cat} --ar 16:9 --seed 42`, cat, { aspectRatio: '16:9', seed: 42 }],
    [`--seed 42 ${cat}`, cat, { seed: 42 }],
    ['một con mèo --n 3 mặc áo dài', cat, { count: 3 }],
    ['a red boat --model core --style anime', 'a red boat', { model: 'core', style: 'anime' }],
    ['a boat --model "SD 3.5" --style "Digital Art"', 'a boat', { model: 'SD 3.5', style: 'digital-art' }],
    ['a boat --raw', 'a boat', { enhance: 'raw' }],
    ['a boat --translate', 'a boat', { enhance: 'translate' }],
    ['--seed 42', '', { seed: 42 }],
    ['', '', {}],
  ];
  test.each(cases)('%j', (text, prompt, options) => {
    expect(parseCommand(text)).toEqual({ prompt, options });
  });

  test('a value may follow an equals sign, and sentence punctuation may follow a value', () => {
    expect(parseCommand('a boat --ar=16:9, --seed=7.').options).toEqual({ aspectRatio: '16:9', seed: 7 });
    expect(parseCommand('a boat --ar= 16:9 --raw.').options).toEqual({ aspectRatio: '16:9', enhance: 'raw' });
  });
});

describe('what should not be there', () => {
  const cases: readonly (readonly [text: string, prompt: string, negative: string])[] = [
    ['a street --no cars, people', 'a street', 'cars, people'],
    ['a street --no cars, people --ar 1:1 at night', 'a street at night', 'cars, people'],
    ['a street --no cars --no people', 'a street', 'cars, people'],
    ['a street --no=cars, people', 'a street', 'cars, people'],
    ['a street --no "cars and people"', 'a street', 'cars and people'],
    ['a street --no “xe, người”, --no mưa,', 'a street', 'xe, người, mưa'],
    ['a street --no "the word STOP" sign', 'a street', '"the word STOP" sign'],
  ];
  test.each(cases)('%j', (text, prompt, negative) => {
    const { aspectRatio: _, ...options } = parseCommand(text).options;
    expect({ prompt: parseCommand(text).prompt, options }).toEqual({ prompt, options: { negativePrompt: negative } });
  });
});

describe('values, as people write them', () => {
  const cases: readonly (readonly [flags: string, options: Options])[] = [
    ...['16:9', '16x9', '16X9', '16/9', '16×9', '16*9', '32:18', '1920x1080', '１６：９'].map(
      (ratio) => [`--ar ${ratio}`, { aspectRatio: '16:9' }] as const,
    ),
    ['--ar 1.5:1', { aspectRatio: '3:2' }],
    ['--seed ４２', { seed: 42 }],
    ['--seed 4294967294', { seed: 4_294_967_294 }],
    ...['0.6', '0,6', '.6', '60%', '６０％'].map((strength) => [`--strength ${strength}`, { strength: 0.6 }] as const),
    ['--strength 0', { strength: 0 }],
    ['--strength 100%', { strength: 1 }],
    ['--n 4', { count: 4 }],
  ];
  test.each(cases)('%s', (flags, options) => {
    expect(parseCommand(`a boat ${flags}`)).toEqual({ prompt: 'a boat', options });
  });
});

describe('what phones and keyboards make of it', () => {
  test.each([
    '—ar 16:9',
    '–ar 16:9',
    '――ar 16:9',
    '−−ar 16:9',
    '－－ａｒ　１６：９',
    '---ar 16:9',
    '--AR 16:9',
    `--ar${NBSP}16:9`,
    '--ar\n16:9',
    '--ar＝16:9',
  ])('%j is --ar 16:9', (flags) => {
    expect(parseCommand(`a boat ${flags} at dawn`)).toEqual({ prompt: 'a boat at dawn', options: { aspectRatio: '16:9' } });
  });

  test.each([
    'a boat -- at dawn',
    'a boat — at dawn',
    'a boat - at dawn',
    'a boat–house',
    'x --- y',
    'minus –3 degrees',
    'a -ar b',
    'a --> b',
    'well-known',
  ])('%j is only text', (text) => {
    expect(parseCommand(text)).toEqual({ prompt: text, options: {} });
  });

  test.each([
    'a sign "open --ar 16:9 late"',
    'a sign “open --ar 16:9 late”',
    'a sign «--ar 16:9»',
    'a sign „--ar 16:9“',
    "a sign '--ar 16:9'",
    '「--ar 16:9」',
  ])('flags inside quotation marks are text: %s', (text) => {
    expect(parseCommand(text)).toEqual({ prompt: text, options: {} });
  });

  test.each([
    ['a "sign --ar 16:9', 'a sign'],
    ['a 5" screen and a 6" one --ar 16:9', 'a 5" screen and a 6" one'],
    ["don't stop the dogs' party --ar 16:9", "don't stop the dogs' party"],
    ["the '90s and the dogs' party --ar 16:9", "the '90s and the dogs' party"],
    ["'tis a boat --ar 16:9", '’tis a boat'],
  ])('a mark that is no quotation hides no flag: %s', (text, prompt) => {
    expect(parseCommand(text)).toEqual({ prompt, options: { aspectRatio: '16:9' } });
  });
});

describe('Vietnamese names, with and without marks', () => {
  const cases: readonly (readonly [flags: string, options: Options])[] = [
    ...['--tỉ-lệ', '--tỷ-lệ', '--ti-le', '--tile', '--tỉlệ', '—TỈ-LỆ', '--ti\u0309-le\u0323\u0302'].map(
      (flag) => [`${flag} 9:16`, { aspectRatio: '9:16' }] as const,
    ),
    ['--hạt-giống 7', { seed: 7 }],
    ['--hat-giong 7', { seed: 7 }],
    ['--không xe cộ', { negativePrompt: 'xe cộ' }],
    ['--khong xe cộ', { negativePrompt: 'xe cộ' }],
    ['--số 2', { count: 2 }],
    ['--so-anh 2', { count: 2 }],
    ['--mẫu ultra', { model: 'ultra' }],
    ['--mo-hinh ultra', { model: 'ultra' }],
    ['--phong-cách anime', { style: 'anime' }],
    ['--phongcach anime', { style: 'anime' }],
    ['--mạnh 0,6', { strength: 0.6 }],
    ['--do-manh 60%', { strength: 0.6 }],
    ['--nguyên-văn', { enhance: 'raw' }],
    ['--nguyen-van', { enhance: 'raw' }],
    ['--dịch', { enhance: 'translate' }],
    ['--dich', { enhance: 'translate' }],
  ];
  test.each(cases)('%s', (flags, options) => {
    expect(parseCommand(`chiếc thuyền ${flags}`)).toEqual({ prompt: 'chiếc thuyền', options });
  });

  test('marks of another word do not become a flag', () => {
    expect(refusalOf('thuyền --màu đỏ')).toEqual({ code: 'flag-unknown', details: { flag: '--màu', nearest: '--mẫu' } });
  });
});

describe('what is refused, with what to do', () => {
  const cases: readonly (readonly [text: string, code: string, details: RefusalDetails])[] = [
    ['a boat --sed 4', 'flag-unknown', { flag: '--sed', nearest: '--seed' }],
    ['a boat —modle core', 'flag-unknown', { flag: '--modle', nearest: '--model' }],
    ['thuyền --tỉ-lê 1:1', 'flag-unknown', { flag: '--tỉ-lê', nearest: '--tỉ-lệ' }],
    ['a boat --ar', 'flag-value-missing', { flag: '--ar' }],
    ['a boat --ar --seed 4', 'flag-value-missing', { flag: '--ar' }],
    ['a boat --no --seed 4', 'flag-value-missing', { flag: '--no' }],
    ['a boat --style ""', 'flag-value-missing', { flag: '--style' }],
    ['a boat --ar 5:7', 'flag-value-invalid', { flag: '--ar', value: '5:7', expected: 'ratio', nearest: '3:4' }],
    ['a boat --ar 16;9', 'flag-value-invalid', { flag: '--ar', value: '16;9', expected: 'ratio', nearest: '16:9' }],
    ['a boat --ar 0:0', 'flag-value-invalid', { flag: '--ar', value: '0:0', expected: 'ratio', nearest: '1:1' }],
    ['a boat --seed 0', 'flag-value-invalid', { flag: '--seed', value: '0', expected: 'seed' }],
    ['a boat --seed -1', 'flag-value-invalid', { flag: '--seed', value: '-1', expected: 'seed' }],
    ['a boat --seed 4294967295', 'flag-value-invalid', { flag: '--seed', value: '4294967295', expected: 'seed' }],
    ['a boat --seed 1.5', 'flag-value-invalid', { flag: '--seed', value: '1.5', expected: 'seed' }],
    ['a boat --n 5', 'flag-value-invalid', { flag: '--n', value: '5', expected: 'count' }],
    ['a boat --strength 60', 'flag-value-invalid', { flag: '--strength', value: '60', expected: 'strength' }],
    ['a boat --strength 101%', 'flag-value-invalid', { flag: '--strength', value: '101%', expected: 'strength' }],
    ['a boat --model <b>', 'flag-value-invalid', { flag: '--model', value: '<b>', expected: 'text' }],
    ['a boat --raw=yes', 'flag-value-invalid', { flag: '--raw', value: 'yes', expected: 'none' }],
    ['a boat --ar 1:1 --tỉ-lệ 1:1', 'flag-repeated', { flag: '--tỉ-lệ' }],
    ['a boat --raw --translate', 'flag-repeated', { flag: '--translate' }],
    [`${'a'.repeat(4001)} --ar 1:1`, 'prompt-too-long', { limit: 4000, length: 4001 }],
    [`a --no ${'b'.repeat(4001)}`, 'prompt-too-long', { limit: 4000, length: 4001 }],
  ];
  test.each(cases)('%.60s -> %s', (text, code, details) => {
    expect(refusalOf(text)).toEqual({ code, details });
  });

  test('what was typed is shown in 40 characters at most', () => {
    expect(refusalOf(`a --seed ${'9'.repeat(5000)}`).details['value']).toBe(`${'9'.repeat(39)}…`);
    expect(refusalOf(`a --${'é'.repeat(5000)}`).details['flag']).toBe(`--${'é'.repeat(39)}…`);
  });

  test('a prompt of exactly the limit is taken', () => {
    expect(parseCommand('a'.repeat(4000)).prompt).toHaveLength(4000);
  });
});

test('rendering writes what a person would have typed', () => {
  const options: Options = {
    seed: 42,
    aspectRatio: '16:9',
    negativePrompt: 'cars, people',
    model: 'SD 3.5',
    strength: 0.6,
    enhance: 'raw',
  };
  expect(renderCommand('a boat', options)).toBe('a boat --ar 16:9 --seed 42 --model "SD 3.5" --strength 0.6 --raw --no cars, people');
  expect(renderCommand('a boat', { enhance: 'enhance' })).toBe('a boat');
});
