import { z } from 'zod';
import type { Address } from './address.ts';
import type { DiscordApi } from './client.ts';
import { DISCORD_LIMITS } from './config.ts';

const guildSchema = z.object({ premium_tier: z.int() });
/** From this level of boosts on a file may be larger than a message may weigh. */
const BOOSTED = 2;

/** What a file of the bot's may weigh in that place. The person's own limit, which is in the interaction, is not the bot's. */
export async function fileBytesAt({ guildId }: Address, api: Pick<DiscordApi, 'bot'>): Promise<number> {
  if (guildId === undefined) return DISCORD_LIMITS.fileBytes;
  const reply = await api.bot({ method: 'get', path: `/guilds/${guildId}` });
  const tier = reply.kind === 'done' ? guildSchema.safeParse(reply.body).data?.premium_tier : undefined;
  return (tier ?? 0) >= BOOSTED ? DISCORD_LIMITS.messageBytes : DISCORD_LIMITS.fileBytes;
}
