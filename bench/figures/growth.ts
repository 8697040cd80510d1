import type { Environment, Rows } from '../bot.ts';
import { askAtRate, inRounds, paintAll, warmUp } from '../drive.ts';
import { toFigure, type Figure, type Target } from '../figure.ts';
import { overheads } from './overhead.ts';

const PER_SECOND = 200;
const COUNT = 400;
const ROUNDS = 3;
const OVERHEAD_MODEL_MS = 150;
const OVERHEAD_JOBS = 30;
/** The first figure is what the others are held against: growing by less than this is called flat, by less than the second one for the slowest. */
const FLAT = { median: 1.5, p99: 2.5 };

const SIZES = [10, 1000, 100_000];
const WAITING = 10_000;

/** Whether anything gets slower as the ledger fills, and as the line of those who wait gets long. The control keeps no ledger. */
export async function measure(environment: Environment): Promise<Figure[]> {
  if (environment.configuration === 'control') return [];
  const figures: Figure[] = [];
  let [accept, overhead]: (Figure | undefined)[] = [];
  for (const finished of SIZES) {
    const name = `${finished.toLocaleString('en')} rows in the ledger`;
    const accepted = await acceptWith(environment, name, { finished, waiting: 0 }, accept);
    const over = await overheadWith(environment, name, { finished, waiting: 0 }, overhead);
    [accept, overhead] = [accept ?? accepted, overhead ?? over];
    figures.push(accepted, over);
  }
  const name = `${WAITING.toLocaleString('en')} jobs waiting`;
  figures.push(await acceptWith(environment, name, { finished: 10, waiting: WAITING }, accept));
  figures.push(...(await throughputWith(environment)));
  return figures;
}

const flat = (first: Figure | undefined): Target | undefined =>
  first === undefined ? undefined : { median: first.median * FLAT.median, p99: first.p99 * FLAT.p99 };

async function acceptWith({ configuration, open }: Environment, name: string, rows: Rows, first?: Figure): Promise<Figure> {
  const bot = await open({ modelTimeMs: 1000, rows });
  try {
    // The people who waited must not be in the way of those who only warm up: nobody waits for an answer here.
    await askAtRate(bot, PER_SECOND, PER_SECOND);
    const asked = await inRounds(ROUNDS, async () => askAtRate(bot, PER_SECOND, COUNT));
    // What it took to say no is no acknowledgement.
    if (asked.some(({ turnedAway }) => turnedAway > 0)) throw new Error('some were turned away');
    const rounds = asked.map(({ toldMs }) => toldMs);
    return toFigure({ name: `accept, ${name}`, configuration, unit: 'ms', rounds, target: flat(first) });
  } finally {
    await bot.close();
  }
}

async function overheadWith({ configuration, open }: Environment, name: string, rows: Rows, first?: Figure): Promise<Figure> {
  const bot = await open({ modelTimeMs: OVERHEAD_MODEL_MS, rows });
  try {
    const rounds = await inRounds(ROUNDS, async () => overheads(bot, OVERHEAD_MODEL_MS, OVERHEAD_JOBS));
    const visible = rounds.map((round) => round.map(({ visibleMs }) => visibleMs));
    return toFigure({ name: `overhead, ${name}`, configuration, unit: 'ms', rounds: visible, target: flat(first) });
  } finally {
    await bot.close();
  }
}

/** Whoever asks for the first time goes before a crowd of one person's, so that new jobs are done while the line stands. */
async function throughputWith({ configuration, open }: Environment): Promise<Figure[]> {
  const jobs = 100;
  const run = async (waiting: number): Promise<number[]> => {
    const bot = await open({ modelTimeMs: 0, rows: { finished: 10, waiting } });
    try {
      await warmUp(bot);
      return await inRounds(ROUNDS, async () => paintAll(bot, jobs, 4));
    } finally {
      await bot.close();
    }
  };
  const figure = (name: string, took: number[], target?: Target): Figure =>
    toFigure({ name, configuration, unit: 'ms', rounds: took.map((tookMs) => [tookMs / jobs]), target });
  const first = figure('time a job, no jobs waiting', await run(0));
  return [first, figure(`time a job, ${WAITING.toLocaleString('en')} jobs waiting`, await run(WAITING), flat(first))];
}
