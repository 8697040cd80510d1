import { withinDeadline } from '#src/core/deadline.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { Ask, Told } from '#src/core/platform.ts';
import { jsonSchema } from '#src/core/request.ts';
import { z } from 'zod';
import { addressSchema, threadAt } from './address.ts';
import { tell, whisper } from './callback.ts';
import { DISCORD_LIMITS } from './config.ts';
import type { PressInteraction } from './payload.ts';
import type { Press } from './presses.ts';
import { renderNotice, renderReceipt } from './render.ts';
import type { DiscordRoom, InteractionRoom } from './room.ts';
import { RECEIPT } from './status.ts';

/** Where the answer goes when somebody agrees to a price, and whose it is: a button carries an id only. */
const PRICED = 'discord-priced';
const pricedSchema = z.strictObject({ address: addressSchema, tenant: z.string(), isSaid: z.boolean(), at: z.int() });
type Priced = z.infer<typeof pricedSchema>;

const PRICED_MS = 48 * 3_600_000;
const EPHEMERAL = 64;

/**
 * Remembers what somebody is told a price for, before they can press anything: without it a yes still works, and goes where it was pressed.
 * `isSaid`: they have read it for certain.
 */
export async function rememberPrice(
  { receipt }: Told,
  { thread, tenant }: Pick<Ask, 'thread' | 'tenant'>,
  { cabinet, log, now }: Pick<DiscordRoom, 'cabinet' | 'log' | 'now'>,
  isSaid = false,
): Promise<void> {
  if (receipt.kind !== 'unconfirmed') return;
  const priced = { address: jsonSchema.parse(thread.address), tenant, isSaid, at: now() };
  const kept = await withinDeadline(cabinet.write(PRICED, receipt.id, priced), DISCORD_LIMITS.lookUpMs);
  if (kept.kind !== 'done') log.warn('discord-price-unkept', { id: receipt.id });
}

/** True when somebody was told a price for it, whatever they said to that. */
export async function wasPriced(id: string, room: Pick<DiscordRoom, 'cabinet'>): Promise<boolean> {
  const priced = await pricedAt(id, room);
  return priced !== 'unavailable' && priced?.isSaid === true;
}

async function pricedAt(id: string, { cabinet }: Pick<DiscordRoom, 'cabinet'>): Promise<Priced | undefined | 'unavailable'> {
  const read = await withinDeadline(cabinet.read(PRICED, id), DISCORD_LIMITS.lookUpMs);
  return read.kind === 'done' ? pricedSchema.safeParse(read.value).data : 'unavailable';
}

/** Whether nobody but whoever presses sees the message with the button. */
export const isPrivate = ({ message }: PressInteraction): boolean => (message.flags & EPHEMERAL) !== 0;

/** A yes, by whoever was told the price; anybody else hears that it is not theirs. Twice is once. */
export async function agree(press: Press, room: InteractionRoom): Promise<void> {
  const { id, scene, language, respond } = press;
  const priced = await pricedAt(id, room);
  if (priced === 'unavailable') return respond(whisper(sayRefusal(language, 'ledger-unavailable', {})));
  const actor = { ...scene.actor, tenant: priced?.tenant ?? scene.tenant };
  // What was asked by a command is shown in the response to the press from now on, whose token is young; a message has its receipt.
  const address = priced === undefined ? scene.address : { ...priced.address, interaction: scene.address.interaction };
  const isMessage = priced !== undefined && priced.address.interaction === undefined;
  const told = await room.desk.confirm({ id, actor, ...(isMessage ? {} : { thread: threadAt(address) }) });
  if (told.receipt.kind === 'refused') {
    const { code, details } = told.receipt;
    const canBeTriedAgain = code === 'not-yours' || code === 'ledger-unavailable';
    const sentence = sayRefusal(language, code, details);
    return respond(canBeTriedAgain ? whisper(sentence) : { type: 7, data: renderNotice(sentence) });
  }
  // Where the bot itself is not, the answer comes into this response, and is for everybody there.
  if (isPrivate(press.interaction) && !address.canPost) await tell(told, '', address, respond);
  else await respond({ type: 7, data: renderReceipt(told, '') });
  // A worker that is faster comes back for the note.
  if (isMessage) await noteReceipt(press, room);
  else await room.cabinet.remove(PRICED, id);
}

/** The message that said the price says from now on how the request stands, unless it is answered by now. */
async function noteReceipt({ interaction, id }: Press, { archive, notes, log, remove }: InteractionRoom): Promise<void> {
  const { id: messageId, channel_id: channelId } = interaction.message;
  const noted = await withinDeadline(notes.page(id).write(RECEIPT, { channelId, messageId }), DISCORD_LIMITS.receiptMs / 2);
  if (noted.kind !== 'done') return log.warn('discord-receipt-unnoted', { id });
  const entry = await archive.find(id);
  if (entry?.answer !== undefined) await remove(channelId, messageId);
}

/** A no, which costs nothing. What is not waiting any more needs no second one. */
export async function decline({ id, scene, language, respond }: Press, room: InteractionRoom): Promise<void> {
  const priced = await pricedAt(id, room);
  if (priced === 'unavailable') return respond(whisper(sayRefusal(language, 'ledger-unavailable', {})));
  const outcome = await room.desk.cancel(id, { ...scene.actor, tenant: priced?.tenant ?? scene.tenant });
  const isDone = outcome.kind === 'done' || outcome.code === 'request-unknown';
  return respond(
    isDone ? { type: 7, data: renderNotice(say(language, 'is-declined')) } : whisper(sayRefusal(language, outcome.code, outcome.details)),
  );
}

/** Prices that are too old for a yes. */
export async function forgetPrices({ cabinet, now }: Pick<DiscordRoom, 'cabinet' | 'now'>): Promise<void> {
  for (const { name, value } of await cabinet.list(PRICED)) {
    if (now() - (pricedSchema.safeParse(value).data?.at ?? 0) > PRICED_MS) await cabinet.remove(PRICED, name);
  }
}
