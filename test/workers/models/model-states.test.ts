import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelCard } from '#src/core/model.ts';
import { createModelWatch, type ModelState, type ModelStates } from '#src/core/model-watch.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { createMemoryLog } from '#test/queue/rooms.ts';
import { createBedrock } from '#workers/models/bedrock.ts';
import { specs, specsWith, videoSpecs } from '#workers/models/catalogue.ts';
import { createModelStates, stateOf } from '#workers/models/model-states.ts';

const never = new AbortController().signal;
const NOON = Date.parse('2026-11-20T12:00:00Z');
const cards = [...specs, ...videoSpecs].map(({ card }) => card);
const living = cards.filter(({ lifecycle }) => lifecycle.status === 'active');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0, revived: ['amazon.titan-image-generator-v2:0'] });
});
afterAll(() => sandbox.stop());

const statesIn = (region: string, secretAccessKey = sandbox.credentials.secretAccessKey): ModelStates => {
  const credentials = { ...sandbox.credentials, secretAccessKey };
  return createModelStates(createBedrock({ region, endpoint: sandbox.url, credentials, log: createMemoryLog() }), () => NOON);
};

describe('what the service says of a model', () => {
  const body = (status: string, endOfLifeTime?: unknown): unknown => ({ modelDetails: { modelLifecycle: { status, endOfLifeTime } } });

  it.each<[unknown, ModelState | undefined]>([
    [body('ACTIVE'), { status: 'active', on: undefined }],
    [body('ACTIVE', '2027-06-30T00:00:00Z'), { status: 'active', on: '2027-06-30' }],
    [body('LEGACY', '2027-06-30T00:00:00Z'), { status: 'legacy', on: '2027-06-30' }],
    [body('LEGACY', '2026-06-30T00:00:00Z'), { status: 'retired', on: '2026-06-30' }],
    [body('LEGACY', Date.parse('2026-11-20T11:59:59Z') / 1000), { status: 'retired', on: '2026-11-20' }],
    [body('LEGACY', 'soon'), { status: 'legacy', on: undefined }],
    [body('BORED'), undefined],
    [{ message: 'Forbidden' }, undefined],
    ['<html>', undefined],
  ])('is read from %j', (answer, state) => {
    expect(stateOf(answer, NOON)).toEqual(state);
  });

  it.each([
    ['in its region', 'us-west-2', 'active'],
    ['where it is not', 'eu-west-1', 'retired'],
  ])('is asked, signed, %s', async (_where, region, status) => {
    const states = statesIn(region);
    for (const card of living) expect(await states.read(card, never)).toEqual({ status, on: undefined });
    expect(sandbox.calls().at(-1)).toMatchObject({ method: 'GET', path: expect.stringMatching(/^\/foundation-models\//) });
  });

  it('is not known when nobody may ask, or nobody answers', async () => {
    const [card] = living;
    if (card === undefined) throw new Error('no model');
    expect(await statesIn('us-west-2', 'wrong').read(card, never)).toBeUndefined();
    const bedrock = createBedrock({
      region: 'us-west-2',
      endpoint: 'http://127.0.0.1:9',
      log: createMemoryLog(),
      credentials: sandbox.credentials,
    });
    expect(await createModelStates(bedrock, () => NOON).read(card, never)).toBeUndefined();
  });

  describe('with an API key', () => {
    beforeEach(() => void vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', sandbox.bearerToken));
    afterEach(() => void vi.unstubAllEnvs());

    it('is asked as well', async () => {
      const bedrock = createBedrock({ region: 'us-west-2', endpoint: sandbox.url, log: createMemoryLog() });
      const [card] = living;
      expect(card && (await createModelStates(bedrock, () => NOON).read(card, never))).toEqual({ status: 'active', on: undefined });
    });
  });
});

describe('the cards of today', () => {
  const says = (answers: Readonly<Record<string, ModelState>>): ModelStates => ({ read: async ({ id }) => answers[id] });
  const statusOf = (list: readonly ModelCard[], id: string): unknown => list.find((card) => card.id === id)?.lifecycle;

  it('are those of the catalogue until the service says otherwise, in one list that everybody goes on holding', async () => {
    const watch = createModelWatch(cards, createMemoryLog());
    const held = watch.cards;
    expect(held).toEqual(cards);
    await watch.refresh(says({ core: { status: 'retired', on: '2026-11-01' }, ultra: { status: 'legacy', on: '2027-05-01' } }), never);
    expect(statusOf(held, 'core')).toEqual({ status: 'retired', on: '2026-11-01', successor: undefined });
    expect(statusOf(held, 'ultra')).toEqual({ status: 'legacy', on: '2027-05-01', successor: undefined });
    expect(statusOf(held, 'sd3.5-large')).toEqual({ status: 'active' });
    await watch.refresh(says({ core: { status: 'active', on: undefined } }), never);
    expect(statusOf(held, 'core')).toEqual({ status: 'active' });
  });

  it('stay as they are when nothing at all is left: then the wrong place was asked', async () => {
    const log = createMemoryLog();
    const watch = createModelWatch(cards, log);
    await watch.refresh({ read: async () => ({ status: 'retired', on: undefined }) }, never);
    expect(watch.cards).toEqual(cards);
    expect(log.lines.map(({ event }) => event)).toEqual(['models-all-gone']);
  });

  it('ask for nobody who is gone anyway, and for whom the operator keeps', async () => {
    const asked: string[] = [];
    const kept = [...specsWith(['titan-v2']), ...videoSpecs].map(({ card }) => card);
    const read: ModelStates['read'] = async ({ id }) => void asked.push(id);
    await createModelWatch(kept, createMemoryLog()).refresh({ read }, never);
    expect(asked.toSorted()).toEqual([...living.map(({ id }) => id), 'titan-v2'].toSorted());
  });
});
