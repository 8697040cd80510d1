import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDesk, type DeskOptions } from '#src/core/desk.ts';
import { createIntake } from '#src/core/intake.ts';
import type { Journal, Ledger } from '#src/core/ledger.ts';
import type { Actor, Desk, Outcome, Repeat, Told } from '#src/core/platform.ts';
import type { Queue } from '#src/core/queue.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { silentLog } from '#test/queue/rooms.ts';
import { openStudio, type Studio } from '#test/workers/studio.ts';
import { specs } from '#workers/models/catalogue.ts';

const cards = specs.map(({ card }) => card);
const LAN: Actor = { tenant: 'home', requesterId: 'lan', isAdmin: false };
const MINH: Actor = { ...LAN, requesterId: 'minh' };
const never = new Promise<never>(() => {});

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(async () => studio.close());

function deskOf(changes: Partial<DeskOptions> = {}): Desk {
  const { store, blobs } = studio;
  const queue: Queue = { waiting: async () => 0, add: async () => {}, work: async () => async () => {} };
  const intake = createIntake({ ledger: store.ledger, queue, cards, log: silentLog, now: () => studio.clockMs, patienceMs: 60_000 });
  const { archive, retractions, preferences, cabinet } = store;
  const now = (): number => studio.clockMs;
  return createDesk({ intake, archive, retractions, preferences, cabinet, blobs, cards, log: silentLog, now, ...changes });
}

const repeatOf = (of: string, changes: Partial<Repeat> = {}): Repeat => ({
  id: 'web-new',
  of,
  how: 'again',
  thread: { platform: 'web', address: null },
  requester: { id: 'minh' },
  tenant: 'home',
  locale: undefined,
  ...changes,
});

const codeOf = ({ receipt }: Told): string => (receipt.kind === 'refused' ? receipt.code : receipt.kind);

async function requestOf(id: string): Promise<GenerationRequest> {
  const entry = await studio.store.archive.find(id);
  if (entry === undefined) throw new Error(`no request ${id}`);
  return entry.request;
}

/** A picture that was made, by its request's id. */
async function madeOf(changes: Partial<GenerationRequest> = {}): Promise<string> {
  const id = await studio.accept(changes);
  await studio.run(id);
  return id;
}

