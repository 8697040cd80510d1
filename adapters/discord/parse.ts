import type { Actor, Ask, Repeat } from '#src/core/platform.ts';
import type { ImageRef, Language, Requester } from '#src/core/request.ts';
import { DISCORD, threadAt, type Address } from './address.ts';
import type { DiscordConfig } from './config.ts';
import type { Interaction, Message, User } from './payload.ts';
import { isCovered, picturesOf, type Shown } from './pictures.ts';
import { lacking } from './rights.ts';

/** Types of channels (Discord, "Channel Types"). */
export const THREADS: readonly number[] = [10, 11, 12];
const TEXT_CHANNELS = [0, 5];
const BOT_DIRECT = 1;

/** What threads and sizes depend on. */
type Setting = Pick<DiscordConfig, 'threads'>;

/** The id of a request: Discord's own of the message or interaction, which no second delivery changes. */
export const requestIdOf = (id: string): string => `${DISCORD}-${id}`;

/** Everybody in a server shares its budget and its history; alone with the bot, a person is on their own. */
const tenantOf = (guildId: string | undefined, userId: string): string => `${DISCORD}-${guildId ?? `direct-${userId}`}`;

/** Vietnamese and English are known; for any other language the words themselves have to tell. */
export function localeOf(locale: string | undefined): Language | undefined {
  const [tag] = (locale ?? '').split('-');
  return tag === 'vi' || tag === 'en' ? tag : undefined;
}

/** Whoever did it: a member of the server, or somebody who is alone with the bot. */
const personOf = ({ member, user }: Pick<Interaction, 'member' | 'user'>): User | undefined => member?.user ?? user;

const requesterOf = ({ id, username, global_name: name }: User): Requester => ({ id, name: (name ?? username).slice(0, 200) });

/** Who asks in an interaction, and where. Undefined when Discord says neither: nothing can be answered then. */
export interface Scene extends Pick<Ask, 'thread' | 'requester' | 'tenant' | 'locale'> {
  readonly address: Address;
  readonly actor: Actor;
}

export function sceneOf(interaction: Interaction, setting: Setting, more: Partial<Address> = {}): Scene | undefined {
  const { guild_id: guildId, channel_id: channelId, channel, attachment_size_limit: fileBytes } = interaction;
  const person = personOf(interaction);
  if (person === undefined || channelId === undefined) return undefined;
  const isThread = THREADS.includes(channel?.type ?? -1);
  const parentId = isThread ? channel?.parent_id : undefined;
  const wantsThread = guildId !== undefined && TEXT_CHANNELS.includes(channel?.type ?? -1) && wishesThread(setting, guildId);
  const address: Address = {
    applicationId: interaction.application_id,
    ...(guildId === undefined ? {} : { guildId }),
    channelId,
    ...(parentId === undefined || parentId === null ? {} : { parentId }),
    interaction: { id: interaction.id, token: interaction.token },
    canPost: canPost(interaction, isThread),
    ...(wantsThread ? { wantsThread } : {}),
    ...(fileBytes === undefined ? {} : { fileBytes: Math.floor(fileBytes) }),
    ...more,
  };
  const tenant = tenantOf(guildId, person.id);
  return {
    address,
    thread: threadAt(address),
    requester: requesterOf(person),
    tenant,
    locale: localeOf(interaction.locale),
    actor: { tenant, requesterId: person.id, isAdmin: lacking(interaction.member?.permissions, ['manageMessages']).length === 0 },
  };
}

const wishesThread = ({ threads }: Setting, guildId: string): boolean => threads === 'all' || threads.has(guildId);

/** Whether the bot itself is where the interaction is. Where only the person has the application, it is not (Discord, "Installation context"). */
function canPost(interaction: Interaction, isThread: boolean): boolean {
  if (interaction.context === BOT_DIRECT) return true;
  if (interaction.guild_id === undefined || interaction.authorizing_integration_owners['0'] === undefined) return false;
  return lacking(interaction.app_permissions, ['view', isThread ? 'threads' : 'send', 'files']).length === 0;
}

export const askedAt = ({ thread, requester, tenant, locale }: Scene, id: string) => ({
  id: requestIdOf(id),
  thread,
  requester,
  tenant,
  locale,
});

/** A button that asks for an earlier request once more, in a reply to its result. */
export function parseRepeat(interaction: Interaction, of: string, how: Repeat['how'], setting: Setting, text?: string): Repeat | undefined {
  const message = 'message' in interaction ? interaction.message : undefined;
  const scene = sceneOf(interaction, setting, message === undefined ? {} : { replyTo: message.id, ...coverOf(message) });
  if (scene === undefined) return undefined;
  return { ...askedAt(scene, interaction.id), of, how, ...(text === undefined ? {} : { text }) };
}

const coverOf = (message: Pick<Message, 'attachments'>): Pick<Address, 'spoiler'> => (isCovered(message) ? { spoiler: true } : {});

/** A picture as its worker will look for it: by its link, and by its message when the link has expired. */
export function imageRef({ url, attachmentId }: Shown, message?: { readonly id: string; readonly channelId: string }): ImageRef {
  const where = message === undefined ? {} : { messageId: message.id, channelId: message.channelId };
  return { platform: DISCORD, source: { url, ...(attachmentId === undefined ? {} : { attachmentId }), ...where } };
}

/** A message without the mention of the bot. */
export function wordsOf({ content }: Pick<Message, 'content'>, botId: string): string {
  return content.replaceAll(new RegExp(`<@!?${botId}>`, 'g'), ' ').trim();
}

export const namesBot = ({ content }: Pick<Message, 'content'>, botId: string): boolean => new RegExp(`<@!?${botId}>`).test(content);

export function askOfMessage(message: Message, applicationId: string, text: string, setting: Setting): Ask {
  const { guild_id: guildId, channel_id: channelId, author, id } = message;
  const wantsThread = guildId !== undefined && wishesThread(setting, guildId);
  const address: Address = {
    applicationId,
    ...(guildId === undefined ? {} : { guildId }),
    channelId,
    replyTo: id,
    canPost: true,
    ...(wantsThread ? { wantsThread } : {}),
    ...coverOf({ attachments: [...message.attachments, ...(message.referenced_message?.attachments ?? [])] }),
  };
  const images = picturesOf(message).map((picture) => imageRef(picture, { id, channelId }));
  return {
    id: requestIdOf(id),
    text,
    options: {},
    images,
    ...(images.length === 0 ? {} : { isInstruction: true }),
    thread: threadAt(address),
    requester: requesterOf(author),
    tenant: tenantOf(guildId, author.id),
    locale: undefined,
  };
}
