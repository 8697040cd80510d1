import { say, sayReceipt } from '#src/core/messages.ts';
import { imageOf } from './address.ts';
import { announce } from './announce.ts';
import { ask, languageFor, topicOf, type Reception } from './asking.ts';
import type { Identity, Taken } from './client.ts';
import { defaultsOf, openView, viewOf } from './forms.ts';
import { occasionRequestId } from './ids.ts';
import type { ShortcutArrival, Shown } from './parse.ts';
import { renderPrice } from './prices.ts';
import { renderWords } from './render.ts';
import { renderAnimateForm, renderImagineForm, renderTransformForm } from './render-views.ts';
import { whisperTo } from './whispers.ts';

/** The names of the shortcuts in the manifest. */
const SHORTCUTS = {
  imagine: 'hoami_imagine',
  transform: 'hoami_transform',
  animate: 'hoami_animate',
  describe: 'hoami_describe',
} as const;

/** A shortcut opens a form, or asks at once where there is nothing to fill in. */
export async function takeShortcut(reception: Reception, identity: Identity, shortcut: ShortcutArrival): Promise<Taken> {
  const { callback, user, trigger, message } = shortcut;
  const { office } = reception;
  const language = await languageFor(office, identity, user);
  if (callback === SHORTCUTS.imagine) {
    const defaults = await defaultsOf(reception, identity, user);
    return { afterwards: async () => openView(reception, identity, trigger, renderImagineForm(viewOf(reception, language, {}), defaults)) };
  }
  if (message === undefined || !Object.values<string>(SHORTCUTS).includes(callback)) return {};
  const [file] = message.files;
  if (file === undefined) {
    const whisper = whisperTo(office, shortcut.responseUrl, undefined);
    return { afterwards: async () => void (await whisper(renderWords(say(language, 'slack-no-picture')))) };
  }
  if (callback === SHORTCUTS.describe) return describe(reception, identity, shortcut, message, file);
  const { channel, thread } = message;
  const view = viewOf(reception, language, { channel, thread, file });
  const form =
    callback === SHORTCUTS.animate ? renderAnimateForm(view) : renderTransformForm(view, await defaultsOf(reception, identity, user));
  return { afterwards: async () => openView(reception, identity, trigger, form) };
}

async function describe(
  reception: Reception,
  identity: Identity,
  shortcut: ShortcutArrival,
  { channel, thread }: Shown,
  file: string,
): Promise<Taken> {
  const { user, trigger, responseUrl } = shortcut;
  const { team } = identity;
  const { office } = reception;
  const address = { team, channel, thread };
  const { topic } = await topicOf(office, address, thread);
  const id = occasionRequestId(team, trigger);
  const images = [imageOf(team, file)];
  const { receipt, language } = await ask(reception, { id, text: '', task: { kind: 'describe' }, images, user, address, topic });
  const whisper = whisperTo(office, responseUrl, thread);
  if (receipt.kind === 'accepted') return { afterwards: async () => announce(reception, identity, { receipt, language }, whisper) };
  const message = receipt.kind === 'unconfirmed' ? renderPrice(receipt, language) : renderWords(sayReceipt(language, receipt));
  return { afterwards: async () => void (await whisper(message)) };
}
