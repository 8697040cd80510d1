import { describe, expect, it } from 'vitest';
import { admit, RANK_MAX } from '#src/ledger/admission.ts';
import type { RequestsTable } from '#src/ledger/tables.ts';
import { DAY_MS, NOON } from './asked.ts';

const RULES = { maxUnfinished: 100, dailyBudgetMicros: 1000, parallel: 1 };
const EMPTY = { roomMicros: () => 1000, waiting: 0, own: () => 0 };

const row = (id: string, changes: Partial<RequestsTable> = {}): RequestsTable => ({
  id,
  tenant: 'home',
  platform: 'web',
  requester_id: 'lan',
  room: null,
  topic: null,
  rank: 0,
  state: 'queued',
  fence: 0,
  attempts: 0,
  accepted_at: NOON,
  touched_at: NOON,
  started_at: null,
  finished_at: null,
  cancelled_at: null,
  model_id: 'sd35',
  clip: 0,
  made: 0,
  reserved_micros: 400,
  cost_micros: 0,
  words: '',
  request: '{}',
  answer: null,
  ...changes,
});
const idsOf = (rows: readonly RequestsTable[], standing = EMPTY): string[] => admit(rows, standing, RULES).admitted.map(({ id }) => id);

describe('of those who come together', () => {
  it('a cheap one is let in behind one that is too dear', () => {
    expect(idsOf([row('a'), row('b'), row('c'), row('d', { reserved_micros: 200 })])).toEqual(['a', 'b', 'd']);
  });

  it('each counts against the budget of their own tenant and day', () => {
    const dear = { reserved_micros: 1000 };
    const others = [row('b', { ...dear, tenant: 'work' }), row('c', { ...dear, accepted_at: NOON + DAY_MS })];
    expect(idsOf([row('a', dear), ...others, row('d')])).toEqual(['a', 'b', 'c']);
  });

  it('whoever is refused takes no place in the line and none behind their own', () => {
    const { admitted, refused } = admit(
      [row('a'), row('b', { reserved_micros: 5000 }), row('c'), row('d')],
      { ...EMPTY, waiting: 98, own: () => RANK_MAX - 1 },
      { ...RULES, dailyBudgetMicros: undefined },
    );
    expect(admitted.map(({ id, rank }) => [id, rank])).toEqual([
      ['a', RANK_MAX - 1],
      ['b', RANK_MAX],
    ]);
    expect([...refused].map(([id, { code }]) => [id, code])).toEqual([
      ['c', 'queue-full'],
      ['d', 'queue-full'],
    ]);
    const two = admit([row('a', { reserved_micros: 5000 }), row('b'), row('c')], { ...EMPTY, waiting: 99 }, RULES);
    expect(two.admitted.map(({ id, rank }) => [id, rank])).toEqual([['b', 0]]);
    expect([...two.refused].map(([id, { code }]) => [id, code])).toEqual([
      ['a', 'budget-reached'],
      ['c', 'queue-full'],
    ]);
  });
});
