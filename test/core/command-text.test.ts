import { describe, expect, test } from 'vitest';
import { cleanText, shorten } from '#src/core/command-text.ts';

describe('cleaning', () => {
  test.each([
    ['line breaks, tabs and every kind of space become one space', 'a\r\nb\tc\u2028d\u00A0e\u3000f \u200B g\u0085h', 'a b c d e f g h'],
    ['NUL and control characters go', 'a\u0000b\u0007c\u009Bd\u007F', 'abcd'],
    ['zero-width characters go', 'm\u200Bè\u2060o\uFEFF m\u00ADặt\u200D', 'mèo mặt'],
    ['bidi overrides and marks go, right-to-left letters stay', '\u202Eabc\u202C \u2066שלום\u2069 \u200Fمرحبا', 'abc שלום مرحبا'],
    ['halves of surrogate pairs and noncharacters go', 'a\uD800b\uDC00c\uFFFE', 'abc'],
    ['decomposed letters, as macOS sends them, are composed', 'ti\u0309 le\u0323\u0302', 'tỉ lệ'],
    ['emoji keep their joiners, selectors and tags', '👩🏽‍🚀 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩🏽‍🚀 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['a joiner that joins nothing goes', '👩\u200D a\u200D🚀', '👩 a🚀'],
    ['a letter is not buried under marks', `a${'\u0301'.repeat(500)}b`, `á${'\u0301'.repeat(29)}b`],
  ])('%s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
});

test('shortening counts characters, not halves of them', () => {
  expect(shorten('😀'.repeat(3), 3)).toBe('😀😀😀');
  expect(shorten('😀'.repeat(4), 3)).toBe('😀😀…');
});
