import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '#src/core/ledger.ts';
import type { AdmissionRules } from '#src/ledger/admission.ts';
import { migrate } from '#src/ledger/migrations.ts';
import { createLedger } from '#src/ledger/open.ts';
import type { Tables } from '#src/ledger/tables.ts';
import { asked, NOON } from './asked.ts';
import type { SharedPlace } from './processes.ts';
import { dialectOf } from './upgrade.ts';

const PRICE_MICROS = 100;

/** What holds for those who are accepted in one transaction, because they came while another one was being committed. */
export function describeTogether(name: string, prepare: () => Promise<SharedPlace>): void {
  describe(`${name}: accepting many at once`, () => {
    let place: SharedPlace;
    let database: Kysely<Tables>;
    let clockMs: number;
    let heard: string[];
    let whenHeard: (statement: string) => void;
    beforeEach(async () => {
      place = await prepare();
      clockMs = NOON;
      heard = [];
      whenHeard = () => {};
      const log = ({ query }: { readonly query: { readonly sql: string } }): void => {
        heard.push(query.sql);
        whenHeard(query.sql);
      };
      database = new Kysely<Tables>({ dialect: dialectOf(place.database), log });
      await migrate(database);
      heard = [];
    });
    afterEach(async () => {
      await database.destroy();
      await place.remove();
    });

    const open = (rules: Partial<AdmissionRules> = {}): Ledger => {
      const usual = { maxUnfinished: 1000, dailyBudgetMicros: undefined, parallel: 1, now: () => clockMs };
      return createLedger(database, { ...usual, ...rules, database: place.database });
    };
    const writes = (): number => heard.filter(isInsert).length;
    const inLedger = async () => database.selectFrom('requests').select(['id', 'rank']).orderBy('id').execute();
    const held = async () => database.selectFrom('budgets').select('reserved_micros as held').execute();

    it('takes the first alone, and all who came meanwhile in one transaction', async () => {
      const { accept } = open();
      const told = await Promise.all(Array.from({ length: 100 }, async (_, index) => accept(asked(`cli-${index}`), PRICE_MICROS)));
      expect(told.map(({ receipt }) => receipt.kind)).toEqual(Array(100).fill('accepted'));
      expect(writes()).toBe(2);
      expect(await inLedger()).toHaveLength(100);
    });

    it('keeps nobody out because of one that cannot be kept', async () => {
      const { accept } = open();
      const prices = [100, 100, 0.5, 100, -500, 100];
      const told = await Promise.allSettled(prices.map(async (price, index) => accept(asked(`cli-${index}`), price)));
      expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
      expect(await inLedger()).toEqual([0, 1, 3, 5].map((index, rank) => ({ id: `cli-${index}`, rank })));
      expect(await held()).toEqual([{ held: 4 * PRICE_MICROS }]);
    });

    it('takes the same id as one request, and reserves for it once', async () => {
      const { accept } = open();
      const told = await Promise.all(
        ['cli-0', 'cli-1', 'cli-1', 'cli-2', 'cli-0', 'cli-1'].map(async (id) => accept(asked(id), PRICE_MICROS)),
      );
      const repeated = told.map(({ receipt }) => receipt.kind === 'accepted' && receipt.repeated);
      expect(repeated).toEqual([false, false, true, false, true, true]);
      expect(told.map(({ entry }) => entry?.rank)).toEqual([0, 1, 1, 2, 0, 1]);
      expect(await inLedger()).toHaveLength(3);
      expect(await held()).toEqual([{ held: 3 * PRICE_MICROS }]);
    });

    it('lets exactly as many in as the budget pays for, those who came first', async () => {
      const { accept } = open({ dailyBudgetMicros: 11 * PRICE_MICROS });
      const told = await Promise.all(Array.from({ length: 22 }, async (_, index) => accept(asked(`cli-${index}`), PRICE_MICROS)));
      expect(told.map(({ receipt }) => receipt.kind)).toEqual([...Array(11).fill('accepted'), ...Array(11).fill('refused')]);
      expect(writes()).toBe(2);
      expect(await held()).toEqual([{ held: 11 * PRICE_MICROS }]);
    });

    it('lets exactly as many in as there are places, those who came first', async () => {
      const { accept } = open({ maxUnfinished: 5 });
      const told = await Promise.all(Array.from({ length: 12 }, async (_, index) => accept(asked(`cli-${index}`), PRICE_MICROS)));
      expect(told.map(({ receipt }) => receipt.kind)).toEqual([...Array(5).fill('accepted'), ...Array(7).fill('refused')]);
      expect(await held()).toEqual([{ held: 5 * PRICE_MICROS }]);
    });

    it('ranks and places them in the order in which they came, each person’s behind their own', async () => {
      const { accept } = open();
      const came = ['lan-1', 'lan-2', 'minh-1', 'lan-3', 'minh-2'];
      const told = await Promise.all(
        came.map(async (id, index) => accept(asked(id, { requester: { id: id.slice(0, -2) }, acceptedAt: NOON + index }), 1)),
      );
      expect(told.map(({ entry }) => entry?.rank)).toEqual([0, 1, 0, 2, 1]);
      // The first was told before the others were there.
      const aheads = told.map(({ receipt }) => receipt.kind === 'accepted' && receipt.ahead);
      expect(aheads).toEqual([0, 2, 1, 4, 3]);
    });

    it('leaves out whose time was over before their turn came', async () => {
      const { accept } = open();
      const untils = [undefined, NOON, NOON - 1, undefined];
      const told = await Promise.all(untils.map(async (until, index) => accept(asked(`cli-${index}`), PRICE_MICROS, until)));
      expect(told.map(({ receipt }) => receipt.kind)).toEqual(['accepted', 'accepted', 'refused', 'accepted']);
      // They are not even written, so that they make nobody else late.
      expect(heard.filter((statement) => statement.startsWith('delete'))).toEqual([]);
      expect(await inLedger()).toHaveLength(3);
      expect(await held()).toEqual([{ held: 3 * PRICE_MICROS }]);
    });

    it('takes out again whose time went by while the others were being written, and whoever repeats them', async () => {
      const { accept } = open();
      whenHeard = (statement) => {
        if (isInsert(statement) && writes() === 2) clockMs += 1000;
      };
      const wishes = [
        ['cli-0', undefined],
        ['cli-1', NOON + 999],
        ['cli-1', undefined],
        ['cli-2', NOON + 1000],
      ] as const;
      const told = await Promise.all(wishes.map(async ([id, until]) => accept(asked(id), PRICE_MICROS, until)));
      const late = { receipt: { kind: 'refused', code: 'ledger-unavailable', details: {} }, entry: undefined };
      expect(told).toMatchObject([{ receipt: { kind: 'accepted' } }, late, late, { receipt: { kind: 'accepted', repeated: false } }]);
      expect(await inLedger()).toMatchObject([{ id: 'cli-0' }, { id: 'cli-2' }]);
      expect(await held()).toEqual([{ held: 2 * PRICE_MICROS }]);
    });
  });
}

const isInsert = (statement: string): boolean => statement.startsWith('insert into "requests"');
