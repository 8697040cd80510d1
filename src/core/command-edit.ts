import {
  ARTICLES,
  AS_STYLE,
  colourAtEnd,
  EDIT_PHRASES,
  ENDINGS,
  IN_COLOUR,
  INSTEAD,
  MANNERS,
  OPENINGS,
  phraseAt,
  said,
  SIDES,
  type EditVerb,
  type Phrases,
  type Said,
} from './command-edit-words.ts';
import { takeEditFlags, type EditFlags } from './command-edit-flags.ts';
import { trimEnd } from './command-text.ts';
import { parseCommand } from './command.ts';
import { Refusal } from './failure.ts';
import { MARGIN_PIXELS_MAX, upscaleMannerSchema, ZOOM_MAX, type Options, type Task } from './request.ts';

/** What an instruction asks for. */
export interface Edit {
  readonly task: Task;
  /** What is to be seen afterwards; empty where the task says it all. */
  readonly prompt: string;
  readonly options: Options;
}

interface Understood {
  readonly task: Task;
  readonly words: readonly string[];
}

const ZOOM_DEFAULT = 1.5;
/** Punctuation of a sentence around the name. */
const AFTER_NAME = ' ,.;:!?…';
/** Longer than any name of a thing, shorter than a story. */
const WHAT_LENGTH_MAX = 400;

/**
 * One instruction in English or Vietnamese, with or without marks, and its flags, as a task; undefined when the rules do not understand it, which is
 * when somebody cleverer may be asked. `meant`: what it is then, where a picture that came with it says so; with a mask and no words, what is marked
 * goes. Takes time in proportion to the length.
 * Throws what `parseCommand` throws, and Refusal `flag-not-for-edit` for a flag that the task has no use for.
 */
export function parseEdit(text: string, meant?: Task): Edit | undefined {
  const { flags, rest } = takeEditFlags(text);
  const command = parseCommand(rest);
  const instruction = trimmed(said(command.prompt === '' ? [] : command.prompt.split(' ')));
  const understood = understand(instruction, flags) ?? (meant && asMeant(meant, command.prompt));
  if (understood === undefined) return undefined;
  const { strength, ...options } = command.options;
  return { task: completed(understood.task, flags, strength), prompt: understood.words.join(' '), options };
}

const asMeant = (meant: Task, prompt: string): Understood =>
  meant.kind === 'inpaint' && prompt === ''
    ? { task: { kind: 'erase' }, words: [] }
    : { task: meant, words: prompt === '' ? [] : [prompt] };

const POLITE_MAX = 3;
const ENDING_WORDS_MAX = 4;

/** Without `please` at either end. */
function trimmed({ words, isMarkless }: Said): Said {
  let left = words;
  for (let round = 0; round < POLITE_MAX; round += 1) {
    left = left.slice(phraseAt({ words: left, isMarkless }, OPENINGS));
    const ending = endingOf({ words: left, isMarkless });
    if (ending < left.length) left = left.slice(0, left.length - ending);
  }
  return { words: left, isMarkless };
}

function endingOf(rest: Said): number {
  const lengths = Array.from({ length: Math.min(ENDING_WORDS_MAX, rest.words.length) }, (_, index) => index + 1);
  return lengths.findLast((length) => phraseAt(rest, ENDINGS, rest.words.length - length) === length) ?? 0;
}

/** Tries what the words begin with, the longest first: `remove the background` before `remove`. */
function understand(speech: Said, flags: EditFlags): Understood | undefined {
  const verbs = Object.keys(READERS)
    .filter((verb): verb is EditVerb => verb in READERS)
    .map((verb) => ({ verb, length: phraseAt(speech, EDIT_PHRASES[verb]) }))
    .filter(({ length }) => length > 0)
    .toSorted((one, two) => two.length - one.length);
  for (const { verb, length } of verbs) {
    const understood = READERS[verb](inSpeech(speech, speech.words.slice(length)), flags);
    if (understood !== undefined) return understood;
  }
  return undefined;
}

const inSpeech = ({ isMarkless }: Said, words: readonly string[]): Said => ({ words, isMarkless });

const READERS: Readonly<Record<EditVerb, (rest: Said, flags: EditFlags) => Understood | undefined>> = {
  'remove-background': ({ words }) => (words.length === 0 ? { task: { kind: 'remove-background' }, words } : undefined),
  erase: (rest) => ({ task: { kind: 'erase', ...whatIn(rest) }, words: [] }),
  replace(rest) {
    const parts = splitAt(rest, INSTEAD);
    if (parts === undefined) return undefined;
    const isColour = colourAtEnd(inSpeech(rest, parts.after)) === parts.after.length;
    return { task: { kind: isColour ? 'recolor' : 'replace', what: parts.what }, words: parts.after };
  },
  recolor(rest) {
    const colour = colourAtEnd(rest);
    if (colour === 0) return undefined;
    const parts = splitAt(rest, IN_COLOUR) ?? splitBefore(rest, colour);
    return parts && { task: { kind: 'recolor', what: parts.what }, words: parts.after };
  },
  inpaint: ({ words }) => ({ task: { kind: 'inpaint' }, words }),
  outpaint,
  restyle: (rest) => (phraseAt(rest, AS_STYLE) > 0 ? undefined : { task: { kind: 'restyle' }, words: rest.words }),
  style: ({ words }) => (words.length > 0 ? undefined : { task: { kind: 'restyle' }, words }),
  sketch: ({ words }) => ({ task: { kind: 'sketch' }, words }),
  structure: ({ words }) => ({ task: { kind: 'structure' }, words }),
  upscale(rest) {
    for (const how of upscaleMannerSchema.options) {
      const length = phraseAt(rest, MANNERS[how]);
      if (length > 0) return { task: { kind: 'upscale', how }, words: rest.words.slice(length) };
    }
    return { task: { kind: 'upscale', how: 'fast' }, words: rest.words };
  },
};

