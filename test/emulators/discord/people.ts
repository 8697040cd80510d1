import type { Asked, Request } from './asking.ts';
import type { Backend } from './backend.ts';
import type { StoredFile, Upload } from './files.ts';
import { INTERACTION } from './interactions.ts';
import { objectsOf, textOf, type JsonObject } from './json.ts';
import { integrationTypesOf, offeredCommand } from './offers.ts';
import { fillModal, modalView, type FieldValue, type ModalView } from './modals.ts';
import { fill, type Keep, type Value } from './option-values.ts';
import { bitsOf, may, permissionsIn } from './permissions.ts';
import { channelHandle, type ChannelHandle } from './places.ts';
import { edit, post, remove } from './posting.ts';
import { told } from './story.ts';
import { directChannel } from './routes/channels.ts';
import { buttonViews, messageView, selectViews, type MessageView } from './view.ts';
import { attachmentJson, memberJson, messageJson } from './wire.ts';
import type { Channel, Message, User } from './world.ts';

/** What the product answered within its three seconds. */
export interface Reaction {
  /** `nothing`: the person read that the application did not respond. `kept`: a click was taken and nothing changed yet. */
  readonly kind: 'nothing' | 'message' | 'thinking' | 'kept' | 'updated' | 'modal' | 'choices';
  readonly interactionId: string;
  readonly token: string;
  /** Real milliseconds until the answer. */
  readonly afterMs: number;
  readonly isEphemeral: boolean;
  /** The answer as it looks at the moment of asking, also after it was edited. */
  message(): MessageView | undefined;
  readonly modal: ModalView | undefined;
  readonly choices: readonly { readonly name: string; readonly value: string | number }[];
}

export interface Posted {
  readonly message: MessageView;
  /** What the bot replied to it so far. */
  replies(): readonly MessageView[];
}

export interface PostOptions {
  readonly files?: readonly Upload[];
  readonly replyTo?: { readonly id: string };
  /** A reply without the ping. */
  readonly silently?: boolean;
  /** A message passed on from elsewhere. */
  readonly forward?: { readonly id: string };
}

/** Somebody who uses Discord. Whatever their client would not let them do throws. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** The channel between this person and the bot. */
  direct(): ChannelHandle;
  posts(channel: ChannelHandle, text: string, options?: PostOptions): Promise<Posted>;
  edits(message: { readonly id: string }, text: string): Promise<void>;
  deletes(message: { readonly id: string }): void;
  reacts(message: { readonly id: string }, emoji: string): void;
  /** `/imagine`, or `admin budget` for a subcommand. */
  slash(name: string, values: Readonly<Record<string, Value>>, channel: ChannelHandle): Promise<Reaction>;
  /** Types into a field that completes itself, and reads what is offered. */
  types(name: string, values: Readonly<Record<string, Value>>, focused: string, channel: ChannelHandle): Promise<Reaction>;
  usesMenu(name: string, message: { readonly id: string }): Promise<Reaction>;
  /** By what stands on the button, or by its custom id. */
  presses(label: string, message: { readonly id: string }): Promise<Reaction>;
  chooses(select: string, values: readonly string[], message: { readonly id: string }): Promise<Reaction>;
  /** Sends off the modal that was opened last. Fields by label or custom id; what is not named stays as it was prefilled. */
  submits(values: Readonly<Record<string, FieldValue>>): Promise<Reaction>;
  set(state: { readonly locale?: string; readonly dmsOpen?: boolean; readonly installedApp?: boolean }): void;
}

export interface PeopleOptions {
  readonly backend: Backend;
  readonly ask: (request: Request) => Promise<Asked>;
}

const KINDS: Readonly<Record<number, Reaction['kind']>> = {
  4: 'message',
  5: 'thinking',
  6: 'kept',
  7: 'updated',
  8: 'choices',
  9: 'modal',
};

const cannot = (who: User, what: string): Error => new Error(`${who.name} cannot do that: ${what}`);

interface OpenModal {
  readonly modal: JsonObject;
  readonly channel: Channel;
  readonly source: Message | undefined;
  readonly owners: Readonly<Record<string, string>>;
}

