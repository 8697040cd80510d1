import { beforeEach, describe, expect, it } from 'vitest';
import type { Options } from '#src/core/request.ts';
import type { OpenedLedger } from '#src/ledger/open.ts';
import { useDesk, type SqlPlace } from '#test/ledger/desk.ts';

/** What every keeper of preferences promises. */
export function describePreferences(name: string, prepare: () => Promise<SqlPlace>): void {
  describe(`${name}: preferences`, () => {
    let place: SqlPlace;
    const desk = useDesk(async () => {
      place = await prepare();
      return place;
    });
    let one: OpenedLedger;
    beforeEach(async () => {
      one = await desk.open();
    });

    const all: Options = {
      aspectRatio: '16:9',
      seed: 42,
      negativePrompt: 'mưa \0',
      count: 2,
      model: 'sd35',
      style: 'anime',
      strength: 0.35,
    };

    it('are empty until something is chosen, and then what was chosen last, also after a restart', async () => {
      expect(await one.preferences.read('home', 'lan')).toEqual({});
      await one.preferences.write('home', 'lan', { count: 4, enhance: 'raw' });
      await one.preferences.write('home', 'lan', all);
      await one.close();
      one = await desk.open();
      expect(await one.preferences.read('home', 'lan')).toEqual(all);
      await one.preferences.write('home', 'lan', {});
      expect(await one.preferences.read('home', 'lan')).toEqual({});
    });

    it('are of one person in one tenant', async () => {
      await one.preferences.write('home', 'lan', { count: 1 });
      await one.preferences.write('home', 'minh', { count: 2 });
      await one.preferences.write('work', 'lan', { count: 3 });
      expect(await one.preferences.read('home', 'lan')).toEqual({ count: 1 });
      expect(await one.preferences.read('home', 'minh')).toEqual({ count: 2 });
      expect(await one.preferences.read('work', 'lan')).toEqual({ count: 3 });
      expect(await one.preferences.read('work', 'minh')).toEqual({});
    });

    it('are one choice, however many are made at once', async () => {
      const choices = Array.from({ length: 20 }, (_, index) => ({ seed: index + 1 }));
      await Promise.all(choices.map(async (options) => one.preferences.write('home', 'lan', options)));
      expect(choices).toContainEqual(await one.preferences.read('home', 'lan'));
    });

    it('that no request could have are not taken, and leave what was there', async () => {
      await one.preferences.write('home', 'lan', { count: 1 });
      for (const options of [{ count: 99 }, { seed: 0.5 }, { negativePrompt: 'x'.repeat(5000) }, { mood: 'new' }]) {
        await expect(one.preferences.write('home', 'lan', options)).rejects.toBeInstanceOf(Error);
      }
      expect(await one.preferences.read('home', 'lan')).toEqual({ count: 1 });
    });

    it('are nobody’s whose name is too long or no text', async () => {
      for (const person of ['', 'x'.repeat(201), 'a\0b', '\uD83D']) {
        await expect(one.preferences.write('home', person, { count: 1 }), person).rejects.toBeInstanceOf(Error);
        await expect(one.preferences.write(person, 'lan', { count: 1 }), person).rejects.toBeInstanceOf(Error);
        expect(await one.preferences.read('home', person), person).toEqual({});
      }
    });

    it.each(['{"count":1,"mood":"new"}', '{"count":"many"}', '[]', 'no JSON at all'])(
      'that a newer version wrote as %s are empty',
      async (text) => {
        await one.preferences.write('home', 'lan', { count: 1 });
        await place.operate(`update preferences set options = '${text}'`);
        expect(await one.preferences.read('home', 'lan')).toEqual({});
        await one.preferences.write('home', 'lan', { count: 2 });
        expect(await one.preferences.read('home', 'lan')).toEqual({ count: 2 });
      },
    );
  });
}
