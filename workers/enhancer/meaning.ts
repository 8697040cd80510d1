import type { Instruction, Meaning } from '#src/core/interpreter.ts';
import type { ModelCard } from '#src/core/model.ts';
import { MARGIN_PIXELS_MAX, taskSchema, ZOOM_MAX, type Task } from '#src/core/request.ts';
import { canDo } from '#src/core/routing.ts';
import { needsWords, takesMask } from '#src/core/tasks.ts';
import { looksTyped } from '#src/core/typing.ts';
import { foldMarks } from '#src/core/vietnamese.ts';
import { FORM_WRONG, type Question, type Reading } from './author.ts';
import { MARKUP } from './checks.ts';
import { CANARY } from './instructions.ts';
import { MEANING_INSTRUCTIONS } from './meaning-instructions.ts';
import { CHOICES, MEANING_JSON_SCHEMA, meaningSchema, type Choice, type ClaudeMeaning } from './meaning-schema.ts';
import { normalize } from './normalize.ts';
import { fingerprint, tagged } from './order.ts';

/** How far a picture goes on where nobody says it: a quarter of a usual one. */
const MARGIN_PIXELS = 256;
const ZOOM = 1.5;
const WHAT_LENGTH_MAX = 120;
const RESULT_LENGTH_MAX = 600;

/** The question what an instruction means: an answer is a task that one of the cards can do, and holds nothing that the person did not say. */
export function askForMeaning({ text, language, pictures }: Instruction, cards: readonly ModelCard[]): Question<Meaning> {
  const words = normalize(text);
  const able = CHOICES.filter((choice) => isAble(choice, pictures, cards));
  const envelope = { text: words, language, pictures, able };
  return {
    key: fingerprint(JSON.stringify(envelope)),
    fingerprint: fingerprint(words),
    ask: (corrections) => ({
      system: MEANING_INSTRUCTIONS,
      user: tagged('user_instruction', corrections.length === 0 ? envelope : { ...envelope, corrections }),
      schema: MEANING_JSON_SCHEMA,
    }),
    read(value) {
      const parsed = meaningSchema.safeParse(value);
      return parsed.success ? judge(parsed.data, { words, pictures, able }) : FORM_WRONG;
    },
  };
}

interface Asked {
  readonly words: string;
  readonly pictures: number;
  readonly able: readonly Choice[];
}

function judge(answer: ClaudeMeaning, asked: Asked): Reading<Meaning> {
  const task = taskSchema.safeParse(toTask(answer));
  const faults = [...(task.success ? [] : ['form']), ...faultsOf(answer, asked)];
  if (task.success && faults.length === 0) return { kind: 'written', answer: { task: task.data, prompt: promptOf(answer) } };
  return { kind: 'wrong', codes: faults.join(' '), corrections: faults.map((fault) => SENTENCES[fault] ?? FORM) };
}

const FORM = 'each member has to be one that its task can have';
const SENTENCES: Readonly<Record<string, string>> = {
  unable: 'task must be one of able',
  'what-missing': 'what must name the thing that is meant, in the words of text',
  'what-invented': 'what must be copied from text',
  'result-missing': 'result must say what is to be seen afterwards',
  'number-invented': 'pixels must be a number that text says, or 0',
  'too-long': `what has at most ${WHAT_LENGTH_MAX} characters and result at most ${RESULT_LENGTH_MAX}`,
  markup: 'no markup, links or mentions anywhere',
  leak: 'the internal marker must not be written',
};

/** Everything that forbids the use of an answer, by name. */
function faultsOf(answer: ClaudeMeaning, { words, pictures, able }: Asked): readonly string[] {
  const { what, result, pixels } = answer;
  const task = toTask(answer);
  const names = 'what' in task;
  const faults: readonly (readonly [string, boolean])[] = [
    ['unable', !able.includes(answer.task)],
    ['what-missing', names && what.trim() === ''],
    ['what-invented', names && what.trim() !== '' && !isSaid(what, words)],
    ['result-missing', result.trim() === '' && needsWords({ task, pictures })],
    ['number-invented', answer.task === 'outpaint' && pixels !== 0 && !words.includes(String(pixels))],
    ['too-long', what.length > WHAT_LENGTH_MAX || result.length > RESULT_LENGTH_MAX],
    ['markup', MARKUP.test(`${what}\n${result}`)],
    ['leak', `${what} ${result}`.includes(CANARY)],
  ];
  return faults.filter(([, isBroken]) => isBroken).map(([name]) => name);
}

/** Most of its words are the person's own, with or without marks. Of raw Telex or VNI keys nothing can be said. */
function isSaid(what: string, words: string): boolean {
  if (looksTyped(words)) return true;
  const own = new Set(wordsIn(words));
  const named = wordsIn(what);
  return named.filter((word) => own.has(word)).length * 2 >= named.length;
}

const wordsIn = (text: string): readonly string[] => foldMarks(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Tasks without words are told nothing, so that their title says what was done. */
const promptOf = ({ task, result }: ClaudeMeaning): string => (HEARS_NOTHING.includes(task) ? '' : result.trim());
const HEARS_NOTHING: readonly Choice[] = ['erase', 'erase-marked', 'remove-background', 'enlarge', 'describe'];

function toTask({ task, what, sides, pixels, zoom }: ClaudeMeaning): Task {
  switch (task) {
    case 'erase':
    case 'replace':
    case 'recolor':
      return { kind: task, what: what.trim() };
    case 'erase-marked':
      return { kind: 'erase' };
    case 'enlarge':
      return { kind: 'upscale', how: 'fast' };
    case 'enlarge-carefully':
      return { kind: 'upscale', how: 'conservative' };
    case 'enlarge-inventively':
      return { kind: 'upscale', how: 'creative' };
    case 'outpaint':
      return outpaint(sides, pixels, zoom);
    default:
      return { kind: task };
  }
}

/** By sides where one is named, all around otherwise; never further than a task may go. */
function outpaint(sides: ClaudeMeaning['sides'], pixels: number, zoom: number): Task {
  const margin = Math.min(MARGIN_PIXELS_MAX, Math.round(pixels) > 0 ? Math.round(pixels) : MARGIN_PIXELS);
  const named = sides.length > 0 || pixels === 0 ? sides : (['left', 'right', 'up', 'down'] as const);
  if (named.length === 0) return { kind: 'outpaint', zoom: zoom > 1 ? Math.min(ZOOM_MAX, zoom) : ZOOM };
  return { kind: 'outpaint', ...Object.fromEntries(named.map((side) => [side, margin])) };
}

/** Whether somebody here does such a task with so many pictures. Looking at one needs no card; a mask, and what shows a style, are pictures of their own. */
function isAble(choice: Choice, pictures: number, cards: readonly ModelCard[]): boolean {
  if (choice === 'describe') return pictures === 1;
  const task = toTask({ task: choice, what: 'x', result: '', sides: [], pixels: 0, zoom: 0 });
  const isMarked = takesMask(task);
  if ((isMarked || choice === 'restyle') && pictures !== 2) return false;
  return cards.some((card) => canDo(card, { task, pictures: isMarked ? 1 : pictures }));
}
