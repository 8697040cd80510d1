import { assert, asyncProperty, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TryLater } from '#src/core/failure.ts';
import type { LedgerOptions } from '#src/ledger/open.ts';
import { asked, DAY_MS, made, NOON, REFUSED } from '#test/ledger/asked.ts';
import { holdOf, useDesk, type BareLedger, type Desk, type PreparePlace } from '#test/ledger/desk.ts';

const RESERVE_MICROS = 82_000;
const superseded = expect.objectContaining({ name: 'TryLater', reason: 'superseded', waitMs: 1000 });

/** What every ledger promises, whatever keeps it. */
export function describeLedger(name: string, prepare: PreparePlace<BareLedger>): void {
  describe(`${name}: the ledger`, () => {
    const desk = useDesk(prepare);
    describeAccepting(desk);
    describeBudget(desk);
    describeJournal(desk);
    describeUnheld(desk);
  });
}

function describeAccepting(desk: Desk<BareLedger>): void {
  describe('accepting', () => {
    it('says yes with the place in line and hands the request to the queue', async () => {
      const { ledger } = await desk.open();
      expect(await ledger.accept(asked('cli-1'), RESERVE_MICROS)).toEqual({
        receipt: { kind: 'accepted', id: 'cli-1', ahead: 0, estimateMs: 8000, repeated: false },
        entry: { id: 'cli-1', rank: 0 },
      });
      expect(await ledger.accept(asked('cli-2', { requester: { id: 'minh' } }), RESERVE_MICROS)).toEqual({
        receipt: { kind: 'accepted', id: 'cli-2', ahead: 1, estimateMs: 12_000, repeated: false },
        entry: { id: 'cli-2', rank: 0 },
      });
    });

    it('takes the same id as the same request: its first words stay, nothing is reserved twice', async () => {
      const one = await desk.open({ dailyBudgetMicros: RESERVE_MICROS });
      await one.ledger.accept(asked('cli-1'), RESERVE_MICROS);
      const again = await one.ledger.accept(asked('cli-1', { prompt: 'something else' }), RESERVE_MICROS);
      expect(again).toEqual({
        receipt: { kind: 'accepted', id: 'cli-1', ahead: 0, estimateMs: 8000, repeated: true },
        entry: { id: 'cli-1', rank: 0 },
      });
      expect((await holdOf(one, 'cli-1')).request).toEqual(asked('cli-1'));
    });

    it('commits nothing once the time is up in which the person could be told yes, and still knows what it took earlier', async () => {
      const one = await desk.open({ dailyBudgetMicros: RESERVE_MICROS });
      const late = await one.ledger.accept(asked('cli-1'), RESERVE_MICROS, NOON - 1);
      expect(late).toEqual({ receipt: { kind: 'refused', code: 'ledger-unavailable', details: {} }, entry: undefined });
      expect(await one.ledger.open('cli-1')).toBeUndefined();
      expect((await one.ledger.accept(asked('cli-1'), RESERVE_MICROS, NOON)).receipt).toMatchObject({ kind: 'accepted', repeated: false });
      expect((await one.ledger.accept(asked('cli-1'), RESERVE_MICROS, NOON - 1)).receipt).toMatchObject({
        kind: 'accepted',
        repeated: true,
      });
    });

    it('has nothing for the queue when the repeated request is finished', async () => {
      const one = await accepted(desk, 'cli-1');
      await (await holdOf(one, 'cli-1')).close(made());
      const { receipt, entry } = await one.ledger.accept(asked('cli-1'), RESERVE_MICROS);
      expect(receipt).toMatchObject({ kind: 'accepted', repeated: true, ahead: 0 });
      expect(entry).toBeUndefined();
    });

    it('accepts once when the same message arrives fifty times at once, also when there is room for one only', async () => {
      const { ledger } = await desk.open({ maxUnfinished: 1, dailyBudgetMicros: RESERVE_MICROS });
      const twins = await Promise.all(Array.from({ length: 50 }, async () => ledger.accept(asked('cli-1'), RESERVE_MICROS)));
      const repeated = twins.map(({ receipt }) => receipt.kind === 'accepted' && receipt.repeated);
      expect(repeated.filter((again) => !again)).toHaveLength(1);
      expect(twins.map(({ receipt }) => receipt.kind)).not.toContain('refused');
    });

    it('ranks a request behind the person’s own unfinished ones, so that others go first', async () => {
      const one = await desk.open();
      for (const id of ['lan-1', 'lan-2', 'lan-3']) await one.ledger.accept(asked(id), RESERVE_MICROS);
      const other = await one.ledger.accept(asked('minh-1', { requester: { id: 'minh' }, acceptedAt: NOON + 5 }), RESERVE_MICROS);
      expect(other).toMatchObject({ entry: { rank: 0 }, receipt: { ahead: 1 } });
      await (await holdOf(one, 'lan-1')).close(REFUSED);
      const next = await one.ledger.accept(asked('lan-4', { acceptedAt: NOON + 6 }), RESERVE_MICROS);
      expect(next).toMatchObject({ entry: { rank: 2 }, receipt: { ahead: 3 } });
      const elsewhere = await one.ledger.accept(asked('lan-5', { tenant: 'work' }), RESERVE_MICROS);
      expect(elsewhere.entry).toEqual({ id: 'lan-5', rank: 0 });
    });

    it('lets nobody pass their own earlier requests, when those that were counted before have ended', async () => {
      const one = await desk.open();
      for (const id of ['lan-1', 'lan-2', 'lan-3']) await one.ledger.accept(asked(id), RESERVE_MICROS);
      for (const id of ['lan-1', 'lan-2']) await (await holdOf(one, id)).close(REFUSED);
      const next = await one.ledger.accept(asked('lan-4', { acceptedAt: NOON + 6 }), RESERVE_MICROS);
      expect(next).toMatchObject({ entry: { rank: 2 }, receipt: { ahead: 1 } });
    });

    it('stops counting a person’s requests at 64', async () => {
      const { ledger } = await desk.open();
      let last: number | undefined;
      for (let index = 0; index < 67; index += 1) last = (await ledger.accept(asked(`lan-${index}`), RESERVE_MICROS)).entry?.rank;
      expect(last).toBe(64);
    });

    it('estimates from the pictures that were made lately, not from refusals', async () => {
      const one = await desk.open();
      for (const [id, durationMs] of [
        ['cli-1', 4000],
        ['cli-2', 8000],
      ] as const) {
        await one.ledger.accept(asked(id), RESERVE_MICROS);
        desk.tick(60_000); // waiting in line is not painting
        const journal = await holdOf(one, id);
        desk.tick(durationMs);
        await journal.close(made());
      }
      await one.ledger.accept(asked('cli-3'), RESERVE_MICROS);
      await (await holdOf(one, 'cli-3')).close(REFUSED);
      const { receipt } = await one.ledger.accept(asked('cli-4'), RESERVE_MICROS);
      expect(receipt).toMatchObject({ estimateMs: 6000 });
    });

    it('refuses with queue-full when too many wait, and takes again when one has ended', async () => {
      const one = await desk.open({ maxUnfinished: 3 });
      const receipts = await Promise.all(
        Array.from({ length: 50 }, async (_, index) => (await one.ledger.accept(asked(`cli-${index}`), RESERVE_MICROS)).receipt),
      );
      const yes = receipts.flatMap((receipt) => (receipt.kind === 'accepted' ? [receipt.id] : []));
      expect(yes).toHaveLength(3);
      expect(receipts).toContainEqual({ kind: 'refused', code: 'queue-full', details: { limit: 3 } });
      const refused = await one.ledger.accept(asked('late-1'), RESERVE_MICROS);
      expect(refused.entry).toBeUndefined();
      expect(await one.ledger.open('late-1')).toBeUndefined();
      await (await holdOf(one, yes[0] ?? '')).close(made());
      expect((await one.ledger.accept(asked('late-1'), RESERVE_MICROS)).receipt.kind).toBe('accepted');
    });

    it('reads a request back as it was, whatever script it is in', async () => {
      const one = await desk.open();
      const ids = stringMatching(/^[a-z](?:-?[A-Za-z0-9]){2,40}$/);
      const prompts = string({ unit: 'binary', maxLength: 200 });
      await assert(
        asyncProperty(ids, prompts, string({ minLength: 1, maxLength: 50 }), async (id, prompt, tenant) => {
          const request = asked(`${id}-${desk.tick(1)}`, { prompt, tenant, requester: { id: tenant, name: prompt } });
          await one.ledger.accept(request, 1);
          expect((await holdOf(one, request.id)).request).toEqual(request);
        }),
        {
          numRuns: 60,
          examples: [
            ['abc', 'NUL \0 inside', 'a\0b'],
            ['abd', 'lone \uD83D surrogate', 'é'],
            ['abe', 'الفنّ 👩‍🎨', '‮'],
          ],
        },
      );
    });

    it('takes nothing that is not a request', async () => {
      const { ledger } = await desk.open();
      await expect(ledger.accept({ ...asked('cli-1'), id: '12345' }, RESERVE_MICROS)).rejects.toBeInstanceOf(Error);
      await expect(ledger.accept(asked('cli-1'), 0.5)).rejects.toBeInstanceOf(Error);
      expect(await ledger.open('cli-1')).toBeUndefined();
    });
  });
}

