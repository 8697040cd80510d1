import type { Answer } from '#src/core/answer.ts';
import type { Blobs } from '#src/core/blobs.ts';
import type { Enhancement, Enhancer } from '#src/core/enhancer.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Images } from '#src/core/images.ts';
import type { Media } from '#src/core/media.ts';
import type { ImageInput, ImageModel, Made, ModelCard } from '#src/core/model.ts';
import type { Platform } from '#src/core/platform.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import type { Recorder, Wire } from './wire.ts';

/** Everything outside that is not the ledger or the queue: it lives as long as the history, and all processes see the same of it. */
export interface Outside {
  readonly posts: Set<string>;
  readonly stored: Map<string, Uint8Array>;
}

export interface OutsideOptions {
  readonly outside: Outside;
  readonly life: Life;
  readonly wire: Wire;
  readonly chance: Chance;
  readonly record: Recorder;
  /** How likely a model is to say "not now". */
  readonly throttled: () => number;
}

/** Words in a prompt that the model's filter, or Claude, says no to. */
export const FILTERED = 'forbidden';
export const WICKED = 'wicked';
export const PROMPT_MICROS = 300;

/** The words of every simulated prompt end in the number of its request, so that the outside can tell whose picture it paints. */
export const idOf = (number: number): string => `sim-${number}`;
const idIn = (prompt: string): string => idOf(Number(/\d+$/.exec(prompt)?.[0] ?? 0));

const broken = (): Error => new Error('connection reset');

/** One paid call at a time, as Bedrock has it: what was begun is billed, whoever still listens. */
export function createModel(card: ModelCard, options: OutsideOptions): ImageModel {
  const { life, wire, chance, record, throttled } = options;
  return {
    card,
    async generate(input, signal) {
      const id = idIn(input.prompt);
      const picture = `${input.seed}`;
      const painting = wire.call<Made>({
        life,
        port: 'model',
        method: 'generate',
        id,
        takesMs: chance.between(1000, 9000),
        fails: broken,
        effect() {
          // A connection that is gone before the call arrives: nobody paints for it.
          if (!life.isAlive() || signal.aborted) throw broken();
          if (chance.happens(throttled())) throw new TryLater('throttled', chance.between(500, 5000));
          record({ kind: 'begun', id, picture });
          if (input.prompt.includes(FILTERED)) throw new Refusal('filtered-prompt');
          record({ kind: 'charged', id, picture, costMicros: card.priceMicros });
          return paint(id, input);
        },
      });
      return untilAborted(painting, signal, () => record({ kind: 'ambiguous', process: life.name, call: 'model.generate', ids: [id] }));
    },
  };
}

const paint = (id: string, { seed }: ImageInput): Made => ({ media: { bytes: Buffer.from(`${id}-${seed}`), type: 'image/png' }, seed });

/** A call that is given up: its end is not known. */
async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal, note: () => void): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => {
    note();
    reject(new Error('given up', { cause: signal.reason }));
  };
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

export function createEnhancerModel({ life, wire }: OutsideOptions): Enhancer {
  return {
    enhance: ({ prompt, negativePrompt }) =>
      wire.call<Enhancement>({
        life,
        port: 'enhancer',
        method: 'enhance',
        id: idIn(prompt),
        takesMs: 1000,
        fails: broken,
        effect() {
          const paid = { modelId: 'claude', costMicros: PROMPT_MICROS };
          if (prompt.includes(WICKED)) return { kind: 'refused', code: 'prompt-refused', details: { reason: 'other' }, paid };
          const words = { prompt, negativePrompt, title: prompt, altText: prompt, by: 'claude', degraded: false } as const;
          return { kind: 'enhanced', prompt: words, paid };
        },
      }),
  };
}

/** The words that a simulated picture is. */
export const keyIn = ({ bytes }: Media): string => `${Buffer.from(bytes).toString()}.png`;

