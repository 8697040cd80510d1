import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot, Environment } from '../bot.ts';
import { inRounds, warmUp } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';

const MODEL_TIME_MS = 1000;
const ROUNDS = 3;
const JOBS = 4;

/** From the kill of the painting process, with four pictures ordered, until each of them is there, less the model's time. It is started again at once. */
export async function measure({ configuration, open }: Environment): Promise<Figure[]> {
  // The control has forgotten what it was asked; there is nothing to wait for.
  if (configuration === 'control') return [];
  const bot = await open({ modelTimeMs: MODEL_TIME_MS });
  try {
    await warmUp(bot, JOBS);
    const rounds = await inRounds(ROUNDS, async () => recover(bot));
    return [toFigure({ name: 'recovery after SIGKILL', configuration, unit: 'ms', rounds, target: { median: 12_000, p99: 12_000 } })];
  } finally {
    await bot.close();
  }
}

async function recover(bot: Bot): Promise<number[]> {
  const before = await bot.calls();
  const asked = await Promise.all(Array.from({ length: JOBS }, async (_, person) => bot.ask(person)));
  while ((await bot.calls()) < before + JOBS) await sleep(10);
  const killedAt = performance.now();
  const painter = bot.programs.at(-1) ?? '';
  await bot.kill(painter);
  await bot.start(painter);
  const answeredAt = await Promise.all(asked.map(async ({ answered }) => answered));
  return answeredAt.map((at) => at - killedAt - MODEL_TIME_MS);
}
