import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Journal, Ledger } from '#src/core/ledger.ts';
import { openStudio, type Studio } from './studio.ts';

const PICTURE_MICROS = 80_000;
const DAY_MS = 86_400_000;

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(async () => studio.close());

/** A ledger on which the worker dies instead of ending the request. */
function dyingAtTheEnd(ledger: Ledger): Ledger {
  const dying = (journal: Journal): Journal => ({ ...journal, close: async () => Promise.reject(new Error('killed')) });
  return {
    ...ledger,
    open: async (id) => {
      const journal = await ledger.open(id);
      return journal === undefined ? undefined : dying(journal);
    },
  };
}

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