export function createBlobsModel({ outside: { stored }, life, wire, record }: OutsideOptions): Blobs {
  const owner = (text: string): string => /sim-\d+/.exec(text)?.[0] ?? '';
  return {
    put(media) {
      const text = Buffer.from(media.bytes).toString();
      return wire.call({
        life,
        port: 'blobs',
        method: 'put',
        id: owner(text),
        fails: broken,
        full: () => new Refusal('storage-full'),
        effect() {
          const [, id, picture] = /^(sim-\d+)-(\d+)$/.exec(text) ?? [];
          if (id !== undefined && picture !== undefined) record({ kind: 'kept', id, picture });
          stored.set(keyIn(media), media.bytes);
          return keyIn(media);
        },
      });
    },
    get: (key) =>
      wire.call<Media>({
        life,
        port: 'blobs',
        method: 'get',
        id: owner(key),
        fails: broken,
        effect() {
          const bytes = stored.get(key);
          if (bytes === undefined) throw new Refusal('picture-gone');
          return { bytes, type: 'image/png' };
        },
      }),
    remove: (key) =>
      wire.call<void>({
        life,
        port: 'blobs',
        method: 'remove',
        id: owner(key),
        fails: broken,
        effect: () => void stored.delete(key),
      }),
  };
}

/** What a process does by itself cannot fail halfway. */
export const IMAGES: Images = {
  prepare: async ({ bytes }) => ({ bytes, type: 'image/png' }),
  measure: async () => ({ width: 1024, height: 1024 }),
  grid: async (pictures) => ({ bytes: Buffer.concat([Buffer.from('grid '), ...pictures.map(({ bytes }) => bytes)]), type: 'image/png' }),
  mark: async (picture) => ({ picture, mask: picture }),
};

/** Equal for equal answers, and as short as a story wants it. */
export function describeAnswer(answer: Answer): string {
  if (answer.kind === 'refused') return `refused ${answer.code}`;
  if (answer.kind === 'described') return answer.altText;
  const keys = [...answer.pictures, ...(answer.grid === undefined ? [] : [answer.grid])].map(({ key }) => key.replace(/\.png$/, ''));
  return `made ${keys.join(' ')} in ${answer.tookMs} ms`;
}

/** A platform where every post is a call: it refuses a second post with the same handle, as those do that can be posted to exactly once. */
export function createChat({ outside: { posts }, life, wire, chance, record }: OutsideOptions): Platform {
  const call = (id: string, method: string, effect: () => void): Promise<void> =>
    wire.call({
      life,
      port: 'platform',
      method,
      id,
      effect,
      fails: () => (method === 'edit' ? new TryLater('unreachable', 1000) : broken()),
    });
  return {
    name: CHAT,
    listen: async () => async () => {},
    download: ({ source }) => {
      const id = typeof source === 'string' ? source : '';
      return wire.call({
        life,
        port: 'platform',
        method: 'download',
        id,
        fails: broken,
        effect: () => ({ bytes: Buffer.from(`${id} sent`) }),
      });
    },
    async deliver({ id }, news, page) {
      if (news.kind === 'progress') return call(id, 'edit', () => {});
      if ((await page.read('shown')) !== undefined) return undefined;
      // Whatever the platform knows the post by, such as the id of a file that is not shared yet: a new one every time, so it has to be kept.
      const handle = (await page.read('posting')) ?? `post-${chance.between(0, 1_000_000_000)}`;
      await page.write('posting', handle);
      const text = describeAnswer(news.answer);
      await call(id, 'post', () => {
        if (posts.has(JSON.stringify(handle))) return;
        posts.add(JSON.stringify(handle));
        record({ kind: 'shown', id, answer: text });
      });
      return page.write('shown', handle);
    },
  };
}

/** A platform whose people look at the ledger: an answer is shown when the request ends. */
export function createMailbox(options: OutsideOptions): Platform {
  return {
    ...createChat(options),
    name: MAILBOX,
    async deliver(_request, news, page) {
      if (news.kind === 'answer' && (await page.read('shown')) === undefined) await page.write('shown', true);
    },
  };
}

export const CHAT = 'chat';
export const MAILBOX = 'mailbox';
