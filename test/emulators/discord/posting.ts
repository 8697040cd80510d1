import type { Backend } from './backend.ts';
import { placedIn } from './bodies/components.ts';
import type { StoredFile, Upload } from './files.ts';
import { idOf, isJsonArray, isObject, objectsOf, textOf, withoutNull, type Json, type JsonObject } from './json.ts';
import { mentionsOf } from './mentions.ts';
import { memberJson, messageJson } from './wire.ts';
import { COMPONENTS_V2, LOADING, SUPPRESS_EMBEDS, type Channel, type Message, type Origin, type Reference } from './world.ts';

/** Files by the number they were sent under. */
export type Sent = ReadonlyMap<number, Upload>;

export interface Draft {
  readonly channel: Channel;
  readonly authorId: string;
  readonly type: number;
  readonly body: JsonObject;
  readonly sent: Sent;
  readonly flags: number;
  readonly nonce?: string | number | undefined;
  readonly reference?: Reference | undefined;
  readonly origin?: Origin | undefined;
  readonly ephemeralFor?: string | undefined;
  readonly snapshots?: readonly JsonObject[] | undefined;
}

/** Numbers for components that were sent without one, in the order in which they stand. */
export function numbered(components: Json | undefined): readonly JsonObject[] {
  const taken = new Set(placedIn(components).map(({ node }) => node['id']));
  let next = 1;
  const free = (): number => {
    while (taken.has(next)) next += 1;
    taken.add(next);
    return next;
  };
  const visit = (node: JsonObject): JsonObject => {
    const id = typeof node['id'] === 'number' && node['id'] !== 0 ? node['id'] : free();
    const { accessory, components: below } = node;
    return {
      ...withoutNull(node),
      id,
      ...(below !== undefined && { components: objectsOf(below).map(visit) }),
      ...(isObject(accessory) && { accessory: visit(accessory) }),
    };
  };
  return objectsOf(components).map(visit);
}

/** All that a message says, wherever it says it. */
export const wordsOf = (content: string, components: readonly JsonObject[]): string =>
  [content, ...placedIn(components).map(({ node }) => textOf(node['content']))].filter((text) => text !== '').join('\n');

const about = (file: StoredFile, entry: JsonObject): StoredFile => ({
  ...file,
  description: textOf(entry['description']) || file.description,
  title: textOf(entry['title']) || file.title,
  isSpoiler: typeof entry['is_spoiler'] === 'boolean' ? entry['is_spoiler'] : file.isSpoiler,
});

async function store({ files }: Backend, channelId: string, body: JsonObject, sent: Sent): Promise<readonly StoredFile[]> {
  const entries = objectsOf(body['attachments']);
  const stored: StoredFile[] = [];
  for (const [number, upload] of [...sent].toSorted(([a], [b]) => a - b)) {
    const entry = entries.find(({ id }) => idOf(id) === String(number)) ?? {};
    const filename = textOf(entry['filename']) || upload.filename;
    stored.push(about(await files.put({ ...upload, filename }, channelId, { ephemeral: false }), entry));
  }
  return stored;
}

/** What an edit leaves of a message's files: all when it does not speak of them, else exactly those it lists, and the new ones. */
export async function filesAfter(backend: Backend, message: Message, body: JsonObject, sent: Sent): Promise<readonly StoredFile[]> {
  const added = await store(backend, message.channelId, body, sent);
  if (!isJsonArray(body['attachments'])) return [...message.files, ...added];
  const entries = objectsOf(body['attachments']);
  const kept = message.files.flatMap((file) => {
    const entry = entries.find(({ id }) => id === file.id);
    return entry === undefined ? [] : [about(file, entry)];
  });
  for (const file of message.files) if (!kept.some(({ id }) => id === file.id)) backend.files.remove(file);
  return [...kept, ...added];
}

/** Tells the gateway of a message, as long as it is one that more than one person sees. */
function announce(backend: Backend, name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message): void {
  if (message.ephemeralFor !== undefined) return;
  const { world } = backend;
  const guild = message.guildId === undefined ? undefined : world.guilds.get(message.guildId);
  const author = world.users.get(message.authorId) ?? world.bot;
  const channelType = world.channels.get(message.channelId)?.type ?? 0;
  const place =
    guild === undefined ? {} : { guild_id: guild.id, ...(guild.members.has(author.id) && { member: memberJson(guild, author, false) }) };
  // The gateway shows a message as it was when it was told, not as it is when somebody asks again.
  const shown = [false, true].map((reads) => ({ ...messageJson(backend, message, reads), ...place, channel_type: channelType }));
  backend.publish({
    name,
    guildId: message.guildId,
    channelId: message.channelId,
    data: (reads) => shown[Number(reads)] ?? {},
  });
}

