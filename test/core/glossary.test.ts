import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { translateWords } from '#src/core/glossary.ts';
import { hasVietnameseLetters } from '#src/core/vietnamese.ts';

const english = (text: string): string => translateWords(text).english.replace(/ \([^)]*\)/g, '');

describe('Vietnamese into English, word by word', () => {
  test.each([
    ['ô tô đỏ', 'red car'],
    ['con mèo trắng', 'white cat'],
    ['con mèo trắng nhỏ', 'small white cat'],
    ['một chiếc ô tô đỏ', 'a red car'],
    ['một con voi', 'an elephant'],
    ['ba con chó nhỏ màu đen chạy trên bãi biển', 'three black small dogs running on beach'],
    ['năm bông hoa hồng', 'five roses'],
    ['một tá hoa hồng', 'twelve roses'],
    ['Hà Nội năm 1945', 'Hanoi in 1945'],
    ['hai bà cụ uống trà dưới gốc đa', 'two old women drinking tea under a banyan tree'],
    ['áo bà ba tím', 'purple ao ba ba'],
    ['cô gái mặc áo dài đội nón lá', 'girl wearing ao dai wearing non la'],
    ['mèo rất đẹp', 'very beautiful cat'],
    ['đôi mắt xanh', 'blue eyes'],
    ['ly cà phê không đường', 'cup of coffee without sugar'],
    ['một tách trà nóng không đường', 'a hot cup of tea without sugar'],
    ['cốc trà sữa không đường', 'cup of bubble tea without sugar'],
    ['ly cà phê sữa đá', 'glass of iced milk coffee'],
    ['một con đường làng rợp bóng tre', 'a village road shaded by bamboo'],
    ['con đường làng nhỏ', 'small village road'],
    ['Hà Nội mùa thu', 'autumn Hanoi'],
    ['cánh đồng không đường', 'field without road'],
    ['giỏ tre', 'bamboo basket'],
  ])('%s is %s', (vietnamese, expected) => {
    expect(english(vietnamese)).toBe(expected);
  });

  test.each([
    ['mot con meo trang', 'a white cat'],
    ['ly ca phe khong duong', 'cup of coffee without sugar'],
    ['con duong lang rop bong tre', 'village road shaded by bamboo'],
    ['con cho den ngu tren ghe sofa', 'black dog sleeping on sofa'],
    ['di cho noi luc binh minh', 'going to the floating market with wooden boats full of produce at sunrise'],
    ['moojt coo gais ddooij nons las', 'a girl wearing non la'],
    ['co6 ga1i d9o65i no1n la1', 'girl wearing non la'],
    ['hoà bình', english('hòa bình')],
    ['mèo'.normalize('NFD'), 'cat'],
  ])('%s, however it was typed, is %s', (typed, expected) => {
    expect(english(typed)).toBe(expected);
  });

  test('things of Vietnam keep their name and get a look', () => {
    expect(translateWords('bánh chưng').english).toBe('banh chung (square sticky-rice cake wrapped in green dong leaves)');
    expect(translateWords('hoa đào').english).toContain('peach blossom');
    expect(translateWords('hoa mai').english).toContain('yellow apricot blossom');
    expect(translateWords('Hồ Gươm').english).toContain('Hoan Kiem Lake');
  });

  test('names are written without marks and not translated', () => {
    expect(english('cô gái tên Hoa ở Đà Lạt')).toBe('girl named Hoa in Da Lat');
    expect(translateWords('bức tranh của Mai và Lan Anh').english).toContain('Mai and Lan Anh');
  });

  test('quoted text and tokens are untouched', () => {
    expect(english('biển hiệu "Phở Thìn" màu đỏ')).toContain('"Phở Thìn"');
    expect(english('chữ “Chúc mừng” và ⟦T1⟧')).toBe('text “Chúc mừng” and ⟦T1⟧');
  });

  test('English words pass through, in English and in mixed text', () => {
    expect(english('a cat on the roof, at night')).toBe('a cat on the roof, at night');
    expect(english('cô gái cyberpunk style, neon lights')).toBe('girl cyberpunk style, neon lights');
  });

  test('coverage says how much was understood', () => {
    expect(translateWords('con mèo trắng').coverage).toBe(1);
    expect(translateWords('nghị quyết khoán hộ').coverage).toBeLessThan(0.3);
    expect(translateWords('').coverage).toBe(1);
    const half = translateWords('con mèo nghị quyết').coverage;
    expect(half).toBeGreaterThan(0.3);
    expect(half).toBeLessThan(0.7);
  });

  test('no Vietnamese letter is left outside quotes, whatever comes in', () => {
    const letters = 'aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ ĂĐỐ,.';
    assert(
      property(string({ unit: constantFrom(...letters.split('')), maxLength: 60 }), (text) => {
        expect(hasVietnameseLetters(translateWords(text).english)).toBe(false);
        expect(translateWords(text)).toEqual(translateWords(text));
      }),
    );
  });

  test('a very long text takes no longer than its length', () => {
    expect(translateWords('con mèo trắng ngủ '.repeat(5000)).english).toContain('white cat');
  });
});
