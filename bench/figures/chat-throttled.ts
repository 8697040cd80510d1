import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment, Scale } from '../bot.ts';
import type { ChatBot } from '../chat/bot.ts';
import type { ChatName } from '../chat/start.ts';
import { inRounds } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';

const MODEL_TIME_MS = 1000;
const ROOM = 10;
/** Three times as many as the model lets in. */
const AT_ONCE = 30;
const SIZES = {
  tiny: { rounds: 1, warmUp: 1, count: 12 },
  usual: { rounds: 1, warmUp: 12, count: 100 },
  long: { rounds: 3, warmUp: 12, count: 100 },
};
/** When nothing has come for so long, nothing will. */
const QUIET_MS = 6000;
const LOOK_MS = 100;

/**
 * A hundred people at once before a model that paints ten pictures at a time and throttles everybody else: how many are told no, how many
 * are told yes and get nothing, and when the last one has theirs.
 */
export async function measureThrottled(chat: ChatName, { configuration, openChat }: Environment, scale: Scale): Promise<Figure[]> {
  const { rounds, warmUp, count } = SIZES[scale];
  const idealMs = (count / ROOM) * MODEL_TIME_MS;
  const bot = await openChat(chat, { modelTimeMs: MODEL_TIME_MS, atOnce: AT_ONCE });
  try {
    await serve(bot, warmUp);
    await bot.model.set({ atOnceMax: ROOM });
    const ends = await inRounds(rounds, async () => serve(bot, count));
    const figure = (what: string, unit: string, values: number[], target: object): Figure =>
      toFigure({ name: `${chat}: ${what}, of ${count} under a cap of ${ROOM}`, configuration, unit, rounds: [values], target });
    const of = (pick: (end: End) => number): number[] => ends.map(pick);
    return [
      figure(
        'turned away',
        'requests',
        of(({ turnedAway }) => turnedAway),
        { most: 0 },
      ),
      figure(
        'taken and lost',
        'pictures',
        of(({ lost }) => lost),
        { most: 0 },
      ),
      figure(
        'until the last one',
        'ms',
        of(({ lastMs }) => lastMs),
        { median: idealMs * 1.2 },
      ),
    ];
  } finally {
    await bot.close();
  }
}

interface End {
  readonly turnedAway: number;
  readonly lost: number;
  readonly lastMs: number;
}

/** Watches until all who were told yes have their picture, or until nothing more comes. */
async function serve({ chat }: ChatBot, count: number): Promise<End> {
  const startedAt = performance.now();
  const { turnedAway } = await chat.ask(count);
  let [delivered, lastAt] = [0, performance.now()];
  while (delivered < count - turnedAway && performance.now() - lastAt < QUIET_MS) {
    await sleep(LOOK_MS);
    const now = (await chat.look()).filter((pictures) => pictures > 0).length;
    if (now > delivered) [delivered, lastAt] = [now, performance.now()];
  }
  return { turnedAway, lost: Math.max(0, count - turnedAway - delivered), lastMs: lastAt - startedAt };
}
