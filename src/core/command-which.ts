/** Which of several pictures somebody means, counted from 0, and their words without that. */
export interface Which {
  readonly index: number | undefined;
  readonly text: string;
}

const NOUN = String.raw`(?:ảnh|hình|bức|tấm|anh|hinh|picture|image|photo|pic)`;
/** `#2`, `ảnh số 2`, `ảnh thứ hai`, `picture 2`, `the second picture`. A bare number is one of many other things. */
const NUMBERED = String.raw`#\s?(?<hash>\d{1,2})|${NOUN}\s+(?:số|so|thứ|thu|no\.?|number|#)?\s*(?<named>\d{1,2})`;
const ORDINALS: readonly (readonly string[])[] = [
  ['thứ nhất', 'đầu tiên', 'first', '1st'],
  ['thứ hai', 'thứ nhì', 'second', '2nd'],
  ['thứ ba', 'third', '3rd'],
  ['thứ tư', 'fourth', '4th'],
];
const ORDINAL = String.raw`${NOUN}\s+(?<after>${namesFor(/^(?:thứ|đầu)/)})|(?:the\s+)?(?<before>${namesFor(/^[a-z\d]/)})\s+(?:picture|image|photo|pic|one)`;
const MEANT = `(?:${NUMBERED}|${ORDINAL})`;
/** Only where a sentence begins with it, set apart, or ends with it: "vẽ thêm ảnh 2 con mèo" means cats. */
const FIRST = new RegExp(String.raw`^\s*(?:(?:ở|trong|in|on|for|of)\s+)?${MEANT}\s*(?:[:,;.–—-]+\s*|$)`, 'iu');
const HASH_FIRST = /^\s*#\s?(?<hash>\d{1,2})\s+/u;
const LAST = new RegExp(String.raw`(?:^|[\s,;(]+)(?:(?:ở|trong|cho|in|on|for|of)\s+)?${MEANT}\)?[\s.!?]*$`, 'iu');

function namesFor(pattern: RegExp): string {
  return ORDINALS.flat()
    .filter((name) => pattern.test(name))
    .join('|');
}

/** Reads which of so many pictures the words are about. Undefined where they do not say, or name one that is not there. */
export function readWhich(text: string, count: number): Which {
  if (count < 2) return { index: undefined, text };
  const composed = text.normalize('NFC');
  for (const pattern of [FIRST, HASH_FIRST, LAST]) {
    const found = pattern.exec(composed);
    const index = found === null ? undefined : indexIn(found.groups ?? {});
    if (found === null || index === undefined || index >= count) continue;
    const rest = `${composed.slice(0, found.index)} ${composed.slice(found.index + found[0].length)}`.trim();
    return { index, text: rest };
  }
  return { index: undefined, text };
}

function indexIn(groups: Readonly<Record<string, string | undefined>>): number | undefined {
  const number = Number(groups['hash'] ?? groups['named'] ?? 0);
  if (number > 0) return number - 1;
  const word = (groups['after'] ?? groups['before'] ?? '').toLowerCase();
  const index = ORDINALS.findIndex((names) => names.includes(word));
  return index < 0 ? undefined : index;
}
