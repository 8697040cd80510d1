import { trimEnd } from './command-text.ts';
import { nearest } from './nearest.ts';
import { foldMarks } from './vietnamese.ts';

/** What a flag takes. `words` run to the next flag; `none` stands alone; the others take one word or one quotation. */
export type FlagValue = 'ratio' | 'seed' | 'words' | 'count' | 'model' | 'style' | 'strength' | 'none';

export interface Flag {
  readonly name: string;
  /** Other names, in English and Vietnamese. Hyphens may be left out, and so may all the marks. */
  readonly aliases: readonly string[];
  readonly value: FlagValue;
  readonly example: string;
}

/** Every flag of the command. The page's help and the shell's are built from it; their sentences are in messages, under `flag-<name>`. */
export const flagTable = [
  { name: 'ar', aliases: ['aspect', 'ratio', 'tỉ-lệ', 'tỷ-lệ', 'khung-hình'], value: 'ratio', example: '--ar 16:9' },
  { name: 'seed', aliases: ['hạt-giống', 'hạt'], value: 'seed', example: '--seed 42' },
  { name: 'no', aliases: ['negative', 'không', 'không-có', 'tránh', 'trừ', 'bỏ'], value: 'words', example: '--no logo' },
  { name: 'n', aliases: ['count', 'số', 'số-ảnh', 'số-lượng'], value: 'count', example: '--n 4' },
  { name: 'model', aliases: ['mẫu', 'mô-hình'], value: 'model', example: '--model core' },
  { name: 'style', aliases: ['phong-cách', 'kiểu'], value: 'style', example: '--style anime' },
  { name: 'strength', aliases: ['mạnh', 'độ-mạnh', 'mức-độ'], value: 'strength', example: '--strength 0.6' },
  { name: 'raw', aliases: ['nguyên-văn', 'giữ-nguyên'], value: 'none', example: '--raw' },
  { name: 'translate', aliases: ['dịch', 'chỉ-dịch'], value: 'none', example: '--translate' },
] as const satisfies readonly Flag[];

export type FlagName = (typeof flagTable)[number]['name'];
export type KnownFlag = (typeof flagTable)[number];

/** Two hyphens, or what a phone's keyboard makes of them, and then a letter: anything else that begins with a dash is text. */
const FLAG = /^(?:[-‐‑−－﹣]{2}|[‒–—―⸺⸻﹘])[-‐‑‒–—―−－﹣⸺⸻﹘]*(?<name>\p{L}[^=＝]*)(?:[=＝](?<value>.*))?$/u;
/** Longer than any name, shorter than an attack. */
const NAME_LENGTH_MAX = 160;

/** A word that was written as a flag, known or not. `value` is what stood after an equals sign. */
export interface WrittenFlag {
  readonly name: string;
  readonly value: string | undefined;
}

export function readFlag(word: string): WrittenFlag | undefined {
  const { name, value } = FLAG.exec(word)?.groups ?? {};
  if (name === undefined) return undefined;
  return { name: trimEnd(name.slice(0, NAME_LENGTH_MAX), ',;.!?…').normalize('NFKC').toLowerCase(), value };
}

const squash = (name: string): string => name.replaceAll(/[-‐‑_]/g, '');
const spellings = flagTable.flatMap((flag) => [flag.name, ...flag.aliases].map((name) => ({ name, flag })));

/** The flag of that name: as it is spelled in the table, or without any of its marks. Half of the marks could mean another word. */
export function findFlag(name: string): KnownFlag | undefined {
  const typed = squash(name);
  return spellings.find(({ name: known }) => squash(known) === typed || foldMarks(squash(known)) === typed)?.flag;
}

/** The name that was probably meant, as it is typed. `more`: names that the command knows beside those of the table. */
export const nearestFlag = (name: string, more: readonly string[] = []): string =>
  `--${nearest(name, [...spellings.map((spelling) => spelling.name), ...more])}`;
