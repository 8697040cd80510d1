import type { Bot, Environment } from '../bot.ts';
import { inRounds, paintAll, warmUp } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';
import { cpuMsOf } from '../process.ts';

const ROUNDS = 5;
const JOBS = 150;
const AT_ONCE = 16;

/** Jobs a second of one painting process when the model takes no time, and the processor time of all the bot's programs for each of them. */
export async function measure({ configuration, open }: Environment): Promise<Figure[]> {
  const bot = await open({ modelTimeMs: 0 });
  try {
    await warmUp(bot, JOBS);
    const rounds = await inRounds(ROUNDS, async () => run(bot, JOBS));
    const figure = (name: string, unit: string, values: number[], target: { median: number; atLeast?: boolean }): Figure =>
      toFigure({ name, configuration, unit, rounds: values.map((value) => [value]), target });
    const perSecond = rounds.map(({ tookMs }) => (JOBS * 1000) / tookMs);
    const cpuMs = rounds.map((round) => round.cpuMs / JOBS);
    return [
      figure('jobs a second', '1/s', perSecond, { median: 100, atLeast: true }),
      figure('processor time a job', 'ms', cpuMs, { median: 6 }),
    ];
  } finally {
    await bot.close();
  }
}

async function run(bot: Bot, jobs: number): Promise<{ tookMs: number; cpuMs: number }> {
  const spent = async (): Promise<number> => {
    const all = await Promise.all(bot.programs.map(async (name) => cpuMsOf(bot.pidOf(name))));
    return all.reduce((sum, cpuMs) => sum + cpuMs, 0);
  };
  const before = await spent();
  const tookMs = await paintAll(bot, jobs, AT_ONCE);
  return { tookMs, cpuMs: (await spent()) - before };
}
