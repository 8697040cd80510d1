import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '#src/ledger/migrations.ts';
import type { LedgerDatabase } from '#src/ledger/open.ts';
import { createPostgresDialect } from '#src/ledger/postgres.ts';
import { createSqliteDialect } from '#src/ledger/sqlite.ts';
import { asked, made, NOON, REFUSED } from './asked.ts';
import { useDesk } from './desk.ts';
import type { SharedPlace } from './processes.ts';

const FINISHED_COUNT = 1100;

/** What holds for a ledger that an earlier version has filled. */
export function describeUpgrade(name: string, prepare: () => Promise<SharedPlace>): void {
  describe(`${name}: a ledger of the first version`, () => {
    let place: SharedPlace;
    const desk = useDesk(async () => {
      place = await prepare();
      return place;
    });

    it('goes on with everything that was in it, and knows which answers share a picture', async () => {
      await fillAsBefore(place);
      const one = await desk.open();
      expect(await one.archive.load()).toEqual({ queued: 1, running: 0, oldestQueuedAt: NOON });
      const journal = await one.ledger.open('open-1');
      expect(journal?.request).toEqual(asked('open-1'));
      expect(await journal?.isCancelled()).toBe(false);
      expect(await one.archive.history({ tenant: 'home', room: 'C1', limit: 9 })).toEqual([]);
      const first = await one.retractions.remove('old-1000');
      expect(first).toEqual({ kind: 'removed', keys: [keyOf(0)] });
      const last = await one.retractions.remove(`old-${999 + FINISHED_COUNT}`);
      expect(last).toEqual({ kind: 'removed', keys: [keyOf(FINISHED_COUNT - 1), `${'b'.repeat(64)}.png`] });
      expect(await one.retractions.remove('refused-1')).toEqual({ kind: 'removed', keys: [] });
      await one.close();
      await (await desk.open()).check();
    });
  });
}

const keyOf = (index: number): string => `${String(index).padStart(64, '0')}.png`;

/** The tables and rows of the first version. All pictures were made from one, and the last from another one too. */
async function fillAsBefore({ database, operate }: SharedPlace): Promise<void> {
  const before = new Kysely<unknown>({ dialect: dialectOf(database) });
  const published = Object.fromEntries(Object.entries(MIGRATIONS).filter(([migration]) => migration <= '004'));
  const { error } = await new Migrator({ db: before, provider: { getMigrations: async () => published } }).migrateToLatest();
  await before.destroy();
  expect(error).toBeUndefined();
  const finished = Array.from({ length: FINISHED_COUNT }, (_, index) => {
    const inputs = index === FINISHED_COUNT - 1 ? ['a', 'b'] : ['a'];
    const pictures = [{ key: keyOf(index), type: 'image/png', width: 1, height: 1, seed: 1 } as const];
    const recipe = { ...made().recipe, inputs: inputs.map((letter) => `${letter.repeat(64)}.png`) };
    return rowOf(`old-${1000 + index}`, JSON.stringify(made({ pictures, recipe })), 1);
  });
  const rows = [
    ...finished,
    rowOf('refused-1', JSON.stringify(REFUSED), 0),
    rowOf('newer-1', 'no JSON at all', 1),
    rowOf('open-1', undefined, 0),
  ];
  const columns =
    'id, tenant, platform, requester_id, rank, state, fence, attempts, accepted_at, touched_at, finished_at, model_id, made, reserved_micros, cost_micros, words, request, answer';
  await operate(`insert into requests (${columns}) values ${rows.join(', ')}`);
}

function rowOf(id: string, answer: string | undefined, pictures: 0 | 1): string {
  const [state, finishedAt, text] = answer === undefined ? ['queued', 'null', 'null'] : ['finished', NOON, `'${answer}'`];
  const request = JSON.stringify(asked(id));
  return `('${id}', 'home', 'web', 'lan', 0, '${state}', 0, 0, ${NOON}, ${NOON}, ${finishedAt}, 'sd35', ${pictures}, 0, 0, '', '${request}', ${text})`;
}

export const dialectOf = (database: LedgerDatabase) =>
  database.kind === 'sqlite' ? createSqliteDialect(database.file) : createPostgresDialect(database.url);
