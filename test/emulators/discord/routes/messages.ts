import { channelFor, demand, messageFor } from '../access.ts';
import type { Backend } from '../backend.ts';
import { checkMessage, isEmptyMessage } from '../interactions.ts';
import { idOf, isObject, objectsOf, textOf, type JsonObject } from '../json.ts';
import { may, type Permission } from '../permissions.ts';
import { edit, post, remove } from '../posting.ts';
import { invalidForm, problem, violation } from '../problems.ts';
import { NOTHING, ok, type Answer, type Call, type Route } from '../route.ts';
import { fileBytesMaxIn, limitUpload } from '../uploads.ts';
import { messageJson } from '../wire.ts';
import { messagesIn, type Channel, type Message, type Reference } from '../world.ts';

const HOUR_MS = 3_600_000;
const LATE_EDITS_MAX = 3;
const LIST_MAX = 100;

const readsContent = ({ settings }: Backend): boolean => settings.messageContent;

const isThread = (channel: Channel): boolean => channel.parentId !== undefined;

function demandToWrite(backend: Backend, channel: Channel, call: Call): void {
  const wanted: Permission[] = [isThread(channel) ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES'];
  if (call.sent.size > 0) wanted.push('ATTACH_FILES');
  if (objectsOf(call.body['embeds']).length > 0) wanted.push('EMBED_LINKS');
  if (channel.guildId !== undefined) demand(backend, channel, wanted);
  if (channel.locked && !may(backend.world, channel, backend.world.bot.id, 'MANAGE_THREADS')) throw problem(160005);
  if (channel.type === 1) demandOpenDoor(backend, channel);
}

function demandOpenDoor({ world }: Backend, channel: Channel): void {
  const people = channel.recipientIds.filter((id) => id !== world.bot.id);
  if (people.some((id) => world.users.get(id)?.dmsOpen !== true)) throw problem(50007);
}

function referenceIn(backend: Backend, channel: Channel, body: JsonObject): Reference | undefined {
  const reference = body['message_reference'];
  if (!isObject(reference)) return undefined;
  const elsewhere = textOf(reference['channel_id']);
  if (elsewhere !== '' && elsewhere !== channel.id) {
    throw invalidForm([
      { path: ['message_reference'], code: 'MESSAGE_REFERENCE_CHANNEL_MISMATCH', message: 'A reply stays in its channel' },
    ]);
  }
  if (channel.guildId !== undefined && !may(backend.world, channel, backend.world.bot.id, 'READ_MESSAGE_HISTORY')) throw problem(160002);
  const messageId = textOf(reference['message_id']);
  const target = backend.world.messages.get(messageId);
  if (target !== undefined && !target.deleted && target.channelId === channel.id && target.ephemeralFor === undefined) {
    return { messageId, channelId: channel.id, guildId: channel.guildId };
  }
  if (reference['fail_if_not_exists'] === false) return undefined;
  throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }], true);
}

async function write(call: Call, channel: Channel): Promise<Message> {
  const { backend, body, sent } = call;
  const reference = referenceIn(backend, channel, body);
  const nonce = body['nonce'];
  if (isThread(channel)) channel.archived = false;
  return post(backend, {
    channel,
    authorId: backend.world.bot.id,
    type: reference === undefined ? 0 : 19,
    body,
    sent,
    flags: typeof body['flags'] === 'number' ? body['flags'] : 0,
    nonce: typeof nonce === 'string' || typeof nonce === 'number' ? nonce : undefined,
    reference,
  });
}

/** An enforced nonce that was used lately gives back the message it made, and no other is made. */
async function writeOnce(call: Call, channel: Channel): Promise<Message> {
  const { backend, body } = call;
  if (body['enforce_nonce'] !== true) return write(call, channel);
  const { clock } = backend.world;
  const key = `${backend.world.bot.id} ${idOf(body['nonce'])}`;
  const earlier = backend.nonces.get(key);
  if (earlier !== undefined && clock.now() <= earlier.at + backend.settings.nonceWindowMs) {
    const message = await earlier.message;
    if (message.deleted) throw problem(10008);
    return message;
  }
  const message = write(call, channel);
  backend.nonces.set(key, { at: clock.now(), message });
  message.catch(() => backend.nonces.delete(key));
  return message;
}

async function create(call: Call): Promise<Answer> {
  const { backend, body, sent } = call;
  const channel = channelFor(backend, call.params['channel']);
  checkMessage(body, 'create', sent, undefined);
  if (isEmptyMessage(body, sent)) throw violation(50006, 'an empty message');
  demandToWrite(backend, channel, call);
  const guild = channel.guildId === undefined ? undefined : backend.world.guilds.get(channel.guildId);
  limitUpload(backend, sent, fileBytesMaxIn(backend, guild));
  return ok(messageJson(backend, await writeOnce(call, channel), true));
}

async function change(call: Call): Promise<Answer> {
  const { backend, body, sent } = call;
  const channel = channelFor(backend, call.params['channel']);
  const message = messageFor(backend, channel, call.params['message']);
  checkMessage(body, 'edit', sent, message);
  if (message.authorId !== backend.world.bot.id) throw problem(50005);
  if (channel.archived) throw problem(50083);
  if (backend.world.clock.now() > message.createdAt + HOUR_MS) {
    message.lateEdits += 1;
    if (message.lateEdits > LATE_EDITS_MAX) throw problem(30046);
  }
  const guild = channel.guildId === undefined ? undefined : backend.world.guilds.get(channel.guildId);
  limitUpload(backend, sent, fileBytesMaxIn(backend, guild));
  return ok(messageJson(backend, await edit(backend, message, body, sent), true));
}

