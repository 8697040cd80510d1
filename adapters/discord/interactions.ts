import { withinDeadline } from '#src/core/deadline.ts';
import { Refusal } from '#src/core/failure.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { Ask } from '#src/core/platform.ts';
import { imageRefSchema, jsonSchema } from '#src/core/request.ts';
import { z } from 'zod';
import { describing, fieldOf, parseCommandAsk, parseForm, type Picked } from './asks.ts';
import { tell, whisper, type Respond } from './callback.ts';
import { MENUS, type Menu } from './commands.ts';
import { choicesFor } from './completion.ts';
import { parseCustomId } from './buttons.ts';
import { DISCORD_LIMITS } from './config.ts';
import { changeForm, filmForm, wordsIn } from './form.ts';
import { imageRef, localeOf, parseRepeat, requestIdOf, sceneOf, type Scene } from './parse.ts';
import { interactionSchema, timeOf, type CommandInteraction, type Interaction, type ModalInteraction } from './payload.ts';
import { picturesOf, resultIn } from './pictures.ts';
import { handlePress } from './presses.ts';
import { rememberPrice } from './prices.ts';
import { createLookUp, earlierPictures, tenantFor } from './results.ts';
import type { DiscordRoom, InteractionRoom } from './room.ts';

/** What was picked for a form that is being filled in: the form itself carries an id only. */
const PICKED = 'discord-picked';
const PICK_MS = 60 * 60_000;

/** Handles one interaction to its end. Never rejects: whatever cannot be read is nothing that people did. */
export function createInteractions(room: InteractionRoom): (raw: unknown, respond: Respond) => Promise<void> {
  return async (raw, respond) => {
    const parsed = interactionSchema.safeParse(raw);
    if (!parsed.success) return room.log.warn('discord-interaction-unread', {});
    try {
      await handle(parsed.data, respond, room);
    } catch (error) {
      room.log.error('discord-interaction-failed', { id: parsed.data.id }, error);
    }
  };
}

async function handle(interaction: Interaction, respond: Respond, room: InteractionRoom): Promise<void> {
  const isLate = room.now() - timeOf(interaction.id) > DISCORD_LIMITS.answerMs;
  switch (interaction.type) {
    case 4:
      // The person has typed on by now.
      return isLate ? undefined : respond({ type: 8, data: { choices: choicesFor(interaction, room.cards) } });
    case 3:
      return handlePress(interaction, respond, room);
    case 5:
      return handleForm(interaction, respond, room);
    case 2:
      return handleCommand(interaction, respond, room);
  }
}

async function handleCommand(interaction: CommandInteraction, respond: Respond, room: InteractionRoom): Promise<void> {
  const menu = MENUS.find((one) => one === interaction.data.name);
  if (menu !== undefined) return point(menu, interaction, respond, room);
  return askFor(() => parseCommandAsk(interaction, room.config), interaction, respond, room);
}

/** Commits first and says so then: what was acknowledged is never lost. The acknowledgement itself is the place in line. */
async function askFor(
  read: () => Ask | undefined,
  { locale }: Pick<Interaction, 'locale'>,
  respond: Respond,
  room: InteractionRoom,
): Promise<void> {
  const ask = attempt(read);
  if (ask instanceof Refusal) return respond(whisper(sayRefusal(localeOf(locale) ?? 'en', ask.code, ask.details)));
  if (ask === undefined) return;
  const told = await room.desk.ask(ask);
  await rememberPrice(told, ask, room);
  await tell(told, ask.text, ask.thread.address, respond);
}

