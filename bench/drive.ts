import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked, Bot } from './bot.ts';

/** Jobs after which the programs run compiled code and have their connections open. */
const WARM_UP_JOBS = 30;

export async function warmUp(bot: Bot, jobs = WARM_UP_JOBS): Promise<void> {
  await paintAll(bot, jobs, 4);
}

/** So many pictures, this many of them wished for at a time. Resolves when all are there, with the milliseconds that took. */
export async function paintAll(bot: Bot, count: number, atOnce: number): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const wisher = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await (
        await bot.ask(next)
      ).answered;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, wisher));
  return performance.now() - startedAt;
}

/**
 * Asks at a fixed rate whatever the bot does, and counts from when the request was due: a bot that falls behind keeps those who come waiting.
 * Resolves with the milliseconds that each acknowledgement took, and how many were told no.
 */
export async function askAtRate(bot: Bot, perSecond: number, count: number): Promise<AskedAtRate> {
  const startedAt = performance.now();
  const told: Promise<number | undefined>[] = [];
  while (told.length < count) {
    const dueAt = startedAt + (told.length * 1000) / perSecond;
    const aheadMs = dueAt - performance.now();
    if (aheadMs > 0) await sleep(Math.ceil(aheadMs));
    else
      told.push(
        bot
          .ask(told.length)
          .then(({ toldAt }: Asked) => toldAt - dueAt)
          .catch(() => undefined),
      );
  }
  const toldMs = (await Promise.all(told)).filter((ms) => ms !== undefined);
  return { toldMs, turnedAway: count - toldMs.length };
}

export interface AskedAtRate {
  readonly toldMs: readonly number[];
  readonly turnedAway: number;
}

/** One value a round, and nothing of a round kept for the next one but the bot itself. */
export async function inRounds<Value>(rounds: number, work: (round: number) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let round = 0; round < rounds; round += 1) values.push(await work(round));
  return values;
}
