import type { Answer } from '#src/core/answer.ts';
import type { Blobs } from '#src/core/blobs.ts';
import type { ClipShelf } from '#src/core/clips.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Journal, QueueEntry } from '#src/core/ledger.ts';
import type { Platform } from '#src/core/platform.ts';
import type { OpenedLedger } from '#src/ledger/open.ts';
import { made } from '#test/ledger/asked.ts';
import { clipAnswer, described, POSTER } from './films.ts';

/** A worker without models: it takes the steps around a platform in the pipeline's order, one job after the other, and can be held up. */
export interface Painter {
  /** Takes a job, as the queue does. */
  add(entry: QueueEntry): Promise<void>;
  /** Nothing is painted from here on, until `go`. */
  hold(): void;
  go(): void;
  /** Resolves when nothing is left to do. Rejects when a job had to be given up. */
  idle(): Promise<void>;
  /** What jobs waited for. */
  readonly waits: readonly TryLater[];
  /** How the requests ended. */
  readonly ends: ReadonlyMap<string, string>;
}

export interface PainterOptions {
  readonly store: OpenedLedger;
  readonly blobs: Blobs;
  readonly platform: () => Platform;
  readonly shelf: ClipShelf;
}

const PAUSE_MAX_MS = 50;
const TRIES_MAX = 400;

export function createPainter({ store, blobs, platform, shelf }: PainterOptions): Painter {
  const waiting: string[] = [];
  const running = new Set<Promise<void>>();
  const waits: TryLater[] = [];
  const ends = new Map<string, string>();
  const failures: unknown[] = [];
  const known = new Set<string>();
  let held = false;

  async function paint(journal: Journal): Promise<Answer> {
    const { request } = journal;
    if (await journal.isCancelled()) return { kind: 'refused', code: 'cancelled', details: {}, costMicros: 0 };
    const page = journal.page('progress');
    await platform().deliver(request, { kind: 'progress', stage: 'painting' }, page);
    await blobs.put(POSTER);
    const inputs: string[] = [];
    for (const image of request.images) {
      const upload = 'key' in image ? await blobs.get(image.key) : await platform().download(image, AbortSignal.timeout(10_000));
      inputs.push(await blobs.put({ bytes: upload.bytes, type: 'image/png' }));
    }
    if (request.task.kind === 'describe') return described(inputs[0] ?? '');
    if (request.task.kind === 'video') return { ...clipAnswer(), recipe: { ...clipAnswer().recipe, task: request.task, inputs } };
    const count = request.options.count ?? 1;
    const pictures = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const bytes = Buffer.from(`picture ${index} of ${request.id}`);
        const key = await blobs.put({ bytes, type: 'image/png' });
        return { key, type: 'image/png', width: 1344, height: 768, seed: 42 + index } as const;
      }),
    );
    const answer = made({
      pictures,
      prompt: `a fine ${request.prompt}`,
      title: request.prompt,
      altText: request.language === 'vi' ? 'Một bức tranh' : 'A picture',
    });
    // Somebody has understood the words by now.
    const task = request.task.kind === 'instruct' ? ({ kind: 'transform', strength: 0.7 } as const) : request.task;
    return { ...answer, recipe: { ...answer.recipe, task, inputs } };
  }

  async function settle(journal: Journal): Promise<Answer> {
    try {
      return await paint(journal);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { kind: 'refused', code: error.code, details: error.details, costMicros: 0 };
    }
  }

  /** One opening of one job; false when it is to come back. */
  async function attempt(id: string): Promise<boolean> {
    const journal = await store.ledger.open(id);
    if (journal === undefined || journal.answer !== undefined) return true;
    try {
      const answer = await settle(journal);
      const news = { kind: 'answer', answer, open: async (key: string) => blobs.get(key), clips: shelf } as const;
      let end: string = answer.kind === 'refused' ? answer.code : answer.kind;
      await platform()
        .deliver(journal.request, news, journal.page('deliver'))
        .catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          end = 'undeliverable';
        });
      await journal.close(answer);
      ends.set(id, end);
      return true;
    } catch (error) {
      if (!(error instanceof TryLater)) throw error;
      waits.push(error);
      await journal.postpone();
      await new Promise((resolve) => setTimeout(resolve, Math.min(error.waitMs, PAUSE_MAX_MS)));
      return false;
    }
  }

  async function work(id: string): Promise<void> {
    try {
      for (let tries = 0; tries < TRIES_MAX; tries += 1) if (await attempt(id)) return;
      failures.push(new Error(`${id} never ended: ${waits.at(-1)?.reason}`));
    } catch (error) {
      failures.push(error);
    }
  }

  function start(): void {
    if (held) return;
    for (const id of waiting.splice(0)) {
      const run = work(id);
      running.add(run);
      void run.finally(() => running.delete(run));
    }
  }

  return {
    waits,
    ends,
    add: async ({ id }) => {
      // As a queue: adding an id that is there changes nothing.
      if (known.has(id)) return;
      known.add(id);
      waiting.push(id);
      if (!held) setImmediate(start);
    },
    hold: () => {
      held = true;
    },
    go: () => {
      held = false;
      start();
    },
    async idle() {
      await new Promise((resolve) => setImmediate(resolve));
      while (running.size > 0) await Promise.all(running);
      if (failures.length > 0) throw failures[0];
    },
  };
}
