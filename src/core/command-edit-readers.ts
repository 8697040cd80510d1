import {
  ARTICLES,
  AS_STYLE,
  colourAtEnd,
  IN_COLOUR,
  INSTEAD,
  MANNERS,
  phraseAt,
  SIDES,
  type EditVerb,
  type Phrases,
  type Said,
} from './command-edit-words.ts';
import type { EditFlags } from './command-edit-flags.ts';
import { trimEnd } from './command-text.ts';
import { quotationIn } from './command-words.ts';
import { MARGIN_PIXELS_MAX, upscaleMannerSchema, ZOOM_MAX, type Task } from './request.ts';

export interface Understood {
  readonly task: Task;
  readonly words: readonly string[];
}

/** Undefined where the verb means something else with these words. */
export type Reader<Read> = (rest: Said, flags: EditFlags) => Read | undefined;

const ZOOM_DEFAULT = 1.5;
/** Punctuation of a sentence around the name. */
const AFTER_NAME = ' ,.;:!?…';
/** Longer than any name of a thing, shorter than a story. */
export const WHAT_LENGTH_MAX = 400;

/** What follows a verb, as a task and the words for it. */
export const READERS: Readonly<Record<EditVerb, Reader<Understood>>> = {
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
  'this-style': () => undefined,
  restyle: (rest) => (phraseAt(rest, AS_STYLE) > 0 ? undefined : { task: { kind: 'restyle' }, words: rest.words }),
  style: ({ words }) => (words.length > 0 ? undefined : { task: { kind: 'restyle' }, words }),
  sketch: ({ words }) => ({ task: { kind: 'sketch' }, words }),
  structure: ({ words }) => ({ task: { kind: 'structure' }, words }),
  upscale,
};

function upscale(rest: Said): Understood {
  for (const how of upscaleMannerSchema.options) {
    const length = phraseAt(rest, MANNERS[how]);
    if (length > 0) return { task: { kind: 'upscale', how }, words: rest.words.slice(length) };
  }
  return { task: { kind: 'upscale', how: 'fast' }, words: rest.words };
}

/** `left 200 up 100 a wide beach`, `2x`: what is said of the size before the words begin. */
function outpaint(rest: Said, flags: EditFlags): Understood {
  let words = rest.words;
  const sides: Partial<Record<keyof typeof SIDES, number>> = {};
  for (let side = sideAt(inSpeech(rest, words)); side !== undefined; side = sideAt(inSpeech(rest, words))) {
    sides[side.name] = side.pixels;
    words = words.slice(side.length);
  }
  const [, factor] = /^(\d(?:[.,]\d{1,20})?)[x×]$/i.exec(words[0] ?? '') ?? [];
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
    if (length === 0) continue;
    const after = rest.words.slice(at + length);
    const what = nameOf(inSpeech(rest, rest.words.slice(0, at)));
    if (after.length > 0 && what !== undefined) return { what, after };
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

/** The name of a thing, without its article and without quotation marks around it. */
function nameOf(rest: Said): string | undefined {
  const name = trimEnd(rest.words.slice(phraseAt(rest, ARTICLES)).join(' '), AFTER_NAME);
  return trimEnd((quotationIn(name) ?? name).slice(0, WHAT_LENGTH_MAX), ' ') || undefined;
}

const alone =
  (task: Task): Reader<Task> =>
  ({ words }) =>
    words.length === 0 ? task : undefined;

/** What is said before a colon, as a task: nothing but a verb, a size or a thing. */
export const HEADS: Readonly<Partial<Record<EditVerb, Reader<Task>>>> = {
  inpaint: alone({ kind: 'inpaint' }),
  restyle: alone({ kind: 'restyle' }),
  'this-style': alone({ kind: 'restyle' }),
  sketch: alone({ kind: 'sketch' }),
  structure: alone({ kind: 'structure' }),
  upscale: (rest) => wordless(upscale(rest)),
  /** Only behind a size: one may stand behind the colon as well. */
  outpaint: (rest, flags) => (rest.words.length === 0 ? undefined : wordless(outpaint(rest, flags))),
  replace: (rest) => named(rest, INSTEAD, 'replace'),
  recolor: (rest) => named(rest, IN_COLOUR, 'recolor'),
};

const wordless = (understood: Understood | undefined): Task | undefined => (understood?.words.length === 0 ? understood.task : undefined);

/** The thing that is meant, where nothing but `with` and the like follows it. */
function named(rest: Said, between: Phrases, kind: 'replace' | 'recolor'): Task | undefined {
  const end = rest.words.length;
  const at = rest.words.findIndex((_, index) => index > 0 && phraseAt(rest, between, index) === end - index);
  const what = at < 0 ? undefined : nameOf(inSpeech(rest, rest.words.slice(0, at)));
  return what === undefined ? undefined : { kind, what };
}

const inSpeech = ({ isMarkless }: Said, words: readonly string[]): Said => ({ words, isMarkless });
