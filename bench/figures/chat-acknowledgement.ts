import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment, Scale } from '../bot.ts';
import type { ChatBot } from '../chat/bot.ts';
import type { Asked } from '../chat/orders.ts';
import type { ChatName } from '../chat/start.ts';
import { inRounds } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';
import { cpuMsOf, memoryOf } from '../process.ts';

/** Long enough for every place in the workers to be taken all the time. */
const MODEL_TIME_MS = 1000;
const AT_ONCE = 4;
const USUAL = { bursts: 3, rounds: 1, warmUp: 12, burst: 100, perSecond: 50, seconds: 20, restMs: 1500 };
const SIZES = {
  tiny: { bursts: 1, rounds: 1, warmUp: 1, burst: 3, perSecond: 5, seconds: 1, restMs: 100 },
  usual: USUAL,
  long: { ...USUAL, bursts: 5, rounds: 3 },
};
const ACKNOWLEDGEMENT_TARGET = { p95: 25, most: 500 };
const GATEWAY_MIB: Readonly<Record<string, number>> = { gateway: 130, all: 220 };

/**
 * How long people wait for what the platform wants within three seconds, while the workers have all they can do: a hundred who ask in one moment, and
 * fifty a second. And the memory of the program that they talk to.
 */
export async function measureAcknowledgement(chat: ChatName, { configuration, openChat }: Environment, scale: Scale): Promise<Figure[]> {
  const { bursts: burstRounds, rounds, warmUp, burst, perSecond, seconds, restMs } = SIZES[scale];
  const bot = await openChat(chat, { modelTimeMs: MODEL_TIME_MS, atOnce: AT_ONCE });
  try {
    const idle = await memory(bot, restMs);
    await bot.chat.ask(warmUp, 10);
    const ask = async (...many: readonly [count: number, perSecond?: number]): Promise<Asked> => {
      const asked = await bot.chat.ask(...many);
      await sleep(restMs);
      return asked;
    };
    const bursts = await inRounds(burstRounds, async () => ask(burst));
    const gateway = bot.pidOf(bot.programs[0] ?? '');
    const before = await cpuMsOf(gateway);
    const steady = await inRounds(rounds, async () => ask(perSecond * seconds, perSecond));
    const cpuMs = ((await cpuMsOf(gateway)) - before) / (perSecond * seconds * rounds);
    const busy = await memory(bot, restMs);
    const figure = (name: string, unit: string, values: number[][], target?: object): Figure =>
      toFigure({ name: `${chat}: ${name}`, configuration, unit, rounds: values, target });
    const told = (asked: readonly Asked[]): number[][] => asked.map(({ toldMs }) => toldMs);
    const turnedAway = [[...bursts, ...steady].map((asked) => asked.turnedAway)];
    const promised = GATEWAY_MIB[bot.programs[0] ?? ''];
    const size = promised === undefined ? undefined : { median: promised };
    return [
      figure(`acknowledged, ${burst} at once`, 'ms', told(bursts), ACKNOWLEDGEMENT_TARGET),
      figure(`acknowledged, ${perSecond} a second`, 'ms', told(steady), ACKNOWLEDGEMENT_TARGET),
      figure('turned away', 'requests', turnedAway, { most: 0 }),
      figure('processor time of the gateway a request', 'ms', [[cpuMs]]),
      figure(
        'the stand-in itself was late',
        'ms',
        steady.map(({ lateMs }) => lateMs),
      ),
      figure('memory of the gateway, idle', 'MiB', [[idle.nowMiB]], size),
      figure('memory of the gateway, at its most', 'MiB', [[busy.mostMiB]], size),
    ];
  } finally {
    await bot.close();
  }
}

async function memory({ programs, pidOf }: ChatBot, restMs: number): ReturnType<typeof memoryOf> {
  await sleep(restMs);
  return memoryOf(pidOf(programs[0] ?? ''));
}
