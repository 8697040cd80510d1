import { say, type MessageKey } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { COUNT_MAX, PROMPT_LENGTH_MAX, SEED_MAX } from '#src/core/request.ts';
import { DISCORD_LIMITS, type DiscordConfig } from './config.ts';
import { filmingOf, offered, ratiosOf } from './offers.ts';

const TYPE = { slash: 1, onMessage: 3 } as const;
const OPTION = { string: 3, integer: 4, boolean: 5, number: 10, attachment: 11 } as const;
const CONTEXT = { server: 0, direct: 1, anywhere: 2 } as const;
const INSTALL = { server: 0, person: 1 } as const;

/** The commands on a message. */
export const MENUS = ['Transform image', 'Describe', 'Animate'] as const;
export type Menu = (typeof MENUS)[number];

const MENU_LABELS = {
  'Transform image': 'transform-title',
  Describe: 'discord-menu-describe',
  Animate: 'discord-menu-animate',
} as const satisfies Readonly<Record<Menu, MessageKey>>;

/** A command as Discord's REST takes it. */
export interface Command {
  readonly name: string;
  readonly type: number;
  readonly [member: string]: unknown;
}

type Named<Prefix extends string> = Extract<MessageKey, `${Prefix}-${string}`> extends `${Prefix}-${infer Name}` ? Name : never;
type OptionName = Named<'discord-option'>;

/** Names and descriptions: English for everybody, and what Vietnamese clients show instead. */
const described = (key: MessageKey & `discord-about-${string}`) => ({
  description: say('en', key),
  description_localizations: { vi: say('vi', key) },
});

/** `about`: what is said of it, where the same name means something else than usual. */
function option(name: OptionName, type: number, more: object = {}, about: Named<'discord-about'> = name) {
  return {
    type,
    name,
    name_localizations: { vi: say('vi', `discord-option-${name}`) },
    ...described(`discord-about-${about}`),
    ...more,
  };
}

function slash(name: Named<'discord-command'>, options: readonly object[]) {
  return {
    type: TYPE.slash,
    name,
    name_localizations: { vi: say('vi', `discord-command-${name}`) },
    ...described(`discord-about-${name}`),
    options,
  };
}

const choicesOf = (values: readonly string[]) => ({
  choices: values.slice(0, DISCORD_LIMITS.choicesMax).map((value) => ({ name: value, value })),
});
const words = { required: true, min_length: 1, max_length: PROMPT_LENGTH_MAX } as const;
const pictures = { file_types: ['image'] } as const;
const completed = { autocomplete: true } as const;

function imagine(cards: readonly ModelCard[]) {
  const modes = (['enhance', 'translate', 'raw'] as const).map((mode) => ({
    name: say('en', `discord-choice-${mode}`),
    name_localizations: { vi: say('vi', `discord-choice-${mode}`) },
    value: mode,
  }));
  const painting = offered(cards).filter(({ tasks }) => tasks.includes('imagine') || tasks.includes('transform'));
  return slash('imagine', [
    option('prompt', OPTION.string, words),
    option('image', OPTION.attachment, pictures),
    option('ratio', OPTION.string, choicesOf(ratiosOf(painting))),
    option('model', OPTION.string, completed),
    option('count', OPTION.integer, { min_value: 1, max_value: COUNT_MAX }),
    option('seed', OPTION.integer, { min_value: 1, max_value: SEED_MAX }),
    option('negative', OPTION.string, { max_length: 1000 }),
    option('style', OPTION.string, completed),
    option('strength', OPTION.number, { min_value: 0, max_value: 1 }),
    option('enhance', OPTION.string, { choices: modes }),
    option('spoiler', OPTION.boolean),
  ]);
}

const edit = () =>
  slash('edit', [
    option('instruction', OPTION.string, words),
    option('image', OPTION.attachment, { required: true, ...pictures }, 'picture'),
    option('second', OPTION.attachment, pictures),
    option('model', OPTION.string, completed),
    option('spoiler', OPTION.boolean),
  ]);

const describe = () => slash('describe', [option('image', OPTION.attachment, { required: true, ...pictures }, 'seen')]);

function video({ durationsSeconds, resolutions, ratios }: ReturnType<typeof filmingOf>) {
  const durations = durationsSeconds.slice(0, DISCORD_LIMITS.choicesMax).map((seconds) => ({
    name: say('en', 'clip-seconds', { seconds }),
    name_localizations: { vi: say('vi', 'clip-seconds', { seconds }) },
    value: seconds,
  }));
  return slash('video', [
    option('prompt', OPTION.string, words, 'scene'),
    option('first', OPTION.attachment, pictures),
    option('last', OPTION.attachment, pictures),
    option('duration', OPTION.integer, { choices: durations }),
    option('resolution', OPTION.string, choicesOf(resolutions)),
    option('ratio', OPTION.string, choicesOf(ratios)),
    option('loop', OPTION.boolean),
    option('model', OPTION.string, completed),
    option('spoiler', OPTION.boolean),
  ]);
}

const onMessage = (name: Menu) => ({ type: TYPE.onMessage, name, name_localizations: { vi: say('vi', MENU_LABELS[name]) } });

/** The choices are what the cards can do, so that a model that is added brings its own. Clips are offered where one of them makes any. */
export function commandsFor(cards: readonly ModelCard[], config: Pick<DiscordConfig, 'ageRestricted' | 'userInstall'>): readonly Command[] {
  const everywhere = {
    integration_types: config.userInstall ? [INSTALL.server, INSTALL.person] : [INSTALL.server],
    contexts: config.userInstall ? [CONTEXT.server, CONTEXT.direct, CONTEXT.anywhere] : [CONTEXT.server, CONTEXT.direct],
    nsfw: config.ageRestricted,
  };
  const filming = filmingOf(cards);
  const clips = filming.isOffered ? [video(filming), onMessage('Animate')] : [];
  return [imagine(cards), edit(), describe(), onMessage('Transform image'), onMessage('Describe'), ...clips].map((command) => ({
    ...command,
    ...everywhere,
  }));
}
