import type { Backend } from './backend.ts';
import { bitsOf, EVERYONE, type Permission } from './permissions.ts';
import { remove } from './posting.ts';
import { addChannel } from './routes/channels.ts';
import { channelView, type MessageView } from './view.ts';
import { channelJson, guildCreateJson } from './wire.ts';
import { messagesIn, type Channel, type Guild, type Role } from './world.ts';

/** What a test does to a channel, and sees of it. */
export interface ChannelHandle {
  readonly id: string;
  readonly guildId: string | undefined;
  /** The channel's messages as somebody sees them who may see all, oldest first. */
  messages(): readonly MessageView[];
  /** What the bot may not, or may, do here whatever its roles say. */
  denyBot(...permissions: readonly Permission[]): void;
  allowBot(...permissions: readonly Permission[]): void;
  denyEveryone(...permissions: readonly Permission[]): void;
  set(state: { readonly nsfw?: boolean; readonly slowmodeSeconds?: number; readonly archived?: boolean; readonly locked?: boolean }): void;
  delete(): void;
}

/** What a test does to a server. */
export interface GuildHandle {
  readonly id: string;
  /** The text channel of that name, made when it is asked for first. */
  channel(name: string): ChannelHandle;
  /** What everybody there may do. */
  setEveryone(permissions: readonly Permission[]): void;
  /** What the bot's own role allows beside that. */
  setBot(permissions: readonly Permission[]): void;
  set(state: { readonly premiumTier?: 0 | 1 | 2 | 3; readonly locale?: string }): void;
  giveRole(userId: string, name: string, permissions: readonly Permission[]): string;
  /** The bot is thrown out, and its commands with it. */
  kickBot(): void;
  addBot(): void;
  addMember(userId: string): void;
  removeMember(userId: string): void;
  delete(): void;
}

export interface GuildSettings {
  /** False: the application is not in this server, neither bot nor commands. */
  readonly bot?: boolean;
  readonly locale?: string;
}

export function channelHandle(backend: Backend, channel: Channel): ChannelHandle {
  const { world } = backend;

  function overwrite(id: string, allow: bigint, deny: bigint): void {
    const row = channel.overwrites.get(id) ?? { allow: 0n, deny: 0n };
    channel.overwrites.set(id, { allow: (row.allow | allow) & ~deny, deny: (row.deny | deny) & ~allow });
    announce('CHANNEL_UPDATE');
  }

  function announce(name: string): void {
    const shown = channelJson(backend, channel);
    backend.publish({
      name: channel.parentId === undefined ? name : name.replace('CHANNEL', 'THREAD'),
      guildId: channel.guildId,
      channelId: undefined,
      data: () => shown,
    });
    backend.changed();
  }

  return {
    id: channel.id,
    guildId: channel.guildId,
    messages: () => channelView(backend, channel).messages,
    denyBot: (...permissions) => overwrite(world.bot.id, 0n, bitsOf(permissions)),
    allowBot: (...permissions) => overwrite(world.bot.id, bitsOf(permissions), 0n),
    denyEveryone: (...permissions) => overwrite(channel.guildId ?? '', 0n, bitsOf(permissions)),
    set(state) {
      Object.assign(channel, state);
      announce('CHANNEL_UPDATE');
    },
    delete() {
      announce('CHANNEL_DELETE');
      const threads = [...world.channels.values()].filter(({ parentId }) => parentId === channel.id);
      for (const { id } of [channel, ...threads]) {
        for (const message of messagesIn(world, id)) message.deleted = true;
        world.channels.delete(id);
      }
    },
  };
}

/** A server with everybody in it who is there at the moment. */
export function addGuild(backend: Backend, name: string, settings: GuildSettings): Guild {
  const { world } = backend;
  const { bot = true, locale = 'en-US' } = settings;
  const id = world.newId();
  const everyone: Role = { id, name: '@everyone', permissions: bitsOf(EVERYONE) };
  const people = [...world.users.values()].filter(({ isBot }) => bot || !isBot);
  const member = (): { roleIds: string[]; joinedAt: number } => ({ roleIds: [], joinedAt: world.clock.now() });
  const guild: Guild = {
    id,
    name,
    // Nobody the stories tell of: owners may do everything.
    ownerId: world.newId(),
    roles: new Map([[id, everyone]]),
    members: new Map(people.map((user) => [user.id, member()])),
    locale,
    premiumTier: 0,
    installedApp: bot,
  };
  world.guilds.set(id, guild);
  if (bot) announceGuild(backend, guild);
  return guild;
}

function announceGuild(backend: Backend, guild: Guild): void {
  const shown = guildCreateJson(backend, guild);
  backend.publish({ name: 'GUILD_CREATE', guildId: guild.id, channelId: undefined, data: () => shown });
  backend.changed();
}

function loseGuild(backend: Backend, guild: Guild): void {
  guild.members.delete(backend.world.bot.id);
  guild.installedApp = false;
  backend.publish({ name: 'GUILD_DELETE', guildId: guild.id, channelId: undefined, data: () => ({ id: guild.id }) });
  backend.changed();
}

function roleNamed(backend: Backend, guild: Guild, name: string, permissions: readonly Permission[]): Role {
  const known = [...guild.roles.values()].find((role) => role.name === name);
  const role = known ?? { id: backend.world.newId(), name, permissions: 0n };
  role.permissions = bitsOf(permissions);
  guild.roles.set(role.id, role);
  return role;
}

export function guildHandle(backend: Backend, guild: Guild): GuildHandle {
  const { world } = backend;
  const join = (userId: string): void => {
    if (!guild.members.has(userId)) guild.members.set(userId, { roleIds: [], joinedAt: world.clock.now() });
  };

  function giveRole(userId: string, name: string, permissions: readonly Permission[]): string {
    const role = roleNamed(backend, guild, name, permissions);
    const roleIds = guild.members.get(userId)?.roleIds;
    if (roleIds?.includes(role.id) === false) roleIds.push(role.id);
    return role.id;
  }

  function channelNamed(name: string): Channel {
    const known = [...world.channels.values()].find(
      (channel) => channel.guildId === guild.id && channel.name === name && channel.parentId === undefined,
    );
    if (known !== undefined) return known;
    const channel = addChannel(world, { type: 0, name, guildId: guild.id });
    const shown = channelJson(backend, channel);
    backend.publish({ name: 'CHANNEL_CREATE', guildId: guild.id, channelId: channel.id, data: () => shown });
    backend.changed();
    return channel;
  }

  return {
    id: guild.id,
    channel: (name) => channelHandle(backend, channelNamed(name)),
    setEveryone(permissions) {
      const everyone = guild.roles.get(guild.id);
      if (everyone !== undefined) everyone.permissions = bitsOf(permissions);
    },
    setBot: (permissions) => void giveRole(world.bot.id, world.bot.name, permissions),
    set: (state) => void Object.assign(guild, state),
    giveRole,
    kickBot: () => loseGuild(backend, guild),
    addBot() {
      join(world.bot.id);
      guild.installedApp = true;
      announceGuild(backend, guild);
    },
    addMember: join,
    removeMember: (userId) => void guild.members.delete(userId),
    delete() {
      loseGuild(backend, guild);
      for (const channel of [...world.channels.values()].filter(({ guildId }) => guildId === guild.id)) {
        for (const message of messagesIn(world, channel.id)) remove(backend, message, guild.ownerId);
        world.channels.delete(channel.id);
      }
      world.guilds.delete(guild.id);
    },
  };
}
