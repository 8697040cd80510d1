import { contextOf, contextsOf } from './asking.ts';
import type { Backend } from './backend.ts';
import { isJsonArray, type Json, type JsonObject } from './json.ts';
import { may, permissionsIn } from './permissions.ts';
import { commandsIn } from './routes/application.ts';
import type { Channel, User } from './world.ts';

/** By whose installation a command may be used: 0 a server's, 1 a person's own. */
export const integrationTypesOf = (command: JsonObject): readonly Json[] =>
  isJsonArray(command['integration_types']) ? command['integration_types'] : [0];

function isAllowed(command: JsonObject, bits: bigint, isOwner: boolean): boolean {
  const needed = command['default_member_permissions'];
  return typeof needed !== 'string' || isOwner || (needed !== '0' && (bits & BigInt(needed)) === BigInt(needed));
}

function isOffered({ world }: Backend, user: User, command: JsonObject, channel: Channel): boolean {
  const types = integrationTypesOf(command);
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const context = contextOf(channel, world.bot.id);
  const byGuild = types.includes(0) && (guild?.installedApp === true || context === 1);
  const byPerson = types.includes(1) && user.installedApp;
  const isOfAge = command['nsfw'] !== true || channel.nsfw || guild === undefined;
  const isTheirs = guild === undefined || isAllowed(command, permissionsIn(world, channel, user.id), guild.ownerId === user.id);
  return (
    contextsOf(command).includes(context) &&
    (byGuild || byPerson) &&
    isTheirs &&
    isOfAge &&
    may(world, channel, user.id, 'USE_APPLICATION_COMMANDS')
  );
}

/** The command of that name and type that the person's client offers in a channel, the server's own before those of everywhere. */
export function offeredCommand(backend: Backend, user: User, channel: Channel, name: string, type: number): JsonObject | undefined {
  const isInstalled = channel.guildId !== undefined && backend.world.guilds.get(channel.guildId)?.installedApp === true;
  const commands = [...(isInstalled ? commandsIn(backend, channel.guildId) : []), ...commandsIn(backend, undefined)];
  return commands.find((command) => command['name'] === name && command['type'] === type && isOffered(backend, user, command, channel));
}
