import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, TryLater } from '#src/core/failure.ts';
import { aspectRatioSchema } from '#src/core/request.ts';
import type { ImageInput, ImageModel } from '#src/core/model.ts';
import { FAULT_KINDS, type BedrockFault } from '#src/sandbox/fault-kinds.ts';
import { createImages } from '#workers/images/images.ts';
import { CANARY, input, sketch } from '#test/workers/models/inputs.ts';

/** A model with a service behind it that goes wrong on request. */
export interface ModelPlace {
  readonly model: ImageModel;
  /** The next calls go wrong in this way. */
  spoil(kind: BedrockFault, retryAfterSeconds?: number): void;
  /** How many requests the service has had. */
  calls(): number;
  /** What was written to the log. */
  logged(): string;
  close(): Promise<void>;
}

type Outcome =
  | { readonly is: 'picture'; readonly type: string }
  | { readonly is: 'later'; readonly reason: TryLater['reason'] }
  | { readonly is: 'no'; readonly code: Refusal['code'] }
  | { readonly is: 'unknown' };

const UNKNOWN: Outcome = { is: 'unknown' };
const no = (code: Refusal['code']): Outcome => ({ is: 'no', code });
const later = (reason: TryLater['reason']): Outcome => ({ is: 'later', reason });

/** What each trouble of the service has to become: a row for every kind there is. */
const OUTCOMES: Readonly<Record<BedrockFault, Outcome>> = {
  throttle: later('throttled'),
  'quota-exceeded': later('throttled'),
  'not-ready': later('not-ready'),
  'access-denied': no('credentials-rejected'),
  'expired-token': no('credentials-rejected'),
  'end-of-life': no('model-unavailable'),
  'filter-prompt': no('filtered-prompt'),
  'filter-input': no('filtered-input'),
  'filter-output': no('filtered-output'),
  'server-error-500': UNKNOWN,
  'unavailable-503': UNKNOWN,
  'html-503': UNKNOWN,
  'timeout-408': UNKNOWN,
  'model-error-424': UNKNOWN,
  reset: UNKNOWN,
  hang: UNKNOWN,
  slow: UNKNOWN,
  'close-midway': UNKNOWN,
  'stall-midway': UNKNOWN,
  'truncated-json': UNKNOWN,
  'bad-base64': UNKNOWN,
  'empty-images': UNKNOWN,
  'inference-error': UNKNOWN,
  // Another type than was asked for is a picture all the same, and it is paid for.
  'wrong-format': { is: 'picture', type: 'image/jpeg' },
};

function outcomeFor(kind: BedrockFault, { filtered, painting }: Manner): Outcome {
  if (kind === 'filter-input') return no(filtered);
  if (kind === 'inference-error' && painting === 'no') return no(filtered);
  return OUTCOMES[kind];
}

/** Troubles that only our own patience ends. */
const ENDLESS: readonly BedrockFault[] = ['hang', 'slow', 'stall-midway'];

/** How a family says what the others say in their own way. */
export interface Manner {
  /** The member that holds the words, as a refusal names it. */
  readonly words: string;
  /** What a filter's no to the picture that was sent becomes. */
  readonly filtered: Refusal['code'];
  /** What becomes of an answer that says of itself that the painting failed. */
  readonly painting: 'no' | 'unknown';
}
const MANNER: Manner = { words: 'prompt', filtered: 'filtered-input', painting: 'unknown' };

/** What every image model promises. `open` gives one whose calls may take so long at most. */
export function describeImageModel(name: string, open: (timeoutMs: number) => Promise<ModelPlace>, manner: Manner = MANNER): void {
  describe(`${name}: an image model`, () => {
    let place: ModelPlace;
    beforeEach(async () => {
      place = await open(60_000);
    });
    afterEach(async () => {
      await place.close();
    });

    const images = createImages();
    const generate = async (changes: Partial<ImageInput> = {}, signal = new AbortController().signal) =>
      place.model.generate(input(changes), signal);

    it('paints every ratio of its card in the size the card says, with one call each', async () => {
      const { aspectRatios } = place.model.card;
      for (const aspectRatio of aspectRatioSchema.options) {
        const size = aspectRatios[aspectRatio];
        if (size === undefined) continue;
        const { media, seed } = await generate({ aspectRatio, seed: 9 });
        expect(media.type).toBe('image/png');
        expect(await images.measure(media)).toEqual(size);
        expect(seed).toBe(9);
      }
      expect(place.calls()).toBe(Object.keys(aspectRatios).length);
    });

    it('takes the first and the last seed, and something to leave out', async () => {
      const { seedMax } = place.model.card;
      expect((await generate({ seed: 1, negativePrompt: 'people, "text"' })).seed).toBe(1);
      expect((await generate({ seed: seedMax })).seed).toBe(seedMax);
    });

    it('paints the same picture again from the same words and seed', async () => {
      const [one, two, other] = [await generate(), await generate(), await generate({ seed: 43 })];
      expect(Buffer.compare(one.media.bytes, two.media.bytes)).toBe(0);
      expect(Buffer.compare(one.media.bytes, other.media.bytes)).not.toBe(0);
    });

    it('transforms a picture by every strength, when its card says that it can', async () => {
      if (!place.model.card.tasks.includes('transform')) return;
      const image = await sketch();
      for (const strength of [0, 0.6, 1, undefined]) {
        const { media } = await generate({ task: 'transform', image, strength });
        expect((await images.measure(media)).width).toBeGreaterThan(0);
      }
      expect(place.calls()).toBe(4);
    });

    it('says no, in none of the service’s words, when the words are too long', async () => {
      const prompt = `${CANARY} `.repeat(1000);
      await expect(generate({ prompt })).rejects.toMatchObject({ code: 'model-rejected', details: { reason: manner.words } });
      expect(place.calls()).toBe(1);
    });

    it.each(FAULT_KINDS.bedrock)(
      'makes one call and the right thing of the trouble “%s”, and no error or log line quotes the prompt',
      async (kind) => {
        const troubled = await open(ENDLESS.includes(kind) ? 400 : 60_000);
        troubled.spoil(kind, 2);
        const found = await outcomeOf(troubled.model.generate(input({ prompt: `a cat and ${CANARY}` }), new AbortController().signal));
        const calls = troubled.calls();
        await troubled.close();
        expect(found.outcome).toEqual(outcomeFor(kind, manner));
        expect(calls).toBe(1);
        expect(`${found.said} ${troubled.logged()}`).not.toContain(CANARY);
      },
    );

    it('waits as long as the service asks for', async () => {
      place.spoil('throttle', 9);
      const error = await generate().catch((thrown: unknown) => thrown);
      expect(error instanceof TryLater && error.waitMs).toBeGreaterThanOrEqual(9000);
    });

    it('calls nobody for a job that is already given up', async () => {
      await expect(generate({}, AbortSignal.abort())).rejects.toMatchObject({ reason: 'stopping', waitMs: 0 });
      expect(place.calls()).toBe(0);
    });

    it('lets go at once when the job is given up, and does not claim that nothing was made', async () => {
      place.spoil('hang');
      const giving = new AbortController();
      const painting = outcomeOf(generate({}, giving.signal));
      await expect.poll(() => place.calls()).toBe(1);
      giving.abort();
      expect((await painting).outcome).toEqual(UNKNOWN);
    });
  });
}

async function outcomeOf(painting: Promise<{ readonly media: { readonly type: string } }>): Promise<{ outcome: Outcome; said: string }> {
  try {
    return { outcome: { is: 'picture', type: (await painting).media.type }, said: '' };
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
