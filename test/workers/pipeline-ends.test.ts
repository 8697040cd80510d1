import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Interpretation } from '#src/core/interpreter.ts';
import type { Journal, Ledger } from '#src/core/ledger.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { openStudio, QUESTION_MAX, type Studio } from './studio.ts';

const PICTURE_MICROS = 80_000;
const DAY_MS = 86_400_000;

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(async () => studio.close());

/** A ledger on which the worker dies somewhere. */
function dying(ledger: Ledger, bend: (journal: Journal) => Partial<Journal>): Ledger {
  return {
    ...ledger,
    open: async (id) => {
      const journal = await ledger.open(id);
      return journal === undefined ? undefined : { ...journal, ...bend(journal) };
    },
  };
}

const killed = async (): Promise<never> => Promise.reject(new Error('killed'));

/** The worker dies instead of ending the request. */
const dyingAtTheEnd = (ledger: Ledger): Ledger => dying(ledger, () => ({ close: killed }));

/** The worker dies instead of fixing the answer. */
const dyingBeforeTheAnswer = (ledger: Ledger): Ledger =>
  dying(ledger, ({ page }) => ({ page: (step) => (step === 'settle' ? { ...page(step), write: killed } : page(step)) }));

const spentOnPictures = async (): Promise<number> =>
  (await studio.store.archive.spent({})).reduce((sum, { what, costMicros }) => sum + (what === 'picture' ? costMicros : 0), 0);

describe('how a request ends', () => {
  it('with a no that was said: the next worker paints nothing and says nothing else', async () => {
    const { generate, deliver } = studio.outside;
    const id = await studio.accept();
    studio.outside.generate = async () => Promise.reject(new TryLater('throttled', 2 * DAY_MS));
    studio.ledger = dyingAtTheEnd(studio.store.ledger);
    await expect(studio.run(id)).rejects.toThrow('killed');
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'too-late' }]);
    Object.assign(studio.outside, { generate, deliver });
    studio.ledger = studio.store.ledger;
    await studio.run(id);
    expect(studio.painted).toEqual([]);
    expect(await studio.answerOf(id)).toMatchObject({ kind: 'refused', code: 'too-late' });
  });

  it('with everything in the books that may have been billed, although nobody looks for the picture any more', async () => {
    const id = await studio.accept();
    studio.outside.generate = async () => Promise.reject(new Error('socket reset'));
    await studio.run(id).catch(() => undefined);
    studio.outside.deliver = async (_request, news) => {
      if (news.kind === 'progress') throw new TryLater('unreachable', 2 * DAY_MS);
    };
    await studio.run(id);
    expect(await studio.answerOf(id)).toMatchObject({ kind: 'refused', code: 'too-late' });
    expect(await spentOnPictures()).toBe(PICTURE_MICROS);
  });

  it('not before a picture that was made is shown, although the platform is away for longer than the request would have waited', async () => {
    const { deliver } = studio.outside;
    const id = await studio.accept();
    studio.outside.deliver = async (_request, news) => {
      if (news.kind === 'answer') throw new TryLater('unreachable', DAY_MS / 2);
    };
    expect(await studio.run(id)).toEqual({ kind: 'wait', waitMs: DAY_MS / 2 });
    studio.clockMs += DAY_MS / 2;
    studio.outside.deliver = deliver;
    await studio.run(id);
    expect(studio.shown).toMatchObject([{ kind: 'made' }]);
  });

  it('not while the ledger has no room to remember what is shown', async () => {
    const { deliver } = studio.outside;
    const id = await studio.accept();
    studio.outside.deliver = async (_request, news) => {
      if (news.kind === 'answer') throw new Refusal('storage-full');
    };
    expect(await studio.run(id)).toMatchObject({ kind: 'wait' });
    studio.outside.deliver = deliver;
    await studio.run(id);
    expect(studio.shown).toMatchObject([{ kind: 'made' }]);
  });
});

describe('a request that ends after a worker died while Claude was asked', () => {
  const THOUGHT = { modelId: 'claude', costMicros: 100 };
  const died = async (): Promise<never> => Promise.reject(new Error('died while it was asked'));
  const ERASE: Interpretation = { meaning: { task: { kind: 'erase', what: 'cái mũ' }, prompt: '' }, isRefused: false, paid: THOUGHT };
  const ON_A_PICTURE: Partial<GenerationRequest> = { options: {}, images: [{ platform: 'web', source: { key: 'k' } }] };

  /** What was asked, who was being asked when the worker died, and what is known to have been paid before. */
  const questions: readonly (readonly [
    question: string,
    asked: Partial<GenerationRequest>,
    dies: 'understand' | 'describe' | 'enhance',
    known: number,
  ])[] = [
    ['what is meant', { ...ON_A_PICTURE, task: { kind: 'instruct' } }, 'understand', 0],
    ['what is to be seen', { ...ON_A_PICTURE, task: { kind: 'describe' }, prompt: '' }, 'describe', 0],
    ['for a prompt', {}, 'enhance', 0],
    ['what a thing is called', { ...ON_A_PICTURE, task: { kind: 'instruct' } }, 'enhance', THOUGHT.costMicros],
  ];
  const ends: readonly (readonly [end: string, code: string, bring: (id: string) => unknown])[] = [
    ['is cancelled', 'cancelled', async (id) => studio.store.retractions.cancel(id)],
    ['has waited for too long', 'too-late', () => (studio.clockMs += DAY_MS)],
    [
      'is given up after five deaths',
      'failed',
      async (id) => {
        for (let death = 1; death < 4; death += 1) await studio.run(id).catch(() => undefined);
      },
    ],
  ];

  it.each(questions.flatMap((question) => ends.map((end) => ({ question, end }))))(
    'has it in its books, once: $question.0, and then it $end.0',
    async ({ question: [, request, dies, known], end: [, code, bring] }) => {
      studio.outside.understand = async () => ERASE;
      studio.outside[dies] = died;
      const id = await studio.accept(request);
      await expect(studio.run(id)).rejects.toThrow('died');
      await bring(id);
      const deaths = code === 'failed' ? 5 : 1;
      // Whoever ends it dies as well, so that it is ended twice.
      studio.ledger = dyingBeforeTheAnswer(studio.store.ledger);
      await expect(studio.run(id)).rejects.toThrow('killed');
      studio.ledger = studio.store.ledger;
      await studio.run(id);
      const costMicros = known + deaths * QUESTION_MAX.costMicros;
      expect(await studio.answerOf(id)).toEqual({ kind: 'refused', code, details: {}, costMicros });
      expect(await studio.store.archive.spent({ requestId: id })).toMatchObject([{ what: 'prompt' }]);
      expect(await studio.spentMicros()).toBe(costMicros);
    },
  );
});
