import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { VideoInput, VideoModel } from '#src/core/model.ts';
import { aspectRatioSchema, type Json } from '#src/core/request.ts';
import { FAULT_KINDS, type S3Fault, type VideoFault, type VideoPollFault } from '#src/sandbox/fault-kinds.ts';
import type { FaultRule } from '#src/sandbox/faults.ts';
import { describeFilm } from '#test/sandbox/clips.ts';
import { CANARY, clip, keyframePicture } from '#test/workers/models/inputs.ts';

/** A model of clips with a service and a bucket behind it that go wrong on request. */
export interface VideoPlace {
  readonly model: VideoModel;
  /** Makes calls go wrong. */
  spoil(rule: FaultRule): void;
  /** What each clip on the bill costs. */
  billed(): readonly number[];
  /** How often the service was asked to start one. */
  starts(): number;
  /** What was written to the log. */
  logged(): string;
  close(): Promise<void>;
}

type Outcome =
  | { readonly is: 'clip' }
  | { readonly is: 'later'; readonly reason: TryLater['reason'] }
  | { readonly is: 'no'; readonly code: Refusal['code'] }
  | { readonly is: 'unknown' };

const CLIP: Outcome = { is: 'clip' };
const UNKNOWN: Outcome = { is: 'unknown' };
const no = (code: Refusal['code']): Outcome => ({ is: 'no', code });
const later = (reason: TryLater['reason']): Outcome => ({ is: 'later', reason });

/** What a trouble that does not pass has to become: a row for every kind there is. */
const OUTCOMES: Readonly<Record<VideoFault, Outcome>> = {
  throttle: later('not-ready'),
  'quota-exceeded': later('not-ready'),
  'not-ready': later('not-ready'),
  'access-denied': no('credentials-rejected'),
  'expired-token': no('credentials-rejected'),
  'end-of-life': no('model-unavailable'),
  'invalid-output': no('clip-store'),
  'server-error-500': UNKNOWN,
  'unavailable-503': UNKNOWN,
  'html-503': UNKNOWN,
  reset: UNKNOWN,
  hang: UNKNOWN,
  'lost-answer': UNKNOWN,
  'lost-error': UNKNOWN,
  'no-answer': UNKNOWN,
  moderated: no('filtered-prompt'),
  'input-moderated': no('filtered-input'),
  'output-moderated': no('filtered-output'),
  failed: no('clip-failed'),
  unwritable: no('clip-store'),
  'missing-object': no('clip-gone'),
  'plain-uri': CLIP,
  'other-name': CLIP,
  slow: CLIP,
  'never-ends': later('not-ready'),
};

/** While one asks how the clip is: it is being made and will be paid for, so that only a lasting no is one. */
const POLL_OUTCOMES: Readonly<Record<VideoPollFault, Outcome>> = {
  throttle: later('not-ready'),
  'server-error-500': later('unreachable'),
  'unavailable-503': later('unreachable'),
  'html-503': later('unreachable'),
  reset: later('unreachable'),
  hang: later('unreachable'),
  'truncated-json': later('unreachable'),
  'access-denied': no('credentials-rejected'),
  'expired-token': no('credentials-rejected'),
};

/** While the clip is fetched from the bucket. */
const STORE_OUTCOMES: readonly (readonly [kind: S3Fault, outcome: Outcome])[] = [
  ['throttle', later('unreachable')],
  ['server-error-500', later('unreachable')],
  ['html-503', later('unreachable')],
  ['reset', later('unreachable')],
  ['close-midway', later('unreachable')],
  ['access-denied', no('clip-store')],
  ['expired-token', no('credentials-rejected')],
];

/** What the client may take for a second way, so that one spoilt call is not seen at all. */
const HEALED: readonly VideoFault[] = ['server-error-500', 'unavailable-503', 'html-503', 'reset', 'lost-answer', 'lost-error'];
const ENDLESS: readonly string[] = ['hang', 'no-answer'];
const PATIENCE_MS = 60_000;
const UNENDING_MS = 1000;

