import { describe, expect, it } from 'vitest';
import { readWish } from '#src/sandbox/painter/wish.ts';

const subjectsOf = (prompt: string, negativePrompt = ''): readonly string[] =>
  readWish(prompt, negativePrompt).subjects.map(({ motif, count }) => `${count} ${motif}`);
const RED = '#d9402f';
const BLUE = '#3a78c4';

describe('reading what is asked for', () => {
  it.each([
    ['three cats', ['3 cat']],
    ['ba con mèo', ['3 cat']],
    ['ba con meo', ['3 cat']],
    ['một chú chó và hai con trâu trên ruộng bậc thang', ['1 dog', '2 buffalo']],
    ['a pair of fluffy white rabbits', ['2 rabbit']],
    ['butterflies over a meadow', ['3 butterfly']],
    ['một con mèo mặc áo dài đi chợ nổi lúc bình minh', ['1 catInAoDai']],
    ['mot co gai mac ao dai doi non la', ['1 girlInAoDai']],
    ['a woman in a red ao dai under peach blossom', ['1 girlInAoDai', '1 blossom']],
    ['đàn cá koi', ['5 fish']],
    ['cô gái mặc áo bà ba chèo thuyền', ['1 woman', '1 boat']],
    ['twelve mysteries of nothing', []],
  ])('%s', (prompt, subjects) => {
    expect(subjectsOf(prompt)).toEqual(subjects);
  });

  it.each([
    ['a red car beside a blue house', { car: RED, house: BLUE }],
    ['ô tô đỏ cạnh ngôi nhà màu xanh dương', { car: RED, house: BLUE }],
    ['o to do canh ngoi nha xanh duong', { car: RED, house: BLUE }],
    ['a cat under a red sky', { cat: undefined }],
    ['con mèo dưới bầu trời đỏ', { cat: undefined }],
  ])('gives each colour of "%s" to its own thing', (prompt, colours) => {
    expect(Object.fromEntries(readWish(prompt, '').subjects.map(({ motif, colour }) => [motif, colour]))).toEqual(colours);
  });

  it.each([
    ['chợ nổi lúc bình minh', { place: 'market', hour: 'sunrise' }],
    ['cho noi luc binh minh', { place: 'market', hour: 'sunrise' }],
    ['Ha Long Bay at sunset', { place: 'karst', hour: 'sunset' }],
    ['ruộng bậc thang, hoàng hôn', { place: 'terraces', hour: 'sunset' }],
    ['city in the rain at night', { place: 'city', hour: 'night', weather: 'rain' }],
    ['khu rừng phủ sương mù', { place: 'forest', weather: 'fog' }],
    ['a cat on the beach, watercolor', { place: 'beach', style: 'watercolour' }],
    ['một cái cây dưới vầng trăng', { hour: 'night' }],
  ])('finds place, hour, weather and style of "%s"', (prompt, found) => {
    expect(readWish(prompt, '')).toMatchObject(found);
  });

  it.each([
    ['a floating market with lotus, no boats', '', ['1 lotus']],
    ['một con mèo và một con chó, không có chó', '', ['1 cat']],
    ['a cat and a dog', 'dog, rain', ['1 cat']],
    ['một cô gái bên hồ', 'người', []],
    ['a house without trees or birds', '', ['1 house']],
  ])('leaves out of "%s" what is not wanted', (prompt, negativePrompt, subjects) => {
    expect(subjectsOf(prompt, negativePrompt)).toEqual(subjects);
  });

  it('keeps the boats of a market off the water when they are not wanted', () => {
    expect(readWish('chợ nổi, không có thuyền', '').without.has('boat')).toBe(true);
    expect(readWish('chợ nổi', '').without.has('boat')).toBe(false);
  });
});
