import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, News } from '#src/core/answer.ts';
import type { Blobs } from '#src/core/blobs.ts';
import type { Enhancer } from '#src/core/enhancer.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Images } from '#src/core/images.ts';
import type { Interpreter } from '#src/core/interpreter.ts';
import type { Journal, Ledger } from '#src/core/ledger.ts';
import type { Media } from '#src/core/media.ts';
import type { ImageInput, Made, Model, ModelCard, VideoModel } from '#src/core/model.ts';
import type { Platform } from '#src/core/platform.ts';
import type { Verdict } from '#src/core/queue.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { asked } from '#test/ledger/asked.ts';
import { createMemoryLog, type LogLine } from '#test/queue/rooms.ts';
import { keyOf } from '#workers/blobs/key.ts';
import { specs } from '#workers/models/catalogue.ts';
import { createPipeline } from '#workers/pipeline.ts';
import type { Cinema } from '#workers/steps/job.ts';

/** What the outside does when the pipeline calls it: each may be replaced by a story's own. */
export interface Outside {
  generate: (input: ImageInput, signal: AbortSignal, card?: ModelCard) => Promise<Made>;
  enhance: Enhancer['enhance'];
  understand: Interpreter['understand'];
  describe: Interpreter['describe'];
  isMask: (picture: Media) => Promise<boolean>;
  prepare: Images['prepare'];
  download: Platform['download'];
  deliver: Platform['deliver'];
  put: Blobs['put'];
  grid: Images['grid'];
}

/** One pipeline on a real ledger, in front of an outside that a story can bend, with everything it did written down. */
export interface Studio {
  readonly outside: Outside;
  readonly store: OpenedLedger;
  readonly blobs: Blobs;
  readonly painted: readonly ImageInput[];
  readonly shown: readonly Answer[];
  readonly stages: readonly string[];
  readonly lines: readonly LogLine[];
  clockMs: number;
  /** Another worker's view of the same ledger: what it returns is used for the next run. */
  ledger: Ledger;
  accept(changes?: Partial<GenerationRequest>, reserveMicros?: number): Promise<string>;
  run(id: string, signal?: AbortSignal): Promise<Verdict>;
  answerOf(id: string): Promise<Answer | undefined>;
  spentMicros(): Promise<number>;
  hold(id: string): Promise<Journal>;
  close(): Promise<void>;
}

/** What is booked for a question to Claude of which nobody knows what became. */
export const QUESTION_MAX = { modelId: 'claude', costMicros: 4000 };

const bytesOf = (text: string): Media => ({ bytes: Buffer.from(text), type: 'image/png' });

function createOutside(painted: ImageInput[], shown: Answer[], stages: string[], put: Blobs['put']): Outside {
  return {
    put,
    grid: async (pictures) => bytesOf(`grid of ${pictures.length}`),
    generate: async (input) => {
      painted.push(input);
      return { media: bytesOf(`${input.prompt} ${input.seed}`), seed: input.seed };
    },
    enhance: async (draft) => ({
      kind: 'enhanced',
      prompt: {
        prompt: `a fine picture of ${draft.prompt}`,
        negativePrompt: draft.negativePrompt,
        title: draft.prompt,
        altText: draft.prompt,
        by: 'claude',
        degraded: false,
      },
      paid: { modelId: 'claude', costMicros: 300 },
    }),
    understand: async () => ({ meaning: undefined, isRefused: false, paid: undefined }),
    describe: async () => ({ words: undefined, isRefused: false, paid: undefined }),
    isMask: async () => false,
    prepare: async ({ bytes }) => ({ bytes, type: 'image/png' }),
    download: async () => ({ bytes: Buffer.from('a picture') }),
    deliver: async (_request, news: News) => {
      if (news.kind === 'answer') shown.push(news.answer);
      else stages.push(news.stage);
    },
  };
}

function createMemoryBlobs(): Blobs {
  const kept = new Map<string, Media>();
  return {
    put: async (media: Media) => {
      const key = keyOf(media);
      kept.set(key, media);
      return key;
    },
    get: async (key: string) => {
      const media = kept.get(key);
      if (media === undefined) throw new Refusal('picture-gone');
      return media;
    },
    remove: async (key) => void kept.delete(key),
  };
}

/** `models`: beside those of pictures. */
export interface MoreRoom {
  readonly models?: readonly VideoModel[];
  readonly cinema?: Cinema;
}

export async function openStudio({ models: more = [], cinema }: MoreRoom = {}): Promise<Studio> {
  const directory = await mkdtemp(join(tmpdir(), 'studio-'));
  const database = { kind: 'sqlite', file: join(directory, 'ledger.sqlite') } as const;
  const [painted, shown, stages]: [ImageInput[], Answer[], string[]] = [[], [], []];
  const blobs = createMemoryBlobs();
  const outside = createOutside(painted, shown, stages, async (media) => blobs.put(media));
  const log = createMemoryLog();
  const studio = { clockMs: asked('x-1').acceptedAt };
  const now = (): number => studio.clockMs;
  const store = await openLedger({ database, maxUnfinished: 100, dailyBudgetMicros: undefined, parallel: 1, now });
  const platform: Platform = {
    name: 'web',
    listen: async () => async () => {},
    download: async (...values) => outside.download(...values),
    deliver: async (...values) => outside.deliver(...values),
  };
  const models: Model[] = [
    ...specs.map(({ card }) => ({ card, generate: async (...values: [ImageInput, AbortSignal]) => outside.generate(...values, card) })),
    ...more,
  ];
  const images: Images = {
    prepare: async (...values) => outside.prepare(...values),
    measure: async () => ({ width: 1024, height: 1024 }),
    grid: async (...values) => outside.grid(...values),
    mark: async (picture) => ({ picture, mask: picture }),
  };
  const enhancer: Enhancer = { enhance: async (...values) => outside.enhance(...values) };
  const interpreter: Interpreter = {
    pictureLimits: { types: ['image/png'], sidePixelsMin: 1, pixelsMax: 4_000_000, sideRatioMax: 20, bytesMax: 4_000_000 },
    understand: async (...values) => outside.understand(...values),
    describe: async (...values) => outside.describe(...values),
  };
  const tools = {
    enhancer,
    interpreter,
    questionMax: QUESTION_MAX,
    images,
    blobs: { ...blobs, put: async (media: Media) => outside.put(media) },
    isMask: async (picture: Media) => outside.isMask(picture),
    keyOf,
    now,
    randomSeed: () => 7,
    sandbox: false,
    cinema,
  };
  return Object.assign(studio, {
    outside,
    store,
    blobs,
    painted,
    shown,
    stages,
    lines: log.lines,
    ledger: store.ledger,
    async accept(this: Studio, changes: Partial<GenerationRequest> = {}, reserveMicros = 400_000) {
      const request = asked(`web-${painted.length + stages.length + shown.length + 1}`, { modelId: 'sd3.5-large', ...changes });
      await store.ledger.accept(request, reserveMicros);
      return request.id;
    },
    async run(this: Studio, id: string, signal = new AbortController().signal) {
      return createPipeline({ ledger: this.ledger, platforms: [platform], models, tools, log })(id, signal);
    },
    answerOf: async (id: string) => (await store.archive.find(id))?.answer,
    spentMicros: async () => (await store.archive.spent({})).reduce((sum, { costMicros }) => sum + costMicros, 0),
    async hold(id: string) {
      const journal = await store.ledger.open(id);
      if (journal === undefined) throw new Error('no such request');
      return journal;
    },
    async close() {
      await store.close();
      await rm(directory, { recursive: true });
    },
  });
}
