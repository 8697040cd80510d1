import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openLedger } from '#src/ledger/open.ts';
import { describeArchive } from '#test/contracts/archive.ts';
import { describeCabinet } from '#test/contracts/cabinet.ts';
import { describeClipLine } from '#test/contracts/clip-line.ts';
import { describeLedger } from '#test/contracts/ledger.ts';
import { describeNotes } from '#test/contracts/notes.ts';
import { describePreferences } from '#test/contracts/preferences.ts';
import { describeCancelling, describeRemoving } from '#test/contracts/retractions.ts';
import { asked, made, NOON } from './asked.ts';
import { describeProcesses, type SharedPlace } from './processes.ts';
import { describeTogether } from './together.ts';
import { describeUpgrade } from './upgrade.ts';

async function prepare(): Promise<SharedPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'hoami-ledger-'));
  const database = { kind: 'sqlite', file: join(folder, 'data', 'ledger.sqlite') } as const;
  return {
    database,
    open: (options) => openLedger({ ...options, database }),
    operate: async (statement) => {
      const operator = new DatabaseSync(database.file);
      const rows = operator.prepare(statement).all();
      operator.close();
      return rows;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

describeLedger('SQLite', prepare);
describeArchive('SQLite', prepare);
describeCancelling('SQLite', prepare);
describeRemoving('SQLite', prepare);
describeNotes('SQLite', prepare);
describePreferences('SQLite', prepare);
describeCabinet('SQLite', prepare);
describeClipLine('SQLite', prepare);
describeProcesses('SQLite', prepare);
describeTogether('SQLite', prepare);
describeUpgrade('SQLite', prepare);

describe('a row that a newer version wrote', () => {
  it('hides nothing but itself', async () => {
    const place = await prepare();
    const one = await place.open({ maxUnfinished: 10, dailyBudgetMicros: undefined, parallel: 1, now: () => NOON });
    for (const id of ['cli-1', 'cli-2']) await one.ledger.accept(asked(id), 1000);
    const newer = JSON.stringify({ ...asked('cli-1'), version: 2, mood: 'new' });
    await place.operate(`update requests set request = '${newer}' where id = 'cli-1'`);
    expect((await one.archive.history({ tenant: 'home', limit: 10 })).map(({ request }) => request.id)).toEqual(['cli-2']);
    expect(await one.archive.find('cli-1')).toBeUndefined();
    await expect(one.ledger.open('cli-1')).rejects.toBeInstanceOf(Error);
    await one.close();
    await place.remove();
  });
});

describe('what was removed', () => {
  it('is not even in the bytes of the file, in none of its former places', async () => {
    const place = await prepare();
    const open = async () => place.open({ maxUnfinished: 10, dailyBudgetMicros: undefined, parallel: 1, now: () => NOON });
    const bytes = async () => readFile(place.database.kind === 'sqlite' ? place.database.file : '', 'latin1');
    const one = await open();
    // Longer than a page, so that the row is moved whenever it changes.
    await one.ledger.accept(asked('cli-1', { prompt: 'nightingale '.repeat(300) }), 1000);
    const journal = await one.ledger.open('cli-1');
    for (const length of [10, 400, 1000, 20]) await journal?.page('enhance').write('prompt', 'nightingale '.repeat(length));
    await journal?.postpone();
    await (await one.ledger.open('cli-1'))?.close(made({ prompt: 'a nightingale' }));
    await one.close();
    expect(await bytes()).toContain('nightingale');
    const again = await open();
    await again.retractions.remove('cli-1');
    await again.close();
    expect(await bytes()).not.toContain('ightingal');
    await place.remove();
  });
});
