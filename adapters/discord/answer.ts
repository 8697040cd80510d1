import type { Answer, News } from '#src/core/answer.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Page } from '#src/core/ledger.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { z } from 'zod';
import { addressOf, type Address } from './address.ts';
import type { DiscordApi, Reply } from './client.ts';
import { DISCORD_LIMITS } from './config.ts';
import { parcelsFor, type Parcel } from './files.ts';
import { createdSchema } from './payload.ts';
import { fileBytesAt } from './limits.ts';
import { attachmentsOf, findAnswer, isTooHeavy, post, postedIn } from './post.ts';
import { renderAnswer, renderPointer } from './render.ts';
import type { DiscordRoom } from './room.ts';
import { isEarly, isOpen, isResponseGone, responsePath, statusOf } from './status.ts';
import { threadFor } from './thread.ts';

type Showing = Pick<DiscordRoom, 'cards' | 'notes' | 'lighten' | 'log' | 'now'> & { readonly api: DiscordApi };
type AnswerNews = Extract<News, { kind: 'answer' }>;

/** The ways in which an answer reaches its asker, in the order in which they are tried. */
type Way = 'thread' | 'channel' | 'parent' | 'response' | 'direct';

const intentSchema = z.strictObject({ way: z.string(), channelId: z.string(), at: z.int() });
const postedFact = z.strictObject({ way: z.string(), channelId: z.string().optional(), messageId: z.string().optional() });
type Shown = z.infer<typeof postedFact>;

/** A worker that is faster than the gateway comes back when that has said its first word. */
const EARLY_WAIT_MS = 500;
/** A post that was answered with another one which is gone: somebody has deleted the answer already. */
const UNKNOWN_MESSAGE = 10_008;

/** One answer to be shown. */
interface Showcase {
  readonly request: GenerationRequest;
  readonly address: Address;
  readonly answer: Answer;
  readonly news: AnswerNews;
  readonly page: Page;
}

/**
 * Shows an answer once: by the best way that works, noted before and after. Throws TryLater while Discord does not let it, and Refusal `failed`
 * when no way is left: the channel is gone, and the person takes no direct messages.
 */
export async function showAnswer(request: GenerationRequest, news: AnswerNews, page: Page, room: Showing): Promise<void> {
  const showcase: Showcase = { request, address: addressOf(request), answer: news.answer, news, page };
  const known = postedFact.safeParse(await page.read('posted')).data;
  const shown = known ?? (await show(showcase, room));
  if (known === undefined) await page.write('posted', shown);
  if ((await page.read('tidied')) !== undefined) return;
  try {
    await tidy(showcase, shown, room);
  } catch (error) {
    // The answer is there, and its buttons work once the request is closed: that does not wait for a limit or an outage.
    if (!(error instanceof TryLater) || error.reason === 'not-ready') throw error;
    room.log.warn('discord-untidied', { id: request.id, reason: error.reason });
  }
  await page.write('tidied', true);
}

async function show(showcase: Showcase, room: Showing): Promise<Shown> {
  const { request, page } = showcase;
  for (const way of waysFor(showcase, room.now())) {
    const shown = way === 'response' ? await respond(showcase, room) : await send(way, showcase, room);
    if (shown !== undefined) return shown;
  }
  room.log.warn('discord-undeliverable', { id: request.id });
  await page.write('intent', { way: 'none', channelId: '', at: room.now() });
  throw new Refusal('failed');
}

/** A no, or words, are told where it was asked; a picture is a message of its own, which can be replied to. */
function waysFor({ address, answer }: Showcase, now: number): readonly Way[] {
  const response: readonly Way[] = isOpen(address, now) ? ['response'] : [];
  const parent: readonly Way[] = address.parentId === undefined ? [] : ['parent'];
  const thread: readonly Way[] = address.wantsThread === true && answer.kind === 'made' ? ['thread'] : [];
  const own: readonly Way[] = address.canPost ? [...thread, 'channel', ...parent] : [];
  return answer.kind === 'made' ? [...own, ...response, 'direct'] : [...response, ...own, 'direct'];
}

/** Posts as the bot. Undefined when this way does not lead there. */
async function send(way: Exclude<Way, 'response'>, showcase: Showcase, room: Showing): Promise<Shown | undefined> {
  const { request, address, answer, page } = showcase;
  const channelId = await placeFor(way, showcase, room);
  if (channelId === undefined) return undefined;
  const intent = intentSchema.safeParse(await page.read('intent')).data;
  const before = intent?.way === way && intent.channelId === channelId ? intent : undefined;
  const isDirect = way === 'direct' || address.guildId === undefined;
  const shown = before === undefined ? undefined : await shownBefore(before, isDirect, showcase, room);
  if (shown !== undefined) return { ...shown, way };
  const replyTo = way === 'channel' ? address.replyTo : undefined;
  const written = before ?? { way, channelId, at: room.now() };
  const reply = await withParcels(
    showcase,
    room,
    () => fileBytesAt(address, room.api),
    async (parcel) => {
      // After the parcel was packed, which for a clip takes its time, and right before it is posted.
      await page.write('intent', written);
      const body = renderAnswer(request, answer, { ...parcel, direct: isDirect, cards: room.cards });
      return post(room.api, channelId, { body, files: parcel.files, replyTo, key: `${request.id} ${way}` });
    },
  ).catch(async (error: unknown) => {
    // What was turned away at the door was not done: nobody has to look for it later.
    const wasTurnedAway = room.api.isRejected() || (error instanceof TryLater && error.reason === 'overloaded');
    if (before === undefined && wasTurnedAway) await page.write('intent', { way: 'none', channelId, at: room.now() });
    throw error;
  });
  const posted = postedIn(reply);
  if (posted !== undefined) return { way, channelId, messageId: posted.id };
  const code = reply.kind === 'refused' ? reply.code : 0;
  if (code === UNKNOWN_MESSAGE && before !== undefined) return { way, channelId };
  room.log.warn('discord-way-closed', { id: request.id, way, code });
  return undefined;
}

