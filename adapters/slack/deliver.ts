import type { Answer, DescribedAnswer, MadeAnswer, News } from '#src/core/answer.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Page } from '#src/core/ledger.ts';
import { say } from '#src/core/messages.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { endAnnouncement, readAnnouncement, writeAnnouncement, type Announcement } from './announcement.ts';
import { DEAD_TOKEN, isPlaceClosed, isThreadGone } from './errors.ts';
import { marked, messageText, section, type Block, type Message } from './blocks.ts';
import { showClip } from './clip.ts';
import { SLACK_LIMITS } from './config.ts';
import type { SlackOffice } from './office.ts';
import { parseAddress, type Address } from './address.ts';
import { nextRoute, routeSchema, type Route } from './places.ts';
import type { Mark, Sent } from './posts.ts';
import { rememberPicture } from './latest.ts';
import { postView, renderDescribed, renderRefused, renderResult, renderWords } from './render.ts';
import { picturePieces, titleOf, uploadFiles } from './upload.ts';

type AnswerNews = Extract<News, { kind: 'answer' }>;

/** One answer on its way. */
interface Errand {
  readonly office: SlackOffice;
  readonly request: GenerationRequest;
  readonly address: Address;
  readonly announcement: Announcement;
  readonly page: Page;
}

/** As many places as there are ways, and one more: nothing here goes round for ever. */
const ROUTES_MAX = 5;
const GATEWAY_WAIT_MS = 1000;
const SEARCH_WAIT_MS = 2000;

/** Shows news where the request came from, or by the next best way. Throws Refusal `failed` when nobody can be told any more, and TryLater. */
export async function deliverNews(office: SlackOffice, request: GenerationRequest, news: News, page: Page): Promise<void> {
  const address = parseAddress(request.thread);
  if (address === undefined) throw new Refusal('failed', {}, new Error('an address that is not one of Slack'));
  if (news.kind === 'progress') {
    const announced = await readAnnouncement(office.notes, request.id);
    office.status.show(request, placeFor(address, announced), news.stage);
    return;
  }
  // A worker that has lost the job says nothing from here on.
  await page.write('begun', true);
  await office.status.end(request.id);
  const errand = { office, request, address, page, announcement: await awaitAnnouncement(office, request, address) };
  const { answer } = news;
  if (answer.kind === 'made') await showMade(errand, answer, news);
  else if (answer.kind === 'described') await showDescribed(errand, answer);
  else await showRefused(errand, answer);
}

const placeFor = (address: Address, announced: Announcement | undefined): Route => {
  if (announced === undefined || announced.kind !== 'root') return { ...address, how: 'asked' };
  return { team: address.team, channel: announced.channel, thread: announced.ts, how: 'asked' };
};

/** The gateway's own message. It is waited for, and searched for when the gateway has died over it. */
async function awaitAnnouncement({ notes, now, posts }: SlackOffice, request: GenerationRequest, address: Address): Promise<Announcement> {
  const announced = await readAnnouncement(notes, request.id);
  if (announced !== undefined) return announced;
  if (now() < request.acceptedAt + SLACK_LIMITS.postingMs) throw new TryLater('not-ready', GATEWAY_WAIT_MS);
  const mark = { id: request.id, step: 'announcement' };
  const found = await posts.find(address, mark, request.acceptedAt);
  const kind = address.thread === undefined ? 'root' : 'receipt';
  const known: Announcement = found.kind === 'found' ? { kind, channel: address.channel, ts: found.ts } : { kind: 'none' };
  await writeAnnouncement(notes, request.id, known).catch(() => {});
  return known;
}

async function showMade(errand: Errand, answer: MadeAnswer, { open, clips }: AnswerNews): Promise<void> {
  const { office, request, address, page, announcement } = errand;
  const { clip } = answer;
  const { id } = request;
  if ((await page.read('shown')) === undefined) {
    const show = async (route: Route): Promise<Outcome> => {
      const notes = notesFor(errand, route);
      if (clip === undefined) {
        const blocks = renderResult(request, answer, office.cards, notes);
        const pieces = picturePieces(answer, open);
        return uploadFiles({ id, title: titleOf(answer), pieces, blocks, page, sharingMs: SLACK_LIMITS.sharingMs }, route, office);
      }
      const post = async (blocks: readonly Block[]): Promise<Outcome> =>
        postOnce(errand, route, { text: messageText(titleOf(answer)), blocks }, 'answer');
      return showClip({ id, page, request, answer, clip, shelf: clips, desk: office, notes, open, post }, route);
    };
    await carry(errand, show, async (error) => showNotShown(errand, answer, error));
    if (clip === undefined) await rememberPicture(office, request, page);
  }
  await endAnnouncement(office, announcement, request, address, answer);
}

/** Words for a picture are a message of their own, so that whoever asked is told of them. */
async function showDescribed(errand: Errand, answer: DescribedAnswer): Promise<void> {
  const { office, request, address, page, announcement } = errand;
  if ((await page.read('shown')) === undefined) {
    const words = renderDescribed(request, answer);
    await carry(
      errand,
      async (route) => postOnce(errand, route, { ...words, blocks: [...words.blocks, ...notesFor(errand, route)] }, 'answer'),
      async (error) => giveUp(errand, error),
    );
  }
  await endAnnouncement(office, announcement, request, address, answer);
}

