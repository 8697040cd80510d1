import type { Environment, Scale } from '../bot.ts';
import type { ChatName } from '../chat/start.ts';
import { inRounds } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';

/** Long enough for the bot to be at rest while the model works, as it is with a real one. */
const MODEL_TIME_MS = 300;
const AT_ONCE = 4;
const USUAL = { rounds: 3, warmUp: 12, jobs: 8 };
const SIZES = { tiny: { rounds: 1, warmUp: 1, jobs: 1 }, usual: USUAL, long: { ...USUAL, jobs: 25 } };

/** What one picture takes beside the model, from the command until everybody in the channel sees it. One after the other. */
export async function measureOverhead(chat: ChatName, { configuration, openChat }: Environment, scale: Scale): Promise<Figure[]> {
  const { rounds, warmUp, jobs } = SIZES[scale];
  const bot = await openChat(chat, { modelTimeMs: MODEL_TIME_MS, atOnce: AT_ONCE });
  try {
    await bot.chat.wait(warmUp);
    const took = await inRounds(rounds, async () => bot.chat.wait(jobs));
    const overheads = took.map((round) => round.map((tookMs) => tookMs - MODEL_TIME_MS));
    const violations = await bot.chat.judge();
    if (violations.length > 0 && configuration !== 'control') throw new Error(violations.join('\n'));
    return [toFigure({ name: `${chat}: overhead until the picture is visible`, configuration, unit: 'ms', rounds: overheads })];
  } finally {
    await bot.close();
  }
}
