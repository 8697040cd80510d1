import { setTimeout as sleep } from 'node:timers/promises';
import type { Receipt } from '#src/core/answer.ts';
import { TryLater } from '#src/core/failure.ts';
import { say, sayReceipt } from '#src/core/messages.ts';
import type { Told } from '#src/core/platform.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { endAnnouncement, writeAnnouncement, type Announcement } from './announcement.ts';
import { rememberThread, type Reception } from './asking.ts';
import type { Message } from './blocks.ts';
import type { Identity } from './client.ts';
import { SLACK_LIMITS } from './config.ts';
import { parseAddress, tenantOf, type Address } from './address.ts';
import { DEAD_TOKEN, isPlaceClosed } from './errors.ts';
import type { SlackOffice } from './office.ts';
import { joinChannel, openDirect } from './places.ts';
import type { Mark, Place, Posts, Sent } from './posts.ts';
import type { Whisper } from './whispers.ts';
import { postView, renderPost, renderSentence, renderWords } from './render.ts';

interface Accepted extends Told {
  readonly receipt: Extract<Receipt, { kind: 'accepted' }>;
}

const UNKNOWN_WAIT_MS = 1000;

/**
 * Posts our own message of a request, once it is accepted and acknowledged: the root of its thread, or the receipt under somebody's own message.
 * It is on the gateway's page of the request for the worker, who waits for it.
 */
export async function announce(reception: Reception, identity: Identity, { receipt, language }: Accepted, whisper: Whisper): Promise<void> {
  const { office } = reception;
  const request = (await office.archive.find(receipt.id))?.request;
  const address = request === undefined ? undefined : parseAddress(request.thread);
  if (request === undefined || address === undefined) return;
  const isRoot = address.thread === undefined;
  const view = postView(request, office.cards, isRoot);
  const message = renderPost(view, sayReceipt(language, receipt), true);
  const sent = await sendSomewhere(reception, identity, request, address, message, whisper);
  if (sent === undefined) return;
  await writeAnnouncement(office.notes, request.id, sent);
  if (sent.kind === 'root') await rememberThread(office, { team: address.team, channel: sent.channel }, sent.ts, request.id);
  await catchUp(reception, request, address, sent);
}

/** The answer may have been faster than its announcement. */
export async function catchUp({ office }: Reception, request: GenerationRequest, address: Address, announced: Announcement): Promise<void> {
  const entry = await office.archive.find(request.id);
  if (entry?.answer !== undefined) await endAnnouncement(office, announced, entry.request, address, entry.answer);
}

/** Where it was asked, or in the direct conversation. Undefined when nobody knows whether it was posted: the worker will look for it. */
async function sendSomewhere(
  reception: Reception,
  identity: Identity,
  request: GenerationRequest,
  address: Address,
  message: Message,
  whisper: Whisper,
): Promise<Announcement | undefined> {
  const { office } = reception;
  const kind = address.thread === undefined ? 'root' : 'receipt';
  const mark = { id: request.id, step: 'announcement' };
  const untilMs = request.acceptedAt + SLACK_LIMITS.postingMs / 2;
  const sendTo = async (place: Place): Promise<Sent> => sendPatiently(office, place, message, mark, untilMs);
  let sent = await sendTo(address);
  if (sent.kind === 'refused' && sent.error === 'not_in_channel' && (await joinChannel(office.api, address))) sent = await sendTo(address);
  if (sent.kind === 'posted') return { kind, channel: address.channel, ts: sent.ts };
  if (sent.kind === 'unknown') return findSent(office.posts, address, mark, request.acceptedAt, kind);
  const asker = { tenant: tenantOf(address.team), requesterId: request.requester.id, isAdmin: false };
  if (DEAD_TOKEN.includes(sent.error)) {
    // Nothing that is made can be shown. Whoever wrote a post and pressed nothing cannot be told either: every way to them takes the token.
    await reception.desk.cancel(request.id, asker);
    office.log.error('slack-token-dead', { team: address.team, error: sent.error });
    await whisper(renderWords(say(request.language, 'slack-token-dead', { reason: sent.error })));
    return { kind: 'none' };
  }
  if (!isPlaceClosed(sent.error)) {
    // The picture may still come; what went wrong is told by the one way that needs neither a right nor a token.
    await whisper(renderWords(say(request.language, 'slack-cannot-say', { reason: sent.error })));
    return { kind: 'none' };
  }
  const direct = await openDirect(office.api, address.team, request.requester.id);
  const there = direct === undefined ? undefined : await sendTo({ team: address.team, channel: direct });
  const names = { bot: `<@${identity.botUserId}>` };
  if (direct === undefined || there?.kind !== 'posted') {
    // Nobody pays for what nobody can be shown.
    await reception.desk.cancel(request.id, asker);
    await whisper(renderSentence(say(request.language, 'slack-invite-me', names)));
    return { kind: 'none' };
  }
  await whisper(renderSentence(say(request.language, 'slack-goes-to-you', names)));
  return { kind: 'root', channel: direct, ts: there.ts };
}

/** What Slack has not let in was not posted, and may be sent again until the worker stops waiting for it. */
async function sendPatiently(office: SlackOffice, place: Place, message: Message, mark: Mark, untilMs: number): Promise<Sent> {
  for (;;) {
    try {
      return await inTurn(office, async () => office.posts.send(place, message, mark));
    } catch (error) {
      if (!(error instanceof TryLater)) throw error;
      if (office.now() + error.waitMs > untilMs) return { kind: 'refused', error: 'ratelimited' };
      await sleep(error.waitMs);
    }
  }
}

/** Only while something is done: whoever waits for Slack's patience keeps nobody else from posting. */
const inTurn = async <Value>({ announcing }: SlackOffice, work: () => Promise<Value>): Promise<Value> =>
  announcing.take(new AbortController().signal, work);

async function findSent(
  posts: Posts,
  place: Place,
  mark: Mark,
  aroundMs: number,
  kind: 'root' | 'receipt',
): Promise<Announcement | undefined> {
  await sleep(UNKNOWN_WAIT_MS);
  const found = await posts.find(place, mark, aroundMs);
  return found.kind === 'found' ? { kind, channel: place.channel, ts: found.ts } : undefined;
}
