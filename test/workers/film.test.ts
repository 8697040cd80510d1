import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { News } from '#src/core/answer.ts';
import { Refusal, TryLater, type RefusalCode } from '#src/core/failure.ts';
import type { Journal, Ledger } from '#src/core/ledger.ts';
import { openFilmSet, SECOND_MICROS, TAKES_MS, type FilmSet } from './film-set.ts';

const PROMPT_MICROS = 300;
const PRICE_MICROS = 5 * SECOND_MICROS;
const HOUR_MS = 60 * 60_000;
const image = { platform: 'web', source: { key: 'k' } };

let set: FilmSet;
beforeEach(async () => {
  set = await openFilmSet();
});
afterEach(async () => set.close());

/** Runs it, as the queue would, whenever it wants to come back. What it throws is a failed attempt, such as a death. */
async function runToTheEnd(id: string, runsMax = 60): Promise<void> {
  for (let run = 0; run < runsMax; run += 1) {
    const verdict = await set.run(id).catch(() => undefined);
    if (verdict?.kind === 'done') return;
    set.clockMs += verdict?.waitMs ?? 1000;
  }
  throw new Error('the clip never ended');
}

/** Dies, once, at a write: before it, so that nothing is written, or after it. */
function dyingAt(step: string, name: string, when: 'before' | 'after'): Ledger {
  let isDead = false;
  const { ledger } = set.store;
  const dying = (journal: Journal): Journal => ({
    ...journal,
    page: (one) => {
      const page = journal.page(one);
      return {
        ...page,
        write: async (...fact) => {
          const isHere = !isDead && one === step && fact[0] === name;
          isDead ||= isHere;
          if (isHere && when === 'before') throw new Error('killed');
          await page.write(...fact);
          if (isHere) throw new Error('killed');
        },
      };
    },
  });
  return { ...ledger, open: async (id) => ledger.open(id).then((journal) => journal && dying(journal)) };
}

const spentOnClips = async (): Promise<number> =>
  (await set.store.archive.spent({})).reduce((sum, { what, costMicros }) => sum + (what === 'clip' ? costMicros : 0), 0);

