import type { Environment } from '../bot.ts';
import { askAtRate, inRounds, warmUp } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';

const PER_SECOND = 200;
const COUNT = 600;
const ROUNDS = 3;
export const ACCEPT_TARGET = { median: 5, p99: 20 };

/** How long people wait for the acknowledgement when 200 ask every second: while the workers wait for a model, and while they have all they can do. */
export async function measure(environment: Environment): Promise<Figure[]> {
  return [
    ...(await acceptAt(environment, 'accept at 200/s, model 1 s', 1000)),
    ...(await acceptAt(environment, 'accept at 200/s, workers at their limit', 0)),
  ];
}

async function acceptAt({ configuration, open }: Environment, name: string, modelTimeMs: number): Promise<Figure[]> {
  // The acknowledgement of the control is its answer: more than a second of that takes it minutes.
  const [rounds, count] = configuration === 'control' ? [1, PER_SECOND] : [ROUNDS, COUNT];
  const bot = await open({ modelTimeMs });
  try {
    await warmUp(bot, 12);
    const told = await inRounds(rounds, async () => askAtRate(bot, PER_SECOND, count));
    const turnedAway = [told.map((asked) => asked.turnedAway)];
    return [
      toFigure({ name, configuration, unit: 'ms', rounds: told.map(({ toldMs }) => toldMs), target: ACCEPT_TARGET }),
      toFigure({ name: `${name}: turned away`, configuration, unit: 'requests', rounds: turnedAway, target: { most: 0 } }),
    ];
  } finally {
    await bot.close();
  }
}