/** A no goes into our own message, which can be changed any number of times; only without one is another posted. */
async function showRefused(errand: Errand, answer: Extract<Answer, { kind: 'refused' }>): Promise<void> {
  const { office, request, address, page, announcement } = errand;
  if ((await page.read('shown')) !== undefined) return;
  if ((await endAnnouncement(office, announcement, request, address, answer)) === 'shown') {
    await office.status.clear(placeFor(address, announcement));
    return page.write('shown', { channel: '', ts: '' });
  }
  const message = renderRefused(postView(request, office.cards, address.thread === undefined), answer.code, answer.details);
  await carry(
    errand,
    async (route) => postOnce(errand, route, message, 'answer'),
    async (error) => giveUp(errand, error),
  );
}

type Outcome = { readonly kind: 'shown'; readonly ts: string } | { readonly kind: 'refused'; readonly error: string };

/** Tries one way after the other. `otherwise`: none was left, or the way is not what was wrong. */
async function carry(errand: Errand, show: (route: Route) => Promise<Outcome>, otherwise: (error: string) => Promise<void>): Promise<void> {
  const { office, request, page } = errand;
  for (let tried = 0; tried < ROUTES_MAX; tried += 1) {
    const route = routeSchema.safeParse(await page.read('route')).data ?? placeFor(errand.address, errand.announcement);
    const outcome = await show(route);
    if (outcome.kind === 'shown') {
      // No message of ours follows where the line stands that says what is being done.
      if (route.how === 'direct' || route.how === 'channel') await office.status.clear(placeFor(errand.address, errand.announcement));
      return page.write('shown', { channel: route.channel, ts: outcome.ts });
    }
    const next = await nextRoute(office.api, route, outcome.error, request.requester.id);
    office.log.warn('slack-refused', { id: request.id, error: outcome.error, how: route.how, next: next?.how });
    if (next === undefined) return otherwise(outcome.error);
    await page.write('route', { ...next });
  }
  return otherwise('no_place');
}

/** Slack has no way for a message to be one of two. One that may have been posted is looked for, and only one that is not there is posted again. */
async function postOnce(errand: Errand, route: Route, message: Message, step: string): Promise<Outcome> {
  const { office, request, page } = errand;
  const mark = { id: request.id, step };
  const begun = await page.read(`posting-${step}`);
  if (typeof begun === 'number') {
    const found = await office.posts.find(route, mark, begun);
    if (found.kind === 'found') return { kind: 'shown', ts: found.ts };
    // Rather once too few than twice: it may be there, and Slack does not let anybody look.
    if (found.kind === 'unreadable') return { kind: 'shown', ts: '' };
    if (office.now() < begun + SLACK_LIMITS.postingMs) throw new TryLater('not-ready', SEARCH_WAIT_MS);
  }
  await page.write(`posting-${step}`, office.now());
  const sent = await sendMarked(errand, route, message, mark);
  if (sent.kind === 'posted') return { kind: 'shown', ts: sent.ts };
  if (sent.kind === 'unknown') throw new TryLater('unreachable', SEARCH_WAIT_MS);
  await page.write(`posting-${step}`, null);
  return sent;
}

/** A call that Slack did not let in has posted nothing. */
async function sendMarked({ office, page }: Errand, route: Route, message: Message, mark: Mark): Promise<Sent> {
  try {
    return await office.posts.send(route, message, mark);
  } catch (error) {
    if (error instanceof TryLater && error.reason === 'overloaded') await page.write(`posting-${mark.step}`, null);
    throw error;
  }
}

/** The picture is there and Slack does not take it: a sentence says so, and why. */
async function showNotShown(errand: Errand, answer: MadeAnswer, error: string): Promise<void> {
  const { request } = errand;
  if (DEAD_TOKEN.includes(error) || isPlaceClosed(error) || isThreadGone(error)) return giveUp(errand, error);
  const message = renderWords(say(request.language, 'slack-not-shown', { reason: error, code: answer.code }));
  const route = routeSchema.safeParse(await errand.page.read('route')).data ?? placeFor(errand.address, errand.announcement);
  const outcome = await postOnce(errand, route, message, 'not-shown');
  if (outcome.kind === 'refused') return giveUp(errand, outcome.error);
  await errand.page.write('shown', { channel: route.channel, ts: outcome.ts });
}

/** Nobody can be told: the answer stays in the ledger, and the reason in the log. */
async function giveUp({ office, request, address }: Errand, error: string): Promise<void> {
  office.log.error('slack-undeliverable', { id: request.id, error });
  if (DEAD_TOKEN.includes(error)) await office.tokens.forget(address.team);
  throw new Refusal('failed', {}, new Error(error));
}

function notesFor({ request, address }: Errand, { how }: Route) {
  if (how !== 'direct') return [];
  return [section(marked(say(request.language, 'slack-came-from', { place: `<#${address.channel}>` })))];
}