function describeBudget(desk: Desk<BareLedger>): void {
  describe('the day’s budget', () => {
    it('lets exactly as many through as it pays for, when fifty ask at once', async () => {
      const one = await desk.open({ dailyBudgetMicros: 1000 });
      // Connections that are already open ask truly at once.
      await Promise.all(Array.from({ length: 20 }, async () => one.check()));
      const said = await Promise.all(Array.from({ length: 50 }, async (_, index) => saidTo(one, `cli-${index}`)));
      expect(said.filter((word) => word === 'accepted')).toHaveLength(10);
      expect(said.filter((word) => word === 'budget-reached')).toHaveLength(40);
    });

    it('is of one tenant and of one UTC day', async () => {
      const one = await desk.open({ dailyBudgetMicros: 100 });
      expect(await saidTo(one, 'cli-1')).toBe('accepted');
      expect((await one.ledger.accept(asked('cli-2'), 100)).receipt).toEqual({
        kind: 'refused',
        code: 'budget-reached',
        details: { capMicros: 100 },
      });
      expect(await saidTo(one, 'cli-3', NOON + DAY_MS / 2 - 1)).toBe('budget-reached');
      expect(await saidTo(one, 'cli-4', NOON + DAY_MS / 2)).toBe('accepted');
      expect((await one.ledger.accept(asked('cli-5', { tenant: 'work' }), 100)).receipt.kind).toBe('accepted');
    });

    it('gets back what a request did not use, on the day it was accepted, and keeps what was booked', async () => {
      const one = await desk.open({ dailyBudgetMicros: 300 });
      for (const id of ['cli-1', 'cli-2', 'cli-3']) expect(await saidTo(one, id)).toBe('accepted');
      desk.tick(DAY_MS);
      const paid = await holdOf(one, 'cli-1');
      await paid.page('invoke').write('picture', 1, { what: 'picture', modelId: 'sd35', costMicros: 60 });
      await paid.close(made());
      await paid.close(made());
      expect(await saidTo(one, 'cli-4')).toBe('budget-reached');
      await (await holdOf(one, 'cli-2')).close(REFUSED);
      expect(await saidTo(one, 'cli-5')).toBe('accepted');
      expect(await saidTo(one, 'cli-6')).toBe('budget-reached');
    });

    it('does not count a request twice while it is being paid for', async () => {
      const one = await desk.open({ dailyBudgetMicros: 200 });
      await saidTo(one, 'cli-1');
      const journal = await holdOf(one, 'cli-1');
      await journal.page('invoke').write('picture', 1, { what: 'picture', modelId: 'sd35', costMicros: 100 });
      expect(await saidTo(one, 'cli-2')).toBe('accepted');
      await journal.page('invoke').write('picture', 2, { what: 'picture', modelId: 'sd35', costMicros: 100 });
      await journal.close(made());
      await (await holdOf(one, 'cli-2')).close(REFUSED);
      expect(await saidTo(one, 'cli-3')).toBe('budget-reached');
    });
  });
}

