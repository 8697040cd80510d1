import { withinDeadline } from '#src/core/deadline.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { Ask, Told } from '#src/core/platform.ts';
import { jsonSchema, type Language } from '#src/core/request.ts';
import { z } from 'zod';
import { addressSchema, threadAt } from './address.ts';
import { tell, whisper, type Respond } from './callback.ts';
import type { Scene } from './parse.ts';
import type { PressInteraction } from './payload.ts';
import { renderNotice, renderReceipt } from './render.ts';
import type { DiscordRoom, InteractionRoom } from './room.ts';
import { RECEIPT } from './status.ts';

/** Who was told a price, and where the answer goes if they agree: a button carries an id only. */
const PRICED = 'discord-priced';
const pricedSchema = z.strictObject({ address: addressSchema, requesterId: z.string(), tenant: z.string(), at: z.int() });
type Priced = z.infer<typeof pricedSchema>;

const PRICED_MS = 48 * 3_600_000;
const WRITE_MS = 600;
const EPHEMERAL = 64;

/** Remembers what somebody was told a price for. Without it a yes still works, and goes where it was pressed. */
export async function rememberPrice(
  { receipt }: Told,
  { thread, requester, tenant }: Pick<Ask, 'thread' | 'requester' | 'tenant'>,
  { cabinet, log, now }: Pick<DiscordRoom, 'cabinet' | 'log' | 'now'>,
): Promise<void> {
  if (receipt.kind !== 'unconfirmed') return;
  const priced = { address: jsonSchema.parse(thread.address), requesterId: requester.id, tenant, at: now() };
  const kept = await withinDeadline(cabinet.write(PRICED, receipt.id, priced), WRITE_MS);
  if (kept.kind !== 'done') log.warn('discord-price-unkept', { id: receipt.id });
}

export async function wasPriced(id: string, room: Pick<DiscordRoom, 'cabinet'>): Promise<boolean> {
  return (await pricedAt(id, room)) !== undefined;
}

async function pricedAt(id: string, { cabinet }: Pick<DiscordRoom, 'cabinet'>): Promise<Priced | undefined> {
  const read = await withinDeadline(cabinet.read(PRICED, id), WRITE_MS);
  return read.kind === 'done' ? pricedSchema.safeParse(read.value).data : undefined;
}

interface Press {
  readonly interaction: PressInteraction;
  readonly id: string;
  readonly scene: Scene;
  readonly language: Language;
  readonly respond: Respond;
}

const isPrivate = ({ interaction }: Press): boolean => (interaction.message.flags & EPHEMERAL) !== 0;

/** A yes, by whoever was told the price; anybody else hears that it is not theirs. Twice is once. */
export async function agree(press: Press, room: InteractionRoom): Promise<void> {
  const { id, scene, language, respond } = press;
  const priced = await pricedAt(id, room);
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
  if (isMessage) await noteReceipt(press, room);
  // Where the bot itself is not, the answer comes into this response, and is for everybody there.
  if (isPrivate(press) && !address.canPost) return tell(told, '', address, respond);
  await respond({ type: 7, data: renderReceipt(told, '') });
  await withinDeadline(room.cabinet.remove(PRICED, id), WRITE_MS);
}

/** The message that said the price says from now on how the request stands, unless it is answered by now. */
async function noteReceipt({ interaction, id }: Press, { archive, notes, log, remove }: InteractionRoom): Promise<void> {
  const { id: messageId, channel_id: channelId } = interaction.message;
  const noted = await withinDeadline(notes.page(id).write(RECEIPT, { channelId, messageId }), WRITE_MS);
  if (noted.kind !== 'done') return log.warn('discord-receipt-unnoted', { id });
  const found = await withinDeadline(archive.find(id), WRITE_MS);
  if (found.kind === 'done' && found.value?.answer !== undefined) await withinDeadline(remove(channelId, messageId), WRITE_MS);
}

/** A no, which costs nothing. */
export async function decline(press: Press, room: InteractionRoom): Promise<void> {
  const { id, scene, language, respond } = press;
  const priced = await pricedAt(id, room);
  const refusal = isPrivate(press) ? undefined : priced === undefined ? 'confirmation-gone' : 'not-yours';
  if (refusal !== undefined && priced?.requesterId !== scene.requester.id) return respond(whisper(sayRefusal(language, refusal, {})));
  await respond({ type: 7, data: renderNotice(say(language, 'is-declined')) });
  await withinDeadline(room.cabinet.remove(PRICED, id), WRITE_MS);
}

/** Prices that nobody said yes or no to. */
export async function forgetPrices({ cabinet, now }: Pick<DiscordRoom, 'cabinet' | 'now'>): Promise<void> {
  for (const { name, value } of await cabinet.list(PRICED)) {
    if (now() - (pricedSchema.safeParse(value).data?.at ?? 0) > PRICED_MS) await cabinet.remove(PRICED, name);
  }
}
