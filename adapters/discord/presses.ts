import type { Entry } from '#src/core/archive.ts';
import { withinDeadline } from '#src/core/deadline.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { Outcome, Repeat } from '#src/core/platform.ts';
import type { Language } from '#src/core/request.ts';
import { deleteButtons, paintIn, parseCustomId } from './buttons.ts';
import { DISCORD_LIMITS } from './config.ts';
import { editForm } from './form.ts';
import { isLinked, showNewLink } from './links.ts';
import { answerWith, tell, whisper, type Respond } from './callback.ts';
import type { InteractionRoom } from './room.ts';
import { askedAt, localeOf, parseRepeat, sceneOf, type Scene } from './parse.ts';
import type { PressInteraction } from './payload.ts';
import { agree, decline, isPrivate, rememberPrice } from './prices.ts';
import { answerButtons, renderNotice, renderRecipe, whispered } from './render.ts';
import { createLookUp, tenantFor, type LookUp } from './results.ts';
import { receiptSchema } from './status.ts';

/** Under which the gateway notes which message somebody is about to delete. */
const DELETING = 'deleting';
/** What is asked at once; other words come by a form. */
const REPEATS = [
  'again',
  'variations',
  'own-words',
  'upscale',
  'zoom-out',
  'remove-background',
  'animate',
] as const satisfies readonly Repeat['how'][];

export interface Press {
  readonly interaction: PressInteraction;
  readonly id: string;
  /** The request of that id. */
  readonly lookUp: LookUp;
  readonly scene: Scene;
  readonly language: Language;
  readonly respond: Respond;
}

/** A button that was pressed, whoever showed it and however long ago: its id says which request it is about, and the ledger knows the rest. */
export async function handlePress(interaction: PressInteraction, respond: Respond, room: InteractionRoom): Promise<void> {
  const pressed = parseCustomId(interaction.data.custom_id);
  const scene = sceneOf(interaction, room.config);
  const language = localeOf(interaction.locale) ?? 'en';
  if (pressed === undefined || scene === undefined) return respond(whisper(sayRefusal(language, 'request-unknown', {})));
  const { id, action } = pressed;
  const lookUp = createLookUp(id, room);
  const tenant = await tenantFor(scene, lookUp);
  if (tenant === undefined) return respond(whisper(sayRefusal(language, 'ledger-unavailable', {})));
  const press: Press = { interaction, id, lookUp, scene: { ...scene, tenant, actor: { ...scene.actor, tenant } }, language, respond };
  const how = REPEATS.find((one) => one === action);
  if (how !== undefined) return repeat(press, how, room);
  const painted = paintIn(action);
  if (painted !== undefined) return paint(press, painted, room);
  switch (action) {
    case 'edit':
      return edit(press);
    case 'recipe':
      return showRecipe(press);
    case 'delete':
      return confirmDelete(press, room);
    case 'delete-yes':
      return remove(press, room);
    case 'delete-no':
      return respond({ type: 7, data: renderNotice(say(language, 'delete-no')) });
    case 'delete-here':
      return removeHere(press, room);
    case 'keep-here':
      return keepHere(press, room);
    case 'cancel':
      return cancel(press, room);
    case 'new-link':
      return showNewLink(press, room);
    case 'price-yes':
      return agree(press, room);
    case 'price-no':
      return decline(press, room);
    default:
      return respond(whisper(sayRefusal(language, 'request-unknown', {})));
  }
}

async function repeat({ interaction, id, scene, respond }: Press, how: Repeat['how'], room: InteractionRoom): Promise<void> {
  const wanted = parseRepeat(interaction, id, how, room.config);
  if (wanted === undefined) return;
  const repeated = { ...wanted, tenant: scene.tenant };
  const told = await room.desk.repeat(repeated);
  await rememberPrice(told, repeated, room);
  await tell(told, '', wanted.thread.address, respond);
}

/** One of the prompts that were suggested for a picture, as a request of its own. */
async function paint(press: Press, index: number, room: InteractionRoom): Promise<void> {
  const { interaction, scene, language, respond } = press;
  const entry = await findOr(press);
  if (entry === undefined) return;
  const prompt = entry.answer?.kind === 'described' ? entry.answer.prompts[index] : undefined;
  if (prompt === undefined) return respond(whisper(sayRefusal(language, 'request-unknown', {})));
  const ask = { ...askedAt(scene, interaction.id), text: prompt, options: {}, images: [] };
  const told = await room.desk.ask(ask);
  await rememberPrice(told, ask, room);
  await tell(told, prompt, scene.address, respond);
}

