import type { Clock } from './clock.ts';
import { placedIn, KIND, kindOf, mediaOf } from './bodies/components.ts';
import { objectsOf, textOf, type JsonObject } from './json.ts';
import type { Channel, Message, World } from './world.ts';

/** One line of what people saw and did. */
export interface StoryLine {
  readonly at: number;
  readonly channelId: string;
  readonly text: string;
}

/** What happened, as somebody who looked on would tell it. */
export interface Story {
  posted(message: Message): void;
  edited(message: Message, fills: boolean): void;
  deleted(message: Message, by: string): void;
  /** Anything else that a person did or saw. */
  told(channelId: string, text: string): void;
  lines(): readonly StoryLine[];
  /** The whole story, a heading wherever it changes place. */
  text(): string;
}

const LINES_MAX = 20_000;

const indent = (text: string): string => text.replaceAll('\n', '\n    ');

/** `[Again] [Delete]`, `(Style ▾)`: what can be pressed. */
const pressable = (node: JsonObject): string => {
  const kind = kindOf(node);
  if (kind === KIND.button) return `[${textOf(node['label']) || 'emoji'}${node['disabled'] === true ? ' (off)' : ''}]`;
  return kind >= KIND.textSelect && kind <= 8 ? `(${textOf(node['placeholder']) || textOf(node['custom_id'])} ▾)` : '';
};

function shownBy(node: JsonObject): string {
  if (kindOf(node) === KIND.text) return textOf(node['content']);
  const galleryItems = objectsOf(node['items']).map(
    (item) => `<${textOf((mediaOf({ type: KIND.thumbnail, ...item })[0]?.media ?? {})['url'])}${described(textOf(item['description']))}>`,
  );
  if (kindOf(node) === KIND.gallery) return galleryItems.join(' ');
  return mediaOf(node)
    .map(({ media }) => `<${textOf(media['url'])}${described(textOf(node['description']))}>`)
    .join(' ');
}

const described = (text: string): string => (text === '' ? '' : `: “${text}”`);

const embedText = (embed: JsonObject): string => {
  const image = embed['image'];
  const picture = typeof image === 'object' && image !== null && 'url' in image ? `<${textOf(image['url'])}>` : '';
  const fields = objectsOf(embed['fields']).map((field) => `${textOf(field['name'])}: ${textOf(field['value'])}`);
  return ['|', textOf(embed['title']), textOf(embed['description']), ...fields, picture].filter((part) => part !== '').join(' ');
};

/** A message in a few lines: words, pictures, what can be pressed. */
export function drawn(message: Message): string {
  const placed = placedIn(message.components).map(({ node }) => node);
  const elsewhere = JSON.stringify([message.embeds, message.components]);
  const files = message.files
    .filter(({ filename }) => !elsewhere.includes(`attachment://${filename}`))
    .map(({ filename, description, isSpoiler }) => `<${isSpoiler ? 'spoiler ' : ''}${filename}${described(description ?? '')}>`);
  const buttons = placed.map(pressable).filter((text) => text !== '');
  const texts = placed.map(shownBy).filter((text) => text !== '');
  const forwards = message.snapshots.map(() => '(forwarded message)');
  const isThinking = (message.flags & (1 << 7)) !== 0;
  return [
    isThinking ? '… is thinking' : message.content,
    ...forwards,
    ...message.embeds.map(embedText),
    ...texts,
    files.join(' '),
    buttons.join(' '),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

export function createStory(clock: Clock, world: () => World): Story {
  const lines: StoryLine[] = [];
  const nameOf = (userId: string): string => world().users.get(userId)?.name ?? 'somebody';
  const add = (channelId: string, text: string): void => {
    if (lines.length < LINES_MAX) lines.push({ at: clock.now(), channelId, text });
  };

  const placeOf = (channel: Channel | undefined): string => {
    if (channel === undefined) return '(a channel that is gone)';
    const guild = channel.guildId === undefined ? undefined : world().guilds.get(channel.guildId);
    if (channel.type === 1) return `direct: ${channel.recipientIds.map(nameOf).join(' and ')}`;
    return guild === undefined ? channel.name : `${guild.name} #${channel.name}`;
  };

  function answered(message: Message): string {
    const repliedTo =
      message.type === 19 && message.reference !== undefined ? world().messages.get(message.reference.messageId) : undefined;
    if (repliedTo === undefined) return '';
    const words = repliedTo.content.split('\n')[0] ?? '';
    return ` (to ${nameOf(repliedTo.authorId)}${words === '' ? '' : ` “${words.slice(0, 40)}”`})`;
  }

  const privacy = ({ ephemeralFor }: Message): string => (ephemeralFor === undefined ? '' : ` (only ${nameOf(ephemeralFor)} sees this)`);

  const withNames = (text: string): string => text.replaceAll(/<@!?(\d+)>/g, (_, id: string) => `@${nameOf(id)}`);

  const line = (message: Message, what: string): string =>
    withNames(`${nameOf(message.authorId)}${what}${answered(message)}${privacy(message)}: ${indent(drawn(message))}`);

  return {
    posted: (message) => add(message.channelId, line(message, '')),
    edited: (message, fills) => add(message.channelId, line(message, fills ? ' answers' : ' edits')),
    deleted: (message, by) =>
      add(message.channelId, withNames(`${nameOf(by)} deletes ${nameOf(message.authorId)}’s message: ${indent(drawn(message))}`)),
    told: (channelId, text) => add(channelId, withNames(text)),
    lines: () => lines,
    text() {
      let place = '';
      return lines
        .flatMap(({ channelId, text }) => {
          const here = placeOf(world().channels.get(channelId));
          const heading = here === place ? [] : [`${place === '' ? '' : '\n'}${here}`];
          place = here;
          return [...heading, `  ${text}`];
        })
        .join('\n');
    },
  };
}

/** Values as they are told of: `prompt: a cat image: <x.png>`. */
export function told(values: Readonly<Record<string, unknown>>): string {
  const nameIn = (value: unknown): string | undefined =>
    typeof value === 'object' && value !== null && 'filename' in value && typeof value.filename === 'string' ? value.filename : undefined;
  const word = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(word).join(', ');
    const filename = nameIn(value);
    return filename === undefined ? String(value) : `<${filename}>`;
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${word(value)}`)
    .join(' ');
}