export function createPerson({ backend, ask }: PeopleOptions, user: User): Person {
  const { world } = backend;
  let openModal: OpenModal | undefined;
  const lastPosts = new Map<string, number>();

  function reactionTo(asked: Asked): Reaction {
    const { interaction, response, afterMs } = asked;
    const message = world.messages.get(response?.messageId ?? '');
    if (response?.modal !== undefined) {
      openModal = {
        modal: response.modal,
        channel: interaction.channel,
        source: world.messages.get(interaction.origin.sourceMessageId ?? ''),
        owners: interaction.origin.owners,
      };
      backend.story.told(interaction.channel.id, `${user.name} sees the form “${textOf(response.modal['title'])}”`);
    }
    return {
      kind: response === undefined ? 'nothing' : (KINDS[response.type] ?? 'nothing'),
      interactionId: interaction.id,
      token: interaction.token,
      afterMs,
      isEphemeral: response?.ephemeral ?? false,
      message: () => (message === undefined ? undefined : messageView(backend, message)),
      modal: response?.modal === undefined ? undefined : modalView(response.modal),
      choices: (response?.choices ?? []).map(({ name, value }) => ({
        name: textOf(name),
        value: typeof value === 'number' ? value : textOf(value),
      })),
    };
  }

  function channelOf(handle: { readonly id: string }): Channel {
    const channel = world.channels.get(handle.id);
    if (channel === undefined) throw cannot(user, 'the channel is gone');
    if ((permissionsIn(world, channel, user.id) & bitsOf(['VIEW_CHANNEL'])) === 0n) throw cannot(user, 'the channel is not theirs to see');
    return channel;
  }

  function seen(handle: { readonly id: string }): Message {
    const message = world.messages.get(handle.id);
    const isTheirs = message?.ephemeralFor === undefined || message.ephemeralFor === user.id;
    if (message === undefined || message.deleted || !isTheirs) throw cannot(user, 'the message is not there for them');
    channelOf({ id: message.channelId });
    return message;
  }

  function commandFor(name: string, type: number, channel: Channel): JsonObject {
    const command = offeredCommand(backend, user, channel, name, type);
    if (command === undefined) throw cannot(user, `no command ${name} is offered here`);
    return command;
  }

  const keepFor =
    (files: StoredFile[]): Keep =>
    async (upload) => {
      const file = await backend.files.put(upload, world.applicationId, { ephemeral: true });
      files.push(file);
      return file;
    };

  const resolvedFiles = (files: readonly StoredFile[]): JsonObject =>
    files.length === 0
      ? {}
      : { resolved: { attachments: Object.fromEntries(files.map((file) => [file.id, attachmentJson(backend, file)])) } };

  /** Goes down from a command to the subcommand that is meant, and wraps what was filled in on the way back. */
  async function filled(
    command: JsonObject,
    path: readonly string[],
    values: Readonly<Record<string, Value>>,
    keep: Keep,
    focused?: string,
  ): Promise<readonly JsonObject[]> {
    const [next, ...rest] = path;
    const defined = objectsOf(command['options']);
    if (next === undefined) return (await fill(defined, values, keep, focused)).options;
    const below = defined.find((option) => option['name'] === next && (option['type'] === 1 || option['type'] === 2));
    if (below === undefined) throw cannot(user, `there is no ${next} under ${textOf(command['name'])}`);
    return [{ name: next, type: below['type'] ?? 1, options: await filled(below, rest, values, keep, focused) }];
  }

  async function runs(name: string, values: Readonly<Record<string, Value>>, handle: ChannelHandle, focused?: string): Promise<Reaction> {
    const channel = channelOf(handle);
    const [first = '', ...path] = name.split(' ');
    const command = commandFor(first, 1, channel);
    const files: StoredFile[] = [];
    const options = await filled(command, path, values, keepFor(files), focused);
    if (focused === undefined) backend.story.told(channel.id, `${user.name}: /${name} ${told(values)}`.trimEnd());
    const guildPart = command['guild_id'] === undefined ? {} : { guild_id: command['guild_id'] };
    const focusedType = focused === undefined ? undefined : focusedTypeIn(options);
    return reactionTo(
      await ask({
        type: focused === undefined ? INTERACTION.command : INTERACTION.autocomplete,
        user,
        channel,
        name,
        integrationTypes: integrationTypesOf(command),
        focusedType,
        data: {
          id: command['id'] ?? '',
          name: first,
          type: 1,
          ...guildPart,
          ...(options.length > 0 && { options }),
          ...resolvedFiles(files),
        },
      }),
    );
  }

  function rememberPost(channel: Channel): void {
    const isFree = may(world, channel, user.id, 'MANAGE_MESSAGES') || may(world, channel, user.id, 'MANAGE_CHANNELS');
    const next = (lastPosts.get(channel.id) ?? -Infinity) + channel.slowmodeSeconds * 1000;
    if (!isFree && world.clock.now() < next) throw cannot(user, 'slow mode');
    lastPosts.set(channel.id, world.clock.now());
  }

  async function posts(handle: ChannelHandle, text: string, options: PostOptions = {}): Promise<Posted> {
    const channel = channelOf(handle);
    const isThread = channel.parentId !== undefined;
    if (!may(world, channel, user.id, isThread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES'))
      throw cannot(user, 'they may not write here');
    if (channel.locked) throw cannot(user, 'the thread is locked');
    if (options.files !== undefined && options.files.length > 0 && !may(world, channel, user.id, 'ATTACH_FILES'))
      throw cannot(user, 'they may not attach files here');
    rememberPost(channel);
    const about = options.replyTo ?? options.forward;
    const target = about === undefined ? undefined : seen(about);
    const snapshot = options.forward === undefined || target === undefined ? [] : [snapshotOf(backend, target)];
    channel.archived = false;
    const message = await post(backend, {
      channel,
      authorId: user.id,
      type: options.replyTo === undefined ? 0 : 19,
      body: {
        content: text,
        ...(options.silently === true && { allowed_mentions: { parse: ['users', 'roles', 'everyone'], replied_user: false } }),
      },
      sent: new Map((options.files ?? []).map((file, index) => [index, file])),
      flags: options.forward === undefined ? 0 : 1 << 14,
      reference: target === undefined ? undefined : { messageId: target.id, channelId: target.channelId, guildId: target.guildId },
      snapshots: snapshot,
    });
    return {
      message: messageView(backend, message),
      replies: () =>
        [...world.messages.values()]
          .filter(
            ({ type, reference, authorId, deleted }) =>
              type === 19 && !deleted && authorId === world.bot.id && reference?.messageId === message.id,
          )
          .map((reply) => messageView(backend, reply)),
    };
  }

  function usable(message: Message): { readonly channel: Channel; readonly owners: Readonly<Record<string, string>> | undefined } {
    if (message.authorId !== world.bot.id) throw cannot(user, 'that message is not the bot’s');
    return { channel: channelOf({ id: message.channelId }), owners: message.origin?.owners };
  }

  async function component(message: Message, customId: string, type: number, extra: JsonObject): Promise<Reaction> {
    const { channel, owners } = usable(message);
    const data = { custom_id: customId, component_type: type, id: 1, ...extra };
    return reactionTo(
      await ask({ type: INTERACTION.component, user, channel, name: customId, integrationTypes: [0, 1], source: message, data, owners }),
    );
  }

  return {
    id: user.id,
    name: user.name,
    direct: () => channelHandle(backend, directChannel(backend, user.id)),
    posts,
    async edits(handle, text) {
      const message = seen(handle);
      if (message.authorId !== user.id) throw cannot(user, 'that message is somebody else’s');
      await edit(backend, message, { content: text }, new Map());
    },
    deletes(handle) {
      const message = seen(handle);
      const channel = channelOf({ id: message.channelId });
      const isAllowed = message.authorId === user.id || message.ephemeralFor === user.id || may(world, channel, user.id, 'MANAGE_MESSAGES');
      if (!isAllowed) throw cannot(user, 'that message is somebody else’s');
      remove(backend, message, user.id);
    },
    reacts(handle, emoji) {
      const message = seen(handle);
      const users = message.reactions.get(emoji) ?? new Set<string>();
      message.reactions.set(emoji, users.add(user.id));
      backend.story.told(message.channelId, `${user.name} adds ${emoji}`);
      const guild = message.guildId === undefined ? undefined : world.guilds.get(message.guildId);
      const place = guild === undefined ? {} : { guild_id: guild.id, member: memberJson(guild, user) };
      const data = {
        user_id: user.id,
        channel_id: message.channelId,
        message_id: message.id,
        message_author_id: message.authorId,
        ...place,
        emoji: { id: null, name: emoji },
        burst: false,
        type: 0,
      };
      backend.publish({ name: 'MESSAGE_REACTION_ADD', guildId: message.guildId, channelId: message.channelId, data: () => data });
      backend.changed();
    },
    slash: (name, values, channel) => runs(name, values, channel),
    types: (name, values, focused, channel) => runs(name, values, channel, focused),
    async usesMenu(name, handle) {
      const message = seen(handle);
      const channel = channelOf({ id: message.channelId });
      const command = commandFor(name, 3, channel);
      backend.story.told(channel.id, `${user.name} uses “${name}” on ${world.users.get(message.authorId)?.name ?? 'somebody'}’s message`);
      const data = {
        id: command['id'] ?? '',
        name,
        type: 3,
        target_id: message.id,
        resolved: { messages: { [message.id]: messageJson(backend, message, true) } },
      };
      return reactionTo(
        await ask({
          type: INTERACTION.command,
          user,
          channel,
          name,
          integrationTypes: integrationTypesOf(command),
          targetMessageId: message.id,
          data,
        }),
      );
    },
    async presses(label, handle) {
      const message = seen(handle);
      const button = buttonViews([...message.components]).find((candidate) => candidate.label === label || candidate.customId === label);
      if (button?.customId === undefined || button.disabled) throw cannot(user, `there is no ${label} to press`);
      backend.story.told(message.channelId, `${user.name} presses [${button.label}]`);
      return component(message, button.customId, 2, {});
    },
    async chooses(name, values, handle) {
      const message = seen(handle);
      const select = selectViews([...message.components]).find(({ placeholder, customId }) => placeholder === name || customId === name);
      if (select === undefined || select.disabled) throw cannot(user, `there is no ${name} to choose from`);
      const chosen = values.map((value) => select.options.find((option) => option.value === value || option.label === value)?.value);
      if (chosen.includes(undefined)) throw cannot(user, `${name} does not offer ${values.join(', ')}`);
      backend.story.told(message.channelId, `${user.name} chooses ${values.join(', ')}`);
      return component(message, select.customId, 3, { values: chosen.map(String) });
    },
    async submits(values) {
      if (openModal === undefined) throw cannot(user, 'no form is open');
      const { modal, channel, source, owners } = openModal;
      const files: StoredFile[] = [];
      const { data } = await fillModal(modal, values, keepFor(files));
      openModal = undefined;
      backend.story.told(channel.id, `${user.name} sends the form “${textOf(modal['title'])}” ${told(values)}`.trimEnd());
      const name = textOf(modal['custom_id']);
      return reactionTo(
        await ask({
          type: INTERACTION.modal,
          user,
          channel,
          name,
          integrationTypes: [0, 1],
          source,
          owners,
          data: { ...data, ...resolvedFiles(files) },
        }),
      );
    },
    set: (state) => void Object.assign(user, state),
  };
}

function focusedTypeIn(options: readonly JsonObject[]): number | undefined {
  const flat = options.flatMap((option) => [
    option,
    ...objectsOf(option['options']),
    ...objectsOf(option['options']).flatMap((below) => objectsOf(below['options'])),
  ]);
  const type = flat.find(({ focused }) => focused === true)?.['type'];
  return typeof type === 'number' ? type : undefined;
}

/** What a forward carries of the message it passes on. */
function snapshotOf(backend: Backend, message: Message): JsonObject {
  const { content, embeds, attachments, components, timestamp, edited_timestamp, flags, mentions, mention_roles, type } = messageJson(
    backend,
    message,
    true,
  );
  return { message: { content, embeds, attachments, components, timestamp, edited_timestamp, flags, mentions, mention_roles, type } };
}

export const addPerson = (backend: Backend, name: string, locale: string): User => {
  const user: User = { id: backend.world.newId(), name, isBot: false, locale, dmsOpen: true, installedApp: false };
  backend.world.users.set(user.id, user);
  for (const guild of backend.world.guilds.values()) guild.members.set(user.id, { roleIds: [], joinedAt: backend.world.clock.now() });
  return user;
};
