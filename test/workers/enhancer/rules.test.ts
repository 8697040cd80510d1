import { describe, expect, test } from 'vitest';
import { BEYOND_RULES, BY_RULES } from '#test/fixtures/prompts/rules.ts';
import { isForeign } from '#workers/enhancer/checks.ts';
import { NEGATION_WORDS } from '#workers/enhancer/negation.ts';
import { withoutQuotes } from '#workers/enhancer/quotes.ts';
import { writeByRules } from '#workers/enhancer/rules.ts';

describe('with nobody to ask, the rules', () => {
  test.each(BY_RULES)('write $text', ({ text, has, hasNot = [], negative = '' }) => {
    const ruled = writeByRules(text, '', 'vi');
    for (const part of has) expect(ruled?.prompt).toContain(part);
    for (const part of hasNot) expect(ruled?.prompt).not.toContain(part);
    expect(ruled?.negativePrompt).toBe(negative);
    expect(isForeign(withoutQuotes(ruled?.prompt ?? ''))).toBe(false);
    expect(withoutQuotes(ruled?.prompt ?? '')).not.toMatch(NEGATION_WORDS);
  });

  test.each(BEYOND_RULES)('say that they cannot write %s', (text) => {
    expect(writeByRules(text, '', 'vi')).toBeUndefined();
  });

  test('translate what is excluded, and join it to what the text excludes', () => {
    expect(writeByRules('con mèo, không có chó', 'người, xe máy', 'vi')?.negativePrompt).toBe('people, motorbike, dog');
    expect(writeByRules('a cat, no dogs', 'Dogs, rain', 'vi')?.negativePrompt).toBe('Dogs, rain');
    expect(writeByRules('a cat', 'nghị quyết khoán hộ', 'en')).toBeUndefined();
  });
});