describe('an earlier request', () => {
  it('is painted again with the same words and another seed, and nobody is paid for the words twice', async () => {
    const id = await madeOf({ options: { seed: 42, aspectRatio: '16:9', negativePrompt: 'rain' } });
    expect(codeOf(await deskOf().repeat(repeatOf(id)))).toBe('accepted');
    const request = await requestOf('web-new');
    expect(request).toMatchObject({
      prompt: 'một con mèo mặc áo dài',
      language: 'vi',
      options: { aspectRatio: '16:9', negativePrompt: 'rain' },
      requester: { id: 'minh' },
      origin: { id, how: 'again' },
    });
    expect(request.options.seed).toBeUndefined();
    studio.outside.enhance = async () => Promise.reject(new Error('nobody is asked'));
    await studio.run('web-new');
    expect(studio.painted.map(({ prompt, seed }) => [prompt, seed])).toEqual([
      ['a fine picture of một con mèo mặc áo dài', 42],
      ['a fine picture of một con mèo mặc áo dài', 7],
    ]);
  });

  it('is painted with the person’s own words and the same seed, so that the words are the only difference', async () => {
    const id = await madeOf({ options: { seed: 42 } });
    await deskOf().repeat(repeatOf(id, { how: 'own-words' }));
    const request = await requestOf('web-new');
    expect(request).toMatchObject({ options: { seed: 42, enhance: 'raw' }, prompt: 'một con mèo mặc áo dài' });
    expect(request.words).toBeUndefined();
  });

  it('is varied from its picture, with its words, four times', async () => {
    const id = await madeOf({ options: { seed: 42, aspectRatio: '16:9' } });
    await deskOf().repeat(repeatOf(id, { how: 'variations' }));
    const request = await requestOf('web-new');
    const [picture] = studio.shown[0]?.kind === 'made' ? studio.shown[0].pictures : [];
    expect(request).toMatchObject({ task: { kind: 'transform', strength: 0.6 }, images: [{ key: picture?.key }], options: { count: 4 } });
    await studio.run('web-new');
    expect(studio.painted.slice(1).map(({ image }) => image?.bytes.length ?? 0)).toEqual(
      Array(4).fill(studio.painted[1]?.image?.bytes.length),
    );
    expect(studio.painted).toHaveLength(5);
  });

  it('is asked with other words about the same picture, which its platform need not have any more', async () => {
    const image = { platform: 'web', source: { upload: 'u' } };
    const id = await madeOf({ task: { kind: 'transform', strength: 0.4 }, images: [image] });
    studio.outside.download = async () => Promise.reject(new Error('it is gone'));
    await deskOf().repeat(repeatOf(id, { how: 'edit', text: 'một con chó --seed 5 --strength 0.4' }));
    expect(await requestOf('web-new')).toMatchObject({
      prompt: 'một con chó',
      options: { seed: 5, strength: 0.4 },
      task: { kind: 'transform', strength: 0.4 },
      images: [{ key: expect.stringMatching(/\.png$/) }],
      origin: { id, how: 'edit' },
    });
    await studio.run('web-new');
    expect(studio.painted).toHaveLength(2);
  });

  it('is the same new request when the press is delivered twice', async () => {
    const id = await madeOf();
    const desk = deskOf();
    await desk.repeat(repeatOf(id));
    expect((await desk.repeat(repeatOf(id))).receipt).toMatchObject({ kind: 'accepted', repeated: true });
  });

  it.each([
    ['nobody asked', 'web-404', {}, 'request-unknown'],
    ['another tenant’s', undefined, { tenant: 'next door' }, 'request-unknown'],
  ] as const)('cannot be repeated when it is %s', async (_, of, changes, code) => {
    expect(codeOf(await deskOf().repeat(repeatOf(of ?? (await madeOf()), changes)))).toBe(code);
  });

  it('cannot be repeated before it is finished', async () => {
    expect(codeOf(await deskOf().repeat(repeatOf(await studio.accept())))).toBe('not-finished');
  });
});

describe('cancelling', () => {
  it('ends a request that waits: nothing is painted, nothing is spent, and the person is told', async () => {
    const id = await studio.accept();
    expect(await deskOf().cancel(id, LAN)).toEqual({ kind: 'done' });
    await studio.run(id);
    expect(studio.shown).toEqual([{ kind: 'refused', code: 'cancelled', details: {}, costMicros: 0 }]);
    expect([studio.painted, await studio.spentMicros()]).toEqual([[], 0]);
  });

  it('keeps a picture that came too late to itself, and what it cost in the books', async () => {
    const id = await studio.accept();
    const paint = studio.outside.generate;
    studio.outside.generate = async (input, signal) => {
      expect(await deskOf().cancel(id, LAN)).toEqual({ kind: 'done' });
      return paint(input, signal);
    };
    await studio.run(id);
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'cancelled', costMicros: 80_300 }]);
  });

  it('counts also when it was noted in the moment in which the answer was fixed', async () => {
    const id = await studio.accept();
    const { open } = studio.store.ledger;
    const openCancelling: Ledger['open'] = async (one) => {
      const journal = await open(one);
      const page: Journal['page'] = (step) => ({
        read: async (name) => journal?.page(step).read(name),
        write: async (...fact) => {
          if (step === 'settle') await deskOf().cancel(id, LAN);
          await journal?.page(step).write(...fact);
        },
      });
      return journal === undefined ? undefined : { ...journal, page };
    };
    studio.ledger = { ...studio.store.ledger, open: openCancelling };
    await studio.run(id);
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'cancelled', costMicros: 80_300 }]);
  });

  it('comes too late once the answer is being shown', async () => {
    const id = await studio.accept();
    const outcomes: Outcome[] = [];
    studio.outside.deliver = async (_, { kind }) => {
      if (kind === 'answer') outcomes.push(await deskOf().cancel(id, LAN));
    };
    await studio.run(id);
    expect(outcomes).toEqual([{ kind: 'refused', code: 'already-finished', details: {} }]);
    expect(await studio.answerOf(id)).toMatchObject({ kind: 'made' });
  });

  it('is for whoever asked and for admins', async () => {
    const id = await studio.accept();
    const desk = deskOf();
    expect(await desk.cancel(id, MINH)).toMatchObject({ code: 'not-yours' });
    expect(await desk.cancel(id, { ...MINH, isAdmin: true, tenant: 'next door' })).toMatchObject({ code: 'request-unknown' });
    expect(await desk.cancel(id, { ...MINH, isAdmin: true })).toEqual({ kind: 'done' });
  });
});