/**
 * What an earlier try has become, whose answer was lost. Discord remembers a post for some minutes only, and a message that was deleted not at all:
 * where nobody can look any more it counts as shown, for once too few is better than twice.
 */
async function shownBefore(
  { channelId, at }: z.infer<typeof intentSchema>,
  isDirect: boolean,
  { request }: Showcase,
  room: Showing,
): Promise<Omit<Shown, 'way'> | undefined> {
  const search = await findAnswer(room.api, { channelId, isDirect }, request.id, at);
  if (search.kind === 'found') return { channelId, messageId: search.message.id };
  if (search.kind === 'absent' || room.now() - at < DISCORD_LIMITS.nonceMs) return undefined;
  room.log.warn('discord-shown-unseen', { id: request.id, channelId });
  return { channelId };
}

async function placeFor(
  way: Exclude<Way, 'response'>,
  { request, address, answer, page }: Showcase,
  room: Showing,
): Promise<string | undefined> {
  if (way === 'channel') return address.channelId;
  if (way === 'parent') return address.parentId;
  if (way === 'thread') return answer.kind === 'made' ? threadFor(request, address, answer, page, room) : undefined;
  const opened = await room.api.bot({ method: 'post', path: '/users/@me/channels', body: { recipient_id: request.requester.id } });
  return opened.kind === 'done' ? createdSchema.safeParse(opened.body).data?.id : undefined;
}

/** Puts the answer into the interaction's response: as often as it is done, it is there once. */
async function respond(showcase: Showcase, room: Showing): Promise<Shown | undefined> {
  const { request, address, answer, page } = showcase;
  const { interaction } = address;
  if (interaction === undefined) return undefined;
  const reply = await withParcels(
    showcase,
    room,
    async () => address.fileBytes ?? DISCORD_LIMITS.fileBytes,
    async (parcel) => {
      const { files } = parcel;
      await page.write('intent', { way: 'response', channelId: address.channelId, at: room.now() });
      const { flags: _, ...body } = renderAnswer(request, answer, { ...parcel, direct: true, cards: room.cards });
      return room.api.hook({
        method: 'patch',
        path: responsePath(address, interaction.token),
        body: { ...body, ...attachmentsOf(files) },
        ...(files.length === 0 ? {} : { files }),
      });
    },
  );
  const posted = postedIn(reply);
  if (posted !== undefined) return { way: 'response', channelId: posted.channel_id, messageId: posted.id };
  if (isResponseGone(reply) && isEarly(request, room.now())) throw new TryLater('not-ready', EARLY_WAIT_MS);
  return undefined;
}

/** Tries with the files as they are, and with what is lighter as long as Discord finds them too heavy. */
async function withParcels(
  { address, answer, news: { open, clips } }: Showcase,
  { lighten }: Showing,
  limit: () => Promise<number>,
  work: (parcel: Parcel) => Promise<Reply>,
): Promise<Reply> {
  if (answer.kind !== 'made') return work({ files: [], lighter: false });
  let last: Reply | undefined;
  for await (const parcel of parcelsFor({ answer, open, clips, lighten, limit, spoiler: address.spoiler === true })) {
    last = await work(parcel);
    if (!isTooHeavy(last)) return last;
  }
  if (last === undefined) throw new Refusal('failed');
  return last;
}

/** What was shown while it was waited for now points to the answer, or goes. */
async function tidy({ request, address, answer }: Showcase, shown: Shown, room: Showing): Promise<void> {
  if (shown.way === 'response') return;
  const early = isEarly(request, room.now());
  const status = await statusOf(request, address, room);
  if (status === undefined) {
    // A message always has its receipt, unless the gateway was killed before it could say so.
    if (address.interaction === undefined && early) throw new TryLater('not-ready', EARLY_WAIT_MS);
    return;
  }
  const reply = await status.finish(renderPointer(request, answer, linkTo(shown, address)));
  if (address.interaction !== undefined && isResponseGone(reply) && early) throw new TryLater('not-ready', EARLY_WAIT_MS);
}

function linkTo({ channelId, messageId }: Shown, { guildId }: Address): string | undefined {
  if (channelId === undefined || messageId === undefined) return undefined;
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}