/** The earlier request of the same server or person; told to be unknown otherwise, and undefined. */
async function findOr({ scene, language, respond, lookUp }: Press): Promise<Entry | undefined> {
  const found = await lookUp();
  const entry = found.kind === 'done' ? found.value : undefined;
  const isRemoved = entry?.answer?.kind === 'refused' && entry.answer.code === 'removed';
  if (entry !== undefined && entry.request.tenant === scene.tenant && !isRemoved) return entry;
  await respond(whisper(sayRefusal(language, found.kind === 'done' ? 'request-unknown' : 'ledger-unavailable', {})));
  return undefined;
}

async function edit(press: Press): Promise<void> {
  const entry = await findOr(press);
  if (entry === undefined) return;
  return press.respond({ type: 9, data: editForm(press.language, entry.request) });
}

async function showRecipe(press: Press): Promise<void> {
  const entry = await findOr(press);
  if (entry === undefined) return;
  const { answer } = entry;
  if (answer?.kind !== 'made') return press.respond(whisper(sayRefusal(press.language, 'not-finished', {})));
  return press.respond(answerWith(whispered(renderRecipe(answer, press.language))));
}

/** Asks back, since it cannot be undone; whoever may not delete it hears so at once. */
async function confirmDelete(press: Press, room: InteractionRoom): Promise<void> {
  const { interaction, id, scene, language, respond } = press;
  const entry = await findOr(press);
  if (entry === undefined) return;
  if (!scene.actor.isAdmin && entry.request.requester.id !== scene.actor.requesterId) {
    return respond(whisper(sayRefusal(language, 'not-yours', {})));
  }
  // What only a press on it changes is asked about there: an answer where the bot itself is not, and one that nobody else sees.
  if (!scene.address.canPost || isPrivate(interaction))
    return respond({ type: 7, data: { components: deleteButtons(language, id, true) } });
  const { id: messageId, channel_id: channelId } = interaction.message;
  await withinDeadline(room.notes.page(id).write(DELETING, { channelId, messageId }), DISCORD_LIMITS.lookUpMs);
  return respond(
    answerWith(whispered({ ...renderNotice(say(language, 'confirm-delete')), components: deleteButtons(language, id, false) })),
  );
}

/** The answer gets its own buttons back. */
async function keepHere(press: Press, room: InteractionRoom): Promise<void> {
  const entry = await findOr(press);
  if (entry?.answer === undefined || entry.answer.kind === 'refused') return;
  const components = answerButtons(entry.request, entry.answer, { cards: room.cards, isLinked: isLinked(press) });
  return press.respond({ type: 7, data: { components } });
}

async function removeHere({ id, scene, language, respond }: Press, room: InteractionRoom): Promise<void> {
  const outcome = await room.desk.remove(id, scene.actor);
  if (outcome.kind === 'refused') return respond(whisper(sentenceFor(outcome, language, '')));
  return respond({ type: 7, data: { ...renderNotice(say(language, 'is-deleted')), attachments: [] } });
}

/** Discord is asked to take the message away once the press is acknowledged, and what came of that is said then. */
async function remove({ id, scene, language, respond }: Press, room: InteractionRoom): Promise<void> {
  // The notes go with the words and the picture.
  const noted = await withinDeadline(room.notes.page(id).read(DELETING), DISCORD_LIMITS.lookUpMs);
  const outcome = await room.desk.remove(id, scene.actor);
  if (outcome.kind === 'refused') return respond({ type: 7, data: renderNotice(sentenceFor(outcome, language, '')) });
  await respond({ type: 6 });
  const message = noted.kind === 'done' ? receiptSchema.safeParse(noted.value).data : undefined;
  const removed =
    message === undefined ? undefined : await withinDeadline(room.remove(message.channelId, message.messageId), DISCORD_LIMITS.requestMs);
  const isGone = removed?.kind === 'done' && removed.value;
  if (!isGone) room.log.warn('discord-still-shown', { id });
  await room.revise(scene.address, renderNotice(say(language, isGone ? 'is-deleted' : 'discord-still-shown')));
}

async function cancel({ id, scene, language, respond }: Press, room: InteractionRoom): Promise<void> {
  const outcome = await room.desk.cancel(id, scene.actor);
  if (outcome.kind === 'refused') return respond(whisper(sentenceFor(outcome, language, '')));
  return respond({ type: 7, data: renderNotice(say(language, 'is-cancelling')) });
}

const sentenceFor = (outcome: Outcome, language: Language, done: string): string =>
  outcome.kind === 'done' ? done : sayRefusal(language, outcome.code, outcome.details);
