import { setTimeout as sleep } from 'node:timers/promises';
import { withinDeadline } from '#src/core/deadline.ts';
import { say, sayReceipt, sayRefusal } from '#src/core/messages.ts';
import type { Actor, Outcome, Repeat, Told } from '#src/core/platform.ts';
import { announce, catchUp } from './announce.ts';
import { whisperTo } from './whispers.ts';
import { endAnnouncement, readAnnouncement, type Announcement } from './announcement.ts';
import { ask, languageFor, LOOK_UP_MS, lookUp, topicOf, type Reception } from './asking.ts';
import type { Identity, Taken } from './client.ts';
import { openDefaults, openEdit, openRecipe } from './forms.ts';
import { occasionRequestId } from './ids.ts';
import { parseAddress, tenantOf, threadOf } from './address.ts';
import type { PressArrival, Shown } from './parse.ts';
import { showNewLink } from './links.ts';
import { agree, decline, renderPrice } from './prices.ts';
import { ACTIONS, postView, renderPost, renderRecipeMessage, renderWords } from './render.ts';

const REPEATING: Readonly<Record<string, Repeat['how']>> = {
  [ACTIONS.again]: 'again',
  [ACTIONS.variations]: 'variations',
  [ACTIONS.ownWords]: 'own-words',
  [ACTIONS.upscale]: 'upscale',
  [ACTIONS.zoomOut]: 'zoom-out',
  [ACTIONS.removeBackground]: 'remove-background',
  [ACTIONS.animate]: 'animate',
};

const EARLY_MS = 1000;
const EARLY_STEP_MS = 200;

/** A button. Its value is the request's id, and the ledger knows the rest: it works for as long as the ledger is kept. */
export async function takePress(reception: Reception, identity: Identity, press: PressArrival): Promise<Taken> {
  const { action, message } = press;
  const how = REPEATING[action];
  if (how !== undefined && message !== undefined) return repeat(reception, identity, press, message, how);
  if (action.startsWith(`${ACTIONS.paint}-`) && message !== undefined) return paintIdea(reception, identity, press, message);
  switch (action) {
    case ACTIONS.cancel:
      return cancel(reception, identity, press);
    case ACTIONS.remove:
      return remove(reception, identity, press);
    case ACTIONS.edit:
      return { afterwards: async () => openEdit(reception, identity, press) };
    case ACTIONS.recipe:
      return { afterwards: async () => showRecipe(reception, identity, press) };
    case ACTIONS.newLink:
      return { afterwards: async () => showNewLink(reception, identity, press) };
    case ACTIONS.agree:
      return agree(reception, identity, press);
    case ACTIONS.decline:
      return decline(reception, identity, press);
    case ACTIONS.defaults:
      return { afterwards: async () => openDefaults(reception, identity, press) };
    default:
      return {};
  }
}

/** A picture is seen a moment before its request has ended: whoever is that fast is not sent away. */
async function patiently<Result>(work: () => Promise<Result>, isEarly: (result: Result) => boolean): Promise<Result> {
  for (let waited = 0; waited < EARLY_MS; waited += EARLY_STEP_MS) {
    const result = await work();
    if (!isEarly(result)) return result;
    await sleep(EARLY_STEP_MS);
  }
  return work();
}

async function repeat(reception: Reception, identity: Identity, press: PressArrival, message: Shown, how: Repeat['how']): Promise<Taken> {
  const { office, desk } = reception;
  const { team } = identity;
  const address = { team, channel: message.channel, thread: message.thread };
  const { topic } = await topicOf(office, address, message.thread);
  const { language: locale } = await office.people.of(team, press.user);
  const wish = { id: occasionRequestId(team, press.trigger), of: press.value, how, thread: threadOf(address, topic) };
  const asker = { requester: { id: press.user }, tenant: tenantOf(team), locale };
  const { receipt, language } = await patiently(
    async () => desk.repeat({ ...wish, ...asker }),
    (early) => early.receipt.kind === 'refused' && early.receipt.code === 'not-finished',
  );
  return tell(reception, identity, press, { receipt, language });
}

/** One of the prompts that came with a picture in words. */
async function paintIdea(reception: Reception, identity: Identity, press: PressArrival, { channel, thread }: Shown): Promise<Taken> {
  const { office } = reception;
  const { team } = identity;
  const [id = '', number] = press.value.split(' ');
  const entry = await lookUp(reception, identity, id);
  if (typeof entry === 'string') return refused(reception, identity, press, { kind: 'refused', code: entry, details: {} });
  const text = entry.answer?.kind === 'described' ? entry.answer.prompts[Number(number)] : undefined;
  if (text === undefined) return refused(reception, identity, press, { kind: 'refused', code: 'request-unknown', details: {} });
  const address = { team, channel, thread };
  const { topic } = await topicOf(office, address, thread);
  const told = await ask(reception, { id: occasionRequestId(team, press.trigger), text, user: press.user, address, topic });
  return tell(reception, identity, press, told);
}

