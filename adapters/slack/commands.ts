import { say, sayReceipt, type MessageKey } from '#src/core/messages.ts';
import { announce } from './announce.ts';
import { askRead, languageFor, type Reception } from './asking.ts';
import type { Identity, Taken } from './client.ts';
import { occasionRequestId } from './ids.ts';
import type { CommandArrival } from './parse.ts';
import { renderPrice } from './prices.ts';
import { readClip } from './reading.ts';
import { renderSentence, renderWords } from './render.ts';
import { ephemeral, whisperTo } from './whispers.ts';

/** Commands that need a picture: Slack lets none be handed over with a command, and runs none in a thread. */
const NEED_PICTURE: Readonly<Record<string, Extract<MessageKey, `slack-${string}-how`>>> = {
  '/edit': 'slack-edit-how',
  '/describe': 'slack-describe-how',
};
const CLIP = '/video';

/** A slash command. Whatever it is called, what is no other command of ours is one for a picture. */
export async function takeCommand(reception: Reception, identity: Identity, arrival: CommandArrival): Promise<Taken> {
  const { command, user, channel, text, trigger, responseUrl } = arrival;
  const { office } = reception;
  const { team } = identity;
  const isClip = command === CLIP;
  const how = NEED_PICTURE[command] ?? (text.trim() !== '' ? undefined : isClip ? 'slack-video-how' : 'slack-ask-how');
  if (how !== undefined) {
    const bot = `<@${identity.botUserId}>`;
    return { response: ephemeral(renderSentence(say(await languageFor(office, identity, user), how, { bot }))) };
  }
  const id = occasionRequestId(team, trigger);
  const wish = { id, user, address: { team, channel }, topic: id };
  const told = await askRead(reception, wish, text, (locale) => (isClip ? readClip(text, 0, locale) : { text }));
  const { receipt, language } = told;
  if (receipt.kind === 'unconfirmed') return { response: ephemeral(renderPrice(receipt, language)) };
  if (receipt.kind === 'refused') return { response: ephemeral(renderWords(sayReceipt(language, receipt))) };
  const whisper = whisperTo(office, responseUrl, undefined);
  return { afterwards: async () => announce(reception, identity, { receipt, language }, whisper) };
}
