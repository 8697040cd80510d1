import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment, Scale } from '../bot.ts';
import type { ChatBot } from '../chat/bot.ts';
import type { ChatName } from '../chat/start.ts';
import { toFigure, type Figure } from '../figure.ts';

const MODEL_TIME_MS = 1000;
/** `silentMs`: of a bot that has shown none of them for so long after its restart, none will come. A lost job is back after 11 s at most. */
const USUAL = { count: 10, rounds: 1, silentMs: 13_000 };
const SIZES = { tiny: { ...USUAL, count: 2, silentMs: 3000 }, usual: USUAL, long: { ...USUAL, rounds: 3 } };
/** After the last one, for those that would come a second time. */
const AFTERWARDS_MS = 2000;
const LOOK_MS = 100;

type Moment = (bot: ChatBot, ordered: () => Promise<number>, count: number) => Promise<void>;

/** When the machine goes: all pictures ordered, half of their time over, the first one just shown. */
const MOMENTS: readonly Moment[] = [
  async (_, ordered, count) => until(async () => (await ordered()) >= count),
  async (_, ordered, count) => {
    await until(async () => (await ordered()) >= count);
    await sleep(MODEL_TIME_MS / 2);
  },
  async ({ chat }) => until(async () => (await chat.look()).some((pictures) => pictures > 0)),
];

/** Ten pictures in work, and SIGKILL for every program of the bot, which is started again at once: how many never come, and how many twice. */
export async function measureKilled(chat: ChatName, { configuration, openChat }: Environment, scale: Scale): Promise<Figure[]> {
  const { count, rounds, silentMs } = SIZES[scale];
  const moments = scale === 'tiny' ? MOMENTS.slice(0, 1) : Array.from({ length: rounds }, () => MOMENTS).flat();
  const bot = await openChat(chat, { modelTimeMs: MODEL_TIME_MS, atOnce: count });
  try {
    const ends: End[] = [];
    for (const moment of moments) ends.push(await kill(bot, moment, count, silentMs));
    const figure = (what: string, unit: string, values: number[], target?: object): Figure =>
      toFigure({ name: `${chat}: ${what}, of ${count} killed in flight`, configuration, unit, rounds: [values], target });
    const complete = ends.filter(({ lost }) => lost === 0);
    return [
      figure(
        'lost',
        'pictures',
        ends.map(({ lost }) => lost),
        { most: 0 },
      ),
      figure(
        'shown twice',
        'pictures',
        ends.map(({ twice }) => twice),
        { most: 0 },
      ),
      ...(complete.length === 0
        ? []
        : [
            figure(
              'from the kill until the last one',
              'ms',
              complete.map(({ lastMs }) => lastMs),
            ),
          ]),
    ];
  } finally {
    await bot.close();
  }
}

interface End {
  readonly lost: number;
  readonly twice: number;
  readonly lastMs: number;
}

async function kill(bot: ChatBot, moment: Moment, count: number, silentMs: number): Promise<End> {
  const { chat, model } = bot;
  const before = await model.calls();
  await chat.ask(count);
  await moment(bot, async () => (await model.calls()) - before, count);
  const killedAt = performance.now();
  await bot.crash();
  const look = async (): Promise<readonly number[]> => chat.look();
  let [seen, lastAt] = [0, performance.now()];
  const isOver = (): boolean => seen === count || performance.now() - lastAt > silentMs;
  while (!isOver()) {
    await sleep(LOOK_MS);
    const now = (await look()).filter((pictures) => pictures > 0).length;
    if (now > seen) [seen, lastAt] = [now, performance.now()];
  }
  await sleep(AFTERWARDS_MS);
  const shown = await look();
  return {
    lost: shown.filter((pictures) => pictures === 0).length,
    twice: shown.filter((pictures) => pictures > 1).length,
    lastMs: lastAt - killedAt,
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const startedAt = performance.now(); !(await isSo()); await sleep(20))
    if (performance.now() - startedAt > 30_000) throw new Error('it did not come to the kill');
}