describe('deleting', () => {
  it('takes pictures and words away for good, and leaves the books', async () => {
    const id = await madeOf();
    const [picture] = studio.shown[0]?.kind === 'made' ? studio.shown[0].pictures : [];
    if (picture === undefined) throw new Error('nothing was made');
    expect(await deskOf().remove(id, MINH)).toMatchObject({ code: 'not-yours' });
    expect(await deskOf().remove(id, LAN)).toEqual({ kind: 'done' });
    expect(await studio.answerOf(id)).toMatchObject({ kind: 'refused', code: 'removed', costMicros: 80_300 });
    await expect(studio.blobs.get(picture.key)).rejects.toMatchObject({ code: 'picture-gone' });
    expect((await requestOf(id)).prompt).toBe('');
    expect(await studio.spentMicros()).toBe(80_300);
    expect(codeOf(await deskOf().repeat(repeatOf(id)))).toBe('request-unknown');
  });

  it('waits for the end', async () => {
    expect(await deskOf().remove(await studio.accept(), LAN)).toMatchObject({ code: 'not-finished' });
  });
});

describe('what a person prefers', () => {
  const ask = { id: 'web-new', text: 'a boat', options: {}, images: [], locale: undefined, requester: { id: 'lan' }, tenant: 'home' };
  const thread = { platform: 'web', address: null };

  it('is taken where they say nothing else, before what the place prefers', async () => {
    await studio.store.preferences.write('home', 'lan', { aspectRatio: '9:16', model: 'core' });
    await deskOf().ask({ ...ask, thread, text: 'a boat --no rain', defaults: { aspectRatio: '1:1', count: 2 } });
    expect(await requestOf('web-new')).toMatchObject({
      modelId: 'core',
      options: { aspectRatio: '9:16', count: 2, negativePrompt: 'rain' },
    });
    await deskOf().ask({ ...ask, id: 'web-newer', thread, text: 'a boat --ar 3:2 --model ultra' });
    expect(await requestOf('web-newer')).toMatchObject({ modelId: 'ultra', options: { aspectRatio: '3:2' } });
  });

  it('refuses nobody anything: what the model cannot do is left out', async () => {
    await studio.store.preferences.write('home', 'lan', { model: 'core', style: 'no-such-style' });
    const images = [{ platform: 'web', source: {} }];
    expect(codeOf(await deskOf().ask({ ...ask, thread, images }))).toBe('accepted');
    expect((await requestOf('web-new')).modelId).not.toBe('core');
  });

  it('is not waited for', async () => {
    const told = await deskOf({ preferences: { read: async () => never } }).ask({ ...ask, thread });
    expect(codeOf(told)).toBe('accepted');
  });
});

it('says no in time when the ledger does not answer, and throws nothing at a platform', async () => {
  const down = async (): Promise<never> => Promise.reject(new Error('connection refused'));
  for (const find of [down, async () => never]) {
    const desk = deskOf({ archive: { find } });
    expect(codeOf(await desk.repeat(repeatOf('web-1')))).toBe('ledger-unavailable');
    expect(await desk.cancel('web-1', LAN)).toMatchObject({ code: 'ledger-unavailable' });
    expect(await desk.remove('web-1', LAN)).toMatchObject({ code: 'ledger-unavailable' });
  }
});
