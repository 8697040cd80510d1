import type { Backend } from './backend.ts';
import { judge, withoutFillers } from './bodies/published.ts';
import { messageFaults, type Way } from './bodies/message.ts';
import { modalFaults } from './bodies/modal.ts';
import { isObject, objectsOf, textOf, type Json, type JsonObject } from './json.ts';
import { edit, post, type Sent } from './posting.ts';
import { invalidForm, problem, violation, type Fault } from './problems.ts';
import { messageJson } from './wire.ts';
import { COMPONENTS_V2, EPHEMERAL, LOADING, type Channel, type Message, type Origin } from './world.ts';
import { limitUpload } from './uploads.ts';
import { may } from './permissions.ts';

export const INTERACTION = { ping: 1, command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
const CALLBACK = { pong: 1, message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** What the product said to an interaction, once. */
export interface Response {
  readonly type: number;
  readonly at: number;
  readonly ephemeral: boolean;
  /** The message that was made, promised or changed; the one behind `@original`. */
  readonly messageId: string | undefined;
  readonly modal: JsonObject | undefined;
  readonly choices: readonly JsonObject[] | undefined;
}

/** Something a person did that waits for an answer. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly origin: Origin;
  readonly channel: Channel;
  readonly createdAt: number;
  readonly fileBytesMax: number;
  /** Whoever asked may not show answers of applications of their own to others. */
  readonly forcedEphemeral: boolean;
  /** The type of the option that is being completed: its choices are of that type. */
  readonly focusedType?: number;
  /** Called with the response, once. */
  readonly settle: (response: Response) => void;
  response: Response | undefined;
  /** Somebody is writing the response at this moment. */
  taken: boolean;
  followUps: number;
}

const ALLOWED: Readonly<Record<number, readonly number[]>> = {
  [INTERACTION.command]: [CALLBACK.message, CALLBACK.deferred, CALLBACK.modal],
  [INTERACTION.component]: [CALLBACK.message, CALLBACK.deferred, CALLBACK.deferredUpdate, CALLBACK.update, CALLBACK.modal],
  [INTERACTION.autocomplete]: [CALLBACK.choices],
  [INTERACTION.modal]: [CALLBACK.message, CALLBACK.deferred, CALLBACK.deferredUpdate, CALLBACK.update],
};

const SCHEMAS = {
  [CALLBACK.message]: 'CreateMessageInteractionCallbackRequestSchema',
  [CALLBACK.deferred]: 'CreateMessageInteractionCallbackRequestSchema',
  [CALLBACK.deferredUpdate]: 'UpdateMessageInteractionCallbackRequestSchema',
  [CALLBACK.update]: 'UpdateMessageInteractionCallbackRequestSchema',
  [CALLBACK.choices]: 'ApplicationCommandAutocompleteCallbackRequestSchema',
  [CALLBACK.modal]: 'ModalInteractionCallbackRequestSchema',
} as const;

export const CALLBACK_SCHEMAS = Object.values(SCHEMAS);

const hasSchema = (type: number): type is keyof typeof SCHEMAS => type in SCHEMAS;
const below = (faults: readonly Fault[], name: string): readonly Fault[] =>
  faults.map((fault) => ({ ...fault, path: [name, ...fault.path] }));

/** Throws what Discord answers to a message's body that breaks a rule. */
export function checkMessage(body: JsonObject, way: Way, sent: Sent, before: Message | undefined, prefix?: string): void {
  const names = [...sent.values()].map(({ filename }) => filename.replace(/[^\w.-]+/g, '_'));
  const renamed = objectsOf(body['attachments'])
    .map(({ filename }) => textOf(filename))
    .filter((name) => name !== '');
  const news = [...names, ...renamed];
  const faults = messageFaults(body, {
    way,
    fileNumbers: [...sent.keys()],
    filenames: [...news, ...(before?.files ?? []).map(({ filename }) => filename)],
    newFilenames: news,
    wasV2: before !== undefined && (before.flags & COMPONENTS_V2) !== 0,
  });
  if (faults.length > 0) throw invalidForm(prefix === undefined ? faults : below(faults, prefix));
}

export const isEmptyMessage = (body: JsonObject, sent: Sent): boolean =>
  textOf(body['content']).trim() === '' &&
  sent.size === 0 &&
  !isObject(body['poll']) &&
  ['embeds', 'components', 'sticker_ids'].every((name) => objectsOf(body[name]).length === 0);

function checkCallback(interaction: Interaction, body: JsonObject, sent: Sent): number {
  const type = typeof body['type'] === 'number' ? body['type'] : 0;
  if (!hasSchema(type))
    throw invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message: 'Value must be one of {4, 5, 6, 7, 8, 9}.' }]);
  const { data: filled } = body;
  const faults = judge(SCHEMAS[type], isObject(filled) ? { ...body, data: withoutFillers(filled) } : body);
  if (faults.length > 0) throw invalidForm(faults);
  const hasMessage = interaction.origin.sourceMessageId !== undefined;
  const changesNothing = interaction.type === INTERACTION.modal && !hasMessage && [6, 7].includes(type);
  if (ALLOWED[interaction.type]?.includes(type) !== true || changesNothing) {
    throw invalidForm([
      {
        path: ['type'],
        code: 'INTERACTION_CALLBACK_TYPE_INVALID',
        message: `An interaction of type ${interaction.type} cannot be answered so`,
      },
    ]);
  }
  const data = isObject(filled) ? withoutFillers(filled) : {};
  if (type === CALLBACK.message) checkMessage(data, 'callback', sent, undefined, 'data');
  if (type === CALLBACK.deferred) checkMessage(data, 'deferral', sent, undefined, 'data');
  if (type === CALLBACK.deferred && Object.keys(data).some((name) => name !== 'flags')) {
    throw invalidForm([
      { path: ['data'], code: 'EMULATOR_DEFERRAL_SAYS_MORE', message: 'A deferral knows the flag EPHEMERAL and nothing else' },
    ]);
  }
  if (type === CALLBACK.message && isEmptyMessage(data, sent)) throw violation(50006, 'an empty message as the answer to an interaction');
  if (type === CALLBACK.modal) {
    const wrong = modalFaults(data);
    if (wrong.length > 0) throw invalidForm(wrong);
  }
  if (type === CALLBACK.choices) checkChoices(interaction, data);
  return type;
}

