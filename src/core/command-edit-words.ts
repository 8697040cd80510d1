import { quotationIn } from './command-words.ts';
import { COLOURS } from './glossary/qualities.ts';
import { canonicalSyllable, foldMarks } from './vietnamese.ts';

/** A word in the two spellings that it is known by. */
interface Known {
  readonly canonical: string;
  readonly markless: string;
}

/** Phrases of a list, longest first. */
export type Phrases = readonly (readonly Known[])[];

const spelled = (word: string): Known => ({ canonical: canonicalSyllable(word), markless: foldMarks(word) });

const toPhrases = (list: readonly string[]): Phrases =>
  list.map((phrase) => phrase.split(' ').map(spelled)).toSorted((one, two) => two.length - one.length);

const phrases = (list: string): Phrases => toPhrases(list.split('; '));

/** What people begin an instruction with, in both languages. The longest that fits is the one that is meant. */
export const EDIT_PHRASES = {
  'remove-background': phrases(
    'remove background; remove the background; remove bg; background remove; remove the bg; cut out; xoá nền; bỏ nền; tách nền; xoá phông; bỏ phông; tách phông; xoá phông nền; bỏ phông nền; tách phông nền; xoá hậu cảnh; bỏ hậu cảnh',
  ),
  erase: phrases(
    'erase; remove; delete; get rid of; take away; take out; xoá; xoá bỏ; xoá đi; bỏ; bỏ đi; gỡ; gỡ bỏ; loại bỏ; tẩy; tẩy xoá',
  ),
  replace: phrases('replace; swap; substitute; change; turn; thay; thay thế; đổi; biến; biến đổi'),
  recolor: phrases(
    'recolor; recolour; change the color of; change the colour of; change color of; change colour of; paint; make; dye; đổi màu; đổi màu của; thay màu; tô; tô màu; sơn; nhuộm',
  ),
  inpaint: phrases('inpaint; fill in; fill; paint in; vẽ vào; vẽ thêm vào; tô vào; điền vào; vẽ vào chỗ trắng; vẽ vào vùng trắng'),
  outpaint: phrases(
    'outpaint; expand; extend; widen; uncrop; zoom out; mở rộng; nới rộng; vẽ rộng ra; mở rộng ra; vẽ thêm bên ngoài; kéo rộng',
  ),
  restyle: phrases('restyle'),
  /** Only with a colon: without one, what follows may say more of the style. */
  'this-style': phrases('in this style; vẽ theo phong cách này; vẽ lại theo phong cách này; theo phong cách này'),
  /** What stands behind these names a style, which is not what is to be seen. */
  style: phrases(
    'in the style of; đổi phong cách; đổi sang phong cách; vẽ theo phong cách; vẽ lại theo phong cách; theo phong cách; phong cách',
  ),
  sketch: phrases(
    'sketch; from sketch; from this sketch; phác thảo; từ phác thảo; từ bản phác; theo nét; theo nét vẽ; từ nét vẽ; tô theo nét',
  ),
  structure: phrases(
    'structure; keep the structure; keep structure; keep the composition; giữ bố cục; theo bố cục; bố cục; giữ cấu trúc; cấu trúc',
  ),
  upscale: phrases(
    'upscale; enlarge; increase the resolution; phóng to; phóng lớn; làm nét; làm rõ; tăng độ phân giải; nâng độ phân giải; nâng cấp ảnh',
  ),
} as const;
export type EditVerb = keyof typeof EDIT_PHRASES;

export const AS_STYLE = phrases('as; like; into; to; in the style of');

/** What stands between the thing that is meant and what is to come of it. */
export const INSTEAD = phrases('with; by; for; into; to; bằng; thành; sang; qua; thành ra');
export const IN_COLOUR = phrases('to; in; into; as; thành; sang; qua; thành màu; sang màu; qua màu; bằng màu; màu');

export const MANNERS = {
  fast: phrases('fast; quick; quickly; nhanh'),
  conservative: phrases('conservative; faithful; careful; carefully; trung thực; giữ nguyên; kỹ; kĩ; cẩn thận'),
  creative: phrases('creative; creatively; sáng tạo'),
} as const;

