import { withinDeadline } from '#src/core/deadline.ts';
import { say } from '#src/core/messages.ts';
import type { Ask } from '#src/core/platform.ts';
import { imageRefSchema, jsonSchema } from '#src/core/request.ts';
import { z } from 'zod';
import { tell, whisper, type Respond } from './callback.ts';
import { choicesFor, IMAGINE } from './commands.ts';
import { parseCustomId } from './buttons.ts';
import { DISCORD_LIMITS } from './config.ts';
import { changeForm } from './form.ts';
import { fieldOf, imageRef, localeOf, parseChange, parseImagine, parseRepeat, requestIdOf, sceneOf } from './parse.ts';
import { interactionSchema, timeOf, type CommandInteraction, type Interaction, type ModalInteraction } from './payload.ts';
import { picturesOf, resultIn } from './pictures.ts';
import { handlePress } from './presses.ts';
import { earlierPicture, tenantFor } from './results.ts';
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
      return interaction.data.name === IMAGINE
        ? askFor(parseImagine(interaction, room.config), respond, room)
        : pick(interaction, respond, room);
  }
}

/** Commits first and says so then: what was acknowledged is never lost. The acknowledgement itself is the place in line. */
async function askFor(ask: Ask | undefined, respond: Respond, room: InteractionRoom): Promise<void> {
  if (ask === undefined) return;
  await tell(await room.desk.ask(ask), ask.text, ask.thread.address, respond);
}

/** The command on a message: its picture is remembered, and a form asks what is to be done with it. */
async function pick(interaction: CommandInteraction, respond: Respond, room: InteractionRoom): Promise<void> {
  const language = localeOf(interaction.locale) ?? 'en';
  const scene = sceneOf(interaction, room.config);
  const target = interaction.data.resolved.messages[interaction.data.target_id ?? ''];
  if (scene === undefined || target === undefined) return;
  const earlier = await earlierPicture(resultIn(target), scene, room);
  const [shown] = picturesOf(target);
  const image = earlier?.image ?? (shown === undefined ? undefined : imageRef(shown, { id: target.id, channelId: target.channel_id }));
  if (image === undefined) return respond(whisper(say(language, 'discord-no-picture-there')));
  const id = requestIdOf(interaction.id);
  const picked = { image: jsonSchema.parse(image), origin: earlier?.origin.id ?? '', at: room.now() };
  const kept = await withinDeadline(room.cabinet.write(PICKED, id, picked), DISCORD_LIMITS.answerMs / 2);
  if (kept.kind !== 'done') return respond(whisper(say(language, 'discord-form-expired')));
  return respond({ type: 9, data: changeForm(language, id, room.cards) });
}

async function handleForm(interaction: ModalInteraction, respond: Respond, room: InteractionRoom): Promise<void> {
  const form = parseCustomId(interaction.data.custom_id);
  if (form?.action === 'edited') {
    const text = fieldOf(interaction, 'prompt');
    const [repeat, scene] = [parseRepeat(interaction, form.id, 'edit', room.config, text), sceneOf(interaction, room.config)];
    if (repeat === undefined || scene === undefined) return;
    const tenant = await tenantFor(form.id, scene, room);
    await tell(await room.desk.repeat({ ...repeat, tenant }), text, repeat.thread.address, respond);
  }
  if (form?.action !== 'change') return;
  const picked = await readPicked(form.id, room);
  const ask = picked === undefined ? undefined : parseChange(interaction, picked.image, room.config);
  if (picked === undefined || ask === undefined) {
    return respond(whisper(say(localeOf(interaction.locale) ?? 'en', 'discord-form-expired')));
  }
  await askFor(picked.origin === '' ? ask : { ...ask, origin: { id: picked.origin, how: 'reply' } }, respond, room);
}

const pickedSchema = z.strictObject({ image: imageRefSchema, origin: z.string(), at: z.int() });

async function readPicked(id: string, { cabinet }: InteractionRoom): Promise<z.infer<typeof pickedSchema> | undefined> {
  const read = await withinDeadline(cabinet.read(PICKED, id), DISCORD_LIMITS.answerMs / 3);
  return read.kind === 'done' ? pickedSchema.safeParse(read.value).data : undefined;
}

/** Forms that were closed leave what was picked for them behind. */
export async function forgetPicked({ cabinet, now }: Pick<DiscordRoom, 'cabinet' | 'now'>): Promise<void> {
  for (const { name, value } of await cabinet.list(PICKED)) {
    if (now() - (pickedSchema.safeParse(value).data?.at ?? 0) > PICK_MS) await cabinet.remove(PICKED, name);
  }
}