function checkChoices({ focusedType }: Interaction, data: JsonObject): void {
  const wanted = focusedType === 3 ? 'string' : 'number';
  const faults = objectsOf(data['choices']).flatMap(({ value }, index) => {
    const path = ['data', 'choices', index, 'value'];
    if (typeof value !== wanted) return [{ path, code: 'BASE_TYPE_BAD_TYPE', message: `must be ${wanted}` }];
    return textOf(value).length > 100 ? [{ path, code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 100 or fewer in length.' }] : [];
  });
  if (faults.length > 0) throw invalidForm(faults);
}

const messageType = ({ type, origin }: Interaction): number => {
  if (type === INTERACTION.command) return origin.targetMessageId === undefined ? 20 : 23;
  return origin.sourceMessageId === undefined ? 0 : 19;
};

async function writeMessage(
  backend: Backend,
  interaction: Interaction,
  data: JsonObject,
  sent: Sent,
  extraFlags: number,
): Promise<Message> {
  const { channel, origin, forcedEphemeral } = interaction;
  const wanted = (typeof data['flags'] === 'number' ? data['flags'] : 0) | extraFlags;
  const flags = forcedEphemeral ? wanted | EPHEMERAL : wanted;
  const { sourceMessageId } = origin;
  return post(backend, {
    channel,
    authorId: backend.world.bot.id,
    type: messageType(interaction),
    body: data,
    sent,
    flags,
    origin,
    ephemeralFor: (flags & EPHEMERAL) === 0 ? undefined : origin.userId,
    reference: sourceMessageId === undefined ? undefined : { messageId: sourceMessageId, channelId: channel.id, guildId: channel.guildId },
  });
}

async function carryOut(backend: Backend, interaction: Interaction, type: number, data: JsonObject, sent: Sent): Promise<Response> {
  const at = backend.world.clock.now();
  const none = { type, at, ephemeral: false, messageId: undefined, modal: undefined, choices: undefined };
  if (type === CALLBACK.choices) return { ...none, choices: objectsOf(data['choices']) };
  if (type === CALLBACK.modal) return { ...none, modal: data };
  if (type === CALLBACK.message || type === CALLBACK.deferred) {
    const message = await writeMessage(backend, interaction, data, sent, type === CALLBACK.deferred ? LOADING : 0);
    return { ...none, messageId: message.id, ephemeral: message.ephemeralFor !== undefined };
  }
  const source = backend.world.messages.get(interaction.origin.sourceMessageId ?? '');
  if (source === undefined || source.deleted) throw problem(10008);
  if (type === CALLBACK.update) {
    checkMessage(data, 'hook-edit', sent, source, 'data');
    await edit(backend, source, data, sent);
  }
  return { ...none, messageId: source.id, ephemeral: source.ephemeralFor !== undefined };
}

/** Takes the product's first answer to an interaction. Throws what Discord says to a late, second or wrong one. */
export async function respond(backend: Backend, interaction: Interaction, body: JsonObject, sent: Sent): Promise<Response> {
  const { world, settings } = backend;
  if (interaction.response !== undefined || interaction.taken) throw problem(40060);
  if (world.clock.now() > interaction.createdAt + settings.responseMs) throw problem(10062);
  if (!world.channels.has(interaction.channel.id)) throw problem(10003);
  const type = checkCallback(interaction, body, sent);
  const data = isObject(body['data']) ? body['data'] : {};
  limitUpload(backend, sent, interaction.fileBytesMax);
  interaction.taken = true;
  try {
    const response = await carryOut(backend, interaction, type, data, sent);
    interaction.response = response;
    interaction.settle(response);
    backend.changed();
    return response;
  } finally {
    interaction.taken = false;
  }
}

/** What a callback answers when its caller wants to see what came of it. */
export function callbackJson(backend: Backend, interaction: Interaction, response: Response): JsonObject {
  const message = response.messageId === undefined ? undefined : backend.world.messages.get(response.messageId);
  const about: JsonObject = {
    id: interaction.id,
    type: interaction.type,
    ...(message !== undefined && {
      response_message_id: message.id,
      response_message_loading: (message.flags & LOADING) !== 0,
      response_message_ephemeral: response.ephemeral,
    }),
  };
  const shows = [CALLBACK.message, CALLBACK.deferred, CALLBACK.update].some((type) => type === response.type);
  const resourceType = response.type === CALLBACK.deferred ? CALLBACK.message : response.type;
  if (message === undefined || !shows) return { interaction: about };
  return { interaction: about, resource: { type: resourceType, message: messageJson(backend, message, true) } };
}

/** The interaction behind a token that still works. Discord says "unknown webhook" as long as nothing was answered. */
export function interactionOf(backend: Backend, applicationId: string, token: string): Interaction {
  const interaction = backend.interactions.get(token);
  if (applicationId !== backend.world.applicationId) throw violation(10015, 'a webhook route with an id that is not the application’s');
  if (interaction?.token !== token) throw problem(50027);
  if (backend.world.clock.now() > interaction.createdAt + backend.settings.tokenLifeMs) throw problem(50027);
  if (interaction.response === undefined) throw problem(10015);
  if (!backend.world.channels.has(interaction.channel.id)) throw problem(10003);
  return interaction;
}

const FOLLOW_UPS_MAX = 5;

/** A message after the first answer. Throws what Discord says to too many, too late or wrong ones. */
export async function followUp(backend: Backend, interaction: Interaction, body: JsonObject, sent: Sent): Promise<Message> {
  checkMessage(body, 'follow-up', sent, undefined);
  if (isEmptyMessage(body, sent)) throw violation(50006, 'an empty follow-up');
  limitUpload(backend, sent, interaction.fileBytesMax);
  const original = backend.world.messages.get(interaction.response?.messageId ?? '');
  if (original !== undefined && !original.deleted && (original.flags & LOADING) !== 0) {
    backend.violate('a follow-up before the deferred answer was filled edits that answer: use @original');
    return edit(backend, original, withoutEphemeral(body), sent, true);
  }
  const isOnlyUsers = interaction.origin.owners['0'] === undefined;
  if (isOnlyUsers && interaction.followUps >= FOLLOW_UPS_MAX) throw problem(40094);
  interaction.followUps += 1;
  return writeMessage(backend, { ...interaction, type: INTERACTION.modal }, body, sent, 0);
}

const withoutEphemeral = (body: JsonObject): JsonObject => ({
  ...body,
  ...(typeof body['flags'] === 'number' && { flags: body['flags'] & ~EPHEMERAL }),
});

/** Whose installation lets somebody use a command here: the server's, the person's own, or both. */
export function ownersIn(backend: Backend, channel: Channel, userId: string, types: readonly Json[]): Readonly<Record<string, string>> {
  const { world } = backend;
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const isWithBot = channel.type === 1 && channel.recipientIds.includes(world.bot.id);
  const byGuild = guild?.installedApp === true ? guild.id : undefined;
  const owner = byGuild ?? (isWithBot ? '0' : undefined);
  return {
    ...(types.includes(0) && owner !== undefined && { 0: owner }),
    ...(types.includes(1) && world.users.get(userId)?.installedApp === true && { 1: userId }),
  };
}

/** An application that only the person installed speaks to that person alone where the server does not want it. */
export const isForcedEphemeral = (backend: Backend, channel: Channel, userId: string, owners: Readonly<Record<string, string>>): boolean =>
  owners['0'] === undefined && channel.guildId !== undefined && !may(backend.world, channel, userId, 'USE_EXTERNAL_APPS');
