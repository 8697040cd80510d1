import type { Receipt } from '#src/core/answer.ts';
import { say, sayPriceYes, sayReceipt, sayRefusal } from '#src/core/messages.ts';
import type { Actor, Told } from '#src/core/platform.ts';
import type { Json, Language } from '#src/core/request.ts';
import { tenantOf } from './address.ts';
import { announce } from './announce.ts';
import { languageFor, type Reception } from './asking.ts';
import { actions, button, plain, section, type Block, type Message } from './blocks.ts';
import type { Identity, Taken } from './client.ts';
import { TEXT_LIMITS } from './config.ts';
import type { FormArrival, MessageArrival, PressArrival } from './parse.ts';
import { ACTIONS, renderWords } from './render.ts';
import { FORMS } from './render-views.ts';
import { whisperIn, whisperTo } from './whispers.ts';

type Unconfirmed = Extract<Receipt, { kind: 'unconfirmed' }>;

/** What it would cost, with a yes and a no. Nothing is taken before the yes, which only whoever asked can give. */
export function renderPrice(receipt: Unconfirmed, language: Language): Message {
  const words = renderWords(sayReceipt(language, receipt));
  const yes = { ...button(ACTIONS.agree, sayPriceYes(language, receipt), receipt.id), style: 'primary' };
  return { ...words, blocks: [...words.blocks, actions(yes, button(ACTIONS.decline, say(language, 'price-no'), receipt.id))] };
}

/** The same in the place of a form that was sent: closing it is the no. */
export function priceForm(receipt: Unconfirmed, language: Language): Json {
  return windowOf(say(language, 'imagine-title'), say(language, 'price-no'), sayReceipt(language, receipt), {
    callback_id: FORMS.price,
    private_metadata: receipt.id,
    submit: plain(sayPriceYes(language, receipt), TEXT_LIMITS.modalTitle),
  });
}

/** Asks whoever wrote a post, for their eyes only; where Slack does not let it, in the thread for all to see. */
export async function askPrice(reception: Reception, { team }: Identity, post: MessageArrival, receipt: Unconfirmed, language: Language) {
  const { office } = reception;
  const message = renderPrice(receipt, language);
  if (await whisperIn(office, team, post)(message)) return;
  const place = { team, channel: post.channel, thread: post.thread ?? post.ts };
  await office.posts.send(place, message, { id: receipt.id, step: 'price' });
}

/** The yes, however often it is pressed. */
export async function agree(reception: Reception, identity: Identity, press: PressArrival): Promise<Taken> {
  const told = await confirm(reception, identity, press.user, press.value);
  const { receipt, language } = told;
  const whisper = whisperTo(reception.office, press.responseUrl, press.message?.thread);
  if (receipt.kind !== 'accepted') {
    const words = renderWords(sayReceipt(language, receipt));
    // Somebody else's press leaves the question where it is.
    const isStranger = receipt.kind === 'refused' && receipt.code === 'not-yours';
    return { afterwards: async () => (isStranger ? void (await whisper(words)) : replace(reception, press, words)) };
  }
  return {
    afterwards: async () => {
      await replace(reception, press, undefined);
      if (!receipt.repeated) await announce(reception, identity, { receipt, language }, whisper);
    },
  };
}

/** The no. Nothing was taken, so there is nothing to give back; what is gone already needs no second no. */
export async function decline(reception: Reception, identity: Identity, press: PressArrival): Promise<Taken> {
  const { office, desk } = reception;
  const language = await languageFor(office, identity, press.user);
  const outcome = await desk.cancel(press.value, actorOf(identity, press.user));
  if (outcome.kind === 'done' || outcome.code === 'request-unknown') {
    return { afterwards: async () => replace(reception, press, renderWords(say(language, 'is-declined'))) };
  }
  const whisper = whisperTo(office, press.responseUrl, press.message?.thread);
  return { afterwards: async () => void (await whisper(renderWords(sayRefusal(language, outcome.code, outcome.details)))) };
}

const actorOf = ({ team }: Identity, user: string): Actor => ({ tenant: tenantOf(team), requesterId: user, isAdmin: false });

/** The yes in a form. */
export async function agreeInForm(reception: Reception, identity: Identity, { user, metadata, responseUrl }: FormArrival): Promise<Taken> {
  const { receipt, language } = await confirm(reception, identity, user, metadata);
  if (receipt.kind !== 'accepted') {
    const view = windowOf(say(language, 'imagine-title'), say(language, 'close'), sayReceipt(language, receipt), {});
    return { response: { response_action: 'update', view } };
  }
  if (receipt.repeated) return {};
  const whisper = whisperTo(reception.office, responseUrl, undefined);
  return { afterwards: async () => announce(reception, identity, { receipt, language }, whisper) };
}

/** A no is said in the presser's own language: whose words were asked about, nobody knows where they are gone. */
async function confirm(reception: Reception, identity: Identity, user: string, id: string): Promise<Told> {
  const told = await reception.desk.confirm({ id, actor: actorOf(identity, user) });
  return told.receipt.kind === 'accepted' ? told : { ...told, language: await languageFor(reception.office, identity, user) };
}

/** The question is answered: what stands in its place, or nothing. */
async function replace({ office }: Reception, { responseUrl }: PressArrival, message: Message | undefined): Promise<void> {
  if (responseUrl === undefined) return;
  const words = message === undefined ? { delete_original: true } : { replace_original: true, ...message };
  if (!(await office.wire.respond(responseUrl, words))) office.log.warn('slack-whisper-failed', { error: 'response_url' });
}

function windowOf(title: string, close: string, sentence: string, more: Block): Block {
  return {
    type: 'modal',
    title: plain(title, TEXT_LIMITS.modalTitle),
    close: plain(close, TEXT_LIMITS.modalTitle),
    blocks: [section(plain(sentence, TEXT_LIMITS.section))],
    ...more,
  };
}
