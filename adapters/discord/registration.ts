import { createHash } from 'node:crypto';
import { z } from 'zod';
import { say } from '#src/core/messages.ts';
import type { DiscordApi } from './client.ts';
import type { Command } from './commands.ts';
import type { DiscordRoom } from './room.ts';

/** What was registered last: Discord's id of the command, and what it said. */
const keptSchema = z.strictObject({ id: z.string(), hash: z.string() });
const listSchema = z.array(z.object({ id: z.string(), name: z.string(), type: z.int() }));
const createdSchema = z.object({ id: z.string() });

const drawerOf = (applicationId: string): string => `discord-commands-${applicationId}`;
const nameOf = ({ type, name }: Pick<Command, 'type' | 'name'>): string => `${type}-${name}`;
const hashOf = (command: Command): string => createHash('sha256').update(JSON.stringify(command)).digest('hex');

type RegistrationRoom = Pick<DiscordRoom, 'cabinet' | 'log' | 'notice' | 'language'>;

/**
 * Tells Discord of commands that are new or changed, and takes back those that are no more. Two hundred a day may be created, so what is there
 * already is left alone, also when somebody else registered it: only this product's own are ever removed.
 */
export async function registerCommands(
  applicationId: string,
  commands: readonly Command[],
  api: Pick<DiscordApi, 'bot'>,
  { cabinet, log, notice, language }: RegistrationRoom,
): Promise<void> {
  const path: `/${string}` = `/applications/${applicationId}/commands`;
  const drawer = drawerOf(applicationId);
  const listed = await api.bot({ method: 'get', path });
  const there = listed.kind === 'done' ? (listSchema.safeParse(listed.body).data ?? []) : [];
  for (const command of commands) {
    const hash = hashOf(command);
    const kept = keptSchema.safeParse(await cabinet.read(drawer, nameOf(command))).data;
    if (kept?.hash === hash && there.some(({ id }) => id === kept.id)) continue;
    const reply = await api.bot({ method: 'post', path, body: command });
    const created = reply.kind === 'done' ? createdSchema.safeParse(reply.body).data : undefined;
    if (created !== undefined) await cabinet.write(drawer, nameOf(command), { id: created.id, hash });
    if (reply.kind === 'refused') notice(say(language, 'start-discord-commands', { command: command.name, code: reply.code }));
    log.info('discord-command-registered', { command: command.name, code: reply.kind === 'refused' ? reply.code : undefined });
  }
  for (const { name, value } of await cabinet.list(drawer)) {
    if (commands.some((command) => nameOf(command) === name)) continue;
    const kept = keptSchema.safeParse(value).data;
    if (kept !== undefined) await api.bot({ method: 'delete', path: `${path}/${kept.id}` });
    await cabinet.remove(drawer, name);
  }
}
