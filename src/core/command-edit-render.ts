import { parseEdit, type Edit } from './command-edit.ts';
import { quotationsOf } from './command-words.ts';
import { renderCommand } from './command.ts';
import { Refusal } from './failure.ts';
import type { Language, Options, Task, UpscaleManner } from './request.ts';

type Side = 'left' | 'right' | 'up' | 'down';

/** What we write in the place of a person: each of them is a phrase that the grammar reads. */
interface Vocabulary {
  readonly erase: string;
  /** What stands before the thing, and what between it and what is to come of it. */
  readonly replace: readonly (readonly [verb: string, between: string])[];
  readonly recolor: readonly (readonly [verb: string, between: string])[];
  readonly removeBackground: string;
  readonly inpaint: string;
  readonly outpaint: string;
  readonly restyle: string;
  /** With words, which stand behind a colon where the phrase alone would take them for a style. */
  readonly restyleWith: string;
  readonly sketch: string;
  readonly structure: string;
  readonly upscale: string;
  readonly manners: Readonly<Record<UpscaleManner, string>>;
  readonly sides: Readonly<Record<Side, string>>;
}

const VOCABULARY: Readonly<Record<Language, Vocabulary>> = {
  vi: {
    erase: 'xoá',
    replace: [['thay', 'bằng']],
    recolor: [
      ['đổi màu', 'thành'],
      ['đổi', 'sang'],
    ],
    removeBackground: 'xoá nền',
    inpaint: 'vẽ vào',
    outpaint: 'mở rộng',
    restyle: 'đổi phong cách',
    restyleWith: 'vẽ theo phong cách này',
    sketch: 'theo nét vẽ',
    structure: 'giữ bố cục',
    upscale: 'phóng to',
    manners: { fast: 'nhanh', conservative: 'trung thực', creative: 'sáng tạo' },
    sides: { left: 'bên trái', right: 'bên phải', up: 'bên trên', down: 'bên dưới' },
  },
  en: {
    erase: 'erase',
    replace: [['replace', 'with']],
    recolor: [['recolor', 'to']],
    removeBackground: 'remove background',
    inpaint: 'inpaint',
    outpaint: 'outpaint',
    restyle: 'restyle',
    restyleWith: 'restyle',
    sketch: 'sketch',
    structure: 'structure',
    upscale: 'upscale',
    manners: { fast: 'fast', conservative: 'conservative', creative: 'creative' },
    sides: { left: 'left', right: 'right', up: 'up', down: 'down' },
  },
};

/**
 * The inverse of `parseEdit`: an edit as the words and flags that a person would type for it in their language, the plainest that are read as this very
 * edit again. A name that would be taken for something else is quoted, and words that would be stand behind a colon. Undefined for a task that is no
 * edit. What cannot be typed is left out: words that the task does not listen to, margins of nothing, a name with quotation marks of every kind.
 */
export function renderEdit(task: Task, prompt: string, options: Options, language: Language): string | undefined {
  const meant: Edit = { task, prompt, options };
  const flags = flagsOf(task);
  const strength = 'strength' in task && task.strength !== undefined ? { strength: task.strength } : {};
  const texts = sentencesFor(task, prompt, VOCABULARY[language]).map((sentence) =>
    renderCommand([sentence, ...flags].join(' '), { ...options, ...strength }),
  );
  return texts.find((text) => isReadAs(text, meant)) ?? texts[0];
}

/** One after the other, the plainest first. */
function sentencesFor(task: Task, prompt: string, say: Vocabulary): readonly string[] {
  switch (task.kind) {
    case 'erase':
      return task.what === undefined ? [say.erase] : spellingsOf(task.what).map((name) => `${say.erase} ${name}`);
    case 'replace':
      return withBoth(say.replace, task.what, prompt);
    case 'recolor':
      return withBoth(say.recolor, task.what, prompt);
    case 'remove-background':
      return [say.removeBackground];
    case 'inpaint':
      return withWords(say.inpaint, prompt);
    case 'outpaint':
      return withWords([say.outpaint, ...sizeOf(task, say)].join(' '), prompt);
    case 'restyle':
      return withWords(prompt === '' ? say.restyle : say.restyleWith, prompt);
    case 'sketch':
      return withWords(say.sketch, prompt);
    case 'structure':
      return withWords(say.structure, prompt);
    case 'upscale':
      return withWords(`${say.upscale} ${say.manners[task.how]}`, prompt);
    default:
      return [];
  }
}

const spellingsOf = (name: string): readonly string[] => [name, ...quotationsOf(name)];

const withWords = (before: string, prompt: string): readonly string[] =>
  prompt === '' ? [before] : [`${before} ${prompt}`, `${before}: ${prompt}`];

function withBoth(phrases: Vocabulary['replace'], what: string, prompt: string): readonly string[] {
  const names = spellingsOf(what);
  return ['', ':'].flatMap((colon) =>
    names.flatMap((name) => phrases.map(([verb, between]) => `${verb} ${name} ${between}${colon} ${prompt}`)),
  );
}

function sizeOf(task: Extract<Task, { kind: 'outpaint' }>, say: Vocabulary): readonly string[] {
  const sides = (['left', 'right', 'up', 'down'] as const).flatMap((side) => (task[side] ? [`${say.sides[side]} ${task[side]}`] : []));
  return sides.length === 0 && task.zoom !== undefined ? [`${task.zoom}x`] : sides;
}

const flagsOf = (task: Task): readonly string[] => ('grow' in task && task.grow !== undefined ? [`--grow ${task.grow}`] : []);

function isReadAs(text: string, meant: Edit): boolean {
  try {
    const read = parseEdit(text);
    return read !== undefined && isSameEdit(read, meant);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

export const isSameEdit = (one: Edit, other: Edit): boolean =>
  one.prompt === other.prompt && sorted(one.task) === sorted(other.task) && sorted(one.options) === sorted(other.options);

const sorted = (record: object): string =>
  JSON.stringify(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
