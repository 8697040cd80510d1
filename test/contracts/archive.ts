import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryQuery } from '#src/core/archive.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import type { OpenedLedger } from '#src/ledger/open.ts';
import { asked, DAY_MS, made, NOON, REFUSED } from '#test/ledger/asked.ts';
import { holdOf, useDesk, type PreparePlace } from '#test/ledger/desk.ts';

/** What every archive promises: the ledger, read for people. */
export function describeArchive(name: string, prepare: PreparePlace): void {
  describe(`${name}: the archive`, () => {
    const desk = useDesk(prepare);
    let one: OpenedLedger;
    beforeEach(async () => {
      one = await desk.open();
    });

    const accept = async (id: string, changes: Partial<GenerationRequest> = {}) => one.ledger.accept(asked(id, changes), 100);
    const found = async (query: Partial<HistoryQuery> = {}) =>
      (await one.archive.history({ tenant: 'home', limit: 50, ...query })).map(({ request }) => request.id);

    it('shows a request as it stands: waiting, in work, ended', async () => {
      await accept('cli-1');
      await accept('cli-2', { acceptedAt: NOON + 1 });
      expect(await one.archive.find('cli-2')).toEqual({
        request: asked('cli-2', { acceptedAt: NOON + 1 }),
        ahead: 1,
        stage: 'queued',
        progress: undefined,
        isCancelled: false,
        answer: undefined,
        finishedAt: undefined,
        costMicros: 0,
      });
      const journal = await one.ledger.open('cli-2');
      await journal?.page('progress').write('stage', 'painting');
      expect(await one.archive.find('cli-2')).toMatchObject({ ahead: 0, stage: 'running', progress: 'painting' });
      expect(await one.archive.find('cli-1')).toMatchObject({ ahead: 1, stage: 'queued' });
      await journal?.postpone();
      expect(await one.archive.find('cli-2')).toMatchObject({ ahead: 1, stage: 'queued', progress: undefined });
      desk.tick(9000);
      await journal?.close(made());
      const ended = { ahead: 0, stage: 'finished', progress: undefined, answer: made(), finishedAt: NOON + 9000 };
      expect(await one.archive.find('cli-2')).toMatchObject(ended);
      expect(await one.archive.find('cli-1')).toMatchObject({ ahead: 0, stage: 'queued' });
    });

    it('finds nothing under an id that nobody has, whatever it looks like', async () => {
      await accept('cli-1');
      for (const id of ['cli-9', '', 'a\0b', '123', "x' or 1=1 --"]) expect(await one.archive.find(id)).toBeUndefined();
    });

    it('pages through the history, newest first, each request once, also when many came in the same millisecond', async () => {
      const ids = Array.from({ length: 23 }, (_, index) => `cli-${String(index).padStart(2, '0')}`);
      for (const [index, id] of ids.entries()) await accept(id, { acceptedAt: NOON + Math.floor(index / 7) });
      const seen: string[] = [];
      let before: HistoryQuery['before'];
      for (;;) {
        const page = await one.archive.history({ tenant: 'home', limit: 5, ...(before === undefined ? {} : { before }) });
        const last = page.at(-1)?.request;
        if (last === undefined) break;
        seen.push(...page.map(({ request }) => request.id));
        before = { acceptedAt: last.acceptedAt, id: last.id };
      }
      expect(seen).toEqual(ids.toReversed());
    });

    it('keeps to its limit, whatever is asked for', async () => {
      for (let index = 0; index < 103; index += 1) await accept(`cli-${index}`);
      expect(await found({ limit: 1_000_000 })).toHaveLength(100);
      expect(await found({ limit: 0 })).toHaveLength(1);
    });

    it('tells tenants, people, platforms, models and pictures apart', async () => {
      await accept('cli-1');
      await accept('cli-2', { requester: { id: 'minh' }, acceptedAt: NOON + 1 });
      await accept('cli-3', { thread: { platform: 'cli', address: null }, acceptedAt: NOON + 2 });
      await accept('cli-4', { tenant: 'work', acceptedAt: NOON + 3 });
      await accept('cli-5', { modelId: 'ultra', acceptedAt: NOON + 4 });
      await (await one.ledger.open('cli-1'))?.close(made());
      await (await one.ledger.open('cli-2'))?.close(REFUSED);
      await (await one.ledger.open('cli-3'))?.close(made({ model: { id: 'core', label: 'Core' } }));
      expect(await found()).toEqual(['cli-5', 'cli-3', 'cli-2', 'cli-1']);
      expect(await found({ requesterId: 'minh' })).toEqual(['cli-2']);
      expect(await found({ platform: 'cli' })).toEqual(['cli-3']);
      expect(await found({ onlyMade: true })).toEqual(['cli-3', 'cli-1']);
      expect(await found({ modelId: 'core' })).toEqual(['cli-3']);
      expect(await found({ modelId: 'ultra' })).toEqual(['cli-5']);
      expect(await found({ tenant: 'work' })).toEqual(['cli-4']);
      expect(await found({ tenant: 'nobody\0' })).toEqual([]);
    });

    it('tells rooms and topics apart, and knows no room where there is none', async () => {
      const at = (room?: string, topic?: string) => ({ platform: 'slack', address: null, ...(room && { room }), ...(topic && { topic }) });
      const threads = [at(), at('C1'), at('C1', 't1'), at('C1', 't2'), at('C2', 't1'), at('C1', 't1')];
      for (const [index, thread] of threads.entries()) await accept(`cli-${index}`, { thread, acceptedAt: NOON + index });
      await accept('work-1', { tenant: 'work', thread: at('C1', 't1') });
      expect(await found({ room: 'C1' })).toEqual(['cli-5', 'cli-3', 'cli-2', 'cli-1']);
      expect(await found({ room: 'C1', topic: 't1' })).toEqual(['cli-5', 'cli-2']);
      expect(await found({ topic: 't1' })).toEqual(['cli-5', 'cli-4', 'cli-2']);
      expect(await found({ room: 'C1', topic: 't1', limit: 1 })).toEqual(['cli-5']);
      expect(await found({ room: 'C1', before: { acceptedAt: NOON + 3, id: 'cli-3' } })).toEqual(['cli-2', 'cli-1']);
      expect(await found({ tenant: 'work', room: 'C1' })).toEqual(['work-1']);
      for (const room of ['', 'C', 'C3', '\0', '%']) expect(await found({ room }), room).toEqual([]);
      expect(await found()).toHaveLength(6);
    });

    it('knows who began a conversation, and how much was said in each', async () => {
      const at = (topic?: string) => ({ thread: { platform: 'web', address: null, room: 'C1', ...(topic && { topic }) } });
      await accept('cli-1', at());
      await accept('cli-2', { ...at('cli-1'), acceptedAt: NOON + 1 });
      await accept('cli-3', { ...at(), acceptedAt: NOON + 2 });
      await accept('cli-4', { ...at('cli-1'), acceptedAt: NOON + 3 });
      await accept('cli-5', { ...at('cli-1'), acceptedAt: NOON + 4, tenant: 'work' });
      expect(await found({ room: 'C1', onlyRoots: true })).toEqual(['cli-3', 'cli-1']);
      const said = await one.archive.replies({ tenant: 'home', topics: ['cli-1', 'cli-3', 'nobody\0'] });
      expect(said).toEqual([{ topic: 'cli-1', count: 2, lastAt: NOON + 3 }]);
      expect(await one.archive.replies({ tenant: 'home', topics: [] })).toEqual([]);
      const many = [...Array.from({ length: 100 }, (_, index) => `x-${index}`), 'cli-1'];
      expect(await one.archive.replies({ tenant: 'home', topics: many })).toEqual([]);
    });

    describe('looking for words', () => {
      beforeEach(async () => {
        await accept('cli-1', { prompt: 'Một con MÈO mặc áo dài đi chợ nổi' });
        await accept('cli-2', { prompt: 'tranh Đông Hồ, gà trống'.normalize('NFD'), acceptedAt: NOON + 1 });
        await accept('cli-3', { prompt: '100% cotton_shirt, wow!', acceptedAt: NOON + 2 });
        await (await one.ledger.open('cli-1'))?.close(made({ prompt: 'A tabby cat at the Floating Market' }));
      });

      it('finds them in both prompts, in any case and order, with or without marks, composed or not', async () => {
        const cat = ['mèo', 'MEO', 'áo dài', 'ao dai'.normalize('NFD'), 'dài   mèo', 'di cho', 'floating market mèo'];
        for (const words of cat) expect(await found({ words }), words).toEqual(['cli-1']);
        for (const words of ['dong ho', 'ĐÔNG', 'gà', 'gà'.normalize('NFD')]) expect(await found({ words }), words).toEqual(['cli-2']);
      });

      it('takes what a database reads as a sign for what it is', async () => {
        for (const words of ['100%', 'cotton_s', 'wow!']) expect(await found({ words }), words).toEqual(['cli-3']);
        for (const words of ['0%0', 'cotton-s', 'w_w', "' or 1=1 --"]) expect(await found({ words }), words).toEqual([]);
      });

      it('finds nothing where one of the words is missing, and everything where none is asked for', async () => {
        for (const words of ['chim', 'mèo gà', 'x'.repeat(10_000)]) expect(await found({ words })).toEqual([]);
        for (const words of ['', '   ', '\0']) expect(await found({ words })).toHaveLength(3);
      });
    });

    it('adds up what was spent, dearest first, for whom and when it was asked', async () => {
      for (const [id, requester] of [
        ['cli-1', 'lan'],
        ['cli-2', 'minh'],
      ] as const) {
        await accept(id, { requester: { id: requester } });
        const page = (await one.ledger.open(id))?.page('invoke');
        await page?.write('prompt', 1, { what: 'prompt', modelId: 'claude', costMicros: 300 });
        await page?.write('picture', 1, { what: 'picture', modelId: 'sd35', costMicros: 80_000 });
        desk.tick(1000);
      }
      const prompt = { what: 'prompt', modelId: 'claude', calls: 1, costMicros: 300 };
      const picture = { what: 'picture', modelId: 'sd35', calls: 1, costMicros: 80_000 };
      const both = [
        { ...picture, calls: 2, costMicros: 160_000 },
        { ...prompt, calls: 2, costMicros: 600 },
      ];
      expect(await one.archive.spent({})).toEqual(both);
      expect(await one.archive.spent({ tenant: 'home', from: NOON, to: NOON + 1001 })).toEqual(both);
      expect(await one.archive.spent({ tenant: 'home', from: NOON, to: NOON + 1000 })).toEqual([picture, prompt]);
      expect(await one.archive.spent({ requesterId: 'minh' })).toEqual([picture, prompt]);
      expect(await one.archive.spent({ requestId: 'cli-1' })).toEqual([picture, prompt]);
      expect(await one.archive.spent({ tenant: 'work' })).toEqual([]);
    });

    it('adds up who spent what on which UTC day, latest first', async () => {
      const picture = { what: 'picture', modelId: 'sd35', costMicros: 80_000 } as const;
      const prompt = { what: 'prompt', modelId: 'claude', costMicros: 300 } as const;
      for (const requester of ['lan', 'minh']) await accept(`${requester}-1`, { requester: { id: requester } });
      const [lan, minh] = [await holdOf(one, 'lan-1'), await holdOf(one, 'minh-1')];
      desk.tick(DAY_MS / 2 - 1);
      for (const fact of ['a', 'b']) await lan.page('invoke').write(fact, 1, picture);
      await minh.page('enhance').write('prompt', 1, prompt);
      desk.tick(1);
      await lan.page('enhance').write('prompt', 1, prompt);
      await minh.page('invoke').write('a', 1, picture);
      const day = NOON / DAY_MS - 0.5;
      const rows = [
        { day: day + 1, requesterId: 'minh', ...picture, calls: 1 },
        { day: day + 1, requesterId: 'lan', ...prompt, calls: 1 },
        { day, requesterId: 'lan', ...picture, calls: 2, costMicros: 160_000 },
        { day, requesterId: 'minh', ...prompt, calls: 1 },
      ];
      expect(await one.archive.usage({})).toEqual(rows);
      expect(await one.archive.usage({ tenant: 'home', requesterId: 'lan' })).toEqual([rows[1], rows[2]]);
      expect(await one.archive.usage({ tenant: 'home', from: NOON + DAY_MS / 2 })).toEqual(rows.slice(0, 2));
      expect(await one.archive.usage({ requestId: 'minh-1', to: NOON + DAY_MS / 2 })).toEqual([rows[3]]);
      expect(await one.archive.usage({ tenant: 'work' })).toEqual([]);
    });

    it('says what is in hand and how long the oldest has been waiting', async () => {
      expect(await one.archive.load()).toEqual({ queued: 0, running: 0, oldestQueuedAt: undefined });
      for (let index = 0; index < 4; index += 1) await accept(`cli-${index}`, { acceptedAt: NOON + index });
      await holdOf(one, 'cli-0');
      await (await holdOf(one, 'cli-1')).close(REFUSED);
      expect(await one.archive.load()).toEqual({ queued: 2, running: 1, oldestQueuedAt: NOON + 2 });
      await (await holdOf(one, 'cli-0')).postpone();
      for (const id of ['cli-2', 'cli-3']) await (await holdOf(one, id)).close(made());
      expect(await one.archive.load()).toEqual({ queued: 1, running: 0, oldestQueuedAt: NOON });
    });
  });
}
