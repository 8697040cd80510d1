import { describe, expect, test } from 'vitest';
import { detectLanguage, languageOfWords } from '#src/core/language.ts';
import { HELD_OUT, SEEN, type PromptSet } from '#test/fixtures/prompts/languages.ts';

function missed({ language, prompts }: PromptSet): readonly string[] {
  return prompts.filter((prompt) => detectLanguage(prompt) !== language);
}

describe('the language of a prompt', () => {
  test.each(SEEN)('$name: every prompt that the rule was written with is told', (set) => {
    expect(missed(set)).toEqual([]);
  });

  test.each(HELD_OUT)('$name: of prompts that it was not written with, nine in ten are told', (set) => {
    expect({ missed: missed(set).length <= set.prompts.length / 10, which: missed(set) }).toMatchObject({ missed: true });
  });

  test('decomposed letters are the same as composed ones', () => {
    expect(detectLanguage('mèo trắng'.normalize('NFD'))).toBe('vi');
  });

  test.each(['meo', 'red fox', 'pho', '🐱', '', '123', '!!!'])('%j alone says little: the platform’s language decides', (text) => {
    expect([detectLanguage(text, 'vi'), detectLanguage(text, 'en')]).toEqual(['vi', 'en']);
  });

  test.each(['mèo', 'phở bò', 'meof', 'ga1i'])('%j is Vietnamese whatever the platform says', (text) => {
    expect(detectLanguage(text, 'en')).toBe('vi');
  });

  test('three words and more are told by themselves', () => {
    expect(detectLanguage('hai con meo', 'en')).toBe('vi');
    expect(detectLanguage('a red fox', 'vi')).toBe('en');
  });

  test('where the words are as much one as the other, the platform’s language decides', () => {
    const text = 'chua mot cot, cinematic, bokeh, macro';
    expect([detectLanguage(text, 'vi'), detectLanguage(text, 'en'), detectLanguage(text)]).toEqual(['vi', 'en', 'en']);
  });

  test('without letters and without a platform it is English', () => {
    expect([detectLanguage(''), detectLanguage('🐱🐶'), detectLanguage('42')]).toEqual(['en', 'en', 'en']);
  });

  test('a very long text is read in a blink', () => {
    expect(detectLanguage('aaaa'.repeat(50_000))).toBe('en');
    expect(detectLanguage('mot con meo '.repeat(20_000))).toBe('vi');
  });
});

describe('the language of the words, of one who writes in Vietnamese', () => {
  test.each([
    'con meo',
    'con cop',
    'xe may',
    'nguoi',
    'ngon',
    'chua mot cot, cinematic, bokeh, macro',
    'chua mot cot, a masterpiece in the style of a painting, cinematic lighting, film grain',
    'mèo',
    'meof',
  ])('%s is Vietnamese', (text) => {
    expect(languageOfWords(text, 'vi')).toBe('vi');
  });

  test.each(['red fox', 'a cat', 'hat', 'a girl named Hoa in Da Lat', 'a bowl of dim sum on the table', 'neon city, rain', '', '🐱 42'])(
    '%s is English all the same',
    (text) => {
      expect(languageOfWords(text, 'vi')).toBe('en');
    },
  );

  test('of one who writes in English the words decide alone', () => {
    expect([languageOfWords('con meo', 'en'), languageOfWords('xe may', 'en'), languageOfWords('a red fox', 'en')]).toEqual([
      'vi',
      'en',
      'en',
    ]);
  });
});
