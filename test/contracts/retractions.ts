import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer, MadeAnswer } from '#src/core/answer.ts';
import { GATEWAY_STEP } from '#src/core/notes.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import type { OpenedLedger } from '#src/ledger/open.ts';
import { asked, made, NOON, REFUSED } from '#test/ledger/asked.ts';
import { holdOf, useDesk, type PreparePlace, type SqlPlace } from '#test/ledger/desk.ts';

const NO_IDS = ['cli-9', '', 'a\0b', '123', "x' or 1=1 --", 'x'.repeat(5000)];

/** What every ledger promises to whoever has asked and wants it no more. */
export function describeCancelling(name: string, prepare: PreparePlace): void {
  describe(`${name}: cancelling`, () => {
    const desk = useDesk(prepare);
    let one: OpenedLedger;
    beforeEach(async () => {
      one = await desk.open();
    });
    const accept = async (id: string, requester = 'lan') => one.ledger.accept(asked(id, { requester: { id: requester } }), 100);

    it('is known to whoever has the request in hand and whoever gets it, and to nobody of another request', async () => {
      for (const id of ['cli-1', 'cli-2']) await accept(id);
      const [journal, other] = [await holdOf(one, 'cli-1'), await holdOf(one, 'cli-2')];
      expect(await journal.isCancelled()).toBe(false);
      expect(await one.retractions.cancel('cli-1')).toBe('noted');
      expect(await journal.isCancelled()).toBe(true);
      expect(await other.isCancelled()).toBe(false);
      await one.close();
      one = await desk.open();
      expect(await (await holdOf(one, 'cli-1')).isCancelled()).toBe(true);
    });

    it('takes nothing from whoever has the request in hand: it is theirs to end, once', async () => {
      await accept('cli-1');
      const journal = await holdOf(one, 'cli-1');
      const said = await Promise.all(Array.from({ length: 10 }, async () => one.retractions.cancel('cli-1')));
      expect(new Set(said)).toEqual(new Set(['noted']));
      expect(await one.archive.find('cli-1')).toMatchObject({ stage: 'running', isCancelled: true });
      const answer: Answer = { kind: 'refused', code: 'cancelled', details: {}, costMicros: 0 };
      await journal.page('settle').write('answer', answer);
      await journal.close(answer);
      expect(await one.archive.find('cli-1')).toMatchObject({ stage: 'finished', isCancelled: false, answer });
      expect(await one.retractions.cancel('cli-1')).toBe('finished');
    });

    it('comes too late once an answer is fixed, which is then being shown, or given', async () => {
      for (const id of ['cli-1', 'cli-2', 'cli-3']) await accept(id);
      const [shown, painted, ended] = [await holdOf(one, 'cli-1'), await holdOf(one, 'cli-2'), await holdOf(one, 'cli-3')];
      await shown.page('settle').write('answer', { ...made() });
      expect(await one.retractions.cancel('cli-1')).toBe('finished');
      expect(await shown.isCancelled()).toBe(false);
      await painted.page('invoke').write('answer', 1);
      await painted.page('settle').write('begun', 1);
      expect(await one.retractions.cancel('cli-2')).toBe('noted');
      await ended.close(REFUSED);
      expect(await one.retractions.cancel('cli-3')).toBe('finished');
      expect(await ended.isCancelled()).toBe(false);
    });

    it('knows no request that nobody accepted', async () => {
      await accept('cli-1');
      for (const id of NO_IDS) expect(await one.retractions.cancel(id), id).toBe('unknown');
    });

    it('makes the line shorter for everybody behind, whether it waited or was worked on', async () => {
      await accept('an-1', 'an');
      await accept('binh-1', 'binh');
      await holdOf(one, 'an-1');
      expect((await accept('chi-1', 'chi')).receipt).toMatchObject({ ahead: 2 });
      await one.retractions.cancel('binh-1');
      expect(await one.archive.find('chi-1')).toMatchObject({ ahead: 1 });
      await one.retractions.cancel('an-1');
      expect(await one.archive.find('chi-1')).toMatchObject({ ahead: 0 });
      await (await holdOf(one, 'an-1')).postpone();
      expect(await one.archive.find('chi-1')).toMatchObject({ ahead: 0 });
    });

    it('is put back on the queue before all others, so that it has not long to wait for its end', async () => {
      for (const id of ['lan-1', 'lan-2', 'lan-3']) await accept(id);
      await one.retractions.cancel('lan-3');
      desk.tick(1);
      expect((await one.ledger.unqueued(0)).find(({ id }) => id === 'lan-3')).toEqual({ id: 'lan-3', rank: -1 });
      expect(await one.archive.load()).toMatchObject({ queued: 3 });
    });

    it('makes room for another request', async () => {
      const tight = await desk.open({ maxUnfinished: 1 });
      const kindOf = async (id: string) => (await tight.ledger.accept(asked(id), 1)).receipt.kind;
      expect(await kindOf('cli-1')).toBe('accepted');
      expect(await kindOf('cli-2')).toBe('refused');
      await tight.retractions.cancel('cli-1');
      expect(await kindOf('cli-2')).toBe('accepted');
      expect(await kindOf('cli-3')).toBe('refused');
    });

    it('holds its money until it has ended: what is being painted is paid for', async () => {
      const poor = await desk.open({ dailyBudgetMicros: 200 });
      const kindOf = async (id: string) => (await poor.ledger.accept(asked(id), 150)).receipt.kind;
      expect(await kindOf('cli-1')).toBe('accepted');
      await poor.retractions.cancel('cli-1');
      expect(await kindOf('cli-2')).toBe('refused');
      await (await holdOf(poor, 'cli-1')).close(REFUSED);
      expect(await kindOf('cli-2')).toBe('accepted');
    });
  });
}

