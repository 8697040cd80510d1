import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer } from '#src/core/answer.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { openHouse, type Ended } from '#test/flows/house.ts';
import { questionMaxMicros } from '#workers/enhancer/price.ts';
import type { Death } from './mortal.ts';
import { openNoticeboard, type Noticeboard } from './noticeboard.ts';
import type { Order } from './program.ts';

const PROGRAM = 'test/proof/crash/program.ts';
const LIFE_MAX_MS = 120_000;
const ERASE_MICROS = 70_000;
const QUESTION_MICROS = questionMaxMicros('claude-haiku-5-5');
const billSchema = z.object({ billed: z.string(), costMicros: z.number() });

/** Where a worker is killed, and whether a second thought has to be booked then: nobody can tell whether the dead one was billed. */
const DEATHS: readonly (readonly [death: Death, unknown: 0 | 1])[] = [
  [{ place: 'read understand/meaning', when: 'before' }, 0],
  [{ place: 'write understand/meaning', when: 'after' }, 1],
  [{ place: 'claude complete', when: 'after' }, 1],
  [{ place: 'write understand/meaning (2)', when: 'before' }, 1],
  [{ place: 'write understand/meaning (2)', when: 'after' }, 0],
  [{ place: 'write invoke/picture-0 (2)', when: 'after' }, 0],
  [{ place: 'board post', when: 'before' }, 0],
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

/** Where lives are lived, one after the other on the same data. */
interface Room {
  readonly board: Noticeboard;
  live(order: Omit<Order, 'board'>): Promise<Ended>;
  /** The ledger as it stands while nobody works on it. */
  look<Value>(work: (store: OpenedLedger) => Promise<Value>): Promise<Value>;
}

async function inRoom<Value>(work: (room: Room) => Promise<Value>): Promise<Value> {
  const photo = sharp({ create: { width: 256, height: 256, channels: 3, background: '#c05020' } });
  const board = await openNoticeboard(await photo.png().toBuffer());
  const house = await openHouse({});
  const live: Room['live'] = async (order) => {
    const running = house.start(PROGRAM, [JSON.stringify({ board: board.url, ...order })]);
    const timer = setTimeout(() => running.child.kill('SIGABRT'), LIFE_MAX_MS);
    return running.ended.finally(() => clearTimeout(timer));
  };
  const look: Room['look'] = async (seen) => {
    const database = { kind: 'sqlite', file: join(house.directory, 'data', 'ledger.sqlite') } as const;
    const store = await openLedger({ database, maxUnfinished: 10, dailyBudgetMicros: undefined, parallel: 1, now: Date.now });
    try {
      return await seen(store);
    } finally {
      await store.close();
    }
  };
  try {
    return await work({ board, live, look });
  } finally {
    await house.close();
    await board.close();
  }
}

/** Finishes what the dead have left. */
async function inherit({ live }: Room, count: number): Promise<Ended> {
  const heir = await live({ asks: [], awaits: Array.from({ length: count }, (_, index) => idOf(index)) });
  if (heir.code !== 0) throw new Error(`the heir did not finish: ${heir.err}`);
  return heir;
}

const bookedFor = async (store: OpenedLedger, requestId: string): Promise<number> =>
  (await store.archive.spent({ requestId })).reduce((sum, { costMicros }) => sum + costMicros, 0);

/** One life for each death, each with an instruction of its own, and then an heir. */
async function dieThinking(room: Room): Promise<readonly Fall[]> {
  const { board, live, look } = room;
  const lives: Ended[] = [];
  for (const [index, [death]] of DEATHS.entries())
    lives.push(await live({ asks: [ask(index)], only: idOf(index), death, awaits: [idOf(index)] }));
  const heir = await inherit(room, DEATHS.length);
  const bills = [...lives, heir].flatMap(({ out }) => billsIn(out));
  const priceOf = (index: number, tag: string): number =>
    bills.find(({ billed }) => billed.includes(`k${index}k`) && billed.includes(tag))?.costMicros ?? 0;
  const falls: Fall[] = [];
  await look(async (store) => {
    for (const [index, ended] of lives.entries()) {
      const id = idOf(index);
      falls.push({
        ended,
        posts: board.posts.filter((post) => post.id === id).length,
        answer: (await store.archive.find(id))?.answer,
        bookedMicros: await bookedFor(store, id),
        thoughtMicros: priceOf(index, '<user_instruction>'),
        nameMicros: priceOf(index, '<user_prompt>'),
      });
    }
  });
  return falls;
}

/** What Claude is asked when a worker dies of it, and that nobody asks again, since the request is cancelled. */
const QUESTIONS: readonly (readonly [question: string, text: string, place: string])[] = [
  ['what is meant', 'mình không muốn thấy cái biển nữa', 'claude complete'],
  ['what the thing is called', 'mình không muốn thấy cái nhà nữa', 'claude complete (2)'],
  ['for a prompt', 'vẽ lại theo phong cách tranh Đông Hồ', 'claude complete (2)'],
  ['what is to be seen', 'trong ảnh này có gì vậy?', 'claude complete (2)'],
];

interface Loss {
  readonly ended: Ended;
  readonly answer: Answer | undefined;
  readonly bookedMicros: number;
  /** In the life that was lost, in order. */
  readonly billsMicros: readonly number[];
  readonly heirBilledMicros: number;
}

async function dieAndBeCancelled(room: Room): Promise<readonly Loss[]> {
  const { live, look } = room;
  const lives: Ended[] = [];
  for (const [index, [, text, place]] of QUESTIONS.entries()) {
    const [id, death] = [idOf(index), { place, when: 'after' } as const];
    lives.push(await live({ asks: [{ id, text, isInstruction: true }], only: id, death, awaits: [id] }));
  }
  await look(async (store) => {
    for (const index of QUESTIONS.keys()) await store.retractions.cancel(idOf(index));
  });
  const heirBilledMicros = sum(billsIn((await inherit(room, QUESTIONS.length)).out));
  const losses: Loss[] = [];
  await look(async (store) => {
    for (const [index, ended] of lives.entries()) {
      const answer = (await store.archive.find(idOf(index)))?.answer;
      const billsMicros = billsIn(ended.out).map(({ costMicros }) => costMicros);
      losses.push({ ended, answer, bookedMicros: await bookedFor(store, idOf(index)), billsMicros, heirBilledMicros });
    }
  });
  return losses;
}

const billsIn = (out: string): z.infer<typeof billSchema>[] =>
  out.split('\n').flatMap((line) => (line.includes('"billed"') ? [billSchema.parse(JSON.parse(line))] : []));

const sum = (bills: readonly { readonly costMicros: number }[]): number => bills.reduce((total, { costMicros }) => total + costMicros, 0);

describe('a process killed while an instruction is thought about', () => {
  let falls: readonly Fall[];
  beforeAll(async () => {
    falls = await inRoom(dieThinking);
  }, 600_000);

  it.each(DEATHS.map(([{ place, when }, unknown], index) => ({ index, place, when, unknown })))(
    'dies $when $place: it is done as it was understood, once, and booked with $unknown thoughts of which nobody knows',
    ({ index, unknown }) => {
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
      expect(fall?.bookedMicros).toBe(unknown * QUESTION_MICROS + thought + name + ERASE_MICROS);
    },
  );
});

describe('a process killed while Claude was asked, about what nobody wants any more,', () => {
  let losses: readonly Loss[];
  beforeAll(async () => {
    losses = await inRoom(dieAndBeCancelled);
  }, 600_000);

  it.each(QUESTIONS.map(([question], index) => ({ question, index })))(
    'is in the books with what it asked, once: $question',
    ({ index }) => {
      const { ended, answer, bookedMicros, billsMicros = [], heirBilledMicros } = losses[index] ?? {};
      const known = billsMicros.slice(0, -1).reduce((total, micros) => total + micros, 0);
      const unknown = billsMicros.at(-1) ?? 0;
      expect([ended?.signal, heirBilledMicros, unknown > 0, unknown <= QUESTION_MICROS]).toEqual(['SIGKILL', 0, true, true]);
      expect(answer).toEqual({ kind: 'refused', code: 'cancelled', details: {}, costMicros: known + QUESTION_MICROS });
      expect(bookedMicros).toBe(known + QUESTION_MICROS);
    },
  );
});