export const SIDES = {
  left: phrases('left; to the left; on the left; trái; bên trái; sang trái; phía trái'),
  right: phrases('right; to the right; on the right; phải; bên phải; sang phải; phía phải'),
  up: phrases('up; top; upwards; above; trên; bên trên; lên trên; phía trên; lên'),
  down: phrases('down; bottom; downwards; below; dưới; bên dưới; xuống dưới; phía dưới; xuống'),
} as const;

export const OPENINGS = phrases(
  'please; can you; could you; would you; hãy; làm ơn; bạn; bạn ơi; giúp mình; giúp tôi; giúp em; cho mình; cho tôi; nhờ bạn; mình muốn; tôi muốn; i want to; i want you to',
);
export const ENDINGS = phrases(
  'please; thanks; thank you; from the picture; from the image; from the photo; in the picture; in the image; in the photo; from this picture; from it; đi; ra; nhé; nha; với; ạ; giúp mình; giúp tôi; hộ mình; hộ tôi; cho mình; khỏi ảnh; khỏi hình; khỏi bức ảnh; trong ảnh; trong hình; trong bức ảnh; ở trong ảnh; giùm; dùm',
);
export const ARTICLES = phrases('the; a; an; my; this; that; his; her; their');

const COLOUR_WORDS = new Set(
  'red orange yellow green blue purple violet pink brown black white grey gray silver gold golden beige turquoise teal cyan magenta navy maroon crimson lime olive indigo cream rainbow scarlet lavender'.split(
    ' ',
  ),
);
const COLOUR_NAMES = toPhrases(COLOURS.split(';').map((entry) => (entry.split('=')[0] ?? '').trim()));
const COLOUR = phrases('màu');

export interface Said {
  /** As they were typed. */
  readonly words: readonly string[];
  /** Whether a word typed without marks may stand for one that has them: only where nothing was typed with marks. */
  readonly isMarkless: boolean;
}

export const said = (words: readonly string[]): Said => ({
  words,
  isMarkless: words.every((word) => foldMarks(word) === word.toLowerCase()),
});

const bare = (word: string): string => word.toLowerCase().replaceAll(/^[("'“”‘’]+|[)"'“”‘’,.;:!?…]+$/gu, '');

/** A word that was typed, without what a sentence puts around it. What is quoted is a name, and none of ours. */
function heard(typed: string): Pick<Known, 'canonical'> & { readonly plain: string } {
  const word = quotationIn(typed) === undefined ? bare(typed) : '';
  return { canonical: canonicalSyllable(word), plain: word };
}

/** How many words the longest phrase of the list that stands there takes up: 0 when none does. */
export function phraseAt({ words, isMarkless }: Said, list: Phrases, from = 0): number {
  const hearing: ReturnType<typeof heard>[] = [];
  const isThere = ({ canonical, markless }: Known, index: number): boolean => {
    const word = (hearing[index] ??= heard(words[from + index] ?? ''));
    return word.canonical === canonical || (isMarkless && word.plain === markless);
  };
  return list.find((phrase) => phrase.every(isThere))?.length ?? 0;
}

/** How many of the last words name a colour. One that is said to be one (`màu gì đó`) is one. */
export function colourAtEnd({ words, isMarkless }: Said): number {
  for (const length of [4, 3, 2, 1]) {
    if (words.length < length) continue;
    const last: Said = { words: words.slice(-length), isMarkless };
    const isVietnamese = [0, 1].some((skipped) => {
      if (skipped === length || (skipped === 1 && phraseAt(last, COLOUR) === 0)) return false;
      return phraseAt(last, COLOUR_NAMES, skipped) === length - skipped;
    });
    if (isVietnamese || (length === 1 && isEnglishColour(last.words[0] ?? ''))) return shaded(words, length);
  }
  return 0;
}

const SHADES = new Set('dark light bright pale deep sky navy hot neon pastel royal'.split(' '));
const isEnglishColour = (word: string): boolean => quotationIn(word) === undefined && COLOUR_WORDS.has(bare(word));

/** `dark blue` is one colour. */
const shaded = (words: readonly string[], length: number): number => (length === 1 && SHADES.has(bare(words.at(-2) ?? '')) ? 2 : length);