/** What a press has come to: our own message for all to see, a price or a no for whoever pressed. */
function tell(reception: Reception, identity: Identity, press: PressArrival, { receipt, language }: Told): Taken {
  const { office } = reception;
  const whisper = whisperTo(office, press.responseUrl, press.message?.thread);
  if (receipt.kind === 'unconfirmed') return { afterwards: async () => void (await whisper(renderPrice(receipt, language))) };
  if (receipt.kind === 'refused') return { afterwards: async () => void (await whisper(renderWords(sayReceipt(language, receipt)))) };
  return { afterwards: async () => announce(reception, identity, { receipt, language }, whisper) };
}

/** Asked as oneself first: only of somebody else's request is it looked up whether the person is an admin. */
async function asActor({ office }: Reception, { team }: Identity, user: string, act: (actor: Actor) => Promise<Outcome>): Promise<Outcome> {
  const actor = { tenant: tenantOf(team), requesterId: user, isAdmin: false };
  const outcome = await act(actor);
  if (outcome.kind === 'done' || outcome.code !== 'not-yours') return outcome;
  const { isAdmin } = await office.people.of(team, user);
  return isAdmin ? act({ ...actor, isAdmin }) : outcome;
}

async function cancel(reception: Reception, identity: Identity, press: PressArrival): Promise<Taken> {
  const outcome = await asActor(reception, identity, press.user, async (actor) => reception.desk.cancel(press.value, actor));
  if (outcome.kind === 'refused') return refused(reception, identity, press, outcome);
  return { afterwards: async () => showCancelling(reception, press) };
}

/** Until a worker ends it. The end may come first, and is what stays. */
async function showCancelling(reception: Reception, { value: id }: PressArrival): Promise<void> {
  const { office } = reception;
  const request = (await office.archive.find(id))?.request;
  const announced = await readAnnouncement(office.notes, id);
  const address = request === undefined ? undefined : parseAddress(request.thread);
  if (request === undefined || address === undefined || announced === undefined || announced.kind === 'none') return;
  const view = postView(request, office.cards, announced.kind === 'root');
  const place = { team: address.team, channel: announced.channel };
  await office.posts.change(place, announced.ts, renderPost(view, say(request.language, 'is-cancelling'), false));
  await catchUp(reception, request, address, announced);
}

async function remove(reception: Reception, identity: Identity, press: PressArrival): Promise<Taken> {
  // Where our own message stands goes with the rest.
  const announced = await withinDeadline(readAnnouncement(reception.office.notes, press.value), LOOK_UP_MS);
  const outcome = await patiently(
    async () => asActor(reception, identity, press.user, async (actor) => reception.desk.remove(press.value, actor)),
    (result) => result.kind === 'refused' && result.code === 'not-finished',
  );
  if (outcome.kind === 'refused') return refused(reception, identity, press, outcome);
  return { afterwards: async () => takeDown(reception, identity, press, announced.kind === 'done' ? announced.value : undefined) };
}

/** What was deleted is seen by nobody: neither the message, nor the files in it, nor the words of the request. */
async function takeDown(
  { office }: Reception,
  { team }: Identity,
  { value: id, message }: PressArrival,
  announced: Announcement | undefined,
): Promise<void> {
  if (message !== undefined) {
    for (const file of message.files) await office.api.call(team, 'files.delete', { file });
    await office.posts.remove({ team, channel: message.channel }, message.ts);
  }
  const entry = await office.archive.find(id);
  if (entry?.answer === undefined || announced === undefined) return;
  await endAnnouncement(office, announced, entry.request, { team }, entry.answer);
}

function refused(
  reception: Reception,
  identity: Identity,
  press: PressArrival,
  { code, details }: Extract<Outcome, { kind: 'refused' }>,
): Taken {
  return {
    afterwards: async () => {
      const { office } = reception;
      const language = await languageFor(office, identity, press.user);
      await whisperTo(office, press.responseUrl, press.message?.thread)(renderWords(sayRefusal(language, code, details)));
    },
  };
}

async function showRecipe(reception: Reception, identity: Identity, press: PressArrival): Promise<void> {
  const { office } = reception;
  const language = await languageFor(office, identity, press.user);
  const entry = await lookUp(reception, identity, press.value);
  if (typeof entry === 'string' || entry.answer?.kind !== 'made') {
    const code = typeof entry === 'string' ? entry : 'request-unknown';
    return void (await whisperTo(office, press.responseUrl, press.message?.thread)(renderWords(sayRefusal(language, code, {}))));
  }
  const recipe = renderRecipeMessage(entry.answer, language);
  if (press.responseUrl === undefined) await openRecipe(reception, identity, press.trigger, recipe, language);
  else await whisperTo(office, press.responseUrl, press.message?.thread)(recipe);
}
