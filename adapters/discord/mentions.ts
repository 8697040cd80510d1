import { TryLater } from '#src/core/failure.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { Ask, Desk } from '#src/core/platform.ts';
import { detectLanguage } from '#src/core/language.ts';
import type { ImageRef, Language } from '#src/core/request.ts';
import { z } from 'zod';
import type { DiscordApi, Reply } from './client.ts';
import { askOfMessage, imageRef, namesBot, wordsOf } from './parse.ts';
import { messageSchema, type Message } from './payload.ts';
import { picturesOf, resultIn } from './pictures.ts';
import { post, postedIn } from './post.ts';
import { quietly, renderNotice, renderReceipt, type MessageBody } from './render.ts';
import { rememberPrice, wasPriced } from './prices.ts';
import { earlierPictures } from './results.ts';
import { threadPicture } from './thread-pictures.ts';
import type { DiscordRoom } from './room.ts';
import { DISCORD_LIMITS } from './config.ts';
import { RECEIPT } from './status.ts';
import { readWhich } from '#src/core/command-which.ts';

export type MentionRoom = Pick<DiscordRoom, 'archive' | 'cabinet' | 'config' | 'notes' | 'log' | 'now'> & {
  readonly api: DiscordApi;
  readonly desk: Desk;
  /** The bot's user and its application, which for old ones differ. */
  readonly botId: string;
  readonly applicationId: string;
};

/** What somebody wants with a message, or why nothing is to be done about it. */
type Wish =
  /** `taken`: of several pictures that were replied to, the one that nobody chose. */
  | { readonly kind: 'ask'; readonly ask: Ask; readonly taken?: Taken }
  | { readonly kind: 'hint'; readonly hint: 'discord-hint-picture' | 'discord-hint-reply' | 'discord-adults-only' }
  | { readonly kind: 'refused'; readonly code: 'ledger-unavailable' };

interface Taken {
  readonly number: number;
  readonly count: number;
}

const FORWARD = 1;

/**
 * Takes what people write to the bot: in a direct message, with its name, or in a reply to one of its results. Never rejects.
 * Without the privileged intent Discord leaves messages empty that do none of that; where this hides what is needed, the person is told how else.
 */
export function createMentions(room: MentionRoom): (raw: unknown) => Promise<void> {
  return async (raw) => {
    const parsed = messageSchema.safeParse(raw);
    if (!parsed.success || parsed.data.author.bot === true || parsed.data.webhook_id !== undefined) return;
    const message = parsed.data;
    try {
      const wish = await wishOf(message, room);
      if (wish?.kind === 'ask') await take(message, wish, room);
      if (wish?.kind === 'hint') await hint(message, (language) => say(language, wish.hint), room);
      if (wish?.kind === 'refused') await hint(message, (language) => sayRefusal(language, wish.code, {}), room);
    } catch (error) {
      // What was asked is committed by then: a receipt or a hint is left out, or the look at a channel's age limit failed.
      if (error instanceof TryLater) room.log.warn('discord-message-unanswered', { id: message.id, reason: error.reason });
      else room.log.error('discord-message-failed', { id: message.id }, error);
    }
  };
}

async function wishOf(message: Message, room: MentionRoom): Promise<Wish | undefined> {
  const { botId, applicationId, config } = room;
  const referenced = message.message_reference?.type === FORWARD ? undefined : (message.referenced_message ?? undefined);
  const isDirect = message.guild_id === undefined;
  const isNamed = namesBot(message, botId);
  const repliesToBot = referenced?.author.id === botId;
  const isMeant = isDirect || isNamed || message.mentions.some(({ id }) => id === botId) || repliesToBot;
  if (!isMeant) return undefined;
  const ask = askOfMessage(message, applicationId, wordsOf(message, botId), config);
  if (config.ageRestricted && !isDirect && !(await isAgeRestricted(message.channel_id, room))) {
    return isNamed ? { kind: 'hint', hint: 'discord-adults-only' } : undefined;
  }
  // Somebody's reply to the response of a command: Discord keeps its words from us.
  const isHidden = ask.text === '' && ask.images.length === 0 && !isDirect && !isNamed && !message.mentions.some(({ id }) => id === botId);
  const showsPicture = referenced !== undefined && (resultIn(referenced) !== undefined || picturesOf(referenced).length > 0);
  if (isHidden) return showsPicture ? { kind: 'hint', hint: 'discord-hint-reply' } : undefined;
  if (ask.images.length > 0) return { kind: 'ask', ask };
  if (referenced === undefined) return isDirect || ask.text === '' ? { kind: 'ask', ask } : inThread(message, ask, room);
  const earlier = repliesToBot ? await earlierPictures(resultIn(referenced), ask, room, DISCORD_LIMITS.messageLookUpMs) : undefined;
  if (earlier === 'ledger-unavailable') return { kind: 'refused', code: earlier };
  if (earlier !== undefined) return aboutOneOf(earlier.images, { ...ask, origin: earlier.origin });
  const where = { id: referenced.id, channelId: referenced.channel_id };
  const shown = picturesOf(referenced).map((picture) => imageRef(picture, where));
  if (shown.length > 0) return aboutOneOf(shown, ask);
  // A thank-you below something that is no picture is no order.
  if (repliesToBot) return isNamed || isDirect ? { kind: 'ask', ask } : undefined;
  return referenced.content === '' ? { kind: 'hint', hint: 'discord-hint-picture' } : { kind: 'ask', ask };
}

