import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArchive } from '#src/ledger/archive.ts';
import { createCabinet } from '#src/ledger/cabinet.ts';
import { migrate } from '#src/ledger/migrations.ts';
import { createNotes } from '#src/ledger/notes.ts';
import { createLedger, openLedger } from '#src/ledger/open.ts';
import { createPreferences } from '#src/ledger/preferences.ts';
import { createSqliteDialect } from '#src/ledger/sqlite.ts';
import { inTransaction, type Tables } from '#src/ledger/tables.ts';
import { asked, NOON } from './asked.ts';

const RULES = { maxUnfinished: 100_000, dailyBudgetMicros: undefined, parallel: 1, now: () => NOON };

describe('SQLite in trouble', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hoami-troubles-'));
    file = join(folder, 'data', 'ledger.sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('a full disk is a refusal like another, nothing is half written, and it goes on when there is room again', async () => {
    const database = new Kysely<Tables>({ dialect: createSqliteDialect(file) });
    await migrate(database);
    const ledger = createLedger(database, { ...RULES, database: { kind: 'sqlite', file } });
    await ledger.accept(asked('cli-1'), 1);
    const journal = await ledger.open('cli-1');
    // SQLite's own limit fails as a full disk does.
    await sql`pragma max_page_count = 1`.execute(database);
    const long = asked('cli-2', { prompt: 'mèo '.repeat(1000) });
    expect(await ledger.accept(long, 1)).toEqual({ receipt: { kind: 'refused', code: 'storage-full', details: {} }, entry: undefined });
    const fact = 'x'.repeat(100_000);
    await expect(journal?.page('invoke').write('picture', fact)).rejects.toMatchObject({ name: 'Refusal', code: 'storage-full' });
    expect(await createArchive(database).find('cli-2')).toBeUndefined();
    await sql`pragma max_page_count = 100000`.execute(database);
    expect((await ledger.accept(long, 1)).receipt).toMatchObject({ kind: 'accepted', repeated: false });
    await database.destroy();
  });

  it('a full disk is a refusal also to notes, wishes and whatever platforms put away', async () => {
    const database = new Kysely<Tables>({ dialect: createSqliteDialect(file) });
    await migrate(database);
    await createLedger(database, { ...RULES, database: { kind: 'sqlite', file } }).accept(asked('cli-1'), 1);
    await sql`pragma max_page_count = 1`.execute(database);
    const full = { name: 'Refusal', code: 'storage-full' };
    const long = 'x'.repeat(100_000);
    const { write } = createNotes(database, () => NOON).page('cli-1');
    await expect(write('placeholder', long)).rejects.toMatchObject(full);
    await expect(createCabinet(database, () => NOON).write('slack', 'T1', long)).rejects.toMatchObject(full);
    const preferences = createPreferences(database);
    const filling = async () => {
      for (let person = 0; person < 100; person += 1) await preferences.write('home', `p-${person}`, { negativePrompt: 'x'.repeat(4000) });
    };
    await expect(filling()).rejects.toMatchObject(full);
    expect(await createCabinet(database, () => NOON).list('slack')).toEqual([]);
    await database.destroy();
  });

  it('another process that holds the lock too long is an error, not a wait without end, and harms nothing', async () => {
    const one = await openLedger({ ...RULES, database: { kind: 'sqlite', file } });
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    await expect(one.ledger.accept(asked('cli-1'), 1)).rejects.toThrow('database is locked');
    expect(await one.archive.find('cli-1')).toBeUndefined();
    other.exec('rollback');
    other.close();
    expect((await one.ledger.accept(asked('cli-1'), 1)).receipt.kind).toBe('accepted');
    await one.close();
  });

  it('nobody writes between what a transaction reads and what it writes', async () => {
    const database = new Kysely<Tables>({ dialect: createSqliteDialect(file) });
    await migrate(database);
    const other = new DatabaseSync(file, { timeout: 0 });
    const day = { tenant: 'home', day: 1, reserved_micros: 0, spent_micros: 0 };
    await inTransaction(database, async (writing) => {
      expect(await writing.selectFrom('budgets').selectAll().execute()).toEqual([]);
      expect(() => other.exec(`insert into budgets values ('home', 1, 5, 5)`)).toThrow('database is locked');
      await writing.insertInto('budgets').values(day).execute();
    });
    other.close();
    await database.destroy();
  });

  it('a slow disk keeps those waiting who wrote, and nobody else', async () => {
    const [begun, flushed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let count = 0;
    const flush = async (): Promise<void> => {
      count += 1;
      begun.resolve();
      return flushed.promise;
    };
    const database = new Kysely<Tables>({ dialect: createSqliteDialect(file, { flush, close: async () => {} }) });
    const ready = migrate(database);
    const told: string[] = [];
    void ready.then(() => told.push('migrated'));
    await begun.promise;
    expect(await sql`select 1 as one`.execute(database)).toMatchObject({ rows: [{ one: 1 }] });
    expect(told).toEqual([]);
    flushed.resolve();
    await ready;
    const ledger = createLedger(database, { ...RULES, database: { kind: 'sqlite', file } });
    const before = count;
    await ledger.accept(asked('cli-1'), 1);
    expect(count).toBe(before + 1);
    const journal = await ledger.open('cli-1');
    await journal?.page('plan').write('pictures', 1);
    await journal?.page('invoke').write('painted-0', 1, { what: 'picture', modelId: 'core', costMicros: 1 });
    expect(count).toBe(before + 4);
    expect(await journal?.page('plan').read('pictures')).toBe(1);
    expect(count).toBe(before + 4);
    await database.destroy();
  });

  it('whole numbers stay whole, and what PostgreSQL would keep differently is not taken', async () => {
    const database = new Kysely<Tables>({ dialect: createSqliteDialect(file) });
    const kindOf = async (value: unknown) => (await sql<{ kind: string }>`select typeof(${value}) as kind`.execute(database)).rows[0]?.kind;
    expect(await kindOf(5)).toBe('integer');
    expect(await kindOf('5')).toBe('text');
    expect(await kindOf(null)).toBe('null');
    for (const value of [0.5, Number.NaN, 2 ** 60, true, undefined, new Date(0), { a: 1 }]) {
      await expect(kindOf(value)).rejects.toBeInstanceOf(TypeError);
    }
    await database.destroy();
  });

  it('a failed migration leaves nothing behind', async () => {
    const database = new Kysely<Tables>({ dialect: createSqliteDialect(file) });
    const up = async (inside: Kysely<unknown>): Promise<void> => {
      await inside.schema.createTable('half').addColumn('id', 'text').execute();
      throw new Error('interrupted');
    };
    const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ half: { up } }) } });
    expect((await migrator.migrateToLatest()).error).toMatchObject({ message: 'interrupted' });
    expect((await database.introspection.getTables()).map(({ name }) => name)).not.toContain('half');
    await migrate(database);
    await database.destroy();
  });

  it('the folder is made for its owner alone', async () => {
    const one = await openLedger({ ...RULES, database: { kind: 'sqlite', file } });
    await one.check();
    await one.close();
    expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
  });

  it('a file that is no ledger is not opened, and stays as it is', async () => {
    file = join(folder, 'photo.png');
    writeFileSync(file, 'this is not a database at all'.repeat(100));
    await expect(openLedger({ ...RULES, database: { kind: 'sqlite', file } })).rejects.toThrow('not a database');
    expect(statSync(file).size).toBe(2900);
  });

  it('a closed ledger does not answer', async () => {
    const one = await openLedger({ ...RULES, database: { kind: 'sqlite', file } });
    await one.close();
    await expect(one.check()).rejects.toThrow('destroyed');
    await one.close();
  });
});