function takeAway(call: Call): Answer {
  const { backend } = call;
  const channel = channelFor(backend, call.params['channel']);
  const message = messageFor(backend, channel, call.params['message']);
  const isOwn = message.authorId === backend.world.bot.id;
  if (!isOwn && channel.guildId === undefined) throw problem(50003);
  if (!isOwn) demand(backend, channel, ['MANAGE_MESSAGES']);
  remove(backend, message, backend.world.bot.id);
  return NOTHING;
}

/** A page of a channel, newest first; empty for a bot that may not read what came before. */
function list({ backend, params, query }: Call): Answer {
  const channel = channelFor(backend, params['channel']);
  const bot = backend.world.bot.id;
  if (channel.guildId !== undefined && !may(backend.world, channel, bot, 'READ_MESSAGE_HISTORY')) return ok([]);
  const limit = Number(query.get('limit') ?? 50);
  const asked = ['around', 'before', 'after'].filter((name) => query.has(name));
  if (!Number.isInteger(limit) || limit < 1 || limit > LIST_MAX) {
    throw invalidForm([{ path: ['limit'], code: 'NUMBER_TYPE_MAX', message: `int value should be between 1 and ${LIST_MAX}.` }]);
  }
  if (asked.length > 1)
    throw invalidForm([{ path: asked, code: 'EMULATOR_MUTUALLY_EXCLUSIVE', message: 'around, before and after exclude each other' }]);
  const shown = messagesIn(backend.world, channel.id).filter(({ ephemeralFor }) => ephemeralFor === undefined);
  return ok(
    page(shown, query, limit)
      .toReversed()
      .map((message) => messageJson(backend, message, readsContent(backend))),
  );
}

function page(messages: readonly Message[], query: URLSearchParams, limit: number): readonly Message[] {
  const idIn = (name: string): bigint | undefined => (query.has(name) ? BigInt(query.get(name) ?? 0) : undefined);
  const [before, after, around] = [idIn('before'), idIn('after'), idIn('around')];
  if (after !== undefined) return messages.filter(({ id }) => BigInt(id) > after).slice(0, limit);
  if (before !== undefined) return messages.filter(({ id }) => BigInt(id) < before).slice(-limit);
  if (around === undefined) return messages.slice(-limit);
  const half = Math.floor(limit / 2);
  const earlier = messages.filter(({ id }) => BigInt(id) < around).slice(-half);
  return [...earlier, ...messages.filter(({ id }) => BigInt(id) >= around).slice(0, limit - earlier.length)];
}

function read({ backend, params }: Call): Answer {
  const channel = channelFor(backend, params['channel']);
  if (channel.guildId !== undefined) demand(backend, channel, ['READ_MESSAGE_HISTORY']);
  return ok(messageJson(backend, messageFor(backend, channel, params['message']), readsContent(backend)));
}

function react(call: Call, isThere: boolean): Answer {
  const { backend, params } = call;
  const channel = channelFor(backend, params['channel']);
  const message = messageFor(backend, channel, params['message']);
  if (channel.guildId !== undefined)
    demand(backend, channel, isThere ? ['READ_MESSAGE_HISTORY', 'ADD_REACTIONS'] : ['READ_MESSAGE_HISTORY']);
  const emoji = params['emoji'] ?? '';
  const users = message.reactions.get(emoji) ?? new Set();
  if (isThere) message.reactions.set(emoji, users.add(backend.world.bot.id));
  else users.delete(backend.world.bot.id);
  if (users.size === 0) message.reactions.delete(emoji);
  backend.story.told(channel.id, `${backend.world.bot.name} ${isThere ? 'adds' : 'takes back'} ${emoji}`);
  backend.changed();
  return NOTHING;
}

function refreshLinks({ backend, body }: Call): Answer {
  const links = Array.isArray(body['attachment_urls']) ? body['attachment_urls'].map((link) => textOf(link)) : undefined;
  if (links === undefined || links.length === 0 || links.length > 50) {
    throw invalidForm([{ path: ['attachment_urls'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 50 in length.' }]);
  }
  return ok({
    refreshed_urls: links.map((original) => {
      const file = backend.files.ofLink(original);
      return { original, refreshed: file === undefined ? null : backend.files.sign(file).url };
    }),
  });
}

const ONE = '/channels/:channel/messages/:message';

export const messageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels/:channel/messages',
    auth: 'bot',
    asks: ['around', 'before', 'after', 'limit'],
    givesEach: 'MessageResponseSchema',
    handle: list,
  },
  {
    method: 'POST',
    path: '/channels/:channel/messages',
    auth: 'bot',
    takes: 'MessageCreateRequestSchema',
    mayHaveFiles: true,
    gives: 'MessageResponseSchema',
    handle: create,
  },
  { method: 'GET', path: ONE, auth: 'bot', gives: 'MessageResponseSchema', handle: read },
  {
    method: 'PATCH',
    path: ONE,
    auth: 'bot',
    takes: 'MessageEditRequestPartialSchema',
    mayHaveFiles: true,
    gives: 'MessageResponseSchema',
    handle: change,
  },
  { method: 'DELETE', path: ONE, auth: 'bot', handle: takeAway },
  { method: 'PUT', path: `${ONE}/reactions/:emoji/@me`, auth: 'bot', handle: (call) => react(call, true) },
  { method: 'DELETE', path: `${ONE}/reactions/:emoji/@me`, auth: 'bot', handle: (call) => react(call, false) },
  { method: 'POST', path: '/attachments/refresh-urls', auth: 'bot', takesAny: true, handle: refreshLinks },
];