/** `left 200 up 100 a wide beach`, `2x`: what is said of the size before the words begin. */
function outpaint(rest: Said, flags: EditFlags): Understood {
  let words = rest.words;
  const sides: Partial<Record<keyof typeof SIDES, number>> = {};
  for (let side = sideAt(inSpeech(rest, words)); side !== undefined; side = sideAt(inSpeech(rest, words))) {
    sides[side.name] = side.pixels;
    words = words.slice(side.length);
  }
  const [, factor] = /^(\d(?:[.,]\d{1,2})?)[x×]$/i.exec(words[0] ?? '') ?? [];
  const zoom = factor === undefined ? undefined : Number(factor.replace(',', '.'));
  const isZoom = zoom !== undefined && zoom > 1 && zoom <= ZOOM_MAX;
  const told = { ...sides, ...flags.sides };
  const task: Task = { kind: 'outpaint', ...told };
  if (isZoom) words = words.slice(1);
  if (Object.keys(told).length > 0) return { task, words };
  return { task: { ...task, zoom: flags.zoom ?? (isZoom ? zoom : ZOOM_DEFAULT) }, words };
}

function sideAt(rest: Said): { readonly name: keyof typeof SIDES; readonly pixels: number; readonly length: number } | undefined {
  for (const name of ['left', 'right', 'up', 'down'] as const) {
    const length = phraseAt(rest, SIDES[name]);
    const [, digits] = /^(\d{1,4})(?:px)?$/i.exec(rest.words[length] ?? '') ?? [];
    const pixels = Number(digits ?? 0);
    if (length > 0 && pixels > 0 && pixels <= MARGIN_PIXELS_MAX) return { name, pixels, length: length + 1 };
  }
  return undefined;
}

/** The thing and what is to come of it, on either side of the first word that can stand between them. */
function splitAt(rest: Said, between: Phrases): { readonly what: string; readonly after: readonly string[] } | undefined {
  for (let at = 1; at < rest.words.length - 1; at += 1) {
    const length = phraseAt(rest, between, at);
    const after = rest.words.slice(at + length);
    const what = nameOf(inSpeech(rest, rest.words.slice(0, at)));
    if (length > 0 && after.length > 0 && what !== undefined) return { what, after };
  }
  return undefined;
}

function splitBefore(rest: Said, colour: number): { readonly what: string; readonly after: readonly string[] } | undefined {
  const what = nameOf(inSpeech(rest, rest.words.slice(0, -colour)));
  return what === undefined ? undefined : { what, after: rest.words.slice(-colour) };
}

const whatIn = (rest: Said): { readonly what?: string } => {
  const what = nameOf(rest);
  return what === undefined ? {} : { what };
};

/** The name of a thing, without its article. */
function nameOf(rest: Said): string | undefined {
  const name = rest.words.slice(phraseAt(rest, ARTICLES)).join(' ').slice(0, WHAT_LENGTH_MAX);
  return trimEnd(name, AFTER_NAME) || undefined;
}

/** The task with what its flags say; a flag that says nothing to it is refused rather than ignored. */
function completed(task: Task, { grow, sides, zoom }: EditFlags, strength: number | undefined): Task {
  const isGrown = task.kind === 'inpaint' || task.kind === 'erase' || task.kind === 'replace' || task.kind === 'recolor';
  const isStrong =
    task.kind === 'outpaint' || task.kind === 'restyle' || task.kind === 'sketch' || task.kind === 'structure' || task.kind === 'upscale';
  const [side] = Object.keys(sides);
  if (task.kind !== 'outpaint' && side !== undefined) throw new Refusal('flag-not-for-edit', { flag: `--${side}` });
  if (task.kind !== 'outpaint' && zoom !== undefined) throw new Refusal('flag-not-for-edit', { flag: '--zoom' });
  if (!isGrown && grow !== undefined) throw new Refusal('flag-not-for-edit', { flag: '--grow' });
  if (!isStrong && strength !== undefined) throw new Refusal('flag-not-for-edit', { flag: '--strength' });
  if (isGrown) return { ...task, ...(grow === undefined ? {} : { grow }) };
  return isStrong ? { ...task, ...(strength === undefined ? {} : { strength }) } : task;
}
