import type { Bot, Environment } from '../bot.ts';
import { inRounds, warmUp } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';

/** Long enough for the bot to be at rest while the model works, as it is with a real one. */
const MODEL_TIME_MS = 150;
const ROUNDS = 3;
const JOBS = 40;
export const OVERHEAD_TARGET = { median: 15, p99: 60 };

/** What one picture takes beside the model, from the asking until the page shows it, and until its last byte is there. One after the other. */
export async function measure({ configuration, open }: Environment): Promise<Figure[]> {
  const bot = await open({ modelTimeMs: MODEL_TIME_MS });
  try {
    const rounds = await inRounds(ROUNDS, async () => overheads(bot, MODEL_TIME_MS, JOBS));
    const figure = (name: string, pick: (one: Overhead) => number, target?: typeof OVERHEAD_TARGET): Figure =>
      toFigure({ name, configuration, unit: 'ms', rounds: rounds.map((round) => round.map(pick)), target });
    return [
      figure('overhead until the answer is visible', ({ visibleMs }) => visibleMs, OVERHEAD_TARGET),
      figure('overhead until the picture is loaded', ({ loadedMs }) => loadedMs),
    ];
  } finally {
    await bot.close();
  }
}

export interface Overhead {
  readonly visibleMs: number;
  readonly loadedMs: number;
}

export async function overheads(bot: Bot, modelTimeMs: number, jobs: number): Promise<Overhead[]> {
  await warmUp(bot);
  return inRounds(jobs, async (person) => {
    const startedAt = performance.now();
    const { id, answered } = await bot.ask(person);
    await answered;
    const picture = await bot.see(id);
    const visibleMs = performance.now() - startedAt - modelTimeMs;
    await bot.load(picture);
    return { visibleMs, loadedMs: performance.now() - startedAt - modelTimeMs };
  });
}
