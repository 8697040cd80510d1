import { beforeEach, describe, expect, it } from 'vitest';
import { GATEWAY_STEP } from '#src/core/notes.ts';
import type { OpenedLedger } from '#src/ledger/open.ts';
import { asked, made } from '#test/ledger/asked.ts';
import { holdOf, useDesk, type PreparePlace } from '#test/ledger/desk.ts';

/** What every gateway's notes promise. */
export function describeNotes(name: string, prepare: PreparePlace): void {
  describe(`${name}: a gateway’s notes`, () => {
    const desk = useDesk(prepare);
    let one: OpenedLedger;
    beforeEach(async () => {
      one = await desk.open();
      for (const id of ['cli-1', 'cli-2']) await one.ledger.accept(asked(id), 1);
    });

    it('are read back, the newest of a name, each request’s its own, also by whoever works on it and after a restart', async () => {
      const page = one.notes.page('cli-1');
      expect(await page.read('placeholder')).toBeUndefined();
      await page.write('placeholder', 'first');
      await page.write('placeholder', { ts: '1700000000.000100', list: [1, null, 'mèo \0'] });
      const fact = { ts: '1700000000.000100', list: [1, null, 'mèo \0'] };
      expect(await page.read('placeholder')).toEqual(fact);
      expect(await one.notes.page('cli-2').read('placeholder')).toBeUndefined();
      await one.close();
      one = await desk.open();
      expect(await (await holdOf(one, 'cli-1')).page(GATEWAY_STEP).read('placeholder')).toEqual(fact);
    });

    it('can be written while a worker has the request, and take nothing from it', async () => {
      const journal = await holdOf(one, 'cli-1');
      await one.notes.page('cli-1').write('placeholder', 1);
      await journal.page('deliver').write('placeholder', 2);
      await (await holdOf(one, 'cli-1')).close(made());
      await one.notes.page('cli-1').write('placeholder', 3);
      expect(await one.notes.page('cli-1').read('placeholder')).toBe(3);
      expect(await journal.page('deliver').read('placeholder')).toBe(2);
    });

    it('are kept one after the other when several are written at once', async () => {
      const page = one.notes.page('cli-1');
      const numbers = Array.from({ length: 20 }, (_, index) => index);
      await Promise.all(numbers.flatMap((number) => [page.write(`post-${number}`, number), page.write('last', number)]));
      expect(await Promise.all(numbers.map(async (number) => page.read(`post-${number}`)))).toEqual(numbers);
      expect(numbers).toContain(await page.read('last'));
    });

    it('are not written by a worker', async () => {
      const journal = await holdOf(one, 'cli-1');
      const spent = { what: 'picture', modelId: 'sd35', costMicros: 1 } as const;
      await expect(journal.page(GATEWAY_STEP).write('placeholder', 1)).rejects.toThrow('only reads');
      await expect(journal.page(GATEWAY_STEP).write('placeholder', 1, spent)).rejects.toThrow('only reads');
      expect(await one.notes.page('cli-1').read('placeholder')).toBeUndefined();
      expect(await one.archive.spent({})).toEqual([]);
    });

    it('are of a request that is there: of another there are none, and writing says so', async () => {
      for (const id of ['cli-9', '', 'a\0b', '123', "x' or 1=1 --", 'x'.repeat(5000)]) {
        expect(await one.notes.page(id).read('placeholder'), id).toBeUndefined();
        await expect(one.notes.page(id).write('placeholder', 1), id).rejects.toThrow('no such request');
      }
    });

    it('are notes and no pictures', async () => {
      await expect(one.notes.page('cli-1').write('placeholder', 'x'.repeat(300_000))).rejects.toThrow('too long');
    });
  });
}
