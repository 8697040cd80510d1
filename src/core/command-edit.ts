import { EDIT_PHRASES, ENDINGS, OPENINGS, phraseAt, said, type EditVerb, type Said } from './command-edit-words.ts';
import { HEADS, READERS, WHAT_LENGTH_MAX, type Reader, type Understood } from './command-edit-readers.ts';
import { sizeIn, takeEditFlags, type EditFlags } from './command-edit-flags.ts';
import { quotationIn, splitWords } from './command-words.ts';
import { parseCommand, withinLimit } from './command.ts';
import { Refusal } from './failure.ts';
import { PROMPT_LENGTH_MAX, type Options, type Task } from './request.ts';

/** What an instruction asks for. */
export interface Edit {
  readonly task: Task;
  /** What is to be seen afterwards; empty where the task says it all. */
  readonly prompt: string;
  readonly options: Options;
}

/** What an instruction may be longer than what is to be seen: by the name of a thing, and by what is said around both. */
const INSTRUCTION_LENGTH_MAX = PROMPT_LENGTH_MAX + WHAT_LENGTH_MAX + 200;

/**
 * One instruction in English or Vietnamese, with or without marks, and its flags, as a task; undefined when the rules do not understand it, which is
 * when somebody cleverer may be asked. A quoted name is taken as it is, and so is what stands behind a colon: `replace "the man with a hat" with: red`.
 * `meant`: what it is then, where a picture that came with it says so; with a mask and no words, what is marked goes. Takes time in proportion to
 * the length. `renderEdit` is the inverse.
 * Throws what `parseCommand` throws, and Refusal `flag-not-for-edit` for a flag that the task has no use for.
 */
export function parseEdit(text: string, meant?: Task): Edit | undefined {
  const { flags, rest } = takeEditFlags(text);
  const command = parseCommand(rest, INSTRUCTION_LENGTH_MAX);
  const speech = said(wordsOf(command.prompt));
  const understood = told(speech, flags) ?? understand(trimmed(speech), flags) ?? (meant && asMeant(meant, command.prompt, flags));
  if (understood === undefined) return undefined;
  const { strength, ...options } = command.options;
  return { task: completed(understood.task, flags, strength), prompt: withinLimit(understood.words.join(' ')), options };
}

/** A quotation is one word, unless nothing else is said. */
function wordsOf(prompt: string): readonly string[] {
  const words = splitWords(prompt);
  const inner = words.length === 1 ? quotationIn(prompt) : undefined;
  return inner === undefined ? words : splitWords(inner);
}

function asMeant(meant: Task, prompt: string, flags: EditFlags): Understood {
  const words = prompt === '' ? [] : [prompt];
  if (meant.kind === 'inpaint' && prompt === '') return { task: { kind: 'erase' }, words };
  const size = sizeIn(flags);
  if (meant.kind !== 'outpaint' || size === undefined) return { task: meant, words };
  const { strength } = meant;
  return { task: { kind: 'outpaint', ...size, ...(strength === undefined ? {} : { strength }) }, words };
}

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
function byVerb<Read>(speech: Said, flags: EditFlags, readers: Readonly<Partial<Record<EditVerb, Reader<Read>>>>): Read | undefined {
  const verbs = VERBS.map((verb) => ({ verb, length: phraseAt(speech, EDIT_PHRASES[verb]) }))
    .filter(({ length }) => length > 0)
    .toSorted((one, two) => two.length - one.length);
  for (const { verb, length } of verbs) {
    const read = readers[verb]?.({ ...speech, words: speech.words.slice(length) }, flags);
    if (read !== undefined) return read;
  }
  return undefined;
}

const VERBS = Object.keys(EDIT_PHRASES).filter((verb): verb is EditVerb => verb in EDIT_PHRASES);

const understand = (speech: Said, flags: EditFlags): Understood | undefined => byVerb(speech, flags, READERS);

/** `inpaint: a cat, please`: what stands behind the first colon is taken as it is, where what stands before it says all the rest. */
function told({ words }: Said, flags: EditFlags): Understood | undefined {
  const at = words.findIndex((word) => word.endsWith(':'));
  if (at < 0 || at === words.length - 1) return undefined;
  const before = [...words.slice(0, at), (words[at] ?? '').slice(0, -1)].filter((word) => word !== '');
  const task = byVerb(trimmed(said(before)), flags, HEADS);
  return task && { task, words: words.slice(at + 1) };
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
