import { findFlag, nearestFlag, readFlag, type FlagName, type KnownFlag, type WrittenFlag } from './command-flags.ts';
import { cleanText, shorten, trimEnd } from './command-text.ts';
import { nearestRatio, readValue } from './command-values.ts';
import { splitWords, unquote } from './command-words.ts';
import { Refusal, type RefusalDetails } from './failure.ts';
import { PROMPT_LENGTH_MAX, type Options } from './request.ts';

export interface Command {
  /** Cleaned, without flags; empty when there were only flags. */
  readonly prompt: string;
  readonly options: Options;
}

const SHOWN_MAX = 40;
/** Punctuation of a sentence around the flags: `--ar 16:9, --seed 42`. */
const AFTER_VALUE = ',;.…';
const AFTER_WORDS = ' ,;';

/**
 * The words and the flags of one command. Takes time in proportion to the length. `lengthMax`: where the words are more than the prompt.
 * Throws Refusal `flag-unknown`, `flag-value-missing`, `flag-value-invalid`, `flag-repeated`, `prompt-too-long`, and nothing else.
 */
export function parseCommand(text: string, lengthMax = PROMPT_LENGTH_MAX): Command {
  const words = splitWords(cleanText(text));
  const prompt: string[] = [];
  const negatives: string[] = [];
  const given = new Set<FlagName>();
  const options: Options = {};
  for (let at = 0; at < words.length;) {
    const written = readFlag(words[at] ?? '');
    if (written === undefined) {
      prompt.push(words[at] ?? '');
      at += 1;
      continue;
    }
    const flag = knownFlag(written);
    const { value, next } = takeValue(flag, written, words, at + 1);
    if (flag.value === 'words') negatives.push(value);
    else Object.assign(options, readOption(flag, written, value, given));
    given.add(flag.name);
    at = next;
  }
  if (negatives.length > 0) options.negativePrompt = withinLimit(negatives.join(', '));
  return { prompt: withinLimit(prompt.join(' '), lengthMax), options };
}

/** The inverse: a text that parses into this prompt and these options again, as long as they came out of `parseCommand` or off a card. */
export function renderCommand(prompt: string, options: Options): string {
  const parts = [
    prompt,
    options.aspectRatio === undefined ? '' : `--ar ${options.aspectRatio}`,
    options.seed === undefined ? '' : `--seed ${options.seed}`,
    options.count === undefined ? '' : `--n ${options.count}`,
    options.model === undefined ? '' : `--model ${quoted(options.model)}`,
    options.style === undefined ? '' : `--style ${quoted(options.style)}`,
    options.strength === undefined ? '' : `--strength ${options.strength}`,
    options.enhance === 'raw' || options.enhance === 'translate' ? `--${options.enhance}` : '',
    options.negativePrompt === undefined ? '' : `--no ${options.negativePrompt}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const quoted = (value: string): string => (value.includes(' ') ? `"${value}"` : value);

function knownFlag(written: WrittenFlag): KnownFlag {
  const flag = findFlag(written.name);
  if (flag === undefined) throw new Refusal('flag-unknown', { flag: shown(written), nearest: nearestFlag(written.name) });
  return flag;
}

interface Taken {
  readonly value: string;
  /** The index of the first word after the value. */
  readonly next: number;
}

function takeValue(flag: KnownFlag, written: WrittenFlag, words: readonly string[], from: number): Taken {
  if (flag.value === 'none') return { value: written.value ?? '', next: from };
  const attached = written.value === undefined || written.value === '' ? [] : [written.value];
  const length = flag.value === 'words' ? Number.POSITIVE_INFINITY : 1;
  let next = from;
  while (attached.length + next - from < length && next < words.length && !isFlag(words[next])) next += 1;
  const taken = isFlag(attached[0]) ? '' : [...attached, ...words.slice(from, next)].join(' ');
  const value = flag.value === 'words' ? bareWords(taken) : unquote(trimEnd(taken, AFTER_VALUE));
  if (value === '') throw new Refusal('flag-value-missing', { flag: shown(written) });
  return { value, next };
}

/** Without quotation marks around the whole, unless they keep a flag from being one. */
function bareWords(taken: string): string {
  const value = trimEnd(taken, AFTER_WORDS);
  const bare = trimEnd(unquote(value), AFTER_WORDS);
  return splitWords(bare).some(isFlag) ? value : bare;
}

const isFlag = (word: string | undefined): boolean => readFlag(word ?? '') !== undefined;

function readOption(flag: KnownFlag, written: WrittenFlag, value: string, given: ReadonlySet<FlagName>): Options {
  const setting = flag.value === 'none' && value !== '' ? undefined : readValue(flag.name, value);
  if (setting === undefined) throw new Refusal('flag-value-invalid', invalid(flag, written, value));
  const others: readonly FlagName[] = flag.value === 'none' ? ['raw', 'translate'] : [flag.name];
  if (others.some((name) => given.has(name))) throw new Refusal('flag-repeated', { flag: shown(written) });
  return setting;
}

function invalid(flag: KnownFlag, written: WrittenFlag, value: string): RefusalDetails {
  const details = { flag: shown(written), value: shorten(value, SHOWN_MAX) };
  if (flag.value === 'ratio') return { ...details, expected: 'ratio', nearest: nearestRatio(value) };
  const named = flag.value === 'model' || flag.value === 'style' || flag.value === 'words';
  return { ...details, expected: named ? 'text' : flag.value };
}

/** Throws Refusal `prompt-too-long`. */
export function withinLimit(text: string, lengthMax = PROMPT_LENGTH_MAX): string {
  if (text.length > lengthMax) throw new Refusal('prompt-too-long', { limit: PROMPT_LENGTH_MAX, length: text.length });
  return text;
}

const shown = ({ name }: WrittenFlag): string => `--${shorten(name, SHOWN_MAX)}`;
