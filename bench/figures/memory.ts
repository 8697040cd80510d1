import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../bot.ts';
import { inRounds, paintAll } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';
import { memoryOf } from '../process.ts';

const JOBS = 1000;
const AT_ONCE = 8;
/** After a start, and after work, until nothing is going on any more. */
const REST_MS = 3000;
const TARGETS_MIB: Readonly<Record<string, number>> = { gateway: 130, worker: 180, all: 220 };

/** Resident memory of each program: after the start, after a thousand pictures of 2 MB, and the most it had meanwhile. */
export async function measure({ configuration, open }: Environment): Promise<Figure[]> {
  const bot = await open({ modelTimeMs: 0 });
  try {
    const sizes = async () => {
      await sleep(REST_MS);
      return Promise.all(bot.programs.map(async (name) => ({ name, ...(await memoryOf(bot.pidOf(name))) })));
    };
    const idle = await sizes();
    await inRounds(1, async () => paintAll(bot, JOBS, AT_ONCE));
    const after = await sizes();
    const figure = (program: string, when: string, sizeMiB: number, promised = true): Figure => {
      const median = promised ? TARGETS_MIB[program] : undefined;
      const target = median === undefined ? undefined : { median };
      return toFigure({ name: `memory ${when}${nameOf(program)}`, configuration, unit: 'MiB', rounds: [[sizeMiB]], target });
    };
    return [
      ...idle.map(({ name, nowMiB }) => figure(name, 'idle', nowMiB)),
      ...after.map(({ name, nowMiB }) => figure(name, 'after 1,000 jobs', nowMiB)),
      ...after.map(({ name, mostMiB }) => figure(name, 'at its most', mostMiB, false)),
    ];
  } finally {
    await bot.close();
  }
}

/** The one program of a bot needs no name. */
const nameOf = (program: string): string => (program === 'gateway' || program === 'worker' ? `, ${program}` : '');
