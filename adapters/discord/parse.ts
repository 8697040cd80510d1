import { cleanText } from '#src/core/command-text.ts';
import type { Actor, Ask, Repeat } from '#src/core/platform.ts';
import {
  aspectRatioSchema,
  COUNT_MAX,
  enhanceModeSchema,
  SEED_MAX,
  type ImageRef,
  type Language,
  type Options,
  type Requester,
} from '#src/core/request.ts';
import { DISCORD, threadAt, type Address } from './address.ts';
import type { DiscordConfig } from './config.ts';
import type { CommandInteraction, CommandOption, Interaction, Message, ModalInteraction, User } from './payload.ts';
import { isCovered, picturesOf, type Shown } from './pictures.ts';

/** Bits of Discord's permissions. */
const PERMISSION = {
  administrator: 1n << 3n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  attachFiles: 1n << 15n,
  sendInThreads: 1n << 38n,
} as const;
const THREADS = [10, 11, 12];
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
    actor: { tenant, requesterId: person.id, isAdmin: may(interaction.member?.permissions, [PERMISSION.manageMessages]) },
  };
}

const wishesThread = ({ threads }: Setting, guildId: string): boolean => threads === 'all' || threads.has(guildId);

/** Whether the bot itself is where the interaction is. Where only the person has the application, it is not (Discord, "Installation context"). */
function canPost(interaction: Interaction, isThread: boolean): boolean {
  if (interaction.context === BOT_DIRECT) return true;
  if (interaction.guild_id === undefined || interaction.authorizing_integration_owners['0'] === undefined) return false;
  const send = isThread ? PERMISSION.sendInThreads : PERMISSION.sendMessages;
  return may(interaction.app_permissions, [PERMISSION.viewChannel, send, PERMISSION.attachFiles]);
}

function may(bits: string | undefined, wanted: readonly bigint[]): boolean {
  const held = /^\d{1,20}$/.test(bits ?? '') ? BigInt(bits ?? 0) : 0n;
  return (held & PERMISSION.administrator) !== 0n || wanted.every((bit) => (held & bit) !== 0n);
}

/** `/imagine` as an ask. Undefined when Discord does not say who asks where. */
export function parseImagine(interaction: CommandInteraction, setting: Setting): Ask | undefined {
  const { options, resolved } = interaction.data;
  const values = new Map(options.map(({ name, value }) => [name, value]));
  const scene = sceneOf(interaction, setting, values.get('spoiler') === true ? { spoiler: true } : {});
  if (scene === undefined) return undefined;
  const attachment = resolved.attachments[String(values.get('image'))];
  const text = values.get('prompt');
  return {
    ...askedAt(scene, interaction.id),
    text: typeof text === 'string' ? text : '',
    options: optionsOf(options),
    images: attachment === undefined ? [] : [imageRef({ url: attachment.url, attachmentId: attachment.id })],
  };
}

/** The fields of the transform form, about a picture that was found before the form was shown. */
export function parseChange(interaction: ModalInteraction, image: ImageRef, setting: Setting): Ask | undefined {
  const scene = sceneOf(interaction, setting);
  if (scene === undefined) return undefined;
  const fields = interaction.data.components.flatMap(({ component }) => component ?? []);
  const chosen = fields.map(({ custom_id: name, value, values }) => ({ name, type: 3, value: value ?? values?.[0] ?? '' }));
  return {
    ...askedAt(scene, interaction.id),
    text: fieldOf(interaction, 'prompt'),
    options: optionsOf(chosen.filter(({ value }) => value !== '')),
    images: [image],
  };
}

export function fieldOf({ data }: ModalInteraction, name: string): string {
  return (
    data.components.flatMap(({ component }) =>
      component?.custom_id === name ? [component.value ?? component.values?.[0] ?? ''] : [],
    )[0] ?? ''
  );
}

const askedAt = ({ thread, requester, tenant, locale }: Scene, id: string) => ({ id: requestIdOf(id), thread, requester, tenant, locale });

/** A button that asks for an earlier request once more, in a reply to its result. */
export function parseRepeat(interaction: Interaction, of: string, how: Repeat['how'], setting: Setting, text?: string): Repeat | undefined {
  const message = 'message' in interaction ? interaction.message : undefined;
  const scene = sceneOf(interaction, setting, message === undefined ? {} : { replyTo: message.id, ...coverOf(message) });
  if (scene === undefined) return undefined;
  return { ...askedAt(scene, interaction.id), of, how, ...(text === undefined ? {} : { text }) };
}

const coverOf = (message: Pick<Message, 'attachments'>): Pick<Address, 'spoiler'> => (isCovered(message) ? { spoiler: true } : {});

/** What was chosen in the command's own fields. The completion of names is advice, so anything may come: intake says what is wrong with it. */
function optionsOf(options: readonly CommandOption[]): Options {
  const chosen: Options = {};
  for (const { name, value } of options) {
    if (name === 'ratio') assign(chosen, 'aspectRatio', aspectRatioSchema.safeParse(value).data);
    if (name === 'enhance') assign(chosen, 'enhance', enhanceModeSchema.safeParse(value).data);
    if (name === 'count') assign(chosen, 'count', numberIn(value, 1, COUNT_MAX));
    if (name === 'seed') assign(chosen, 'seed', numberIn(value, 1, SEED_MAX));
    if (name === 'strength') assign(chosen, 'strength', numberIn(value, 0, 1));
    if (name === 'model' || name === 'style') assign(chosen, name, wordIn(value, 64));
    if (name === 'negative') assign(chosen, 'negativePrompt', wordIn(value, 1000));
  }
  return chosen;
}

function assign<Name extends keyof Options>(options: Options, name: Name, value: Options[Name]): void {
  if (value !== undefined) options[name] = value;
}

function numberIn(value: CommandOption['value'], min: number, max: number): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number >= min && number <= max ? number : undefined;
}

function wordIn(value: CommandOption['value'], length: number): string | undefined {
  const word = typeof value === 'string' ? cleanText(value).slice(0, length) : '';
  return word === '' ? undefined : word;
}

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
  return {
    id: requestIdOf(id),
    text,
    options: {},
    images: picturesOf(message).map((picture) => imageRef(picture, { id, channelId })),
    thread: threadAt(address),
    requester: requesterOf(author),
    tenant: tenantOf(guildId, author.id),
    locale: undefined,
  };
}
