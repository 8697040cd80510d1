import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draft, Enhancement, Paid } from '#src/core/enhancer.ts';
import { refusalMessages } from '#src/core/messages/refusals.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { asked, NOON } from '#test/ledger/asked.ts';
import { CARD } from '#test/workers/enhancer/parts.ts';
import { QUESTION_MAX } from '#test/workers/studio.ts';
import { keyOf } from '#workers/blobs/key.ts';
import { enhance } from '#workers/steps/enhance.ts';
import type { Job } from '#workers/steps/job.ts';

const PAID: Paid = { modelId: 'claude-haiku-5-5', costMicros: 190 };
const PROMPT = { prompt: 'a cat', negativePrompt: '', title: 'Mèo', altText: 'Mèo', by: 'claude', degraded: false } as const;
const unused = async (): Promise<never> => Promise.reject(new Error('not asked for in this step'));

let directory: string;
let store: OpenedLedger;
let drafts: Draft[];
beforeEach(async () => {
  drafts = [];
  directory = await mkdtemp(join(tmpdir(), 'enhance-'));
  const database = { kind: 'sqlite', file: join(directory, 'ledger.sqlite') } as const;
  store = await openLedger({ database, maxUnfinished: 100, dailyBudgetMicros: undefined, parallel: 1, now: () => NOON });
  await store.ledger.accept(asked('web-1'), 80_000);
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

/** The request as a worker that has just opened it has it, and an enhancer that answers what it is told. */
async function open(answer: Enhancement): Promise<Job> {
  const journal = await store.ledger.open('web-1');
  if (journal === undefined) throw new Error('no such request');
  const enhancer = { enhance: async (draft: Draft) => (drafts.push(draft), answer) };
  const images = { prepare: unused, measure: unused, grid: unused, mark: unused };
  const blobs = { put: unused, get: unused, remove: unused };
  return {
    journal,
    request: journal.request,
    model: { card: CARD, generate: unused },
    models: [],
    platform: { name: 'web', listen: unused, download: unused, deliver: unused },
    tools: {
      enhancer,
      questionMax: QUESTION_MAX,
      images,
      isMask: unused,
      blobs,
      keyOf,
      now: () => NOON,
      randomSeed: () => 1,
      sandbox: true,
    },
    signal: new AbortController().signal,
    tell: unused,
  };
}
const books = async (): Promise<unknown> => store.archive.spent({});

describe('the step in which the prompt is written', () => {
  it('books what Claude took under the model that was paid, and reads the words back', async () => {
    expect(await enhance(await open({ kind: 'enhanced', prompt: PROMPT, paid: PAID }))).toEqual(PROMPT);
    expect(await enhance(await open({ kind: 'refused', code: 'prompt-refused', details: {}, paid: PAID }))).toEqual(PROMPT);
    expect(drafts).toHaveLength(1);
    expect(await books()).toEqual([{ what: 'prompt', calls: 1, ...PAID }]);
  });

  it.each(['prompt-refused', 'translation-unavailable'] as const)(
    'books what a no cost too, says it, and says it again without paying again: %s',
    async (code) => {
      const no: Enhancement = { kind: 'refused', code, details: { reason: 'hate' }, paid: PAID };
      await expect(enhance(await open(no))).rejects.toMatchObject({ code, details: { reason: 'hate' } });
      await expect(enhance(await open({ kind: 'enhanced', prompt: PROMPT, paid: PAID }))).rejects.toMatchObject({ code });
      expect(drafts).toHaveLength(1);
      expect(await books()).toEqual([{ what: 'prompt', calls: 1, ...PAID }]);
      expect(await (await open(no)).journal.spentMicros()).toBe(PAID.costMicros);
      expect(Object.values(refusalMessages[code]).join(' ')).not.toMatch(/charged|chưa mất|không mất/);
    },
  );

  it('books a call of which nobody knows what became, as its worker died, at the most that it may have cost', async () => {
    const { promise: isAsked, resolve: ask } = Promise.withResolvers<void>();
    const dying = await open({ kind: 'enhanced', prompt: PROMPT, paid: PAID });
    const enhancer = { enhance: async () => (ask(), new Promise<never>(() => {})) };
    void enhance({ ...dying, tools: { ...dying.tools, enhancer } });
    await isAsked;
    expect(await enhance(await open({ kind: 'enhanced', prompt: PROMPT, paid: PAID }))).toEqual(PROMPT);
    expect(await books()).toEqual([
      { what: 'prompt', calls: 1, modelId: PAID.modelId, costMicros: QUESTION_MAX.costMicros + PAID.costMicros },
    ]);
  });

  it('books the dead one too when the one who came after paid nobody', async () => {
    const dying = await open({ kind: 'enhanced', prompt: PROMPT, paid: PAID });
    const enhancer = { enhance: async () => Promise.reject(new Error('died while it was asked')) };
    await expect(enhance({ ...dying, tools: { ...dying.tools, enhancer } })).rejects.toThrow('died');
    await enhance(await open({ kind: 'enhanced', prompt: PROMPT, paid: undefined }));
    expect(await books()).toEqual([{ what: 'prompt', calls: 1, ...QUESTION_MAX }]);
  });

  it('books nothing when nobody was paid', async () => {
    await enhance(await open({ kind: 'enhanced', prompt: PROMPT, paid: undefined }));
    expect(await books()).toEqual([]);
  });
});
