import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Archive } from '#src/core/archive.ts';
import type { Ledger } from '#src/core/ledger.ts';
import type { VideoTask } from '#src/core/request.ts';
import { createArchive } from '#src/ledger/archive.ts';
import { createCabinet } from '#src/ledger/cabinet.ts';
import { migrate } from '#src/ledger/migrations.ts';
import { createNotes } from '#src/ledger/notes.ts';
import { createLedger } from '#src/ledger/open.ts';
import { createPreferences } from '#src/ledger/preferences.ts';
import { createRetractions } from '#src/ledger/retractions.ts';
import { createSqliteDialect } from '#src/ledger/sqlite.ts';
import type { Tables } from '#src/ledger/tables.ts';
import { asked, made, NOON } from './asked.ts';

const folder = mkdtempSync(join(tmpdir(), 'hoami-plans-'));
const file = join(folder, 'ledger.sqlite');
const heard: string[] = [];
const database = new Kysely<Tables>({ dialect: createSqliteDialect(file), log: ({ query }) => void heard.push(query.sql) });
const options = { maxUnfinished: 100, dailyBudgetMicros: 1_000_000, parallel: 2, now: () => NOON };
const ledger: Ledger = createLedger(database, { ...options, database: { kind: 'sqlite', file } });
const archive: Archive = createArchive(database);
const retractions = createRetractions(database, false, () => NOON);
const notes = createNotes(database, () => NOON);
const preferences = createPreferences(database);
const cabinet = createCabinet(database, () => NOON);

const CLIP: VideoTask = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false, frames: [] };

/** What SQLite would do for every statement that the work runs, one line per step. */
async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  heard.length = 0;
  await work();
  const reader = new DatabaseSync(file, { readOnly: true });
  const statements = heard.filter((text) => /^(?:select|update|insert|delete|with)/.test(text));
  const steps = statements.flatMap((text) => reader.prepare(`explain query plan ${text}`).all());
  reader.close();
  expect(statements.length).toBeGreaterThan(0);
  return steps.map(({ detail }) => String(detail));
}

/** A step that reads a whole table or index, or sorts what an index could have given in order. A subquery's few rows are no table, and values that were handed in are none. */
const isSlow = (step: string): boolean => /^SCAN (?!\(|unfinished|latest|asking|(?:\d+ )?CONSTANT)|TEMP B-TREE/.test(step);

describe('with a hundred thousand rows the ledger would still look up and not search, in', () => {
  beforeAll(async () => {
    await migrate(database);
    await ledger.accept(asked('cli-1'), 1);
  });
  afterAll(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true });
  });

  const home = { tenant: 'home', limit: 50 };
  it.each<[string, () => Promise<unknown>]>([
    ['accepting', () => ledger.accept(asked('cli-2'), 1)],
    ['accepting again', () => ledger.accept(asked('cli-2'), 1)],
    ['opening', () => ledger.open('cli-2')],
    ['writing', async () => (await ledger.open('cli-2'))?.page('plan').write('pictures', 1)],
    [
      'writing and booking',
      async () => (await ledger.open('cli-2'))?.page('invoke').write('picture', 1, { what: 'picture', modelId: 'sd35', costMicros: 1 }),
    ],
    ['reading', async () => (await ledger.open('cli-2'))?.page('invoke').read('picture')],
    ['postponing', async () => (await ledger.open('cli-2'))?.postpone()],
    ['closing', async () => (await ledger.open('cli-2'))?.close(made())],
    ['looking for what nobody holds', () => ledger.unqueued(-1)],
    ['finding one', () => archive.find('cli-1')],
    ['the history', () => archive.history(home)],
    ['the next page of the history', () => archive.history({ ...home, before: { acceptedAt: NOON, id: 'cli-1' } })],
    ['one person’s history', () => archive.history({ ...home, requesterId: 'lan' })],
    ['the gallery', () => archive.history({ ...home, onlyMade: true, modelId: 'sd35' })],
    ['a room’s history', () => archive.history({ ...home, room: 'C1' })],
    ['a topic’s history', () => archive.history({ ...home, room: 'C1', topic: 't1' })],
    ['who began a room’s conversations', () => archive.history({ ...home, room: 'C1', onlyRoots: true })],
    ['how much was said in conversations', () => archive.replies({ tenant: 'home', topics: ['t1', 't2'] })],
    ['the load', () => archive.load()],
    ['cancelling', () => retractions.cancel('cli-1')],
    ['learning that it is too late to cancel', () => retractions.cancel('cli-2')],
    ['knowing what is cancelled', async () => (await ledger.open('cli-1'))?.isCancelled()],
    ['removing', () => retractions.remove('cli-2')],
    ['removing again', () => retractions.remove('cli-2')],
    ['a gateway’s notes', () => notes.page('cli-1').write('placeholder', 1)],
    ['reading a gateway’s notes', () => notes.page('cli-1').read('placeholder')],
    ['preferring', () => preferences.write('home', 'lan', { count: 2 })],
    ['reading what is preferred', () => preferences.read('home', 'lan')],
    ['putting away', () => cabinet.write('slack', 'T1', 1)],
    ['looking into the cabinet', () => cabinet.list('slack')],
    ['taking out of the cabinet', () => cabinet.remove('slack', 'T1')],
    ['accepting a clip', () => ledger.accept(asked('cli-clip', { task: CLIP }), 1)],
    ['knowing how many clips are before', async () => (await ledger.open('cli-clip'))?.clipsAhead()],
    ['words', () => archive.history({ ...home, words: 'mèo áo' })],
  ])('%s', async (_, work) => {
    const steps = await plansOf(work);
    expect(steps.filter(isSlow)).toEqual([]);
  });

  it('counting what one person has unfinished, past everything that the person ever asked', async () => {
    const steps = await plansOf(() => ledger.accept(asked('cli-3'), 1));
    expect(steps).toContain('SEARCH requests USING INDEX requests_of_one (tenant=? AND requester_id=? AND state=?)');
    expect(steps).toContain('SEARCH requests USING COVERING INDEX requests_in_line (state=? AND rank>?)');
  });

  it('finding the place in line without reading a request, among pictures and among clips', async () => {
    const steps = await plansOf(() => ledger.accept(asked('cli-4'), 1));
    expect(steps.filter((step) => step.includes('SEARCH other') && !step.includes('in_line'))).toEqual([]);
    expect(steps).toContain('SEARCH other USING COVERING INDEX requests_in_line (state=? AND rank>?)');
    expect(steps.some((step) => step.includes('requests_clips_in_line'))).toBe(true);
  });

  it('looking up a topic by both its names, and a day’s usage by its time', async () => {
    const topic = await plansOf(() => archive.history({ ...home, room: 'C1', topic: 't1' }));
    expect(topic).toContain('SEARCH requests USING INDEX requests_on_topic (tenant=? AND topic=? AND room=?)');
    const usage = await plansOf(() => archive.usage({ tenant: 'home', from: NOON, to: NOON + 1 }));
    expect(usage).toContain('SEARCH spending USING INDEX spending_of_tenant (tenant=? AND at>? AND at<?)');
  });

  it('and the test would see it, if an index were missing', async () => {
    expect((await plansOf(() => archive.spent({}))).some(isSlow)).toBe(true);
  });
});
