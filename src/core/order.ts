import { parseEdit } from './command-edit.ts';
import { sizeIn, takeEditFlags } from './command-edit-flags.ts';
import { readVideo } from './command-video.ts';
import { parseCommand, type Command } from './command.ts';
import { Refusal, type RefusalDetails } from './failure.ts';
import { fitClip, optionsOfClip } from './fit-clip.ts';
import type { ModelCard } from './model.ts';
import { nearestOfCard } from './nearest.ts';
import type { Ask } from './platform.ts';
import { fitPreferences, fitWishes, preferredModel } from './preferences.ts';
import { dearestEditMicros, priceMicrosOf } from './price.ts';
import type { GenerationRequest, Options, Task } from './request.ts';
import { routeTask } from './routing.ts';
import { modelWithStyle, styleOfCard } from './styles.ts';
import { errandOf, needsWords, routedErrand } from './tasks.ts';

/** What is done, by whom, and for how much. */
export interface Order extends Pick<GenerationRequest, 'task' | 'prompt' | 'options' | 'modelId' | 'substituted'> {
  /** The most that the results may cost, the prompt left out. */
  readonly priceMicros: number;
}

/**
 * What somebody wants, as a model of the house can do it. Throws the Refusals of commands, instructions and routing, and `prompt-empty`,
 * `flag-not-for-task`, `flag-not-for-video`, `flag-value-invalid`, `style-unknown`.
 */
export function toOrder(ask: Ask, cards: readonly ModelCard[]): Order {
  const { task: meant, ...command } = readAsk(ask);
  const asked: Options = { ...ask.options, ...command.options };
  const task = meant ?? taskOf(ask, asked);
  const errand = errandOf(task, ask.images.length);
  if (command.prompt === '' && needsWords(errand)) throw new Refusal('prompt-empty', wantedBy(task));
  if (task.kind === 'instruct' || task.kind === 'describe') return toBeFoundOut(task, command.prompt, asked, cards);
  const isClip = task.kind === 'video';
  const [wished, defaults] = isClip ? [wishesOfClip(asked), optionsOfClip(ask.defaults ?? {})] : [asked, ask.defaults ?? {}];
  const { card, substituted } = routeTask(
    cards,
    errand,
    wished.model ?? modelWithStyle(wished.style, errand, cards) ?? preferredModel(defaults, errand, cards),
  );
  // What was written for another model is fitted to the one that takes its place, and refused to nobody.
  if (substituted === undefined) checkAgainstCard(card, wished);
  const options = { ...fitPreferences(defaults, card), ...(substituted === undefined ? spelled(wished, card) : fitWishes(wished, card)) };
  const fitted = isClip ? fitClip(task, card, substituted === undefined ? 'chosen' : 'stands-in') : task;
  return {
    task: fitted,
    prompt: command.prompt,
    options,
    modelId: card.id,
    ...(substituted === undefined ? {} : { substituted }),
    priceMicros: priceMicrosOf(card, fitted) * (options.count ?? 1),
  };
}

/** The words and flags, and the task where something says it: the command itself, or what it says is to be done with the pictures. */
function readAsk(ask: Ask): Command & { readonly task: Task | undefined } {
  if (ask.task?.kind === 'video') {
    // Words that were changed may say once more how long the clip is to be.
    const { task, text } = readVideo(ask.text, ask.task.frames, ask.task);
    return { ...parseCommand(text), task };
  }
  if (ask.isInstruction !== true) return { ...parseCommand(ask.text), task: ask.task };
  return parseEdit(ask.text, ask.task) ?? readUnread(ask.text);
}

/** Words that the rules cannot read. Flags that only one task has say which it is all the same. */
function readUnread(text: string): Command & { readonly task: Task } {
  const { flags, rest } = takeEditFlags(text);
  const command = parseCommand(rest);
  const size = sizeIn(flags);
  if (size !== undefined) return { ...command, task: { kind: 'outpaint', ...size } };
  if (flags.grow !== undefined) throw new Refusal('flag-not-for-edit', { flag: '--grow' });
  return { ...command, task: { kind: 'instruct' } };
}

/**
 * Who does it is known once somebody has looked at the picture or thought about the words: until then it stands in the name of the first that may change
 * pictures. Words cost nothing but the prompt; an instruction, at most, the dearest that may come of it.
 */
function toBeFoundOut(task: Task, prompt: string, options: Options, cards: readonly ModelCard[]): Order {
  const { card } = routeTask(cards, routedErrand({ task, pictures: 1 }), undefined);
  const priceMicros = task.kind === 'describe' ? 0 : dearestEditMicros(cards) * (options.count ?? 1);
  return { task, prompt, options, modelId: card.id, priceMicros };
}

function taskOf(ask: Ask, options: Options): Task {
  if (ask.images.length > 0) return { kind: 'transform', ...(options.strength === undefined ? {} : { strength: options.strength }) };
  if (options.strength !== undefined) throw new Refusal('flag-not-for-task', { flag: '--strength' });
  return { kind: 'imagine' };
}

/** What clips have no use for is refused rather than ignored: somebody counts on it. */
function wishesOfClip(options: Options): Options {
  const flags = { seed: '--seed', count: '--n', negativePrompt: '--no', style: '--style', strength: '--strength' } as const;
  for (const name of ['seed', 'count', 'negativePrompt', 'style', 'strength'] as const)
    if (options[name] !== undefined) throw new Refusal('flag-not-for-video', { flag: flags[name] });
  return optionsOfClip(options);
}

/** A style under the name that the model has for it. */
function spelled({ style, ...options }: Options, card: ModelCard): Options {
  const known = style === undefined ? undefined : styleOfCard(card, style);
  return known === undefined ? options : { ...options, style: known };
}

function checkAgainstCard(card: ModelCard, options: Options): void {
  if (options.aspectRatio !== undefined && card.aspectRatios[options.aspectRatio] === undefined) {
    throw new Refusal('flag-value-invalid', {
      flag: '--ar',
      value: options.aspectRatio,
      expected: card.filming === undefined ? 'ratio' : 'of-model',
      model: card.label,
      nearest: nearestOfCard(card, options.aspectRatio),
    });
  }
  if (options.seed !== undefined && options.seed > card.seedMax) {
    throw new Refusal('flag-value-invalid', { flag: '--seed', value: options.seed, expected: 'seed' });
  }
  if (options.style !== undefined && styleOfCard(card, options.style) === undefined) {
    throw new Refusal('style-unknown', { model: card.label, style: options.style });
  }
}

/** Whoever wants a clip, or something changed, is not asked what to paint. */
function wantedBy({ kind }: Task): RefusalDetails {
  return kind === 'imagine' ? {} : { of: kind === 'video' ? 'clip' : 'edit' };
}