describe('a clip', () => {
  it('is begun once, looked for now and then, and shown once with its poster, for its real seconds', async () => {
    const id = await set.film({}, { durationSeconds: 9 });
    await runToTheEnd(id);
    expect(set.discards).toEqual([JSON.stringify({ arn: `arn:hoami-${id}` })]);
    expect(set.shoots.map(({ token, input }) => [token, input])).toEqual([
      [
        `hoami-${id}`,
        {
          prompt: 'a fine picture of một con mèo mặc áo dài',
          aspectRatio: '16:9',
          durationSeconds: 9,
          resolution: '540p',
          isLooped: false,
          first: undefined,
          last: undefined,
        },
      ],
    ]);
    expect(set.shown).toMatchObject([
      {
        kind: 'made',
        pictures: [{ type: 'image/jpeg', seed: 0 }],
        clip: { key: expect.stringMatching(/^[0-9a-f]{64}\.mp4$/), width: 960, height: 540, durationMs: 5042, sizeBytes: 55 },
        model: { id: 'test-ray' },
        recipe: { seed: 0, count: 1, task: { kind: 'video' } },
        costMicros: PRICE_MICROS + PROMPT_MICROS,
      },
    ]);
    expect(await spentOnClips()).toBe(PRICE_MICROS);
    expect(await set.leftBehind()).toEqual([]);
  });

  it('holds no slot and counts no attempt while it is made, is looked for more and more seldom, and is said to be made once', async () => {
    const id = await set.film();
    const waits: number[] = [];
    set.service.collect = async () => false;
    for (let run = 0; run < 40; run += 1) {
      const verdict = await set.run(id);
      expect(verdict).toMatchObject({ kind: 'wait' });
      if (verdict.kind === 'wait') waits.push(verdict.waitMs);
      if (verdict.kind === 'wait') set.clockMs += verdict.waitMs;
      expect(verdict).not.toHaveProperty('because');
    }
    expect([Math.min(...waits), Math.max(...waits)]).toEqual([5000, 15_000]);
    expect(waits).toEqual(waits.toSorted((one, other) => one - other));
    expect([set.calls.length, set.stages]).toEqual([1, ['started', 'enhanced', 'filming']]);
    expect((await set.hold(id)).attempt).toBe(1);
  });

  it.each([
    ['film', 'call', 'before'],
    ['film', 'call', 'after'],
    ['film', 'ticket', 'before'],
    ['film', 'ticket', 'after'],
    ['film', 'made', 'before'],
    ['film', 'made', 'after'],
    ['settle', 'answer', 'before'],
    ['settle', 'answer', 'after'],
  ] as const)('is one clip, paid once and shown once, when its worker dies at %s/%s, %s it is written', async (step, name, when) => {
    const id = await set.film();
    set.ledger = dyingAt(step, name, when);
    await runToTheEnd(id);
    expect([set.shoots.length, set.shown.length, await spentOnClips()]).toEqual([1, 1, PRICE_MICROS]);
    expect(set.calls.every((token) => token === `hoami-${id}`)).toBe(true);
  });

  it('that was begun by a call whose answer was lost is asked for again under the same token, and not from the end of the line', async () => {
    const id = await set.film();
    const { start } = set.service;
    let isLost = true;
    set.service.start = async (...values) => {
      const ticket = await start(...values);
      if (!isLost) return ticket;
      isLost = false;
      throw new Error('the connection broke');
    };
    await runToTheEnd(id);
    expect([set.calls.length, set.shoots.length, await spentOnClips()]).toEqual([2, 1, PRICE_MICROS]);
  });

  it('begins and ends with the pictures that were sent, and is as wide as the first', async () => {
    await runToTheEnd(await set.film({ images: [image, image] }, { frames: ['last', 'first'] }));
    const [{ input } = { input: undefined }] = set.shoots;
    expect([input?.first?.bytes, input?.last?.bytes].map(String)).toEqual(['a picture', 'a picture']);
    // The studio's pictures are square.
    expect(input?.aspectRatio).toBe('1:1');
  });

  it.each([
    ['a frame', async () => ({ bytes: Buffer.from('a frame'), type: 'image/jpeg' }) as const, ['first'] as const, 'a frame'],
    ['the picture that it begins with', async () => undefined, ['first'] as const, 'a picture'],
    ['a plain card', async () => undefined, ['last'] as const, 'plain'],
    ['the picture, when ffmpeg fails', async () => Promise.reject(new Error('ffmpeg')), ['first'] as const, 'a picture'],
  ])('has as its poster %s', async (_, poster, frames, expected) => {
    set.service.poster = poster;
    await runToTheEnd(await set.film({ images: [image] }, { frames: [...frames] }));
    const [answer] = set.shown;
    const key = answer?.kind === 'made' ? (answer.pictures[0]?.key ?? '') : '';
    expect(Buffer.from((await set.blobs.get(key)).bytes).toString()).toBe(expected);
  });

  it('is handed to its platform as a stream, by a shelf that is closed afterwards', async () => {
    const seen: string[] = [];
    const { deliver } = set.outside;
    set.outside.deliver = async (request, news: News, page) => {
      if (news.kind === 'answer' && news.answer.kind === 'made') {
        const clip = await news.clips?.open(news.answer.clip?.key ?? '');
        for await (const bytes of clip?.bytes ?? []) seen.push(Buffer.from(bytes).toString());
        seen.push(`${set.openShelves()} open`);
      }
      await deliver(request, news, page);
    };
    await runToTheEnd(await set.film());
    expect([...seen, set.openShelves()]).toEqual(['clip of a fine picture of một con mèo mặc áo dài', '1 open', 0]);
  });
});

describe('a no to a clip', () => {
  it('before it is begun costs nothing', async () => {
    set.service.start = async () => Promise.reject(new Refusal('clip-store'));
    await runToTheEnd(await set.film());
    expect(set.shown).toMatchObject([{ kind: 'refused', code: 'clip-store', costMicros: PROMPT_MICROS }]);
    expect(await spentOnClips()).toBe(0);
  });

  it.each<[RefusalCode, number]>([
    ['clip-failed', 0],
    ['filtered-prompt', 0],
    ['filtered-output', 0],
    // These were made, or may have been: the books never hold less than the bill.
    ['clip-gone', PRICE_MICROS],
    ['clip-store', PRICE_MICROS],
    ['credentials-rejected', PRICE_MICROS],
  ])('%s is told once, with %i in the books, and nothing stays reserved', async (code, booked) => {
    set.service.collect = async () => Promise.reject(new Refusal(code, { model: 'x' }));
    const id = await set.film();
    await runToTheEnd(id);
    expect(set.shown).toMatchObject([{ kind: 'refused', code, costMicros: PROMPT_MICROS + booked }]);
    expect(await spentOnClips()).toBe(booked);
    expect(await set.leftBehind()).toEqual([]);
  });

  it('is not asked for again by whoever comes after a death', async () => {
    let looks = 0;
    set.service.collect = async () => {
      looks += 1;
      throw new Refusal('clip-failed');
    };
    set.ledger = dyingAt('settle', 'answer', 'before');
    await runToTheEnd(await set.film());
    expect([looks, set.shown.length]).toEqual([1, 1]);
  });
});

