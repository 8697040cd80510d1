import { describe, expect, it } from 'vitest';
import { checkHistory, contestedPairs, type HistoryEvent } from './history.ts';

type Moment = HistoryEvent extends infer Event ? (Event extends HistoryEvent ? Omit<Event, 'at'> : never) : never;

const ask = (id: string, changes: { thread?: string; person?: string } = {}): Moment => ({
  kind: 'asked',
  id,
  person: 'lan',
  thread: 't',
  pictures: 1,
  ...changes,
});
const yes = (id: string): Moment => ({ kind: 'told', id, said: 'accepted' });
const no = (id: string, code: string): Moment => ({ kind: 'told', id, said: 'refused', code });
const handed = (id: string, rank = 0): Moment => ({ kind: 'handed', id, rank });
const listed = (id: string, place: number): Moment => ({ kind: 'listed', id, place });
const begun = (id: string, picture = 'p'): Moment => ({ kind: 'begun', id, picture });
const charged = (id: string, picture = 'p'): Moment => ({ kind: 'charged', id, picture, costMicros: 80 });
const kept = (id: string, picture = 'p'): Moment => ({ kind: 'kept', id, picture });
const shown = (id: string, answer = 'made', thread = 't'): Moment => ({ kind: 'shown', id, answer, thread });
const closed = (id: string, bookedMicros = 80, answer = 'made'): Moment => ({ kind: 'closed', id, answer, bookedMicros });
const killed = (...ids: string[]): Moment => ({ kind: 'killed', process: 'w', ids });
const painting = (id: string): Moment[] => [begun(id), charged(id), kept(id)];
const story = (id: string): Moment[] => [ask(id), yes(id), ...painting(id), shown(id), closed(id)];

const GOOD: readonly { readonly name: string; readonly moments: readonly Moment[] }[] = [
  { name: 'nothing at all', moments: [] },
  { name: 'one request from its command to its answer', moments: story('a') },
  { name: 'a command that is delivered three times', moments: [ask('a'), ask('a'), yes('a'), ask('a'), yes('a'), ...story('a').slice(2)] },
  { name: 'a refusal', moments: [ask('a'), no('a', 'prompt-empty')] },
  { name: 'a refusal while the ledger is away, then a yes', moments: [ask('a'), no('a', 'ledger-unavailable'), ...story('a')] },
  { name: 'a command that was being taken when the process died', moments: [ask('a'), { kind: 'killed', process: 'g' }] },
  { name: 'a yes that nobody heard', moments: [ask('a'), killed('a'), ...painting('a'), shown('a'), closed('a')] },
  {
    name: 'a picture that is made twice, around a kill, and booked twice',
    moments: [ask('a'), yes('a'), begun('a'), charged('a'), killed('a'), ...painting('a'), shown('a'), closed('a', 160)],
  },
  {
    name: 'a call whose end is unknown, which was made once, and is booked twice',
    moments: [ask('a'), yes('a'), begun('a'), { kind: 'ambiguous', ids: ['a'] }, ...painting('a'), shown('a'), closed('a', 160)],
  },
  {
    name: 'a worker that thaws when another has painted, and paints all the same',
    moments: [ask('a'), yes('a'), { kind: 'frozen', ids: ['a'] }, ...painting('a'), begun('a'), charged('a'), shown('a'), closed('a', 160)],
  },
  {
    name: 'answers that overtake each other, begun in order',
    moments: [
      ask('a'),
      yes('a'),
      ask('b'),
      yes('b'),
      handed('a', 0),
      handed('b', 1),
      ...painting('b'),
      shown('b'),
      closed('b'),
      ...painting('a'),
      shown('a'),
      closed('a'),
    ],
  },
];

