import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer } from '#src/core/answer.ts';
import { openLedger } from '#src/ledger/open.ts';
import { openHouse, type Ended } from '#test/flows/house.ts';
import type { Death } from './mortal.ts';
import { openNoticeboard } from './noticeboard.ts';
import type { Order } from './program.ts';

const PROGRAM = 'test/proof/crash/program.ts';
const LIFE_MAX_MS = 120_000;
const ERASE_MICROS = 70_000;
const billSchema = z.object({ billed: z.string(), costMicros: z.number() });

/** Where a worker is killed, and how often what the words mean has to be booked then: nobody can tell whether the dead one was billed. */
const DEATHS: readonly (readonly [death: Death, thoughts: number])[] = [
  [{ place: 'read understand/meaning', when: 'before' }, 1],
  [{ place: 'write understand/meaning', when: 'after' }, 2],
  [{ place: 'claude complete', when: 'after' }, 2],
  [{ place: 'write understand/meaning (2)', when: 'before' }, 2],
  [{ place: 'write understand/meaning (2)', when: 'after' }, 1],
  [{ place: 'write invoke/picture-0 (2)', when: 'after' }, 1],
  [{ place: 'board post', when: 'before' }, 1],
];

interface Fall {
  readonly ended: Ended;
  readonly posts: number;
  readonly answer: Answer | undefined;
  readonly bookedMicros: number;
  /** What one thought took, and what it took to name the thing that is meant. */
  readonly thoughtMicros: number;
  readonly nameMicros: number;
}

const idOf = (index: number): string => `board-${index}`;
const ask = (index: number) => ({
  id: idOf(index),
  text: `mình không muốn thấy cái biển k${index}k nữa --seed ${index + 1}`,
  isInstruction: true,
});

/** One life for each death on the same data, each with an instruction of its own, and then an heir who finishes what they have left. */
async function dieThinking(): Promise<readonly Fall[]> {
  const photo = sharp({ create: { width: 256, height: 256, channels: 3, background: '#c05020' } });
  const board = await openNoticeboard(await photo.png().toBuffer());
  const house = await openHouse({});
  const live = async (order: Omit<Order, 'board'>): Promise<Ended> => {
    const running = house.start(PROGRAM, [JSON.stringify({ board: board.url, ...order })]);
    const timer = setTimeout(() => running.child.kill('SIGABRT'), LIFE_MAX_MS);
    return running.ended.finally(() => clearTimeout(timer));
  };
  try {
    const lives: Ended[] = [];
    for (const [index, [death]] of DEATHS.entries())
      lives.push(await live({ asks: [ask(index)], only: idOf(index), death, awaits: [idOf(index)] }));
    const heir = await live({ asks: [], awaits: DEATHS.map((_, index) => idOf(index)) });
    if (heir.code !== 0) throw new Error(`the heir did not finish: ${heir.err}`);
    const file = join(house.directory, 'data', 'ledger.sqlite');
    const store = await openLedger({
      database: { kind: 'sqlite', file },
      maxUnfinished: 10,
      dailyBudgetMicros: undefined,
      parallel: 1,
      now: Date.now,
    });
    const bills = [...lives, heir].flatMap(({ out }) => billsIn(out));
    const priceOf = (index: number, tag: string): number =>
      bills.find(({ billed }) => billed.includes(`k${index}k`) && billed.includes(tag))?.costMicros ?? 0;
    const falls: Fall[] = [];
    for (const [index, ended] of lives.entries()) {
      const id = idOf(index);
      falls.push({
        ended,
        posts: board.posts.filter((post) => post.id === id).length,
        answer: (await store.archive.find(id))?.answer,
        bookedMicros: (await store.archive.spent({ requestId: id })).reduce((sum, { costMicros }) => sum + costMicros, 0),
        thoughtMicros: priceOf(index, '<user_instruction>'),
        nameMicros: priceOf(index, '<user_prompt>'),
      });
    }
    await store.close();
    return falls;
  } finally {
    await house.close();
    await board.close();
  }
}

const billsIn = (out: string): z.infer<typeof billSchema>[] =>
  out.split('\n').flatMap((line) => (line.includes('"billed"') ? [billSchema.parse(JSON.parse(line))] : []));

describe('a process killed while an instruction is thought about', () => {
  let falls: readonly Fall[];
  beforeAll(async () => {
    falls = await dieThinking();
  }, 600_000);

  it.each(DEATHS.map(([{ place, when }, thoughts], index) => ({ index, place, when, thoughts })))(
    'dies $when $place: it is done as it was understood, once, and $thoughts thoughts are booked',
    ({ index, thoughts }) => {
      const fall = falls[index];
      expect(fall?.ended.signal).toBe('SIGKILL');
      expect(fall?.posts).toBe(1);
      expect(fall?.answer).toMatchObject({
        kind: 'made',
        title: `Đã xoá cái biển k${index}k`,
        recipe: { task: { kind: 'erase', what: `cái biển k${index}k` } },
      });
      const [thought = 0, name = 0] = [fall?.thoughtMicros, fall?.nameMicros];
      expect([thought > 0, name > 0]).toEqual([true, true]);
      expect(fall?.bookedMicros).toBe(thoughts * thought + name + ERASE_MICROS);
    },
  );
});
