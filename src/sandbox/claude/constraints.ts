import type { Caption } from './caption.ts';

/** What the answer says it kept, as the schema's `constraints` has it. */
export interface Constraint {
  readonly kind: 'count' | 'color' | 'text' | 'exclude';
  readonly source: string;
  readonly english: string;
}

const listed = (words: string): readonly (readonly [source: string, english: string])[] =>
  words.split(', ').map((entry) => {
    const [source = '', english = source] = entry.split('=');
    return [source, english];
  });

const COUNTS = listed(
  'hai=two, đôi=a pair of, cặp=a pair of, ba=three, bốn=four, năm=five, sáu=six, bảy=seven, tám=eight, chín=nine, mười=ten, two, three, four, five, six, seven, eight, nine, ten',
);
const COLOURS = listed(
  'đỏ=red, xanh lá=green, xanh dương=blue, xanh lam=blue, trắng=white, đen=black, màu hồng=pink, tím=purple, màu vàng=yellow, màu cam=orange, nâu=brown, xám=grey, red, green, blue, white, black, pink, purple, yellow, orange, brown, grey, gray, golden',
);
/** What may follow a number word, so that `ba` is three and not a father. */
const COUNTED = ' (?:con|cái|chiếc|chú|cô|người|em|bé|bông|quả|trái|cây|ngôi|bức|[a-z]{3,})';

export function findConstraints({ own, exclusions }: Caption): readonly Constraint[] {
  const lower = own.toLowerCase();
  const said = (word: string, after = ''): boolean => new RegExp(`(?<![\\p{L}\\p{M}])${word}(?![\\p{L}\\p{M}])${after}`, 'u').test(lower);
  return [
    ...COUNTS.filter(([word]) => said(word, COUNTED)).map(([source, english]) => ({ kind: 'count' as const, source, english })),
    ...COLOURS.filter(([word]) => said(word)).map(([source, english]) => ({ kind: 'color' as const, source, english })),
    ...(own.match(/⟦T\d+⟧/g) ?? []).map((source) => ({ kind: 'text' as const, source, english: source })),
    ...exclusions.map(({ source, english }) => ({ kind: 'exclude' as const, source, english })),
  ];
}
