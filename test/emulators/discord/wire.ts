import type { Backend } from './backend.ts';
import { KIND, kindOf } from './bodies/components.ts';
import type { StoredFile } from './files.ts';
import { isObject, objectsOf, textOf, type Json, type JsonObject } from './json.ts';
import { permissionsIn } from './permissions.ts';
import { isReadable } from './sight.ts';
import type { Channel, Guild, Message, Origin, Role, User } from './world.ts';

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('Z', '000+00:00');

export const userJson = (user: User): JsonObject => ({
  id: user.id,
  username: user.name.toLowerCase().replace(/[^a-z0-9_.]+/g, '') || 'somebody',
  discriminator: user.isBot ? '0001' : '0',
  global_name: user.isBot ? null : user.name,
  avatar: null,
  public_flags: 0,
  flags: 0,
  banner: null,
  accent_color: null,
  avatar_decoration_data: null,
  collectibles: null,
  primary_guild: null,
  ...(user.isBot && { bot: true }),
});

export function memberJson(guild: Guild, user: User, withUser = true): JsonObject {
  const member = guild.members.get(user.id);
  return {
    ...(withUser && { user: userJson(user) }),
    nick: null,
    avatar: null,
    banner: null,
    roles: [...(member?.roleIds ?? [])],
    joined_at: iso(member?.joinedAt ?? 0),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
  };
}

export const roleJson = (role: Role, position: number): JsonObject => ({
  id: role.id,
  name: role.name,
  description: null,
  permissions: String(role.permissions),
  position,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: false,
  mentionable: false,
  icon: null,
  unicode_emoji: null,
  flags: 0,
});

const overwritesJson = (channel: Channel, guild: Guild | undefined): Json =>
  [...channel.overwrites].map(([id, { allow, deny }]) => ({
    id,
    type: guild?.roles.has(id) === true ? 0 : 1,
    allow: String(allow),
    deny: String(deny),
  }));

function threadPart(channel: Channel, createdAt: number): JsonObject {
  const at = iso(createdAt);
  const metadata = {
    archived: channel.archived,
    archive_timestamp: at,
    auto_archive_duration: channel.archiveMinutes,
    locked: channel.locked,
    create_timestamp: at,
  };
  return {
    owner_id: channel.ownerId,
    thread_metadata: metadata,
    message_count: channel.messageCount,
    member_count: channel.memberIds.size,
    total_message_sent: channel.messageCount,
  };
}

/** A channel as REST and the gateway show it. */
export function channelJson({ world }: Backend, channel: Channel): JsonObject {
  const last = channel.lastMessageId ?? null;
  if (channel.guildId === undefined) {
    const recipients = channel.recipientIds.flatMap((id) => world.users.get(id) ?? []).filter(({ id }) => id !== world.bot.id);
    const group = channel.type === 3 ? { name: channel.name, owner_id: channel.ownerId, icon: null } : {};
    return { id: channel.id, type: channel.type, flags: 0, last_message_id: last, recipients: recipients.map(userJson), ...group };
  }
  const basis = { id: channel.id, type: channel.type, guild_id: channel.guildId, name: channel.name, flags: 0, last_message_id: last };
  const slow = { rate_limit_per_user: channel.slowmodeSeconds, parent_id: channel.parentId ?? null };
  if (channel.parentId !== undefined) return { ...basis, ...slow, ...threadPart(channel, world.clock.now()) };
  const overwrites = overwritesJson(channel, world.guilds.get(channel.guildId));
  return { ...basis, ...slow, position: 0, topic: null, nsfw: channel.nsfw, permission_overwrites: overwrites };
}

/** A channel as an interaction shows it: with what its person may do there. */
export const partialChannelJson = (backend: Backend, channel: Channel, userId: string): JsonObject => ({
  ...channelJson(backend, channel),
  permissions: String(permissionsIn(backend.world, channel, userId)),
});

export function attachmentJson({ files }: Backend, file: StoredFile): JsonObject {
  const { url, proxyUrl } = files.sign(file);
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.byteLength,
    url,
    proxy_url: proxyUrl,
    ...(file.width !== undefined && { width: file.width, height: file.height }),
    ...(file.description !== undefined && { description: file.description }),
    ...(file.title !== undefined && { title: file.title }),
    ...(file.ephemeral && { ephemeral: true }),
    ...(file.isSpoiler && { flags: 1 << 3 }),
    content_type: file.contentType,
  };
}

const ATTACHED = 'attachment://';

