import { describe, expect, inject, it } from 'vitest';
import { freshDatabase } from '#test/setup/fresh.ts';
import { checkHistory } from '../history.ts';
import { rage } from './arena.ts';
import { alone, apart } from './fleets.ts';
import { createHousePeople } from './house-people.ts';
import { renderReport } from './report.ts';
import { createWebPeople } from './web-people.ts';

const redisUrl = inject('redisUrl');
const postgresUrl = inject('postgresUrl');

/** One of Redis' numbered databases, which no other test uses. */
const REDIS = 15;
const SEED = 7;

/** Side by side, since most of the time somebody is starting or waiting. `npm run chaos` runs as many kills as one likes. */
describe.concurrent('while processes are killed at random and people go on asking', { timeout: 150_000 }, () => {
  it.skipIf(redisUrl === undefined || postgresUrl === undefined)('two gateways and three workers break no promise', async () => {
    const database = await freshDatabase(postgresUrl ?? '');
    const outcome = await rage({ ...apart(database.url, `${redisUrl ?? ''}/${REDIS}`), seed: SEED, kills: 14, people: createWebPeople });
    await database.drop();
    const violations = checkHistory(outcome.history);
    expect(violations, renderReport(outcome, violations)).toEqual([]);
  });

  it('one process with people at the page and at the shell breaks no promise', async () => {
    const outcome = await rage({ ...alone(), seed: SEED, kills: 6, people: createHousePeople, askEveryMs: 700 });
    const violations = checkHistory(outcome.history);
    expect(violations, renderReport(outcome, violations)).toEqual([]);
  });
});
