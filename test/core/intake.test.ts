import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIntake } from '#src/core/intake.ts';
import type { Ledger } from '#src/core/ledger.ts';
import type { Ask, Told } from '#src/core/platform.ts';
import type { Queue } from '#src/core/queue.ts';
import { createSweeper } from '#src/core/sweeper.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { silentLog } from '#test/queue/rooms.ts';
import { specs } from '#workers/models/catalogue.ts';

const cards = specs.map(({ card }) => card);
const ask: Ask = {
  id: 'web-1',
  text: 'a red boat at sunrise',
  options: {},
  images: [],
  thread: { platform: 'web', address: null },
  requester: { id: 'mai' },
  tenant: 'local',
  locale: undefined,
};
const picture = { platform: 'web', source: { key: 'k' } };
const never = new Promise<never>(() => {});

/** A queue that only remembers what it was given, in the way the test says. */
function queueOf(add: (ids: string[], id: string) => Promise<void> = async (ids, id) => void ids.push(id)) {
  const ids: string[] = [];
  const queue: Queue = { waiting: async () => ids.length, add: async ({ id }) => add(ids, id), work: async () => async () => {} };
  return { queue, ids };
}

describe('intake', () => {
  let directory: string;
  let store: OpenedLedger;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'intake-'));
    const database = { kind: 'sqlite', file: join(directory, 'ledger.sqlite') } as const;
    store = await openLedger({ database, maxUnfinished: 3, dailyBudgetMicros: 400_000, parallel: 1, now: Date.now });
  });

  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  function intake(queue: Queue, ledger: Ledger = store.ledger, deadlineMs = 1200) {
    return createIntake({ ledger, queue, cards, log: silentLog, now: Date.now, patienceMs: 60_000, deadlineMs });
  }

  const code = ({ receipt }: Told): string => (receipt.kind === 'refused' ? receipt.code : receipt.kind);

  it('commits the request before it says yes, and puts it on the queue', async () => {
    const { queue, ids } = queueOf();
    const { receipt, language } = await intake(queue)(ask);
    expect(receipt).toMatchObject({ kind: 'accepted', id: 'web-1', ahead: 0, repeated: false });
    expect(language).toBe('en');
    expect(ids).toEqual(['web-1']);
    expect(await store.archive.find('web-1')).toMatchObject({
      stage: 'queued',
      request: { prompt: 'a red boat at sunrise', modelId: 'sd3.5-large' },
    });
  });

  it('takes a redelivered command for the request it already is', async () => {
    const { queue } = queueOf();
    await intake(queue)(ask);
    expect(await intake(queue)({ ...ask, text: 'something else' })).toMatchObject({ receipt: { kind: 'accepted', repeated: true } });
    expect((await store.archive.find('web-1'))?.request.prompt).toBe('a red boat at sunrise');
  });

  it('says yes although the queue is away, and the sweeper queues it later', async () => {
    const away = queueOf(async () => Promise.reject(new Error('connection refused')));
    expect(code(await intake(away.queue)(ask))).toBe('accepted');
    const back = queueOf();
    const sweep = createSweeper({ ledger: store.ledger, queue: { ...back.queue, memory: async () => 'new' }, now: () => Date.now() + 10 });
    expect(await sweep()).toBe(1);
    expect(back.ids).toEqual(['web-1']);
  });

  it('says yes in time although the queue hangs', async () => {
    const frozen = queueOf(async () => never);
    expect(code(await intake(frozen.queue, store.ledger, 50)(ask))).toBe('accepted');
  });

  it('says no in time when the ledger hangs, and commits nothing that arrives late', async () => {
    const { promise: thaw, resolve } = Promise.withResolvers<void>();
    let late: ReturnType<Ledger['accept']> | undefined;
    const slow: Ledger = {
      ...store.ledger,
      accept: (...values) => (late = thaw.then(async () => store.ledger.accept(...values))),
    };
    const { queue, ids } = queueOf();
    expect(code(await intake(queue, slow, 50)(ask))).toBe('ledger-unavailable');
    resolve();
    await expect(late).resolves.toMatchObject({ receipt: { kind: 'refused', code: 'ledger-unavailable' } });
    expect(await store.archive.find('web-1')).toBeUndefined();
    expect(ids).toEqual([]);
    expect(await store.archive.spent({ tenant: 'local' })).toEqual([]);
  });

  it('says no when the ledger is away', async () => {
    const away: Ledger = { ...store.ledger, accept: async () => Promise.reject(new Error('no database')) };
    expect(await intake(queueOf().queue, away)({ ...ask, text: 'một con mèo' })).toMatchObject({
      receipt: { code: 'ledger-unavailable' },
      language: 'vi',
    });
  });

  it.each<[string, Partial<Ask>, questions: number]>([
    ['a picture', {}, 1],
    ['words for a picture', { text: '', task: { kind: 'describe' }, images: [picture] }, 1],
    ['a thing that has to be called by its name', { text: 'remove the hat', isInstruction: true, images: [picture] }, 2],
    ['what has to be thought about first', { text: 'the hat is a bit much', isInstruction: true, images: [picture] }, 3],
  ])('holds back the price of every question to Claude that there may be: %s', async (_, asked, questions) => {
    const reserves: number[] = [];
    const accept: Ledger['accept'] = async (request, reserveMicros) => (reserves.push(reserveMicros), store.ledger.accept(request, 0));
    for (const promptReserveMicros of [0, 1000]) {
      const limits = { patienceMs: 60_000, promptReserveMicros };
      await createIntake({ ledger: { ...store.ledger, accept }, queue: queueOf().queue, cards, log: silentLog, now: Date.now, ...limits })({
        ...ask,
        ...asked,
      });
    }
    expect((reserves[1] ?? 0) - (reserves[0] ?? 0)).toBe(questions * 1000);
  });

  it('refuses when too many wait, and when the day’s money is reserved', async () => {
    const taking = intake(queueOf().queue);
    for (const id of ['web-1', 'web-2', 'web-3']) expect(code(await taking({ ...ask, id }))).toBe('accepted');
    expect(code(await taking({ ...ask, id: 'web-4' }))).toBe('queue-full');
    const journal = await store.ledger.open('web-1');
    await journal?.close({ kind: 'refused', code: 'failed', details: {}, costMicros: 0 });
    expect(code(await taking({ ...ask, id: 'web-5', text: 'a boat --n 4' }))).toBe('budget-reached');
  });

  it.each([
    ['', 'prompt-empty', 'en'],
    ['   \u0007 ', 'prompt-empty', 'en'],
    ['--ar 16:9 --seed 3', 'prompt-empty', 'en'],
    ['a cat --art 16:9', 'flag-unknown', 'en'],
    ['một con mèo --tile-le 16:9', 'flag-unknown', 'vi'],
    ['a cat --ar 16:7', 'flag-value-invalid', 'en'],
    ['a cat --seed 4294967296', 'flag-value-invalid', 'en'],
    ['a cat --seed -1', 'flag-value-invalid', 'en'],
    ['a cat --n 5', 'flag-value-invalid', 'en'],
    ['a cat --strength 0.5', 'flag-not-for-task', 'en'],
    ['con mèo --model dall-e', 'model-unknown', 'vi'],
    ['a cat --style anime', 'style-unknown', 'en'],
  ])('refuses %j as %s, in their language, before anything is written', async (text, refused, language) => {
    const { queue, ids } = queueOf();
    expect(await intake(queue)({ ...ask, text })).toMatchObject({ receipt: { kind: 'refused', code: refused }, language });
    expect(ids).toEqual([]);
    expect(await store.archive.find('web-1')).toBeUndefined();
  });

  it('refuses ten thousand characters, and says how many are too many', async () => {
    const { receipt } = await intake(queueOf().queue)({ ...ask, text: 'cat '.repeat(2500) });
    expect(receipt).toMatchObject({ code: 'prompt-too-long', details: { limit: 4000, length: 9999 } });
  });

  it.each([
    ['composed and decomposed letters are one', 'một cô gái'.normalize('NFD'), 'một cô gái'],
    ['emoji stay whole', 'a family 👨‍👩‍👧 at the beach', 'a family 👨‍👩‍👧 at the beach'],
    ['right-to-left text stays, its overrides do not', 'a sign that says \u202E"سلام"', 'a sign that says "سلام"'],
  ])('%s', async (_rule, text, prompt) => {
    expect(code(await intake(queueOf().queue)({ ...ask, text }))).toBe('accepted');
    expect((await store.archive.find('web-1'))?.request.prompt).toBe(prompt);
  });

  it('turns a picture with words into a transformation by a model that can', async () => {
    const taking = intake(queueOf().queue);
    await taking({ ...ask, text: 'make it snow --strength 0.6', images: [picture] });
    expect((await store.archive.find('web-1'))?.request).toMatchObject({
      task: { kind: 'transform', strength: 0.6 },
      modelId: 'sd3.5-large',
    });
    expect(code(await taking({ ...ask, id: 'web-2', text: 'make it snow --model core', images: [picture] }))).toBe('model-cannot');
    expect(code(await taking({ ...ask, id: 'web-3', images: [picture, picture] }))).toBe('pictures-too-many');
  });
});
