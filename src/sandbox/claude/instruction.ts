import { foldMarks, hasVietnameseLetters } from '#src/core/vietnamese.ts';
import { z } from 'zod';
import { withoutOrders } from './policy.ts';

/** An instruction as the stand-in reads it. Everything in it is data. */
export const instructionSchema = z.looseObject({
  text: z.string().catch('').default(''),
  pictures: z.int().catch(1).default(1),
  able: z.array(z.string()).catch([]).default([]),
  corrections: z.array(z.string()).catch([]).default([]),
});
export type InstructionTurn = z.infer<typeof instructionSchema>;

interface Meant {
  readonly task: string;
  readonly what?: string;
  readonly result?: string;
  readonly sides?: readonly string[];
  readonly pixels?: number;
  readonly zoom?: number;
}

const NOTHING = { what: '', result: '', sides: [], pixels: 0, zoom: 0 } as const;
const FAULT_WORD = /(?<![\p{L}\p{N}])sandbox-[a-z0-9-]+/gu;

/** What a model that follows the instructions would answer, as far as a table of phrases goes. Pure: the same turn gives the same answer. */
export function meaningFor({ text, pictures, able, corrections }: InstructionTurn): Readonly<Record<string, unknown>> {
  const words = bare(withoutOrders(text.replace(FAULT_WORD, ' ')));
  const meant = { ...NOTHING, ...(read(words, pictures) ?? { task: 'transform', result: words }) };
  const known = able.includes(meant.task)
    ? meant
    : { ...NOTHING, task: able.includes('transform') ? 'transform' : (able[0] ?? ''), result: words };
  const [, quirk = ''] = /sandbox-claude-([a-z-]+)/.exec(text.toLowerCase()) ?? [];
  const isCorrected = corrections.length > 0 && !quirk.endsWith('-always');
  return isCorrected ? known : { ...known, ...QUIRKS[quirk.replace(/-always$/, '')] };
}

/** Ways of answering badly, for words that ask for them: `sandbox-claude-` and the name. Corrections are heeded, unless the word ends in `-always`. */
const QUIRKS: Readonly<Record<string, Partial<Meant>>> = {
  'wrong-task': { task: 'transform', what: '', result: '' },
  invented: { task: 'erase', what: 'a purple elephant', result: '' },
  'not-able': { task: 'restyle', what: '', result: 'a castle' },
  'no-thing': { task: 'erase', what: '', result: '' },
  'far-out': { task: 'outpaint', sides: ['left'], pixels: 77_777 },
};

/** Without courtesy at either end and without the end of the sentence. */
function bare(text: string): string {
  let words = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  for (let before = ''; before !== words;) {
    before = words;
    words = words.replace(OPENING, '').replace(ENDING, '').trim();
  }
  return words;
}

const OPENING =
  /^(?:please|can you|could you|can we|could we|would you|i want you to|i want to|hãy|làm ơn|giúp (?:mình|tôi|em)|cho (?:mình|tôi|em) xin|cho (?:mình|tôi) (?=bỏ|xoá)|mình muốn|tôi muốn|bạn ơi|ơi|này),?\s+(?=\S)/iu;
const ENDING =
  /(?:\s+(?:please|thanks|thank you|for me|đi|nhé|nha|nhá|với|ạ|giùm|giúp|giúp (?:mình|tôi)|hộ (?:mình|tôi)|nữa|được không|di|nhe|nha|voi|giup|giup minh|nua|(?:ra )?khỏi (?:ảnh|hình)|trong (?:ảnh|hình)|(?:from|in) (?:the|this) (?:picture|photo|image)))?[\s,.!?…]*$/iu;

type Reader = readonly [pattern: RegExp, read: (found: readonly string[], words: string, pictures: number) => Meant | undefined];

const COLOUR =
  '(?:(?:màu )?(?:đỏ|cam|vàng|xanh lá|xanh dương|xanh lam|xanh|tím|hồng|nâu|đen|trắng|xám|be|bạc)(?: (?:đậm|nhạt|tươi|lá|dương|thẫm))?|(?:dark |light |bright |pale |deep )?(?:red|orange|yellow|green|blue|purple|pink|brown|black|white|gr[ea]y|beige|silver|gold))';
const CLEAR_AWAY =
  '(?:bỏ|xoá bỏ|xóa bỏ|xoá|xóa|gỡ bỏ|gỡ|tẩy|loại bỏ|dọn|không muốn thấy|đừng để|remove|erase|delete|get rid of|lose|take away|take out|clean up)';

