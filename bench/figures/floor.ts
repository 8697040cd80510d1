import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Environment } from '../bot.ts';
import { inRounds } from '../drive.ts';
import { toFigure, type Figure } from '../figure.ts';

const WRITES = 40;

/** What this machine's disk asks for a promise, whoever makes it: a row, and a picture, written and flushed. Measured once, beside the control. */
export async function measure({ configuration }: Environment): Promise<Figure[]> {
  if (configuration !== 'control') return [];
  const folder = await mkdtemp(join(tmpdir(), 'bench-floor-'));
  try {
    const flushed = async (name: string, bytes: number): Promise<Figure> => {
      const content = randomBytes(bytes);
      const took = await inRounds(WRITES, async (round) => {
        const startedAt = performance.now();
        const file = await open(join(folder, `${bytes}-${round}`), 'wx');
        await file.writeFile(content);
        await file.sync();
        await file.close();
        return performance.now() - startedAt;
      });
      return toFigure({ name, configuration, unit: 'ms', rounds: [took] });
    };
    return [await flushed('disk: 4 KiB written and flushed', 4096), await flushed('disk: 2 MiB written and flushed', 2 * 1024 * 1024)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