function describeJournal(desk: Desk<BareLedger>): void {
  describe('a journal', () => {
    it('is of one request, and there is none for an id that nobody accepted', async () => {
      const one = await accepted(desk, 'cli-1');
      const journal = await holdOf(one, 'cli-1');
      expect(journal).toMatchObject({ request: asked('cli-1'), attempt: 1, answer: undefined });
      for (const id of ['cli-2', '', 'a\0b', '../x', 'x'.repeat(5000)]) expect(await one.ledger.open(id)).toBeUndefined();
    });

    it('reads facts back, each on its page, the newest of a name', async () => {
      const one = await accepted(desk, 'cli-1');
      const journal = await holdOf(one, 'cli-1');
      const page = journal.page('enhance');
      expect(await page.read('prompt')).toBeUndefined();
      const fact = { text: 'mèo \0 \u{1F431}', list: [1, 1.5, null, true], nested: { deep: [] } };
      await page.write('prompt', 'first');
      await page.write('prompt', fact);
      await journal.page('deliver').write('prompt', false);
      expect(await page.read('prompt')).toEqual(fact);
      expect(await journal.page('deliver').read('prompt')).toBe(false);
      expect(await (await holdOf(one, 'cli-1')).page('enhance').read('prompt')).toEqual(fact);
    });

    it('does not take a fact the size of a picture', async () => {
      const journal = await holdOf(await accepted(desk, 'cli-1'), 'cli-1');
      await expect(journal.page('invoke').write('picture', 'x'.repeat(300_000))).rejects.toThrow('too long');
    });

    it('turns every write of an earlier holder away, and writes nothing of it', async () => {
      const one = await accepted(desk, 'cli-1', { dailyBudgetMicros: 1_000_000 });
      const lost = await holdOf(one, 'cli-1');
      const holder = await holdOf(one, 'cli-1');
      const spent = { what: 'picture', modelId: 'sd35', costMicros: 80_000 } as const;
      await expect(lost.page('invoke').write('picture', 1, spent)).rejects.toEqual(superseded);
      await expect(lost.page('invoke').write('picture', 1)).rejects.toBeInstanceOf(TryLater);
      await expect(lost.postpone()).rejects.toEqual(superseded);
      await expect(lost.close(made())).rejects.toEqual(superseded);
      expect(await holder.page('invoke').read('picture')).toBeUndefined();
      expect(await one.archive.spent({})).toEqual([]);
      await holder.page('invoke').write('picture', 2);
      await holder.close(made());
      await expect(lost.close(REFUSED)).rejects.toEqual(superseded);
      expect((await one.archive.find('cli-1'))?.answer).toEqual(made());
    });

    it('belongs to exactly one of two workers that open and write at once', async () => {
      const one = await accepted(desk, 'cli-1');
      const journals = await Promise.all(Array.from({ length: 8 }, async () => holdOf(one, 'cli-1')));
      const writes = await Promise.allSettled(journals.map(async (each, index) => each.page('invoke').write('who', index)));
      const winners = writes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
      expect(winners).toHaveLength(1);
      expect(await journals[0]?.page('invoke').read('who')).toBe(winners[0]);
      expect(journals.map(({ attempt }) => attempt).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('counts beginnings without an orderly end, and no waits', async () => {
      const one = await accepted(desk, 'cli-1');
      for (let times = 0; times < 3; times += 1) {
        const journal = await holdOf(one, 'cli-1');
        expect(journal.attempt).toBe(1);
        await journal.postpone();
        await journal.postpone();
      }
      await holdOf(one, 'cli-1');
      expect((await holdOf(one, 'cli-1')).attempt).toBe(2);
    });

    it('ends once: a second ending changes nothing, and opening it again counts nothing', async () => {
      const one = await accepted(desk, 'cli-1');
      const journal = await holdOf(one, 'cli-1');
      await journal.close(made());
      desk.tick(5000);
      await journal.close(REFUSED);
      await journal.postpone();
      const again = await holdOf(one, 'cli-1');
      expect(again).toMatchObject({ attempt: 1, answer: made() });
      await again.close(REFUSED);
      expect(await one.archive.find('cli-1')).toMatchObject({ stage: 'finished', answer: made(), finishedAt: NOON });
    });

    it('books money with the fact or not at all, and adds up what one request cost', async () => {
      const one = await accepted(desk, 'cli-1');
      const journal = await holdOf(one, 'cli-1');
      const page = journal.page('invoke');
      expect(await journal.spentMicros()).toBe(0);
      await page.write('picture', 1, { what: 'picture', modelId: 'sd35', costMicros: 80_000 });
      await page.write('picture', 2, { what: 'picture', modelId: 'sd35', costMicros: 80_000 });
      await page.write('prompt', 3, { what: 'prompt', modelId: 'claude', costMicros: 250 });
      await expect(page.write('picture', 4, { what: 'picture', modelId: 'sd35', costMicros: -1 })).rejects.toBeInstanceOf(Error);
      expect(await page.read('picture')).toBe(2);
      expect((await one.archive.find('cli-1'))?.costMicros).toBe(160_250);
      expect(await journal.spentMicros()).toBe(160_250);
    });

    it('knows everything again after a restart', async () => {
      const before = await accepted(desk, 'cli-1', { dailyBudgetMicros: 100_000 });
      const lost = await holdOf(before, 'cli-1');
      await lost.page('enhance').write('prompt', { text: 'a cat' }, { what: 'prompt', modelId: 'claude', costMicros: 10 });
      await before.close();
      const after = await desk.open({ dailyBudgetMicros: 100_000 });
      expect((await after.ledger.accept(asked('cli-2'), RESERVE_MICROS)).receipt.kind).toBe('refused');
      expect((await after.ledger.accept(asked('cli-1'), RESERVE_MICROS)).receipt).toMatchObject({ repeated: true });
      const journal = await holdOf(after, 'cli-1');
      expect(journal.attempt).toBe(2);
      expect(await journal.page('enhance').read('prompt')).toEqual({ text: 'a cat' });
    });
  });
}

function describeUnheld(desk: Desk<BareLedger>): void {
  describe('requests that nobody holds', () => {
    it('are those that were not accepted, opened or put back lately, oldest first, with their rank', async () => {
      const one = await desk.open();
      for (const id of ['cli-1', 'cli-2', 'cli-3', 'cli-4']) {
        await one.ledger.accept(asked(id), RESERVE_MICROS);
        desk.tick(1000);
      }
      await (await holdOf(one, 'cli-1')).close(made());
      await holdOf(one, 'cli-2');
      desk.tick(500);
      expect(await one.ledger.unqueued(1000)).toEqual([
        { id: 'cli-3', rank: 2 },
        { id: 'cli-4', rank: 3 },
      ]);
      expect(await unqueuedIds(one, 1000)).toEqual([]);
      desk.tick(600);
      expect(await unqueuedIds(one, 1000)).toEqual(['cli-2']);
      desk.tick(500);
      expect(await unqueuedIds(one, 1000)).toEqual(['cli-3', 'cli-4']);
    });

    it('come 500 at a time, and a sweep that takes them all comes to an end', async () => {
      const one = await desk.open();
      for (let index = 0; index < 502; index += 1) await one.ledger.accept(asked(`cli-${index}`), 1);
      desk.tick(1);
      expect(await unqueuedIds(one, 0)).toHaveLength(500);
      expect(await unqueuedIds(one, 0)).toHaveLength(2);
      expect(await unqueuedIds(one, 0)).toEqual([]);
    });

    it('are found by at least one of several sweepers at once, and none of them fails', async () => {
      const one = await desk.open();
      await Promise.all(Array.from({ length: 60 }, async (_, index) => one.ledger.accept(asked(`cli-${index}`), 1)));
      for (let round = 0; round < 5; round += 1) {
        desk.tick(10);
        const found = await Promise.all(Array.from({ length: 6 }, async () => unqueuedIds(one, 5)));
        expect(new Set(found.flat()).size).toBe(60);
      }
    });
  });
}

async function accepted(desk: Desk<BareLedger>, id: string, rules: Partial<LedgerOptions> = {}): Promise<BareLedger> {
  const one = await desk.open(rules);
  await one.ledger.accept(asked(id), RESERVE_MICROS);
  return one;
}

async function saidTo({ ledger }: BareLedger, id: string, acceptedAt = NOON): Promise<string> {
  const { receipt } = await ledger.accept(asked(id, { acceptedAt }), 100);
  return receipt.kind === 'refused' ? receipt.code : receipt.kind;
}

const unqueuedIds = async ({ ledger }: BareLedger, olderThanMs: number): Promise<string[]> =>
  (await ledger.unqueued(olderThanMs)).map(({ id }) => id);
