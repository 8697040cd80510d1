import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '#src/ledger/open.ts';
import { openHouse, type House } from './house.ts';

const PROGRAM = 'test/flows/programs/dying-worker.ts';
const PICTURE_MICROS = 80_000;

/**
 * Every write of a transforming job, in order. Its number is the place to die; the last column says how often the model may have been asked
 * when the process died before it and after it.
 */
const writes: readonly (readonly [string, number, number])[] = [
  ['progress: started', 1, 1],
  ['the picture is prepared', 1, 1],
  ['progress: prepared', 1, 1],
  ['the prompt is written', 1, 1],
  ['progress: enhanced', 1, 1],
  ['seeds are planned', 1, 1],
  ['progress: painting', 1, 1],
  ['the paid call is intended', 1, 1],
  ['the picture is kept', 2, 1],
  ['the answer is settled', 1, 1],
  ['the answer is shown', 1, 1],
  ['the request is closed', 1, 1],
];

const deaths = writes.flatMap(([name, before, after], index) => [
  { name: `before “${name}”`, at: index + 1, when: 'before', calls: before },
  { name: `after “${name}”`, at: index + 1, when: 'after', calls: after },
]);

let house: House;
beforeEach(async () => {
  house = await openHouse();
  const picture = sharp({ create: { width: 256, height: 256, channels: 3, background: '#c05020' } });
  await writeFile(join(house.directory, 'in.png'), await picture.png().toBuffer());
});
afterEach(async () => house.close());

async function run(at: number, when: string): Promise<{ signal: NodeJS.Signals | null; out: string }> {
  return house.start(PROGRAM, [String(at), when, join(house.directory, 'in.png')]).ended;
}

async function answerAndSpending() {
  const database = { kind: 'sqlite', file: join(house.directory, 'data', 'ledger.sqlite') } as const;
  const store = await openLedger({ database, maxUnfinished: 10, dailyBudgetMicros: undefined, parallel: 1, now: Date.now });
  const entry = await store.archive.find('cli-1');
  const pictures = (await store.archive.spent({ requestId: 'cli-1' })).filter(({ what }) => what === 'picture');
  await store.close();
  return { entry, pictureMicros: pictures.reduce((sum, { costMicros }) => sum + costMicros, 0) };
}

describe('a worker killed', () => {
  it('nowhere writes exactly the facts that this page lists', async () => {
    const { out } = await run(0, 'before');
    expect(JSON.parse(out)).toEqual({ writes: writes.length });
  });

  it.each(deaths)('$name is followed by one answer, and $calls paid call(s)', { timeout: 120_000 }, async ({ at, when, calls }) => {
    expect((await run(at, when)).signal).toBe('SIGKILL');
    expect((await run(0, 'before')).signal).toBeNull();
    const { entry, pictureMicros } = await answerAndSpending();
    expect(entry).toMatchObject({ stage: 'finished', answer: { kind: 'made', recipe: { seed: 9 } } });
    expect(house.sandbox.charges().totalMicros).toBe(calls * PICTURE_MICROS);
    // What may have been billed is booked as billed, so the books never show less.
    expect(pictureMicros).toBeGreaterThanOrEqual(calls * PICTURE_MICROS);
    expect(pictureMicros).toBeLessThanOrEqual(2 * PICTURE_MICROS);
  });
});
