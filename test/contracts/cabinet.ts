import { assert, asyncProperty, jsonValue, string } from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { CABINET_LIST_MAX } from '#src/core/cabinet.ts';
import { jsonSchema } from '#src/core/request.ts';
import type { OpenedLedger } from '#src/ledger/open.ts';
import { useDesk, type SqlPlace } from '#test/ledger/desk.ts';

/** Under these nothing can be put away. */
const NO_NAMES = ['', 'x'.repeat(201), 'a\0b', '\uD83D'];

/** What every cabinet promises. */
export function describeCabinet(name: string, prepare: () => Promise<SqlPlace>): void {
  describe(`${name}: the cabinet`, () => {
    let place: SqlPlace;
    const desk = useDesk(async () => {
      place = await prepare();
      return place;
    });
    let one: OpenedLedger;
    beforeEach(async () => {
      one = await desk.open();
    });

    it('keeps the newest value of a name, each drawer its own, also after a restart', async () => {
      expect(await one.cabinet.read('slack', 'T1')).toBeUndefined();
      await one.cabinet.write('slack', 'T1', 'first');
      await one.cabinet.write('slack', 'T1', { token: 'xoxb', scopes: ['chat:write'], at: 1.5, bot: null });
      await one.cabinet.write('discord', 'T1', false);
      await one.close();
      one = await desk.open();
      expect(await one.cabinet.read('slack', 'T1')).toEqual({ token: 'xoxb', scopes: ['chat:write'], at: 1.5, bot: null });
      expect(await one.cabinet.read('discord', 'T1')).toBe(false);
      expect(await one.cabinet.read('slack', 'T2')).toBeUndefined();
    });

    it('forgets what is removed, in that drawer only, and removing it again is no error', async () => {
      for (const drawer of ['slack', 'discord']) await one.cabinet.write(drawer, 'T1', drawer);
      await one.cabinet.remove('slack', 'T1');
      await one.cabinet.remove('slack', 'T1');
      expect(await one.cabinet.read('slack', 'T1')).toBeUndefined();
      expect(await one.cabinet.list('slack')).toEqual([]);
      expect(await one.cabinet.read('discord', 'T1')).toBe('discord');
    });

    it('lists a drawer in the order of the names, the same on every database', async () => {
      const names = ['b', 'a', 'B', 'é', 'a-2', 'a10', '_', 'ạ', '日本', ' x'];
      for (const each of names) await one.cabinet.write('slack', each, { each });
      await one.cabinet.write('other', 'a', 1);
      const ordered = names.toSorted();
      expect(await one.cabinet.list('slack')).toEqual(ordered.map((each) => ({ name: each, value: { each } })));
      expect(await one.cabinet.list('empty')).toEqual([]);
    });

    it(`lists ${CABINET_LIST_MAX} at most`, async () => {
      const rows = Array.from({ length: CABINET_LIST_MAX + 5 }, (_, index) => `('slack', 'T${10_000 + index}', '${index}', 0)`);
      await place.operate(`insert into cabinet (drawer, name, value, at) values ${rows.join(', ')}`);
      const listed = await one.cabinet.list('slack');
      expect(listed).toHaveLength(CABINET_LIST_MAX);
      expect(listed.at(-1)).toEqual({ name: `T${9999 + CABINET_LIST_MAX}`, value: CABINET_LIST_MAX - 1 });
    });

    it('reads any value back under any name, as it was', async () => {
      const names = string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => !text.includes('\0') && text.length <= 200);
      await assert(
        asyncProperty(names, names, jsonValue({ noUnicodeString: false }), async (drawer, each, content) => {
          const value = jsonSchema.parse(JSON.parse(JSON.stringify(content)));
          await one.cabinet.write(drawer, each, value);
          expect(await one.cabinet.read(drawer, each)).toEqual(value);
          expect(await one.cabinet.list(drawer)).toContainEqual({ name: each, value });
        }),
        { numRuns: 60 },
      );
    });

    it('takes nothing that is too long, no JSON or under a name that is none, and finds nothing there', async () => {
      await expect(one.cabinet.write('slack', 'T1', 'x'.repeat(300_000))).rejects.toThrow('too long');
      await expect(one.cabinet.write('slack', 'T1', Number.NaN)).rejects.toBeInstanceOf(Error);
      for (const bad of NO_NAMES) {
        await expect(one.cabinet.write(bad, 'T1', 1), bad).rejects.toBeInstanceOf(Error);
        await expect(one.cabinet.write('slack', bad, 1), bad).rejects.toBeInstanceOf(Error);
        expect(await one.cabinet.read(bad, 'T1'), bad).toBeUndefined();
        expect(await one.cabinet.read('slack', bad), bad).toBeUndefined();
        expect(await one.cabinet.list(bad), bad).toEqual([]);
        await one.cabinet.remove(bad, bad);
      }
      expect(await one.cabinet.list('slack')).toEqual([]);
    });

    it('has nothing where there is a value that cannot be read, and hides nothing else for it', async () => {
      for (const each of ['T1', 'T2']) await one.cabinet.write('slack', each, each);
      await place.operate(`update cabinet set value = 'no JSON at all' where name = 'T1'`);
      expect(await one.cabinet.read('slack', 'T1')).toBeUndefined();
      expect(await one.cabinet.list('slack')).toEqual([{ name: 'T2', value: 'T2' }]);
    });
  });
}
