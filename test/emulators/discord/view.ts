import type { Backend } from './backend.ts';
import { KIND, kindOf, mediaOf, placedIn } from './bodies/components.ts';
import { isObject, objectsOf, textOf, type Json, type JsonObject } from './json.ts';
import { messageJson } from './wire.ts';
import { LOADING, messagesIn, type Channel, type Message } from './world.ts';

export interface ButtonView {
  readonly label: string;
  readonly customId: string | undefined;
  readonly url: string | undefined;
  readonly style: number;
  readonly disabled: boolean;
}

export interface SelectView {
  readonly customId: string;
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

/** A picture or clip as it is shown, wherever in the message it stands. The link is signed freshly. */
export interface PictureView {
  readonly url: string;
  readonly filename: string | undefined;
  readonly contentType: string | undefined;
  readonly description: string;
  readonly isSpoiler: boolean;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** A message as a person sees it. */
export interface MessageView {
  readonly id: string;
  readonly channelId: string;
  readonly author: string;
  readonly isBot: boolean;
  /** Words of content, embeds and text components, in this order. */
  readonly text: string;
  readonly content: string;
  readonly pictures: readonly PictureView[];
  readonly buttons: readonly ButtonView[];
  readonly selects: readonly SelectView[];
  readonly repliesTo: string | undefined;
  /** The command that it answers. */
  readonly command: string | undefined;
  /** Whose eyes alone it is for. */
  readonly onlyFor: string | undefined;
  readonly isThinking: boolean;
  readonly isEdited: boolean;
  readonly isDeleted: boolean;
  /** Whom it notifies. */
  readonly pings: readonly string[];
  readonly reactions: readonly string[];
  readonly threadId: string | undefined;
  readonly nonce: string | number | undefined;
  readonly createdAt: number;
  /** All of it, as REST shows it to the bot. */
  readonly raw: JsonObject;
}

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'text' | 'direct' | 'group' | 'thread';
  readonly guild: string | undefined;
  readonly parentId: string | undefined;
  readonly nsfw: boolean;
  readonly archived: boolean;
  readonly locked: boolean;
  readonly messages: readonly MessageView[];
}

/** Everything that can be seen, as plain JSON. */
export interface View {
  readonly at: number;
  readonly channels: readonly ChannelView[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly locale: string }[];
  readonly commands: readonly JsonObject[];
  readonly violations: readonly string[];
}

export const buttonViews = (components: Json | undefined): readonly ButtonView[] =>
  placedIn(components)
    .filter(({ node }) => kindOf(node) === KIND.button)
    .map(({ node }) => ({
      label: textOf(node['label']),
      customId: textOf(node['custom_id']) || undefined,
      url: textOf(node['url']) || undefined,
      style: typeof node['style'] === 'number' ? node['style'] : 2,
      disabled: node['disabled'] === true,
    }));

export const selectViews = (components: Json | undefined): readonly SelectView[] =>
  placedIn(components)
    .filter(({ node }) => kindOf(node) === KIND.textSelect)
    .map(({ node }) => ({
      customId: textOf(node['custom_id']),
      placeholder: textOf(node['placeholder']),
      disabled: node['disabled'] === true,
      options: objectsOf(node['options']).map((option) => ({ label: textOf(option['label']), value: textOf(option['value']) })),
    }));

const numberOr = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

const attachmentPicture = (attachment: JsonObject): PictureView => ({
  url: textOf(attachment['url']),
  filename: textOf(attachment['filename']),
  contentType: textOf(attachment['content_type']),
  description: textOf(attachment['description']),
  isSpoiler: ((numberOr(attachment['flags']) ?? 0) & 8) !== 0,
  width: numberOr(attachment['width']),
  height: numberOr(attachment['height']),
});

function mediaPicture(media: JsonObject, about: JsonObject): PictureView {
  return {
    url: textOf(media['url']),
    filename: URL.parse(textOf(media['url']))?.pathname.split('/').at(-1),
    contentType: textOf(media['content_type']) || undefined,
    description: textOf(about['description']),
    isSpoiler: about['spoiler'] === true,
    width: numberOr(media['width']),
    height: numberOr(media['height']),
  };
}

function picturesOf(raw: JsonObject): readonly PictureView[] {
  const attached = objectsOf(raw['attachments']).map(attachmentPicture);
  const embedded = objectsOf(raw['embeds']).flatMap((embed) =>
    ['image', 'thumbnail'].flatMap((place) => (isObject(embed[place]) ? [mediaPicture(embed[place], {})] : [])),
  );
  const placed = placedIn(raw['components']).flatMap(({ node }) => {
    if (kindOf(node) === KIND.gallery)
      return objectsOf(node['items']).flatMap((item) => (isObject(item['media']) ? [mediaPicture(item['media'], item)] : []));
    return mediaOf(node).map(({ media }) => mediaPicture(media, node));
  });
  return [...attached, ...embedded, ...placed];
}

function wordsIn(raw: JsonObject): string {
  const embeds = objectsOf(raw['embeds']).flatMap((embed) => [
    textOf(embed['title']),
    textOf(embed['description']),
    ...objectsOf(embed['fields']).map((field) => `${textOf(field['name'])}: ${textOf(field['value'])}`),
    isObject(embed['footer']) ? textOf(embed['footer']['text']) : '',
  ]);
  const texts = placedIn(raw['components']).map(({ node }) => textOf(node['content']));
  return [textOf(raw['content']), ...embeds, ...texts].filter((text) => text !== '').join('\n');
}

const INTERACTION_COMMAND = 2;

export function messageView(backend: Backend, message: Message): MessageView {
  const { world } = backend;
  const raw = messageJson(backend, message, true);
  const nameOf = (id: string): string => world.users.get(id)?.name ?? id;
  return {
    id: message.id,
    channelId: message.channelId,
    author: nameOf(message.authorId),
    isBot: world.users.get(message.authorId)?.isBot === true,
    text: wordsIn(raw),
    content: message.content,
    pictures: picturesOf(raw),
    buttons: buttonViews(raw['components']),
    selects: selectViews(raw['components']),
    repliesTo: message.type === 19 ? message.reference?.messageId : undefined,
    command: message.origin?.type === INTERACTION_COMMAND ? message.origin.name : undefined,
    onlyFor: message.ephemeralFor === undefined ? undefined : nameOf(message.ephemeralFor),
    isThinking: (message.flags & LOADING) !== 0,
    isEdited: message.editedAt !== undefined,
    isDeleted: message.deleted,
    pings: [...message.mentionIds.map(nameOf), ...(message.mentionsEveryone ? ['everyone'] : [])],
    reactions: [...message.reactions.keys()],
    threadId: message.threadId,
    nonce: message.nonce,
    createdAt: message.createdAt,
    raw,
  };
}

const KINDS = { 0: 'text', 1: 'direct', 3: 'group', 11: 'thread', 12: 'thread' } as const;

export function channelView(backend: Backend, channel: Channel): ChannelView {
  return {
    id: channel.id,
    name: channel.name,
    kind: KINDS[channel.type],
    guild: channel.guildId === undefined ? undefined : backend.world.guilds.get(channel.guildId)?.name,
    parentId: channel.parentId,
    nsfw: channel.nsfw,
    archived: channel.archived,
    locked: channel.locked,
    messages: messagesIn(backend.world, channel.id).map((message) => messageView(backend, message)),
  };
}

export const viewOf = (backend: Backend, violations: readonly string[]): View => ({
  at: backend.world.clock.now(),
  channels: [...backend.world.channels.values()].map((channel) => channelView(backend, channel)),
  people: [...backend.world.users.values()].filter(({ isBot }) => !isBot).map(({ id, name, locale }) => ({ id, name, locale })),
  commands: [...backend.commands.values()],
  violations: [...violations],
});