/** What a link in an embed or component shows: one of the message's files, a file of the CDN with a fresh signature, or something outside. */
function linked(
  { files }: Backend,
  message: Message,
  url: string,
): { readonly url: string; readonly proxyUrl: string; readonly file: StoredFile | undefined } {
  const name = url.startsWith(ATTACHED) ? url.slice(ATTACHED.length) : undefined;
  const file = name === undefined ? files.ofLink(url) : message.files.find(({ filename }) => filename === name);
  if (file === undefined) return { url, proxyUrl: url, file };
  return { ...files.sign(file), file };
}

function mediaJson(backend: Backend, message: Message, media: JsonObject): JsonObject {
  const { url, proxyUrl, file } = linked(backend, message, textOf(media['url']));
  const about = { width: file?.width ?? null, height: file?.height ?? null, content_type: file?.contentType ?? null };
  return { id: file?.id ?? message.id, url, proxy_url: proxyUrl, ...about, ...(file !== undefined && { attachment_id: file.id }) };
}

/** What Discord says of a component when its sender did not. */
const DEFAULTS: Readonly<Record<number, JsonObject>> = {
  [KIND.textSelect]: { min_values: 1, max_values: 1, disabled: false },
  5: { min_values: 1, max_values: 1, disabled: false },
  6: { min_values: 1, max_values: 1, disabled: false },
  7: { min_values: 1, max_values: 1, disabled: false },
  8: { min_values: 1, max_values: 1, disabled: false },
  [KIND.separator]: { divider: true, spacing: 1 },
  [KIND.container]: { accent_color: null, spoiler: false },
};

function componentJson(backend: Backend, message: Message, node: JsonObject): JsonObject {
  const below = (value: Json | undefined): Json => objectsOf(value).map((child) => componentJson(backend, message, child));
  const shown = (value: Json | undefined): JsonObject => mediaJson(backend, message, isObject(value) ? value : {});
  const { accessory, components } = node;
  const copy = {
    ...DEFAULTS[kindOf(node)],
    ...node,
    ...(components !== undefined && { components: below(components) }),
    ...(isObject(accessory) && { accessory: componentJson(backend, message, accessory) }),
  };
  if (kindOf(node) === KIND.gallery) {
    const items = objectsOf(node['items']).map((item) => ({
      description: item['description'] ?? null,
      spoiler: item['spoiler'] ?? false,
      media: shown(item['media']),
    }));
    return { ...copy, items };
  }
  if (kindOf(node) === KIND.thumbnail)
    return { ...copy, description: node['description'] ?? null, spoiler: node['spoiler'] ?? false, media: shown(node['media']) };
  if (kindOf(node) !== KIND.file) return copy;
  const file = linked(backend, message, textOf(isObject(node['file']) ? node['file']['url'] : undefined)).file;
  return {
    ...copy,
    file: shown(node['file']),
    spoiler: node['spoiler'] ?? false,
    name: file?.filename ?? null,
    size: file?.bytes.byteLength ?? null,
  };
}

function embedJson(backend: Backend, message: Message, embed: JsonObject): JsonObject {
  const media = ['image', 'thumbnail'].flatMap((place): [string, JsonObject][] => {
    const value = embed[place];
    if (!isObject(value)) return [];
    const { url, proxyUrl, file } = linked(backend, message, textOf(value['url']));
    const size = file?.width === undefined ? {} : { width: file.width, height: file.height, content_type: file.contentType };
    return [[place, { ...value, url, proxy_url: proxyUrl, ...size, flags: 0 }]];
  });
  const fields = objectsOf(embed['fields']).map((field) => ({ inline: false, ...field }));
  return { type: 'rich', ...embed, ...(fields.length > 0 && { fields }), ...Object.fromEntries(media) };
}

/** Names of files that embeds and components show: Discord leaves those out of the list of attachments. */
function shownElsewhere(message: Message): ReadonlySet<string> {
  const text = JSON.stringify([message.embeds, message.components]);
  return new Set([...text.matchAll(/attachment:\/\/([\w.-]+)/g)].map(([, name = '']) => name));
}

const ownersJson = (origin: Origin): JsonObject => ({ ...origin.owners });

function originJson({ world }: Backend, message: Message, origin: Origin): JsonObject {
  const user = world.users.get(origin.userId) ?? world.bot;
  const basis = { id: origin.id, type: origin.type, user: userJson(user), authorizing_integration_owners: ownersJson(origin) };
  if (origin.type === 3) return { ...basis, interacted_message_id: origin.sourceMessageId ?? message.id };
  if (origin.type !== 5) return { ...basis, ...(origin.targetMessageId !== undefined && { target_message_id: origin.targetMessageId }) };
  const trigger = { id: origin.id, type: 2, user: userJson(user), authorizing_integration_owners: ownersJson(origin) };
  return { ...basis, triggering_interaction_metadata: trigger };
}

