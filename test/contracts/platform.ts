import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, News } from '#src/core/answer.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Page } from '#src/core/ledger.ts';
import type { Ask, AskFunction, Platform } from '#src/core/platform.ts';
import { imageRefSchema, requestIdSchema, requestSchema, threadSchema, type GenerationRequest, type Json } from '#src/core/request.ts';
import { asked, made, REFUSED } from '#test/ledger/asked.ts';
import { deskOf, heldBy } from '../adapters/desk.ts';

/** What a person does on the platform. The same `key` again is the platform delivering the same command a second time. */
export interface Said {
  readonly key: string;
  readonly text: string;
  readonly picture?: Uint8Array;
}

/** A platform with the service it belongs to: the emulator, the page's own server, or a shell in which people type commands. */
export interface PlatformBench {
  /** A new instance every time, as another process would have; all of them see the same service. */
  create(): Platform;
  /** A person's command, once the platform has acknowledged it: what the person is told at once. Rejects when nobody listens. */
  say(said: Said): Promise<string>;
  /** How often the person who asked can see the answer. `answer` is in the ledger by then, as it is when a worker has delivered. */
  seen(request: GenerationRequest, answer: Answer): Promise<number>;
  close(): Promise<void>;
}

export const PNG = Uint8Array.from(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
);

/** One step's notes, in memory. `supersede`: another worker has opened the job. */
export function createPage(): Page & { readonly facts: ReadonlyMap<string, Json>; supersede(): void } {
  const facts = new Map<string, Json>();
  let superseded = false;
  return {
    facts,
    supersede: () => {
      superseded = true;
    },
    read: (name) => Promise.resolve(facts.get(name)),
    write: (name, fact) => {
      if (superseded) return Promise.reject(new TryLater('superseded', 0));
      facts.set(name, fact);
      return Promise.resolve();
    },
  };
}

const SIGNAL = (): AbortSignal => AbortSignal.timeout(10_000);

