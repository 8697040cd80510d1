import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, patternsOf } from '#src/ledger/words.ts';

describe('words are kept and looked for', () => {
  it.each([
    ['Áo Dài', 'ao dai'],
    ['ĐƯỜNG đi', 'duong di'],
    ['Nguyễn Ngọc Ký', 'nguyen ngoc ky'],
    ['ệ', 'e'],
    ['Crème BRÛLÉE', 'creme brulee'],
    ['日本 한국 🐱', '日本 한국 🐱'],
    ['a\0b', 'ab'],
  ])('%j as %j, composed or not', (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(text.normalize('NFD'))).toBe(folded);
  });

  it('so that folding again changes nothing', () => {
    assert(property(string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
  });

  it('with what LIKE would read as a sign taken literally', () => {
    expect(patternsOf('100% a_b wow!')).toEqual(['%100!%%', '%a!_b%', '%wow!!%']);
  });

  it('a few of them, from the beginning of a query of any length', () => {
    expect(patternsOf('')).toEqual([]);
    expect(patternsOf('mèo '.repeat(10_000))).toHaveLength(12);
    expect(patternsOf('x'.repeat(10_000))).toEqual([`%${'x'.repeat(200)}%`]);
  });
});