/** Writes a message whose body was found to be right. Everybody who may see it hears of it. */
export async function post(backend: Backend, draft: Draft): Promise<Message> {
  const { world } = backend;
  const { channel, body } = draft;
  const files = await store(backend, channel.id, body, draft.sent);
  const content = textOf(body['content']).trim();
  const components = numbered(body['components']);
  const repliedTo = draft.type === 19 && draft.reference !== undefined ? world.messages.get(draft.reference.messageId) : undefined;
  const mentions = mentionsOf(world, {
    text: wordsOf(content, components),
    channel,
    authorId: draft.authorId,
    allowed: body['allowed_mentions'],
    parsesByDefault: draft.origin === undefined ? 'everything' : 'people',
    repliedTo,
  });
  const message: Message = {
    id: world.newId(),
    channelId: channel.id,
    guildId: channel.guildId,
    authorId: draft.authorId,
    type: draft.type,
    createdAt: world.clock.now(),
    nonce: draft.nonce,
    reference: draft.reference,
    origin: draft.origin,
    ephemeralFor: draft.ephemeralFor,
    snapshots: draft.snapshots ?? [],
    reactions: new Map(),
    content,
    embeds: (draft.flags & SUPPRESS_EMBEDS) === 0 ? objectsOf(body['embeds']).map(withoutNull) : [],
    components,
    poll: body['poll'] ?? undefined,
    files,
    flags: draft.flags,
    ...mentions,
    editedAt: undefined,
    deleted: false,
    threadId: undefined,
    lateEdits: 0,
  };
  world.messages.set(message.id, message);
  if (message.ephemeralFor === undefined) channel.lastMessageId = message.id;
  channel.messageCount += 1;
  channel.memberIds.add(draft.authorId);
  backend.story.posted(message);
  announce(backend, 'MESSAGE_CREATE', message);
  backend.changed();
  return message;
}

/** Changes what the body speaks of, and nothing else. `fills`: it is the first real word of an answer that was promised. */
export async function edit(backend: Backend, message: Message, body: JsonObject, sent: Sent, fills = false): Promise<Message> {
  const { world } = backend;
  message.files = await filesAfter(backend, message, body, sent);
  if (body['content'] !== undefined) message.content = textOf(body['content']).trim();
  if (body['embeds'] !== undefined) message.embeds = objectsOf(body['embeds']).map(withoutNull);
  if (body['components'] !== undefined) message.components = numbered(body['components']);
  if (typeof body['flags'] === 'number')
    message.flags = (message.flags & ~SUPPRESS_EMBEDS) | (body['flags'] & (SUPPRESS_EMBEDS | COMPONENTS_V2));
  if ((message.flags & SUPPRESS_EMBEDS) !== 0) message.embeds = [];
  const channel = world.channels.get(message.channelId);
  if (channel !== undefined) {
    const repliedTo = message.type === 19 && message.reference !== undefined ? world.messages.get(message.reference.messageId) : undefined;
    const text = wordsOf(message.content, message.components);
    const parsesByDefault = message.origin === undefined ? 'everything' : 'people';
    Object.assign(
      message,
      mentionsOf(world, { text, channel, authorId: message.authorId, allowed: body['allowed_mentions'], parsesByDefault, repliedTo }),
    );
  }
  message.flags &= ~LOADING;
  if (fills) message.editedAt = undefined;
  else message.editedAt = world.clock.now();
  backend.story.edited(message, fills);
  announce(backend, 'MESSAGE_UPDATE', message);
  backend.changed();
  return message;
}

/** Takes a message away, with its files. */
export function remove(backend: Backend, message: Message, by: string): void {
  message.deleted = true;
  for (const file of message.files) backend.files.remove(file);
  backend.story.deleted(message, by);
  if (message.ephemeralFor === undefined) {
    const ids = { id: message.id, channel_id: message.channelId, ...(message.guildId !== undefined && { guild_id: message.guildId }) };
    backend.publish({ name: 'MESSAGE_DELETE', guildId: message.guildId, channelId: message.channelId, data: () => ids });
  }
  backend.changed();
}
