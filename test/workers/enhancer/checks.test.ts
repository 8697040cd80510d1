import { describe, expect, test } from 'vitest';
import { ANSWERS } from '#test/fixtures/prompts/answers.ts';
import { checkAnswer, type Asked } from '#workers/enhancer/checks.ts';
import { findConstraints } from '#workers/enhancer/constraints.ts';
import { detectLanguage } from '#src/core/language.ts';
import { TOKEN } from '#workers/enhancer/quotes.ts';
import { answer } from './fake-claude.ts';

function asked(text: string, mustExclude = false): Asked {
  const vietnamese = detectLanguage(text) === 'vi';
  return { text, quotes: text.match(TOKEN)?.length ?? 0, vietnamese, constraints: findConstraints(text, vietnamese), mustExclude };
}

describe('an answer is held to what was asked', () => {
  test.each(ANSWERS)('$name', ({ text, prompt, negative = '', wrong }) => {
    const codes = checkAnswer(answer({ english_prompt: prompt, negative_prompt: negative }), asked(text)).map(({ code }) => code);
    expect(wrong === undefined ? codes : codes.filter((code) => code === wrong)).toEqual(wrong === undefined ? [] : [wrong]);
  });

  test('an exclusion that only a translator can name must be named', () => {
    const codes = checkAnswer(answer({ english_prompt: 'A cat' }), asked('con mèo', true)).map(({ code }) => code);
    expect(codes).toEqual(['exclusion-lost']);
  });

  test.each(['Con meo trang', 'Meo trang nam tren mai ngoi', 'con meo trang dep'])(
    'Vietnamese without its marks is no caption: %s',
    (prompt) => {
      const codes = checkAnswer(answer({ english_prompt: prompt }), asked('con mèo trang')).map(({ code }) => code);
      expect(codes).toContain('untranslated');
    },
  );

  test('a title that mentions everybody, or leaks, spoils the answer too', () => {
    expect(checkAnswer(answer({ title: '@everyone' }), asked('con mèo'))).toMatchObject([{ code: 'markup' }]);
    expect(checkAnswer(answer({ alt_text: 'KHUNG-TRUC-7419' }), asked('con mèo'))).toMatchObject([{ code: 'leak' }]);
  });
});

describe('what a person said plainly is found', () => {
  test.each([
    ['hai cô gái và 3 con chó', ['count:hai cô gái', 'count:3 con']],
    ['một tá quả trứng', ['count:tá quả']],
    ['năm 1945, ba tôi, chín tháng', []],
    ['ba lô màu xanh', ['colour:màu xanh']],
    ['áo bà ba tím', ['colour:tím']],
    ['sông Hồng và hoa hồng', []],
    ['vua Quang Trung cưỡi voi', ['name:Quang Trung']],
    ['du thuyền ở Hạ Long', ['name:Hạ Long']],
    ['một con phố ở Hà Nội', []],
    ['three cats at 3:2, 4k, 85mm', ['count:three']],
    ['a red barn near Salzburg', ['colour:red', 'name:Salzburg']],
    ['A Cat In The Hat', []],
    ['chữ ⟦T1⟧ màu đỏ', ['colour:đỏ']],
  ])('%s', (text, expected) => {
    const found = findConstraints(text, detectLanguage(text) === 'vi').map(({ kind, source }) => `${kind}:${source}`);
    expect(found).toEqual(expected);
  });
});
