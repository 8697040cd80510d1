import { describe, expect, inject, it } from 'vitest';
import { freshDatabase } from '#test/setup/fresh.ts';
import { checkHistory, contestedPairs, type History } from '../history.ts';
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

    expectOrderSeen(outcome.history);
  });

  it('one process with people at the page and at the shell breaks no promise', async () => {
    const outcome = await rage({ ...alone(), seed: SEED, kills: 6, people: createHousePeople, askEveryMs: 700 });
    const violations = checkHistory(outcome.history);
    expect(violations, renderReport(outcome, violations)).toEqual([]);
    expectOrderSeen(outcome.history);
  });
});

/** What was seen is enough to tell: the same history with two requests of one thread swapped is no good history. */
function expectOrderSeen(history: History): void {
  const [pair] = contestedPairs(history);
  if (pair === undefined) throw new Error('nobody ever waited in line');
  const swaps = { handed: /^reordered: .* was begun before/, listed: /^reordered: .* is listed before/, shown: /^contradicted: / } as const;
  for (const kind of ['handed', 'listed', 'shown'] as const)
    expect(checkHistory(swapped(history, kind, pair))).toContainEqual(expect.stringMatching(swaps[kind]));
}

/** The same history, but what happened to the one happened to the other, and the other way round. Each keeps its own rank. */
function swapped(history: History, kind: 'handed' | 'listed' | 'shown', [one, other]: readonly [string, string]): History {
  const names = new Map([
    [one, other],
    [other, one],
  ]);
  const ranks = new Map(history.flatMap((event) => (event.kind === 'handed' ? [[event.id, event.rank] as const] : [])));
  return history.map((event) => {
    if (event.kind !== kind) return event;
    const id = names.get(event.id) ?? event.id;
    return event.kind === 'handed' ? { ...event, id, rank: ranks.get(id) ?? event.rank } : { ...event, id };
  });
}
