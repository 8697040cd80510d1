import type { Environment } from '../bot.ts';
import { inRounds } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';

const ROUNDS = 7;

/** From starting the process until it takes requests, or jobs; its compiled code is kept from the start before. */
export async function measure({ configuration, open }: Environment): Promise<Figure[]> {
  const bot = await open({ modelTimeMs: 0 });
  try {
    const figures: Figure[] = [];
    for (const program of bot.programs) {
      const took = await inRounds(ROUNDS, async () => {
        await bot.kill(program);
        return bot.start(program);
      });
      const name = bot.programs.length > 1 ? `ready after start, ${program}` : 'ready after start';
      figures.push(toFigure({ name, configuration, unit: 'ms', rounds: [took], target: { median: 600 } }));
    }
    return figures;
  } finally {
    await bot.close();
  }
}