describe('waiting for a clip', () => {
  it('ends at the service’s limit by waiting, without slowing pictures down, and nothing is booked for what was not begun', async () => {
    set.service.start = async () => Promise.reject(new TryLater('throttled', 1000));
    const id = await set.film();
    expect(await set.run(id)).toEqual({ kind: 'wait', waitMs: 5000 });
    set.clockMs += HOUR_MS;
    await runToTheEnd(id);
    expect(set.shown).toMatchObject([{ code: 'too-late', costMicros: PROMPT_MICROS }]);
  });

  it('goes on beyond the request’s patience once it is begun, and ends with the truth, in the books as if it were billed', async () => {
    set.service.collect = async () => false;
    const id = await set.film();
    await set.run(id);
    set.clockMs += HOUR_MS;
    expect(await set.run(id)).toMatchObject({ kind: 'wait' });
    set.clockMs += HOUR_MS;
    await runToTheEnd(id);
    expect(set.shown).toMatchObject([{ kind: 'refused', code: 'clip-late', costMicros: PRICE_MICROS + PROMPT_MICROS }]);
    expect(await spentOnClips()).toBe(PRICE_MICROS);
  });

  it('finds what is there however late somebody looks: it is paid for', async () => {
    const id = await set.film();
    await set.run(id);
    set.clockMs += 24 * HOUR_MS;
    await runToTheEnd(id);
    expect(set.shown).toMatchObject([{ kind: 'made' }]);
  });

  it('ends when it is cancelled: in line nobody is called, in the making it is paid for', async () => {
    const [first, second] = [await set.film({ id: 'web-a1' }), await set.film({ id: 'web-a2', acceptedAt: set.clockMs + 1 })];
    await set.run(first);
    await set.run(second);
    for (const id of [first, second]) await set.store.retractions.cancel(id);
    await runToTheEnd(second);
    await runToTheEnd(first);
    expect(set.shown).toMatchObject([
      { code: 'cancelled', costMicros: PROMPT_MICROS },
      { code: 'clip-cancelled', costMicros: PRICE_MICROS + PROMPT_MICROS },
    ]);
    expect([set.calls, await spentOnClips()]).toEqual([[`hoami-${first}`], PRICE_MICROS]);
  });

  it('goes on when somebody could not be asked, and does not begin anew', async () => {
    const { collect } = set.service;
    let troubles = 30;
    set.service.collect = async (...values) => (troubles-- > 0 ? Promise.reject(new TryLater('throttled', 2000)) : collect(...values));
    await runToTheEnd(await set.film());
    expect([set.calls.length, set.shown[0]]).toMatchObject([1, { kind: 'made' }]);
  });
});

describe('the line of clips', () => {
  const ids = Array.from({ length: 10 }, (_, index) => `web-clip-${index}`);

  async function filmAll(): Promise<void> {
    for (const [index, id] of ids.entries())
      await set.film({ id, acceptedAt: set.clockMs + index, notAfter: set.clockMs + 2 * HOUR_MS, requester: { id: `p${index % 3}` } });
    const waitsUntil = new Map(ids.map((id, index) => [id, set.clockMs + ((7 * index) % 5)]));
    while (waitsUntil.size > 0) {
      const [id, at] = [...waitsUntil].toSorted(([, one], [, other]) => one - other)[0] ?? ['', 0];
      set.clockMs = Math.max(set.clockMs, at);
      const verdict = await set.run(id);
      if (verdict.kind === 'done') waitsUntil.delete(id);
      else waitsUntil.set(id, set.clockMs + verdict.waitMs);
    }
  }

  const made = (): readonly string[] => set.shoots.map(({ token }) => token.replace('hoami-', ''));

  it('brings ten clips under a quota of one, all of them, in order, and calls nobody in vain', async () => {
    await filmAll();
    expect(made()).toEqual(ids);
    expect(set.shown.map(({ kind }) => kind)).toEqual(ids.map(() => 'made'));
    expect([set.calls.length, await spentOnClips()]).toEqual([10, 10 * PRICE_MICROS]);
    expect(set.shoots.every(({ startedAt }, index) => index === 0 || startedAt - (set.shoots[index - 1]?.startedAt ?? 0) >= TAKES_MS)).toBe(
      true,
    );
  });

  it('also when the operator hopes for more at once than the account has: the service’s no is waited out', async () => {
    await set.close();
    set = await openFilmSet({ quota: 1, clipsAtOnce: 2 });
    await filmAll();
    expect([made().length, set.shown.filter(({ kind }) => kind === 'made').length]).toEqual([10, 10]);
  });
});