/** What every model of clips promises. `open` gives one whose calls may take so long at most; `ways`: by how many it asks; a trouble that happens once is healed by the second. */
export function describeVideoModel(name: string, ways: 1 | 2, open: (timeoutMs: number) => Promise<VideoPlace>): void {
  describe(`${name}: a model of clips`, { timeout: 120_000 }, () => {
    let place: VideoPlace;
    let directory: string;
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'clips-'));
      place = await open(20_000);
    });
    afterEach(async () => {
      await place.close();
      await rm(directory, { recursive: true });
    });

    // With two ways each of them is what it is alone: only every third trouble is looked at again.
    const kinds = <Kind>(all: readonly Kind[]): readonly Kind[] => all.filter((_kind, index) => ways === 1 || index % 3 === 0);
    const never = new AbortController().signal;
    const into = (): string => join(directory, 'clip.mp4');
    const start = async (changes: Partial<VideoInput> = {}, token = 'a-clip-1'): Promise<Json> =>
      place.model.start(clip(place.model.card, changes), token, never);
    /** Asks until it is made, like a job that comes back, and gives up where nothing more will come. */
    const collect = async (ticket: Json, limitMs = PATIENCE_MS): Promise<void> => {
      const until = Date.now() + limitMs;
      while (!(await place.model.collect(ticket, into(), never))) {
        if (Date.now() > until) throw new TryLater('not-ready', 0);
        await sleep(20);
      }
    };

    it('makes a clip of every length and resolution of its card, at its price, in one file that a player takes', async () => {
      const { filming, aspectRatios, defaultAspectRatio } = place.model.card;
      const shape = aspectRatios[defaultAspectRatio] ?? { width: 1, height: 1 };
      const prices: number[] = [];
      for (const durationSeconds of filming?.durationsSeconds ?? []) {
        for (const resolution of filming?.resolutions ?? []) {
          await collect(await start({ durationSeconds, resolution }, `clip-${durationSeconds}-${resolution}`));
          const film = await describeFilm(await readFile(into()));
          expect(film.codec).toBe('avc');
          expect(film.seconds).toBeCloseTo(durationSeconds, 1);
          expect(film.width / film.height).toBeCloseTo(shape.width / shape.height, 1);
          prices.push((filming?.secondMicros[resolution] ?? 0) * durationSeconds);
        }
      }
      expect(place.billed()).toEqual(prices);
      expect(Math.min(...prices)).toBe(place.model.card.priceMicros);
    });

    it('takes every ratio and every kind of picture that its card names', async () => {
      const { filming, aspectRatios, inputPicture } = place.model.card;
      for (const aspectRatio of aspectRatioSchema.options.filter((ratio) => aspectRatios[ratio] !== undefined))
        await collect(await start({ aspectRatio }, `ratio-${aspectRatio.replace(':', '-')}`));
      for (const type of inputPicture?.types ?? []) {
        const picture = await keyframePicture(type);
        const frames = { first: filming?.frames.includes('first') === true ? picture : undefined };
        await collect(
          await start({ ...frames, last: filming?.frames.includes('last') === true ? picture : undefined }, `frame-${type.slice(6)}`),
        );
      }
      if (filming?.canLoop === true) await collect(await start({ isLooped: true }, 'loop'));
      expect(place.billed()).toHaveLength(place.starts());
    });

    it('is started once with one token, by however many, and its ticket is as good elsewhere', async () => {
      const tickets = await Promise.all([start(), start(), start()]);
      expect(new Set(tickets.map((ticket) => JSON.stringify(ticket))).size).toBe(1);
      await collect(JSON.parse(JSON.stringify(tickets[0])));
      expect(await start()).toEqual(tickets[0]);
      expect(place.billed()).toHaveLength(1);
    });

    it('is kept by the service until it is told that nobody needs it there, and nobody else’s goes with it', async () => {
      const [one, other] = [await start({}, 'clip-1'), await start({}, 'clip-12')];
      await collect(one);
      await collect(other);
      await place.model.discard(one, never);
      await place.model.discard(one, never);
      expect((await outcomeOf(async () => collect(one))).outcome).toMatchObject({ code: 'clip-gone' });
      await collect(other);
    });

    it('writes over what an earlier fetch has left, and can be fetched twice', async () => {
      const ticket = await start();
      await collect(ticket);
      const { size } = await stat(into());
      await collect(ticket);
      expect((await stat(into())).size).toBe(size);
    });

    it.each(kinds(FAULT_KINDS.video))(
      'makes the right thing of the trouble “%s” when it stays, and pays for one clip at most',
      async (kind) => {
        await place.close();
        place = await open(ENDLESS.includes(kind) ? 400 : 20_000);
        place.spoil({ service: 'video', kind, delayMs: 100 });
        const limitMs = kind === 'never-ends' ? UNENDING_MS : PATIENCE_MS;
        const found = await outcomeOf(async () => collect(await start({ prompt: `a cat and ${CANARY}` }), limitMs));
        expect(found.outcome).toEqual(OUTCOMES[kind]);
        expect(place.billed().length).toBeLessThanOrEqual(1);
        // A certain answer is not asked for again.
        expect(place.starts()).toBe(found.outcome.is === 'unknown' ? ways : 1);
        expect(`${found.said} ${place.logged()}`).not.toContain(CANARY);
      },
    );

    it.each(HEALED)('does not mind “%s” when it happens once, and pays for one clip', async (kind) => {
      place.spoil({ service: 'video', kind, times: 1 });
      const first = await outcomeOf(async () => collect(await start()));
      expect(first.outcome).toEqual(ways === 2 ? CLIP : UNKNOWN);
      await collect(await start());
      expect(place.billed()).toHaveLength(1);
      expect(place.starts()).toBe(ways === 2 ? 3 : 2);
    });

    it.each(kinds(FAULT_KINDS['video-poll']))(
      'makes the right thing of “%s” while it asks how the clip is, and gets it later',
      async (kind) => {
        await place.close();
        place = await open(ENDLESS.includes(kind) ? 400 : 20_000);
        const ticket = await start({ prompt: `a cat and ${CANARY}` });
        place.spoil({ service: 'video-poll', kind, times: ways });
        const found = await outcomeOf(async () => collect(ticket));
        expect(found.outcome).toEqual(POLL_OUTCOMES[kind]);
        expect(`${found.said} ${place.logged()}`).not.toContain(CANARY);
      },
    );

    it.each(kinds(STORE_OUTCOMES))('makes the right thing of “%s” of the bucket', async (kind, outcome) => {
      const ticket = await start();
      place.spoil({ service: 's3', kind });
      expect((await outcomeOf(async () => collect(ticket))).outcome).toEqual(outcome);
    });

    it('goes on with a transfer that broke, and has the whole clip', async () => {
      const ticket = await start();
      await collect(ticket);
      const whole = await readFile(into());
      place.spoil({ service: 's3', kind: 'close-midway', times: 2 });
      await collect(ticket);
      expect(Buffer.compare(await readFile(into()), whole)).toBe(0);
    });

    it('starts nobody’s clip for a job that is already given up', async () => {
      const { model } = place;
      await expect(model.start(clip(model.card), 'given-up', AbortSignal.abort())).rejects.toMatchObject({ reason: 'stopping', waitMs: 0 });
      expect(place.starts()).toBe(0);
    });

    it('lets go at once when the job is given up, and starts no second clip when it comes back', async () => {
      const { model } = place;
      place.spoil({ service: 'video', kind: 'no-answer', times: 1 });
      const giving = new AbortController();
      const starting = outcomeOf(async () => void (await model.start(clip(model.card), 'a-clip-1', giving.signal)));
      await expect.poll(() => place.billed().length).toBe(1);
      giving.abort();
      expect((await starting).outcome).toEqual(UNKNOWN);
      await collect(await start());
      expect(place.billed()).toHaveLength(1);
    });
  });
}

async function outcomeOf(work: () => Promise<void>): Promise<{ outcome: Outcome; said: string }> {
  try {
    await work();
    return { outcome: CLIP, said: '' };
  } catch (error) {
    const said = everythingIn(error);
    if (error instanceof TryLater) return { outcome: later(error.reason), said };
    if (error instanceof Refusal) return { outcome: no(error.code), said };
    return { outcome: UNKNOWN, said };
  }
}

function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const details = error instanceof Refusal ? JSON.stringify(error.details) : '';
  return `${error.message} ${error.stack} ${details} ${error.cause === undefined ? '' : everythingIn(error.cause)}`;
}
