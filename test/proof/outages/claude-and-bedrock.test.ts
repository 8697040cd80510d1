import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEstate, type Estate } from './estate.ts';
import { ANSWERED_WITHIN_MS, report } from './length.ts';

let estate: Estate;
beforeAll(async () => {
  estate = await openEstate(['src/main/all.ts'], { HOAMI_CONCURRENCY: '4' });
});
afterAll(async () => estate.house.close());

const paid = (): number => estate.house.sandbox.charges().calls.length;

type Rules = Parameters<Estate['house']['sandbox']['addFaults']>[0];

/** Three people ask while the rules hold; what they got at the end, and how often was paid for it. */
async function askUnder(name: string, rules: Rules, words: string) {
  const { sandbox } = estate.house;
  const before = paid();
  sandbox.addFaults(rules);
  const told = await estate.askEvery(30, 3, (at) => ({ words, person: `person-${at}` }));
  const startedAt = performance.now();
  const views = await estate.ends(told);
  sandbox.clearFaults();
  const slowestMs = Math.round(Math.max(...told.map(({ tookMs }) => tookMs)));
  report(name, { slowestMs, tookMs: Math.round(performance.now() - startedAt), paid: paid() - before });
  for (const { tookMs, said } of told) expect([said, tookMs < ANSWERED_WITHIN_MS]).toEqual(['accepted', true]);
  return { views, paid: paid() - before };
}

describe('while Claude', { timeout: 60_000 }, () => {
  it.each([
    ['is away', 'unavailable-503'],
    ['hangs up', 'reset'],
    ['closes in mid-answer', 'close-midway'],
  ] as const)('%s, English goes through as it is, and is said to', async (name, kind) => {
    const { views, paid: pictures } = await askUnder(`Claude ${name}`, [{ service: 'claude', kind }], 'a lantern in the rain');
    expect(views.map(({ state, answer }) => [state, answer?.notes.length])).toEqual(views.map(() => ['made', 2]));
    expect(pictures).toBe(3);
  });
});

describe('while Bedrock', { timeout: 60_000 }, () => {
  it.each([
    ['is slow', [{ service: 'bedrock', kind: 'slow', delayMs: 4000 }], 3],
    ['is away for a moment', [{ service: 'bedrock', kind: 'throttle', times: 3 }], 3],
    ['closes one call in mid-answer', [{ service: 'bedrock', kind: 'close-midway', times: 1 }], 4],
    ['hangs up on one call', [{ service: 'bedrock', kind: 'reset', times: 1 }], 4],
    ['sends half an answer', [{ service: 'bedrock', kind: 'truncated-json', times: 1 }], 4],
  ] as const)('%s, everybody gets their picture', async (name, rules, calls) => {
    const { views, paid: pictures } = await askUnder(`Bedrock ${name}`, [...rules], 'a fishing boat --raw');
    expect(views.map(({ state }) => state)).toEqual(['made', 'made', 'made']);
    expect(pictures).toBe(calls);
  });

  it('closes every call in mid-answer, nobody pays more than twice, and everybody is told', async () => {
    const { views, paid: pictures } = await askUnder(
      'Bedrock closes always',
      [{ service: 'bedrock', kind: 'close-midway' }],
      'a boat --raw',
    );
    expect(views.map(({ state, status }) => [state, status === ''])).toEqual(views.map(() => ['refused', false]));
    expect(pictures).toBe(6);
  });

  it('hangs on one, others are served, and nothing of all this was ill said', async () => {
    estate.house.sandbox.addFaults([{ service: 'bedrock', kind: 'hang', whenPromptIncludes: 'hangs' }]);
    const hanging = await estate.ask({ words: 'a boat that hangs --raw' });
    const served = await estate.askEvery(10, 3, () => ({ words: 'a boat that sails --raw', person: 'lan' }));
    expect((await estate.ends(served)).map(({ state }) => state)).toEqual(['made', 'made', 'made']);
    expect(hanging.said).toBe('accepted');
    estate.house.sandbox.clearFaults();
    await estate.kill();
    // With what was said about all the troubles above.
    expect(await estate.leave()).toEqual([]);
  });
});
