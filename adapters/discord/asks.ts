import { cleanText } from '#src/core/command-text.ts';
import { readVideo } from '#src/core/command-video.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Ask } from '#src/core/platform.ts';
import {
  aspectRatioSchema,
  COUNT_MAX,
  enhanceModeSchema,
  SEED_MAX,
  type ImageRef,
  type Options,
  type VideoTask,
} from '#src/core/request.ts';
import type { DiscordConfig } from './config.ts';
import { askedAt, imageRef, sceneOf, type Scene } from './parse.ts';
import type { CommandInteraction, CommandOption, Interaction, ModalInteraction } from './payload.ts';

type Setting = Pick<DiscordConfig, 'threads'>;
type Values = ReadonlyMap<string, CommandOption['value']>;

/** What was given to one of the commands. */
interface Given {
  readonly asked: Pick<Ask, 'id' | 'thread' | 'requester' | 'tenant' | 'locale'>;
  readonly values: Values;
  readonly text: string;
  readonly options: Options;
  /** The picture in a field, if there is one. */
  readonly picture: (name: string) => readonly ImageRef[];
}

const READERS: Readonly<Record<string, (given: Given) => Ask>> = {
  imagine: ({ asked, text, options, picture }) => ({ ...asked, text, options, images: picture('image') }),
  edit: ({ asked, text, options, picture }) => ({
    ...asked,
    text,
    options,
    images: [...picture('image'), ...picture('second')],
    isInstruction: true,
  }),
  describe: ({ asked, options, picture }) => ({ ...asked, text: '', options, images: picture('image'), task: { kind: 'describe' } }),
  video: ({ asked, text, options, values, picture }) => ({
    ...asked,
    ...filmed(text, values, { first: picture('first'), last: picture('last') }),
    options,
  }),
};

/**
 * A command as an ask. Undefined when Discord does not say who asks where, or for a command of another program with the same token. Throws Refusal
 * for flags among the words that cannot be meant.
 */
export function parseCommandAsk(interaction: CommandInteraction, setting: Setting): Ask | undefined {
  const { name, options, resolved } = interaction.data;
  const values: Values = new Map(options.map((option) => [option.name, option.value]));
  const scene = sceneOf(interaction, setting, values.get('spoiler') === true ? { spoiler: true } : {});
  const read = Object.entries(READERS).find(([known]) => known === name)?.[1];
  if (scene === undefined || read === undefined) return undefined;
  const text = values.get('prompt') ?? values.get('instruction');
  return read({
    asked: askedAt(scene, interaction.id),
    values,
    text: typeof text === 'string' ? text : '',
    options: optionsOf(options),
    picture: (field) => {
      const attachment = resolved.attachments[String(values.get(field))];
      return attachment === undefined ? [] : [imageRef({ url: attachment.url, attachmentId: attachment.id })];
    },
  });
}

/** A clip of the words, with what was chosen in fields: a flag among the words wins. Throws what `readVideo` throws. */
function filmed(
  text: string,
  values: Values,
  pictures: Readonly<Record<VideoTask['frames'][number], readonly ImageRef[]>>,
): Pick<Ask, 'text' | 'task' | 'images'> {
  const frames = (['first', 'last'] as const).filter((frame) => pictures[frame].length > 0);
  const [duration, resolution] = [Number(values.get('duration') ?? 0), values.get('resolution') ?? ''];
  const chosen = [
    ...(duration > 0 ? [`--duration ${duration}`] : []),
    ...(resolution === '' ? [] : [`--resolution ${cleanText(String(resolution))}`]),
    ...(values.get('loop') === true || values.get('loop') === 'loop' ? ['--loop'] : []),
  ];
  const written = chosen.reduce((words, flag) => withFlag(words, flag, frames), text);
  return { ...readVideo(written, frames), images: frames.flatMap((frame) => pictures[frame]) };
}

function withFlag(text: string, flag: string, frames: VideoTask['frames']): string {
  try {
    readVideo(`${text} ${flag}`, frames);
    return `${text} ${flag}`;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'flag-repeated') return text;
    throw error;
  }
}

/** The pictures that a form is about, of which one is chosen in it, and the request that made them. */
export interface Picked {
  readonly images: readonly ImageRef[];
  readonly origin: string;
}

/**
 * The fields of a form about a picture that was found before the form was shown. Words alone say what is to be done with it; with a strength, a ratio
 * or a model they say how it is painted anew. Undefined as for commands; throws Refusal as they do.
 */
export function parseForm(interaction: ModalInteraction, action: 'change' | 'film', picked: Picked, setting: Setting): Ask | undefined {
  const scene = sceneOf(interaction, setting);
  const image = picked.images[Number(fieldOf(interaction, 'which'))] ?? picked.images[0];
  if (scene === undefined || image === undefined) return undefined;
  const fields = interaction.data.components.flatMap(({ component }) => component ?? []);
  const chosen = fields
    .map(({ custom_id: name, value, values }) => ({ name, type: 3, value: value ?? values?.[0] ?? '' }))
    .filter(({ value }) => value !== '');
  const text = fieldOf(interaction, 'prompt');
  const options = optionsOf(chosen);
  const basis = {
    ...askedAt(scene, interaction.id),
    options,
    ...(picked.origin === '' ? {} : { origin: { id: picked.origin, how: 'reply' } as const }),
  };
  if (action === 'film') {
    const values: Values = new Map(chosen.map(({ name, value }) => [name, value]));
    return { ...basis, ...filmed(text, values, { first: [image], last: [] }) };
  }
  return { ...basis, text, images: [image], ...(Object.keys(options).length === 0 ? { isInstruction: true } : {}) };
}

export function fieldOf({ data }: ModalInteraction, name: string): string {
  return (
    data.components.flatMap(({ component }) =>
      component?.custom_id === name ? [component.value ?? component.values?.[0] ?? ''] : [],
    )[0] ?? ''
  );
}

/** One picture that was pointed at, to be put into words. */
export function describing(interaction: Interaction, scene: Scene, image: ImageRef): Ask {
  return { ...askedAt(scene, interaction.id), text: '', options: {}, images: [image], task: { kind: 'describe' } };
}

/** What was chosen in the command's own fields. The completion of names is advice, so anything may come: intake says what is wrong with it. */
function optionsOf(options: readonly CommandOption[]): Options {
  const chosen: Options = {};
  for (const { name, value } of options) {
    if (name === 'ratio') assign(chosen, 'aspectRatio', aspectRatioSchema.safeParse(value).data);
    if (name === 'enhance') assign(chosen, 'enhance', enhanceModeSchema.safeParse(value).data);
    if (name === 'count') assign(chosen, 'count', numberIn(value, 1, COUNT_MAX));
    if (name === 'seed') assign(chosen, 'seed', numberIn(value, 1, SEED_MAX));
    if (name === 'strength') assign(chosen, 'strength', numberIn(value, 0, 1));
    if (name === 'model' || name === 'style') assign(chosen, name, wordIn(value, 64));
    if (name === 'negative') assign(chosen, 'negativePrompt', wordIn(value, 1000));
  }
  return chosen;
}

function assign<Name extends keyof Options>(options: Options, name: Name, value: Options[Name]): void {
  if (value !== undefined) options[name] = value;
}

function numberIn(value: CommandOption['value'], min: number, max: number): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number >= min && number <= max ? number : undefined;
}

function wordIn(value: CommandOption['value'], length: number): string | undefined {
  const word = typeof value === 'string' ? cleanText(value).slice(0, length) : '';
  return word === '' ? undefined : word;
}
