import type { DiscordEmulator } from '#test/emulators/discord/emulator.ts';
import { isJsonArray, isObject, objectsOf, textOf, type Json, type JsonObject } from '#test/emulators/discord/json.ts';
import type { ModalView } from '#test/emulators/discord/modals.ts';
import { buttonViews, type ChannelView, type MessageView, type PictureView, type View } from '#test/emulators/discord/view.ts';

/** Whose eyes the scene is for, and what stands in front of them. */
export interface Looker {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly isAdmin: boolean;
  readonly directId: string;
  readonly modal: ModalView | undefined;
}

/** Discord as one person sees it: their servers, their conversation with the bot, and nothing that is for others' eyes only. */
export function discordScene(discord: DiscordEmulator, looker: Looker, pictureId: (picture: PictureView) => string): object {
  const view = discord.view();
  const { id, name, locale, isAdmin, directId } = looker;
  const mine = view.channels.filter((channel) => channel.kind === 'text' || channel.kind === 'thread' || channel.id === directId);
  return {
    me: { id, name, locale, isAdmin },
    bot: { id: discord.botId, name: 'Họa Mi', direct: directId },
    people: Object.fromEntries([...view.people.map((person) => [person.id, person.name]), [discord.botId, 'Họa Mi']]),
    servers: [...new Set(mine.flatMap(({ guild }) => guild ?? []))],
    places: mine.map((channel) => ({
      ...placeOf(channel),
      messages: channel.messages
        .filter(({ onlyFor }) => onlyFor === undefined || onlyFor === name)
        .map((message) => shown(message, looker, view, pictureId)),
    })),
    modal: looker.modal,
    commands: view.commands.filter(({ type }) => type === 1).map((command) => localized(command, locale)),
    menus: view.commands.filter(({ type }) => type === 3).map((command) => localized(command, locale)),
  };
}

const placeOf = ({ id, name, kind, guild, parentId, archived }: ChannelView): object => ({ id, name, kind, guild, parentId, archived });

function shown(message: MessageView, looker: Looker, view: View, pictureId: (picture: PictureView) => string): object {
  const { raw, pictures, threadId, pings } = message;
  const thread = view.channels.find(({ id }) => id === threadId);
  const author = isObject(raw['author']) ? textOf(raw['author']['id']) : '';
  return {
    id: message.id,
    place: message.channelId,
    author,
    at: message.createdAt,
    text: message.text,
    isWhispered: message.onlyFor !== undefined,
    isThinking: message.isThinking,
    isEdited: message.isEdited,
    isPing: pings.includes(looker.name) || pings.includes('everyone'),
    repliesTo: message.repliesTo,
    used: usedCommand(message),
    pictures: distinct(pictures.map((picture) => shownPicture(picture, pictureId))),
    rows: objectsOf(raw['components']).flatMap((row) => (buttonViews([row]).length === 0 ? [] : [buttonViews([row])])),
    selects: message.selects,
    thread: thread === undefined ? undefined : { id: thread.id, name: thread.name, count: thread.messages.length },
  };
}

const shownPicture = (picture: PictureView, pictureId: (picture: PictureView) => string) => {
  const { description, isSpoiler, width, height, contentType } = picture;
  return { id: pictureId(picture), description, isSpoiler, width, height, isClip: contentType?.startsWith('video/') === true };
};

/** A picture that is attached and placed as well is shown once. */
const distinct = <Shown extends { readonly id: string }>(pictures: readonly Shown[]): readonly Shown[] => [
  ...new Map(pictures.map((picture) => [picture.id, picture])).values(),
];

/** Which command a message answers, and whose it was. */
function usedCommand({ raw, command }: MessageView): object | undefined {
  const about = raw['interaction_metadata'];
  if (!isObject(about) || about['type'] !== 2 || !isObject(about['user']) || raw['type'] !== 20) return undefined;
  return { by: textOf(about['user']['id']), command };
}

const inLocale = (own: Json | undefined, localizations: Json | undefined, locale: string): string =>
  (isObject(localizations) ? textOf(localizations[locale]) : '') || textOf(own);

/** A command as this person's client shows it. What is sent goes by the names that are not translated. */
function localized(command: JsonObject, locale: string): object {
  return {
    name: command['name'],
    label: inLocale(command['name'], command['name_localizations'], locale),
    description: inLocale(command['description'], command['description_localizations'], locale),
    options: objectsOf(command['options']).map((option) => ({
      name: option['name'],
      label: inLocale(option['name'], option['name_localizations'], locale),
      description: inLocale(option['description'], option['description_localizations'], locale),
      type: option['type'],
      isRequired: option['required'] === true,
      completes: option['autocomplete'] === true,
      choices: (isJsonArray(option['choices']) ? objectsOf(option['choices']) : []).map((choice) => ({
        name: inLocale(choice['name'], choice['name_localizations'], locale),
        value: choice['value'],
      })),
      min: option['min_value'],
      max: option['max_value'],
    })),
  };
}