/** Flags that cannot be meant are an answer too. */
function attempt(read: () => Ask | undefined): Ask | Refusal | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The commands on a message. Put into words it is at once; for everything else a form asks, and what was pointed at is remembered. */
async function point(menu: Menu, interaction: CommandInteraction, respond: Respond, room: InteractionRoom): Promise<void> {
  const language = localeOf(interaction.locale) ?? 'en';
  const scene = sceneOf(interaction, room.config);
  if (scene === undefined) return;
  const picked = await pickedIn(interaction, scene, room);
  if (picked === 'ledger-unavailable') return respond(whisper(sayRefusal(language, picked, {})));
  const [image] = picked.images;
  if (image === undefined) return respond(whisper(say(language, 'discord-no-picture-there')));
  if (menu === 'Describe') return askFor(() => describing(interaction, scene, image), interaction, respond, room);
  const id = requestIdOf(interaction.id);
  const noted = { images: picked.images.map((one) => jsonSchema.parse(one)), origin: picked.origin, at: room.now() };
  const kept = await withinDeadline(room.cabinet.write(PICKED, id, noted), DISCORD_LIMITS.lookUpMs);
  if (kept.kind !== 'done') return respond(whisper(sayRefusal(language, 'ledger-unavailable', {})));
  const form = menu === 'Animate' ? filmForm : changeForm;
  return respond({ type: 9, data: form(language, id, room.cards, picked.images.length) });
}

/** All pictures of the message that the command was used on, those of a result as they were made. */
async function pickedIn(interaction: CommandInteraction, scene: Scene, room: InteractionRoom): Promise<Picked | 'ledger-unavailable'> {
  const target = interaction.data.resolved.messages[interaction.data.target_id ?? ''];
  if (target === undefined) return { images: [], origin: '' };
  const earlier = await earlierPictures(resultIn(target), scene, room, DISCORD_LIMITS.lookUpMs);
  if (earlier === 'ledger-unavailable') return earlier;
  if (earlier !== undefined) return { images: earlier.images, origin: earlier.origin.id };
  const where = { id: target.id, channelId: target.channel_id };
  return {
    images: picturesOf(target)
      .slice(0, PICKED_MAX)
      .map((shown) => imageRef(shown, where)),
    origin: '',
  };
}

async function handleForm(interaction: ModalInteraction, respond: Respond, room: InteractionRoom): Promise<void> {
  const form = parseCustomId(interaction.data.custom_id);
  if (form?.action === 'edited') {
    const text = wordsIn((field) => fieldOf(interaction, field));
    const [repeat, scene] = [parseRepeat(interaction, form.id, 'edit', room.config, text), sceneOf(interaction, room.config)];
    if (repeat === undefined || scene === undefined) return;
    const tenant = await tenantFor(scene, createLookUp(form.id, room));
    if (tenant === undefined) return respond(whisper(sayRefusal(localeOf(interaction.locale) ?? 'en', 'ledger-unavailable', {})));
    const repeated = { ...repeat, tenant };
    const told = await room.desk.repeat(repeated);
    await rememberPrice(told, repeated, room);
    await tell(told, text, repeat.thread.address, respond);
  }
  if (form?.action !== 'change' && form?.action !== 'film') return;
  const { action } = form;
  const language = localeOf(interaction.locale) ?? 'en';
  const read = await withinDeadline(room.cabinet.read(PICKED, form.id), DISCORD_LIMITS.lookUpMs);
  if (read.kind !== 'done') return respond(whisper(sayRefusal(language, 'ledger-unavailable', {})));
  const picked = pickedSchema.safeParse(read.value).data;
  if (picked === undefined) return respond(whisper(say(language, 'discord-form-expired')));
  await askFor(() => parseForm(interaction, action, picked, room.config), interaction, respond, room);
}

/** As many as a message has files. */
const PICKED_MAX = 10;
const pickedSchema = z.strictObject({ images: z.array(imageRefSchema).max(PICKED_MAX), origin: z.string(), at: z.int() });

/** Forms that were closed leave what was picked for them behind. */
export async function forgetPicked({ cabinet, now }: Pick<DiscordRoom, 'cabinet' | 'now'>): Promise<void> {
  for (const { name, value } of await cabinet.list(PICKED)) {
    if (now() - (pickedSchema.safeParse(value).data?.at ?? 0) > PICK_MS) await cabinet.remove(PICKED, name);
  }
}