/** What the message says and shows, which is what a bot without the privileged intent may not see. */
function contentJson(backend: Backend, message: Message, readable: boolean): JsonObject {
  if (!readable) return { content: '', embeds: [], attachments: [], components: [] };
  const elsewhere = shownElsewhere(message);
  return {
    content: message.content,
    embeds: message.embeds.map((embed) => embedJson(backend, message, embed)),
    attachments: message.files.filter(({ filename }) => !elsewhere.has(filename)).map((file) => attachmentJson(backend, file)),
    components: message.components.map((node) => componentJson(backend, message, node)),
    ...(message.poll !== undefined && { poll: message.poll }),
  };
}

function referencePart(backend: Backend, message: Message, readsContent: boolean): JsonObject {
  const { reference, snapshots } = message;
  if (reference === undefined) return {};
  const ids = {
    channel_id: reference.channelId,
    message_id: reference.messageId,
    ...(reference.guildId !== undefined && { guild_id: reference.guildId }),
  };
  if (message.type !== 19 && message.type !== 21) {
    const isForward = snapshots.length > 0;
    const seen = isReadable(backend.world, message, readsContent);
    return { message_reference: { type: isForward ? 1 : 0, ...ids }, ...(isForward && { message_snapshots: seen ? [...snapshots] : [] }) };
  }
  const referenced = backend.world.messages.get(reference.messageId);
  const shown = referenced === undefined || referenced.deleted ? null : messageJson(backend, referenced, readsContent, false);
  return { message_reference: { type: 0, ...ids }, referenced_message: shown };
}

function hookPart(backend: Backend, message: Message): JsonObject {
  const { world } = backend;
  const { origin } = message;
  if (origin === undefined) return message.authorId === world.bot.id ? { application_id: world.applicationId } : {};
  return {
    application_id: world.applicationId,
    webhook_id: world.applicationId,
    interaction_metadata: originJson(backend, message, origin),
  };
}

function reactionsPart({ world }: Backend, message: Message): JsonObject {
  const reactions = [...message.reactions].map(([name, users]) => ({
    emoji: { id: null, name },
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    burst_colors: [],
    me_burst: false,
    me: users.has(world.bot.id),
  }));
  return reactions.length > 0 ? { reactions } : {};
}

/** A message as REST and the gateway show it to an application that may, or may not, read what people write. */
export function messageJson(backend: Backend, message: Message, readsContent: boolean, withReference = true): JsonObject {
  const { world } = backend;
  const author = world.users.get(message.authorId) ?? world.bot;
  const thread = message.threadId === undefined ? undefined : world.channels.get(message.threadId);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: userJson(author),
    timestamp: iso(message.createdAt),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    tts: false,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentionIds.flatMap((id) => world.users.get(id) ?? []).map(userJson),
    mention_roles: [...message.mentionRoleIds],
    pinned: false,
    flags: message.flags,
    ...contentJson(backend, message, isReadable(world, message, readsContent)),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...hookPart(backend, message),
    ...reactionsPart(backend, message),
    ...(withReference && referencePart(backend, message, readsContent)),
    ...(thread !== undefined && { thread: channelJson(backend, thread) }),
  };
}

export function guildJson({ world }: Backend, guild: Guild): JsonObject {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()].map(roleJson),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: guild.premiumTier,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
    approximate_member_count: world.guilds.get(guild.id)?.members.size ?? 0,
  };
}

/** A guild as GUILD_CREATE brings it: with its channels and whoever is the bot. */
export function guildCreateJson(backend: Backend, guild: Guild): JsonObject {
  const { world } = backend;
  const channels = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id);
  const visible = channels.filter((channel) => permissionsIn(world, channel, world.bot.id) !== 0n);
  return {
    ...guildJson(backend, guild),
    joined_at: iso(guild.members.get(world.bot.id)?.joinedAt ?? 0),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: [memberJson(guild, world.bot)],
    channels: visible.filter(({ parentId }) => parentId === undefined).map((channel) => channelJson(backend, channel)),
    threads: visible
      .filter(({ parentId, archived }) => parentId !== undefined && !archived)
      .map((channel) => channelJson(backend, channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
