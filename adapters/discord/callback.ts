import { say } from '#src/core/messages.ts';
import type { Told } from '#src/core/platform.ts';
import type { Language } from '#src/core/request.ts';
import { renderNotice, renderReceipt, whispered, type MessageBody } from './render.ts';

/** The first answer to an interaction (Discord, "Interaction callback type"). */
export type Callback =
  | { readonly type: 4; readonly data: MessageBody }
  /** Changes the message whose button was pressed, wherever that is: what is not named stays. */
  | { readonly type: 7; readonly data: Partial<MessageBody> & { readonly attachments?: readonly [] } }
  | { readonly type: 6 }
  | { readonly type: 8; readonly data: { readonly choices: readonly { readonly name: string; readonly value: string }[] } }
  | { readonly type: 9; readonly data: object };

/** Says the first answer. There is one only, within three seconds; what comes of it is not the caller's business. */
export type Respond = (callback: Callback) => Promise<void>;

export const answerWith = (data: MessageBody): Callback => ({ type: 4, data });
export const whisper = (sentence: string): Callback => answerWith(whispered(renderNotice(sentence)));

/** The first answer to something that was asked. A no, and a price, are for the eyes of whoever asked. */
export async function tell(told: Told, text: string, address: unknown, respond: Respond): Promise<void> {
  const body = renderReceipt(told, text);
  if (told.receipt.kind !== 'accepted') return respond(answerWith(whispered(body)));
  return respond(answerWith(canPostAt(address) ? body : withNote(body, told.language)));
}

const canPostAt = (address: unknown): boolean =>
  typeof address === 'object' && address !== null && 'canPost' in address && address.canPost === true;

const withNote = (body: MessageBody, language: Language): MessageBody => ({
  ...body,
  content: `${body.content}\n-# ${say(language, 'discord-by-direct-message')}`,
});