/** Words in a thread are about the picture that it shows last. */
async function inThread(message: Message, ask: Ask, room: MentionRoom): Promise<Wish> {
  const last = await threadPicture(message, ask, room);
  if (last === 'ledger-unavailable') return { kind: 'refused', code: last };
  return last === undefined ? { kind: 'ask', ask } : aboutOneOf(last.images, { ...ask, ...last });
}

/** The words say which picture is meant where there are several; where they do not it is the first, and the person is told so. */
function aboutOneOf(images: readonly ImageRef[], ask: Ask): Wish {
  const { index, text } = readWhich(ask.text, images.length);
  const about = { ...ask, text, images: images.slice(index ?? 0, (index ?? 0) + 1), isInstruction: true };
  const isOpen = images.length > 1 && index === undefined;
  return { kind: 'ask', ask: about, ...(isOpen ? { taken: { number: 1, count: images.length } } : {}) };
}

const channelSchema = z.object({ nsfw: z.boolean().default(false), parent_id: z.string().nullish() });

/** Threads are what their channel is. */
async function isAgeRestricted(channelId: string, room: MentionRoom, depth = 0): Promise<boolean> {
  const reply = await room.api.bot({ method: 'get', path: `/channels/${channelId}` });
  const channel = reply.kind === 'done' ? channelSchema.safeParse(reply.body).data : undefined;
  if (channel === undefined) return false;
  if (channel.nsfw || depth > 0 || typeof channel.parent_id !== 'string') return channel.nsfw;
  return isAgeRestricted(channel.parent_id, room, depth + 1);
}

/** Commits first; the receipt is a message of its own, which the worker finds by the gateway's note. */
async function take(message: Message, { ask, taken }: Extract<Wish, { kind: 'ask' }>, room: MentionRoom): Promise<void> {
  const { desk, notes, log, now } = room;
  const told = await desk.ask(ask);
  const page = notes.page(ask.id);
  const body = noting(renderReceipt(told, ''), taken, told.language);
  if (told.receipt.kind === 'refused') {
    await sayInReply(message, body, 'refused', room);
    return;
  }
  if (told.receipt.kind === 'unconfirmed') {
    if (await wasPriced(ask.id, room)) return;
    await rememberPrice(told, ask, room);
    await sayInReply(message, body, 'price', room);
    return rememberPrice(told, ask, room, true);
  }
  if (told.receipt.repeated && (await page.read(RECEIPT)) !== undefined) return;
  const startedAt = now();
  const posted = postedIn(await sayInReply(message, quietly(body), RECEIPT, room));
  if (posted === undefined) return;
  await page.write(RECEIPT, { channelId: posted.channel_id, messageId: posted.id });
  // The worker does not wait for a receipt for ever: one that comes too late would stay.
  const isLate = now() - startedAt > DISCORD_LIMITS.receiptMs / 2;
  if (isLate && (await room.archive.find(ask.id))?.answer !== undefined) {
    log.info('discord-receipt-late', { id: ask.id });
    await room.api.bot({ method: 'delete', path: `/channels/${posted.channel_id}/messages/${posted.id}` });
  }
}

const noting = (body: MessageBody, taken: Taken | undefined, language: Language): MessageBody =>
  taken === undefined ? body : { ...body, content: `${body.content}\n-# ${say(language, 'discord-took-picture', { ...taken })}` };

async function hint(message: Message, words: (language: Language) => string, room: MentionRoom): Promise<void> {
  const language = detectLanguage(wordsOf(message, room.botId), undefined);
  await sayInReply(message, renderNotice(words(language)), 'hint', room);
}

const REPLY_TRIES = 2;

/** Says it in a reply to the message, once, however often the message comes: what was said and not heard of is said again, and is the same. */
async function sayInReply(message: Message, body: MessageBody, what: string, { api }: MentionRoom): Promise<Reply> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await post(api, message.channel_id, { body, files: [], replyTo: message.id, key: `${message.id} ${what}` });
    } catch (error) {
      if (!(error instanceof TryLater) || error.reason !== 'unreachable' || tries >= REPLY_TRIES) throw error;
    }
  }
}