const TABLES = ['requests', 'facts', 'spending', 'budgets', 'pictures', 'preferences', 'cabinet'];
const SECRETS = ['mèo', 'mÈo', 'meo', 'tabby', 'sương', 'Giấc mơ', 'vẽ xong', 'nháp', 'chat-cua-lan'];

const keyOf = (letter: string): string => `${letter.repeat(64)}.png`;
const pictureOf = (letter: string): MadeAnswer['pictures'][number] => ({
  key: keyOf(letter),
  type: 'image/png',
  width: 1024,
  height: 1024,
  seed: 42,
});

/** An answer that shows the first pictures and was made from the second. */
function madeWith(shown: string, from = '', changes: Partial<MadeAnswer> = {}): MadeAnswer {
  const { recipe, ...answer } = made(changes);
  return { ...answer, pictures: Array.from(shown, pictureOf), recipe: { ...recipe, inputs: Array.from(from, keyOf) } };
}

/** What every ledger promises to whoever wants a result gone. */
export function describeRemoving(name: string, prepare: () => Promise<SqlPlace>): void {
  describe(`${name}: removing`, () => {
    let place: SqlPlace;
    const desk = useDesk(async () => {
      place = await prepare();
      return place;
    });
    let one: OpenedLedger;
    beforeEach(async () => {
      one = await desk.open();
    });

    const finish = async (id: string, answer: Answer, changes: Partial<GenerationRequest> = {}) => {
      await one.ledger.accept(asked(id, changes), 100_000);
      const journal = await holdOf(one, id);
      await journal.close(answer);
      return journal;
    };
    const removedKeys = async (id: string) => {
      const removed = await one.retractions.remove(id);
      return removed.kind === 'removed' ? removed.keys.toSorted() : removed.kind;
    };

    /** A request with words in every place where there may be some. */
    const finishTalkative = async (id: string) => {
      const prompt = 'một con mèo trong sương';
      const words = {
        prompt: 'tabby',
        negativePrompt: 'sương',
        title: 'Giấc mơ',
        altText: 'tabby',
        by: 'claude',
        degraded: false,
      } as const;
      await one.ledger.accept(
        asked(id, {
          prompt,
          words,
          options: { negativePrompt: 'sương', style: 'anime' },
          images: [{ platform: 'web', source: { url: 'https://example.com/chat-cua-lan.png' } }],
          thread: { platform: 'web', address: { page: 'p1' }, room: 'r1', topic: 't1' },
        }),
        100_000,
      );
      await one.notes.page(id).write('placeholder', { text: 'nháp: mèo' });
      const journal = await holdOf(one, id);
      await journal.page('prepare').write('pictures', { keys: [keyOf('b')] });
      const paid = { what: 'prompt', modelId: 'claude', costMicros: 250 } as const;
      await journal.page('enhance').write('prompt', { kind: 'enhanced', prompt: words }, paid);
      const painted = { begun: 1, booked: 1, painted: { kind: 'picture', picture: pictureOf('a') } };
      await journal.page('invoke').write('picture-0', painted, { what: 'picture', modelId: 'sd35', costMicros: 80_000 });
      const grid = { key: keyOf('c'), type: 'image/png', width: 2048, height: 2048 } as const;
      const answer = madeWith('ad', 'b', { prompt: 'a tabby', title: 'Giấc mơ', altText: 'vẽ xong', costMicros: 80_250, grid });
      await journal.page('settle').write('answer', { ...answer });
      await journal.close(answer);
      return journal;
    };

    it('leaves no word of it in the whole database, and everything of its books', async () => {
      await finishTalkative('cli-1');
      const [spent, usage] = [await one.archive.spent({}), await one.archive.usage({})];
      expect(await dump()).toContain('tabby');
      expect(await one.retractions.remove('cli-1')).toEqual({ kind: 'removed', keys: expect.any(Array) });
      const rest = await dump();
      for (const secret of SECRETS) expect(rest, secret).not.toContain(secret);
      expect(await one.archive.spent({})).toEqual(spent);
      expect(await one.archive.usage({})).toEqual(usage);
      const { images: _images, ...left } = asked('cli-1', { prompt: '', options: { style: 'anime' } });
      expect(await one.archive.find('cli-1')).toEqual({
        request: { ...left, images: [], thread: { platform: 'web', address: { page: 'p1' }, room: 'r1', topic: 't1' } },
        ahead: 0,
        stage: 'finished',
        progress: undefined,
        isCancelled: false,
        answer: { kind: 'refused', code: 'removed', details: {}, costMicros: 80_250 },
        finishedAt: NOON,
        costMicros: 80_250,
      });
      const found = { tenant: 'home', limit: 9 };
      expect(await one.archive.history({ ...found, words: 'meo' })).toEqual([]);
      expect(await one.archive.history({ ...found, onlyMade: true })).toEqual([]);
      expect(await one.archive.history({ ...found, topic: 't1' })).toHaveLength(1);
    });

    const dump = async (): Promise<string> =>
      JSON.stringify(await Promise.all(TABLES.map(async (table) => place.operate(`select * from ${table}`))));

    it('names its pictures, their grid and what they were made from, and the same again, also after a restart', async () => {
      await finishTalkative('cli-1');
      const keys = ['a', 'b', 'c', 'd'].map(keyOf);
      expect(await removedKeys('cli-1')).toEqual(keys);
      expect(await removedKeys('cli-1')).toEqual(keys);
      await one.close();
      one = await desk.open();
      expect(await removedKeys('cli-1')).toEqual(keys);
    });

    it('lets nobody write anything back who still had it in hand', async () => {
      const journal = await finishTalkative('cli-1');
      await one.retractions.remove('cli-1');
      await expect(journal.page('deliver').write('text', 'tabby')).rejects.toMatchObject({ reason: 'superseded' });
      await expect(journal.close(made())).rejects.toMatchObject({ reason: 'superseded' });
      const again = await holdOf(one, 'cli-1');
      expect(again.answer).toMatchObject({ code: 'removed' });
      await again.close(made());
      expect((await one.archive.find('cli-1'))?.answer).toMatchObject({ code: 'removed' });
    });

    it('touches nothing that is not finished or not there', async () => {
      await one.ledger.accept(asked('cli-1'), 1);
      expect(await one.retractions.remove('cli-1')).toEqual({ kind: 'unfinished' });
      await holdOf(one, 'cli-1');
      expect(await one.retractions.remove('cli-1')).toEqual({ kind: 'unfinished' });
      expect((await one.archive.find('cli-1'))?.request).toEqual(asked('cli-1'));
      for (const id of NO_IDS) expect(await one.retractions.remove(id), id).toEqual({ kind: 'unknown' });
    });

    it('takes the pictures of a request that ended without an answer to show', async () => {
      await one.ledger.accept(asked('cli-1'), 1);
      const journal = await holdOf(one, 'cli-1');
      await journal.page('prepare').write('pictures', { keys: [keyOf('b')] });
      // What people write is no picture, whatever it looks like.
      await journal.page('enhance').write('prompt', keyOf('e'));
      await journal.page('invoke').write('picture-0', { begun: 1, booked: 1, painted: { kind: 'picture', picture: pictureOf('a') } });
      await journal
        .page('invoke')
        .write('picture-1', { begun: 1, booked: 1, painted: { kind: 'refused', code: 'filtered-output', details: {} } });
      await journal.close({ kind: 'refused', code: 'cancelled', details: {}, costMicros: 500 });
      expect(await removedKeys('cli-1')).toEqual([keyOf('a'), keyOf('b')]);
      expect((await one.archive.find('cli-1'))?.answer).toEqual({ kind: 'refused', code: 'removed', details: {}, costMicros: 500 });
    });

    it('leaves alone a picture that another answer shows or was made from, until that is removed as well', async () => {
      await finish('cli-1', madeWith('abc'));
      await finish('cli-2', madeWith('b'), { requester: { id: 'minh' } });
      await finish('cli-3', madeWith('d', 'c'), { tenant: 'work' });
      expect(await removedKeys('cli-1')).toEqual([keyOf('a')]);
      expect(await removedKeys('cli-2')).toEqual([keyOf('b')]);
      expect(await removedKeys('cli-3')).toEqual([keyOf('c'), keyOf('d')]);
      expect(await removedKeys('cli-1')).toEqual(['a', 'b', 'c'].map(keyOf));
    });

    it('leaves alone a picture that a request still at work has kept, and does not look at what people write', async () => {
      await finish('cli-1', madeWith('abc'));
      await one.ledger.accept(asked('cli-2'), 1);
      const journal = await holdOf(one, 'cli-2');
      await journal.page('prepare').write('pictures', { keys: [keyOf('a')] });
      await journal.page('invoke').write('picture-0', { begun: 1, booked: 1, painted: { kind: 'picture', picture: pictureOf('b') } });
      await finish('cli-3', made({ prompt: keyOf('c'), pictures: [pictureOf('d')] }), { prompt: keyOf('c') });
      // What a request kept that ended with a no is seen by nobody.
      await one.ledger.accept(asked('cli-4'), 1);
      const refused = await holdOf(one, 'cli-4');
      await refused.page('prepare').write('pictures', { keys: [keyOf('c')] });
      await refused.close(REFUSED);
      expect(await removedKeys('cli-1')).toEqual([keyOf('c')]);
      await journal.close(madeWith('b', 'a'));
      expect(await removedKeys('cli-2')).toEqual([keyOf('a'), keyOf('b')]);
    });

    it('forgets no picture that two requests share when both are removed at once', async () => {
      for (let round = 0; round < 10; round += 1) {
        const ids = [`an-${round}`, `binh-${round}`, `chi-${round}`];
        for (const id of ids) await finish(id, madeWith('a'));
        const removed = await Promise.all(ids.map(removedKeys));
        expect(removed.flat()).toEqual([keyOf('a')]);
      }
    });

    it('is done once when it is asked for several times at once', async () => {
      await finishTalkative('cli-1');
      const removed = await Promise.all(Array.from({ length: 8 }, async () => removedKeys('cli-1')));
      for (const keys of removed) expect(keys).toEqual(['a', 'b', 'c', 'd'].map(keyOf));
      expect((await one.archive.find('cli-1'))?.answer).toMatchObject({ code: 'removed', costMicros: 80_250 });
    });

    it('does not take apart what a newer version wrote', async () => {
      await finish('cli-1', made());
      await place.operate(`update requests set request = '{"version":2}'`);
      expect(await one.retractions.remove('cli-1')).toEqual({ kind: 'unknown' });
      expect(await dump()).toContain('a cat in an ao dai');
    });

    it('takes a gateway’s notes with it', async () => {
      await finishTalkative('cli-1');
      await one.retractions.remove('cli-1');
      expect(await one.notes.page('cli-1').read('placeholder')).toBeUndefined();
      expect(await (await holdOf(one, 'cli-1')).page(GATEWAY_STEP).read('placeholder')).toBeUndefined();
    });
  });
}
