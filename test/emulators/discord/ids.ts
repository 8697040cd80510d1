import type { Clock } from './clock.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000;
const PER_MILLISECOND = 4096n;

/** Ids that carry their time, as Discord's do, and grow. */
export function createIds(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const earliest = BigInt(Math.floor(clock.now()) - DISCORD_EPOCH_MS) << 22n;
    last = earliest > last ? earliest : last + 1n;
    if (last % PER_MILLISECOND === 0n && last !== earliest) last += 1n;
    return String(last);
  };
}

/** When an id was made, in milliseconds since 1970. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;

export const isId = (text: string): boolean => /^(0|[1-9]\d{0,19})$/.test(text);

/** Which shard hears of a guild. */
export const shardOf = (guildId: string, shards: number): number => Number((BigInt(guildId) >> 22n) % BigInt(shards));