/** In the order in which they are tried: what says more stands first. */
const READERS: readonly Reader[] = [
  [/có gì|là gì|gì vậy|gì thế|^mô tả|^what(?:'s| is)(?: this)?$|^describe|what do you see/, () => ({ task: 'describe' })],
  [/phục hồi|khôi phục|mờ quá|nhoè|hỏng|restore|blurry|very old|tiny/, () => ({ task: 'enlarge-inventively' })],
  [
    /nét|rõ hơn|độ phân giải|phóng (?:to|lớn)|sharp|resolution|upscale|enlarge|bigger|(?<!\p{L})(?:hd|4k)(?!\p{L})/u,
    (_, words) => ({
      task: /trung thực|giữ nguyên|cẩn thận|kỹ|faithful|careful|without changing/i.test(words) ? 'enlarge-carefully' : 'enlarge',
    }),
  ],
  [
    /(?:tách|xoá|xóa|bỏ) (?:phông|nền|hậu cảnh)|nền trong suốt|^chỉ (?:giữ|lấy|để)|^just the|transparent|cut (?:it|him|her|them) out|remove the background/,
    () => ({ task: 'remove-background' }),
  ],
  [/(?:chỗ|phần|vùng)[^,]*(?:tô|khoanh|đánh dấu|trắng)|the (?:marked|masked|white) (?:part|area)/, readMarked],
  [
    /ảnh (?:thứ )?(?:hai|2|kia)|(?:the )?(?:second|other) (?:picture|photo|image|one)/,
    (_, _words, pictures) => (pictures === 2 ? { task: 'restyle' } : undefined),
  ],
  [/(?:bản nháp|phác thảo|bản vẽ|sketch|doodle|line drawing).*?(?:thành|into|as) (.+)$/, ([, result]) => ({ task: 'sketch', result })],
  [
    /(?:theo )?(?:phong cách|kiểu tranh|lối tranh) (.+)$|như (tranh .+)$|in the style of (.+)$|as an? ((?:watercolou?r|oil painting|woodcut|pencil drawing|cartoon|mosaic).*)$/,
    (found) => ({ task: 'structure', result: found.slice(1).find((part) => part !== '') ?? '' }),
  ],
  [/rộng|xa ra|lùi|zoom out|wider|further|(?:more|thêm) .*(?:above|below|left|right|trên|dưới|trái|phải)|two sides|both sides/, readWider],
  [/thay vì (.+?) thì (?:cho (?:mình |tôi )?)?(.+)$/, ([, what, result]) => ({ task: 'replace', what, result })],
  [/rather have (.+?) where (?:the )?(.+?) (?:is|are)$/, ([, result, what]) => ({ task: 'replace', what, result })],
  [
    new RegExp(`(?:đổi|sơn|nhuộm|tô|change|paint|make|recolou?r|turn|dye)(?: màu)? (.+?)(?: (?:thành|sang|qua|to|into|be))? (${COLOUR})$`),
    ([, what, result]) => ({ task: 'recolor', what, result }),
  ],
  [new RegExp(`^(.+?) (?:này )?mà (${COLOUR})`), ([, what, result]) => ({ task: 'recolor', what, result })],
  [
    /(?:đổi|thay(?: thế)?|biến|replace|swap|change|turn) (.+?) (?:thành|bằng|sang|with|for|by|into|to) (.+)$/,
    ([, what, result]) => ({ task: 'replace', what, result }),
  ],
  [new RegExp(`${CLEAR_AWAY} (.+)$`), ([, what]) => ({ task: 'erase', what })],
];

/** The first row that fits; of a text without any marks, a row's letters count without theirs. */
function read(words: string, pictures: number): Meant | undefined {
  const isMarkless = !hasVietnameseLetters(words) && foldMarks(words) === words.toLowerCase();
  for (const [pattern, reader] of READERS) {
    const source = isMarkless ? pattern.source.replaceAll(/\P{ASCII}+/gu, foldMarks) : pattern.source;
    const found = new RegExp(source, 'iu').exec(words);
    const meant =
      found === null
        ? undefined
        : reader(
            found.map((part) => withoutArticle(part ?? '')),
            words,
            pictures,
          );
    if (meant !== undefined) return meant;
  }
  return undefined;
}

const withoutArticle = (part: string): string => bare(part).replace(/^(?:the|a|an|my|this|that) (?=\S)/i, '');

function readMarked(_found: readonly string[], words: string, pictures: number): Meant | undefined {
  if (pictures !== 2) return undefined;
  if (new RegExp(CLEAR_AWAY, 'iu').test(words)) return { task: 'erase-marked' };
  const [, result = ''] =
    /(?:cho vào|vẽ vào|vẽ|thêm|đặt|put|paint|add|draw) (.+?)(?: (?:in|into|vào) (?:the|chỗ|phần|vùng).*)?$/iu.exec(words) ?? [];
  return { task: 'inpaint', result: result === '' ? words : withoutArticle(result) };
}

const SIDES: readonly (readonly [sides: readonly string[], pattern: RegExp])[] = [
  [['left', 'right'], /hai bên|hai phía|both sides|two sides/iu],
  [['up', 'down'], /trên dưới|above and below/iu],
  [['left'], /trái|left/iu],
  [['right'], /phải|right/iu],
  [['up'], /(?<!\p{L})trên|above|(?<!\p{L})top/iu],
  [['down'], /(?<!\p{L})dưới|below|bottom/iu],
];

function readWider(_found: readonly string[], words: string): Meant {
  const sides = SIDES.find(([, pattern]) => pattern.test(words))?.[0] ?? [];
  const pixels = Number(/(\d{2,4}) ?(?:px|pixel)?/.exec(words)?.[1] ?? 0);
  const zoom = /gấp đôi|twice/iu.test(words) ? 2 : /gấp rưỡi/iu.test(words) ? 1.5 : 0;
  const [, result = ''] = /(?:cho thấy|more) (.+?)(?: (?:above|below|on the).*)?$/iu.exec(words) ?? [];
  return { task: 'outpaint', sides, pixels, zoom, result };
}