/** What every platform promises, whoever is behind it. */
export function describePlatform(name: string, open: () => Promise<PlatformBench>): void {
  describe(`${name}: the platform`, () => {
    let bench: PlatformBench;
    let asks: Ask[];
    beforeEach(async () => {
      bench = await open();
      asks = [];
    });
    afterEach(async () => {
      await bench.close();
    });

    const accept: AskFunction = (ask) => {
      asks.push(ask);
      return Promise.resolve({ receipt: { kind: 'accepted', id: ask.id, ahead: 2, estimateMs: 30_000, repeated: false }, language: 'vi' });
    };
    const refuse: AskFunction = (ask) => {
      asks.push(ask);
      return Promise.resolve({ receipt: { kind: 'refused', code: 'queue-full', details: { limit: 7 } }, language: 'en' });
    };
    const askOnce = async (said: Said): Promise<Ask> => {
      const stop = await bench.create().listen(deskOf(accept));
      await bench.say(said);
      await stop();
      const [ask] = asks;
      if (ask === undefined) throw new Error('nobody was asked');
      return ask;
    };
    const requestOf = ({ id, images, thread, requester, tenant }: Ask): GenerationRequest =>
      asked(id, { images: [...images], thread, requester, tenant });
    const newsOf = (answer: Answer): News => ({ kind: 'answer', answer, open: () => Promise.resolve({ bytes: PNG, type: 'image/png' }) });

    it('takes commands while it listens: not before, and not after', async () => {
      const platform = bench.create();
      await expect(bench.say({ key: 'early', text: 'a boat' })).rejects.toBeInstanceOf(Error);
      const stop = await platform.listen(deskOf(accept));
      await bench.say({ key: 'now', text: 'a boat' });
      await stop();
      await expect(bench.say({ key: 'late', text: 'a boat' })).rejects.toBeInstanceOf(Error);
      expect(asks).toHaveLength(1);
    });

    it('stops once, however often it is told to', async () => {
      const stop = await bench.create().listen(deskOf(accept));
      await stop();
      await expect(stop()).resolves.toBeUndefined();
    });

    it('hands over a command as it was typed, with everything that a worker elsewhere will need', async () => {
      const ask = await askOnce({ key: 'one', text: 'một con mèo --ar 16:9 <b>"&amp;"</b>' });
      expect(ask.text).toBe('một con mèo --ar 16:9 <b>"&amp;"</b>');
      expect(requestIdSchema.parse(ask.id)).toBe(ask.id);
      expect(threadSchema.parse(ask.thread)).toMatchObject({ platform: bench.create().name });
      // What travels through the queue is JSON, and so is what comes out of it.
      expect(requestSchema.parse(JSON.parse(JSON.stringify(requestOf(ask))))).toEqual(requestOf(ask));
    });

    it('gives a command that is delivered twice the same id, and another command another', async () => {
      const stop = await bench.create().listen(deskOf(accept));
      // A platform may keep the second delivery to itself: what counts is that nobody sees two requests.
      for (const key of ['one', 'one']) await bench.say({ key, text: 'a boat' });
      expect(new Set(asks.map(({ id }) => id)).size).toBe(1);
      await bench.say({ key: 'two', text: 'a boat' });
      await stop();
      expect(new Set(asks.map(({ id }) => id)).size).toBe(2);
    });

    it('tells the person at once how it stands, in the language of the answer', async () => {
      const stop = await bench.create().listen(deskOf(accept));
      expect(await bench.say({ key: 'one', text: 'một con thuyền' })).toContain('2 yêu cầu');
      await stop();
      const stopAgain = await bench.create().listen(deskOf(refuse));
      expect(await bench.say({ key: 'two', text: 'a boat' })).toContain('Too many requests are waiting (7)');
      await stopAgain();
    });

    it('reads a picture that was sent, in a process that never listens', async () => {
      const { images } = await askOnce({ key: 'one', text: 'a boat', picture: PNG });
      const image = heldBy(images.map((ref) => imageRefSchema.parse(JSON.parse(JSON.stringify(ref))))[0]);
      expect((await bench.create().download(image, SIGNAL())).bytes).toEqual(PNG);
      await expect(bench.create().download(image, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    });

    it.each([
      { platform: 'elsewhere', source: { key: `${'0'.repeat(64)}.png` } },
      { platform: 'own', source: null },
      { platform: 'own', source: { key: '../../etc/passwd' } },
      { platform: 'own', source: { url: 'http://169.254.169.254/latest/meta-data/' } },
      { platform: 'own', source: 'file:///etc/passwd' },
    ])('does not read what is not one of its pictures: %j', async ({ platform, source }) => {
      const own = bench.create();
      const refusal: unknown = await own
        .download({ platform: platform === 'own' ? own.name : platform, source }, SIGNAL())
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Refusal);
      expect(refusal).toMatchObject({ code: 'picture-gone' });
    });

    it.each([['a picture', made()] as const, ['a refusal', REFUSED] as const])(
      'shows %s once, however often it is delivered, by whomever',
      async (_, answer) => {
        const request = requestOf(await askOnce({ key: 'one', text: 'a boat' }));
        const page = createPage();
        await bench.create().deliver(request, { kind: 'progress', stage: 'painting' }, page);
        await bench.create().deliver(request, newsOf(answer), page);
        await bench.create().deliver(request, newsOf(answer), page);
        expect(await bench.seen(request, answer)).toBe(1);
      },
    );

    it('says nothing for a worker that has lost the job', async () => {
      const request = requestOf(await askOnce({ key: 'one', text: 'a boat' }));
      const page = createPage();
      page.supersede();
      await expect(bench.create().deliver(request, newsOf(made()), page)).rejects.toMatchObject({ reason: 'superseded' });
      expect(page.facts.size).toBe(0);
    });
  });
}
