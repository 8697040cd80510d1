import type { Channel, Guild, World } from './world.ts';

/** The permissions that mean something to a bot that answers with pictures. */
const PERMISSION_BITS = {
  ADMINISTRATOR: 3n,
  MANAGE_CHANNELS: 4n,
  MANAGE_GUILD: 5n,
  ADD_REACTIONS: 6n,
  VIEW_CHANNEL: 10n,
  SEND_MESSAGES: 11n,
  MANAGE_MESSAGES: 13n,
  EMBED_LINKS: 14n,
  ATTACH_FILES: 15n,
  READ_MESSAGE_HISTORY: 16n,
  MENTION_EVERYONE: 17n,
  USE_EXTERNAL_EMOJIS: 18n,
  MANAGE_ROLES: 28n,
  MANAGE_WEBHOOKS: 29n,
  USE_APPLICATION_COMMANDS: 31n,
  MANAGE_THREADS: 34n,
  CREATE_PUBLIC_THREADS: 35n,
  CREATE_PRIVATE_THREADS: 36n,
  SEND_MESSAGES_IN_THREADS: 38n,
  USE_EXTERNAL_APPS: 50n,
} as const;
export type Permission = keyof typeof PERMISSION_BITS;

const ALL = (1n << 53n) - 1n;

export const bitsOf = (permissions: readonly Permission[]): bigint =>
  permissions.reduce((bits, permission) => bits | (1n << PERMISSION_BITS[permission]), 0n);

/** What an ordinary server lets everybody do. */
export const EVERYONE: readonly Permission[] = [
  'ADD_REACTIONS',
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'USE_EXTERNAL_EMOJIS',
  'USE_APPLICATION_COMMANDS',
  'CREATE_PUBLIC_THREADS',
  'SEND_MESSAGES_IN_THREADS',
  'USE_EXTERNAL_APPS',
];

const rolesOf = (guild: Guild, userId: string): readonly string[] => [guild.id, ...(guild.members.get(userId)?.roleIds ?? [])];

/** What a user's roles allow in the whole server, whatever single channels say. */
export function inGuild(guild: Guild, userId: string): bigint {
  if (guild.ownerId === userId) return ALL;
  const bits = rolesOf(guild, userId).reduce((sum, roleId) => sum | (guild.roles.get(roleId)?.permissions ?? 0n), 0n);
  return (bits & bitsOf(['ADMINISTRATOR'])) === 0n ? bits : ALL;
}

/** First everyone's overwrite, then those of the roles together, then the member's own (Discord, "Permissions"). */
function overwritten(base: bigint, guild: Guild, channel: Channel, userId: string): bigint {
  const apply = (bits: bigint, ids: readonly string[]): bigint => {
    const rows = ids.flatMap((id) => channel.overwrites.get(id) ?? []);
    const deny = rows.reduce((sum, row) => sum | row.deny, 0n);
    const allow = rows.reduce((sum, row) => sum | row.allow, 0n);
    return (bits & ~deny) | allow;
  };
  return [[guild.id], rolesOf(guild, userId).slice(1), [userId]].reduce(apply, base);
}

/** What a user may do in a channel, as Discord's bit set. Zero for whoever is not there at all. */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  if (channel.guildId === undefined) return channel.recipientIds.includes(userId) ? bitsOf(EVERYONE) : 0n;
  const guild = world.guilds.get(channel.guildId);
  if (guild?.members.has(userId) !== true) return 0n;
  const base = inGuild(guild, userId);
  if (base === ALL) return ALL;
  const home = channel.parentId === undefined ? channel : (world.channels.get(channel.parentId) ?? channel);
  const bits = overwritten(base, guild, home, userId);
  if ((bits & bitsOf(['VIEW_CHANNEL'])) === 0n) return 0n;
  const isMember = channel.memberIds.has(userId) || (bits & bitsOf(['MANAGE_THREADS'])) !== 0n;
  return channel.type === 12 && !isMember ? 0n : bits;
}

export const may = (world: World, channel: Channel, userId: string, permission: Permission): boolean =>
  (permissionsIn(world, channel, userId) & bitsOf([permission])) !== 0n;