const BAD: readonly { readonly name: string; readonly moments: readonly Moment[]; readonly says: RegExp }[] = [
  { name: 'an accepted request without an answer', moments: [ask('a'), yes('a'), ...painting('a'), closed('a')], says: /^lost: a/ },
  { name: 'an accepted request without an end', moments: [ask('a'), yes('a'), ...painting('a'), shown('a')], says: /^unfinished: a/ },
  { name: 'two answers', moments: [...story('a'), shown('a')], says: /^answered twice: a/ },
  {
    name: 'an answer to a refused request',
    moments: [ask('a'), no('a', 'queue-full'), shown('a')],
    says: /^refused and yet done: a.*answered/,
  },
  {
    name: 'a picture for a refused request',
    moments: [ask('a'), no('a', 'queue-full'), begun('a')],
    says: /^refused and yet done: a.*painted/,
  },
  { name: 'an answer to nobody', moments: [shown('a')], says: /^invented: a/ },
  {
    name: 'another answer than the ledger has',
    moments: [...story('a').slice(0, -1), closed('a', 80, 'refused')],
    says: /^contradicted: a/,
  },
  {
    name: 'a request that is given up without a reason',
    moments: [ask('a'), yes('a'), shown('a', 'refused failed'), closed('a', 0, 'refused failed')],
    says: /^given up: a/,
  },
  { name: 'two ends', moments: [...story('a'), closed('a')], says: /^doubled: a/ },
  {
    name: 'a picture that is made twice without a reason',
    moments: [ask('a'), yes('a'), begun('a'), charged('a'), ...painting('a'), shown('a'), closed('a', 160)],
    says: /^paid too often: a/,
  },
  {
    name: 'a picture that is made again after it was kept, kill or no kill',
    moments: [ask('a'), yes('a'), ...painting('a'), killed('a'), begun('a'), charged('a'), shown('a'), closed('a', 160)],
    says: /^paid too often: a/,
  },
  {
    name: 'a picture that is made again although the kill hit another request',
    moments: [ask('a'), yes('a'), begun('a'), charged('a'), killed('b'), ...painting('a'), shown('a'), closed('a', 160)],
    says: /^paid too often: a/,
  },
  {
    name: 'a third generation',
    moments: [ask('a'), yes('a'), begun('a'), killed('a'), begun('a'), killed('a'), ...painting('a'), shown('a'), closed('a', 240)],
    says: /^paid too often: a.*3 times/,
  },
  {
    name: 'more different pictures than were asked for',
    moments: [ask('a'), yes('a'), begun('a', 'p'), killed('a'), begun('a', 'q'), charged('a', 'q'), shown('a'), closed('a', 160)],
    says: /^paid too often: a asked for 1/,
  },
  { name: 'money that is in no book', moments: [...story('a').slice(0, -1), closed('a', 0)], says: /^unbooked: a/ },
  { name: 'money in the book that nobody charged', moments: [...story('a').slice(0, -1), closed('a', 160)], says: /^booked too much: a/ },
  {
    name: 'money that is in no book after a kill',
    moments: [ask('a'), yes('a'), begun('a'), charged('a'), killed('a'), ...painting('a'), shown('a'), closed('a', 80)],
    says: /^unbooked: a/,
  },
  {
    name: 'an end that was written by a worker that had lost the job',
    moments: [...story('a').slice(0, -1), { kind: 'closed', id: 'a', answer: 'made', bookedMicros: 80, stale: true }],
    says: /^stale: a/,
  },
  {
    name: 'a later request of the same person in the same thread that goes first',
    moments: [ask('a'), yes('a'), ask('b'), yes('b'), handed('b'), handed('a'), ...story('a').slice(2), ...story('b').slice(2)],
    says: /^reordered: b was begun before a/,
  },
  {
    name: 'a later request that goes first while processes are killed',
    moments: [ask('a'), yes('a'), killed(), ask('b'), yes('b'), handed('b'), handed('a'), ...story('a').slice(2), ...story('b').slice(2)],
    says: /^reordered: b was begun before a/,
  },
  {
    name: 'a thread in which the later request is listed first',
    moments: [...story('a'), ...story('b'), listed('b', 0), listed('a', 1)],
    says: /^reordered: b is listed before a/,
  },
  {
    name: 'two answers of one thread that are swapped',
    moments: [
      ...story('a').slice(0, -2),
      ...story('b').slice(0, -2),
      shown('a', 'picture b'),
      closed('a', 80, 'picture a'),
      shown('b', 'picture a'),
      closed('b', 80, 'picture b'),
    ],
    says: /^contradicted: a shows "picture b"/,
  },
  {
    name: 'an answer in another thread',
    moments: [...story('a').slice(0, -2), shown('a', 'made', 'other'), closed('a')],
    says: /^misplaced: a was asked in t and is shown in other/,
  },
];

const historyOf = (moments: readonly Moment[]): HistoryEvent[] => moments.map((moment, at) => ({ ...moment, at }));

describe('a history without a broken promise', () => {
  it.each(GOOD)('may hold $name', ({ moments }) => {
    expect(checkHistory(historyOf(moments))).toEqual([]);
  });
});

describe('a history with a broken promise', () => {
  it.each(BAD)('is told from $name', ({ moments, says }) => {
    const problems = checkHistory(historyOf(moments));
    expect(
      problems.some((problem) => says.test(problem)),
      problems.join('\n'),
    ).toBe(true);
  });

  it('holds no order between people or threads, before the receipt, or when the queue had forgotten the first or never knew of it', () => {
    const reordered = (second: Moment, between: readonly Moment[] = []): HistoryEvent[] =>
      historyOf([ask('a'), yes('a'), ...between, second, yes('b'), handed('b'), handed('a'), ...rest('a'), ...rest('b')]);
    const rest = (id: string): Moment[] => [...painting(id), shown(id, 'made', id === 'b' ? 'other' : 't'), closed(id)];
    const orders = (history: HistoryEvent[]): string[] => checkHistory(history).filter((problem) => problem.startsWith('reordered'));
    expect(orders(reordered(ask('b', { person: 'minh' })))).toEqual([]);
    expect(orders(reordered(ask('b', { thread: 'other' })))).toEqual([]);
    expect(orders(reordered(ask('b'), [{ kind: 'flushed' }]))).toEqual([]);
    expect(orders(reordered(ask('b'), [{ kind: 'unqueued', id: 'a' }]))).toEqual([]);
    expect(orders(historyOf([ask('a'), ask('b'), yes('a'), yes('b'), handed('b'), handed('a')]))).toEqual([]);
    for (const between of [[], [killed()], [killed('a')], [{ kind: 'frozen' as const }], [{ kind: 'unqueued' as const, id: 'b' }]])
      expect(orders(reordered(ask('b'), between))).toHaveLength(1);
  });
});

describe('the pairs whose order was put to the test', () => {
  it('are those of which the second was asked while the first was still waiting', () => {
    const waiting = [ask('a'), yes('a'), ask('b'), yes('b')];
    expect(contestedPairs(historyOf([...waiting, handed('a'), handed('b')]))).toEqual([['a', 'b']]);
    expect(contestedPairs(historyOf([ask('a'), yes('a'), handed('a'), ask('b'), yes('b'), handed('b')]))).toEqual([]);
    expect(contestedPairs(historyOf([...waiting, { kind: 'flushed' }, handed('a'), handed('b')]))).toEqual([]);
  });
});
