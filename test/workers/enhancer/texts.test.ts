import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROMPT_LENGTH_MAX } from '#src/core/request.ts';
import { captionOf, toCaption } from '#workers/enhancer/caption.ts';
import { fit } from '#workers/enhancer/fit.ts';
import { normalize } from '#workers/enhancer/normalize.ts';
import { maskQuotes, QUOTED, restoreAsStraightQuotes, restoreQuotes } from '#workers/enhancer/quotes.ts';
import { chatText } from './texts.ts';

const LONE_SURROGATE = /\p{Cs}/u;

describe('what arrives from a chat becomes plain text', () => {
  test.each([
    ['mèo'.normalize('NFD'), 'mèo'],
    ['\u00D0à Lạt', 'Đà Lạt'],
    ['a\u200Bb\u202Ec\u0000d', 'abc d'],
    ['<@U123> vẽ  mèo\n\nđen', 'vẽ mèo đen'],
    ['&lt;3 mèo &amp; chó', '<3 mèo & chó'],
    ['<https://example.com|con mèo> https://example.com/x', 'con mèo'],
    ['<:meo:12345> :cat: ||bí mật|| **to** _nhỏ_ `mã`', 'meo bí mật to nhỏ mã'],
    ['@everyone một con mèo', 'một con mèo'],
    ['gia đình 👨‍👩‍👧 ❤️', 'gia đình 👨‍👩‍👧 ❤️'],
    ['f_stop 2*3*4', 'f_stop 2*3*4'],
    ['⟦T1⟧ giả', 'T1 giả'],
  ])('%j is %j', (written, plain) => {
    expect(normalize(written)).toBe(plain);
  });

  test('twice is the same as once, nothing invisible stays, and there is a limit', () => {
    assert(
      property(chatText, (text) => {
        const once = normalize(text);
        expect(normalize(once)).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\u200B\u202E⟦⟧]|^\s|\s$|\s\s/u);
        expect(once).not.toMatch(LONE_SURROGATE);
        expect(once.normalize('NFC')).toBe(once);
      }),
    );
    expect(normalize('mèo '.repeat(5000)).length).toBeLessThanOrEqual(PROMPT_LENGTH_MAX);
  });

  test('everything that a command may hold is kept, and what is over is cut between words and before a quoted text', () => {
    const whole = `${'mèo trắng '.repeat(398)}"Phở Thìn ngon"`;
    expect(normalize(whole)).toBe(whole);
    expect(normalize(`||${whole.slice(0, 3899)}||`)).toBe(whole.slice(0, 3899));
    const words = normalize('mèo trắng '.repeat(500));
    expect(words).toBe('mèo trắng '.repeat(400).trim());
    expect(normalize(`${'mèo trắng '.repeat(399)}"Phở Thìn ngon"`)).toBe('mèo trắng '.repeat(399).trim());
  });

  test('hostile lengths of markup are read in a blink', () => {
    for (const part of ['<', '|', '`', '*', '&amp;', '"', '<a:', '[', 'không '])
      expect(normalize(part.repeat(20_000)).length).toBeLessThanOrEqual(PROMPT_LENGTH_MAX);
  });
});

describe('text to be drawn is kept letter by letter', () => {
  test('what is masked is restored exactly', () => {
    assert(
      property(chatText, (text) => {
        const plain = normalize(text);
        const masked = maskQuotes(plain);
        const wholeWasQuoted = masked.quotes.length === 0 && masked.text !== plain;
        expect(wholeWasQuoted || restoreQuotes(masked.text, masked.quotes) === plain).toBe(true);
        masked.quotes.forEach((_quote, index) => expect(masked.text.split(`⟦T${index + 1}⟧`)).toHaveLength(2));
      }),
    );
  });

  test.each([
    ['chữ "Phở Thìn" đỏ', ['"Phở Thìn"'], 'chữ ⟦T1⟧ đỏ'],
    ['“Chào” và «Tết»', ['“Chào”', '«Tết»'], '⟦T1⟧ và ⟦T2⟧'],
    ["it's a dog's sign 'Open'", ["'Open'"], "it's a dog's sign ⟦T1⟧"],
    ['một con mèo 5" nhỏ', [], 'một con mèo 5" nhỏ'],
    ['"một con mèo"', [], 'một con mèo'],
    ['“một con mèo”.', [], 'một con mèo'],
  ])('%s', (text, quotes, masked) => {
    expect(maskQuotes(text)).toEqual({ text: masked, quotes });
  });

  test('quotes come back in the marks that picture models know', () => {
    expect(restoreAsStraightQuotes('a sign reading ⟦T1⟧', ['«Phở "Thìn"»'])).toBe('a sign reading "Phở Thìn"');
  });

  test('a quote with replacement patterns in it is only text', () => {
    expect(restoreQuotes('⟦T1⟧', ['"$& $1 $$"'])).toBe('"$& $1 $$"');
  });
});

describe('a text is fitted to a limit', () => {
  test('never over it, never through a grapheme, never through quoted text, and not at all when it fits', () => {
    assert(
      property(chatText, integer({ min: 1, max: 120 }), (text, limit) => {
        const plain = normalize(text);
        const short = fit(plain, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short).not.toMatch(LONE_SURROGATE);
        expect(plain.startsWith(short)).toBe(true);
        expect(short === plain || plain.length > limit).toBe(true);
        const isCut = short.length < plain.length;
        const torn = [...plain.matchAll(QUOTED)].filter(
          ({ index, 0: quote }) => short.length > index && short.length < index + quote.length,
        );
        expect(isCut ? torn : []).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['One cat sleeps. Two dogs play in the yard', 30, 'One cat sleeps. Two dogs play'],
    ['A cat on the wide old roof. Two dogs', 32, 'A cat on the wide old roof.'],
    ['a cat, a dog, a bird, a fish, a whale', 34, 'a cat, a dog, a bird, a fish'],
    ['a sign "Open All Night" here', 16, 'a sign'],
    ['a sign "Open All Night", red', 24, 'a sign "Open All Night"'],
    ['👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 10, '👨‍👩‍👧'],
  ])('%j in %i is %j', (text, limit, expected) => {
    expect(fit(text, limit)).toBe(expected);
  });
});

describe('title and alternative text', () => {
  test('are within their limits whatever they are made of', () => {
    assert(
      property(chatText, (text) => {
        const { title, altText } = captionOf(text);
        expect(title.length).toBeLessThanOrEqual(60);
        expect(altText.length).toBeLessThanOrEqual(200);
        expect(title + altText).not.toMatch(/[<>@`*|]|https?:|\p{Cs}/u);
      }),
    );
  });

  test('mentions, links and markup of a title are taken away', () => {
    expect(toCaption('**Mèo** <@U1> @everyone https://x.y', 'a_b <!channel>')).toEqual({ title: 'Mèo everyone', altText: 'a b' });
  });

  test('a long title ends between words', () => {
    expect(captionOf('một con mèo mặc áo dài đi chợ nổi lúc bình minh với rất nhiều thuyền hoa').title).toBe(
      'Một con mèo mặc áo dài đi chợ nổi lúc bình minh với rất…',
    );
  });
});
