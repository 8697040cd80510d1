import type { Entry } from '#src/core/archive.ts';
import type { Log } from '#src/core/log.ts';
import { STREAM_LIMITS } from './config.ts';
import { renderEntry, type Viewer } from './render.ts';

/** A request that changed, or the list of channels that did. */
export interface Happening {
  readonly number: number;
  readonly what: Entry | 'channels';
}

/** One page's place at the stream. */
export interface Seat {
  readonly personId: string;
  readonly stream: ReadableStream<Uint8Array>;
  /** Begins: with what was missed, or with `reset` when nobody knows what that was. */
  greet(missed: readonly Happening[] | undefined): void;
  tell(happening: Happening): void;
  end(): void;
}

export interface SeatOptions {
  readonly viewer: Viewer;
  readonly sees: (entry: Entry) => Promise<boolean>;
  readonly log: Log;
  readonly position: (number?: number) => string;
  /** Whether the person may still look. */
  readonly stillHere: () => Promise<boolean>;
  readonly leave: () => void;
}

const encoder = new TextEncoder();

/** JSON has no line break in it, so it is one line of data. */
const frame = (event: string, data: object, id?: string): Uint8Array =>
  encoder.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

/** For so long nobody is asked again whether they may still look. */
const TRUST_MS = 1000;
const HEARTBEAT = encoder.encode(':\n\n');

/** What is told is sent in its order, each only after it is known that the person may see it. */
export function openSeat({ viewer, sees, log, position, stillHere, leave }: SeatOptions): Seat {
  const mayStay = createTrust(stillHere);
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let greeted = false;
  let sent: Promise<void> = Promise.resolve();

  function end(): void {
    clearInterval(heart);
    leave();
    const ending = controller;
    controller = undefined;
    ending?.close();
  }

  function send(bytes: Uint8Array): void {
    if (controller === undefined) return;
    // Whoever reads so slowly is better off beginning anew than with an ever longer queue here.
    if ((controller.desiredSize ?? 0) <= 0) end();
    else controller.enqueue(bytes);
  }

  async function pass({ number, what }: Happening): Promise<void> {
    if (!(await mayStay())) return end();
    if (what === 'channels') send(frame('channels', {}, position(number)));
    else if (await sees(what)) send(frame('change', renderEntry(what, viewer), position(number)));
  }

  const inOrder = (work: () => Promise<void> | void): void => {
    sent = sent.then(work).catch((error: unknown) => {
      log.warn('stream-failed', {}, error);
      end();
    });
  };
  const heart = setInterval(() => inOrder(async () => ((await mayStay()) ? send(HEARTBEAT) : end())), STREAM_LIMITS.heartbeatMs);
  heart.unref();

  const stream = new ReadableStream<Uint8Array>(
    {
      start: (one) => {
        controller = one;
      },
      cancel: () => {
        controller = undefined;
        end();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: STREAM_LIMITS.backlogBytes }),
  );
  return {
    personId: viewer.personId,
    stream,
    end,
    greet: (missed) => {
      greeted = true;
      const first = missed === undefined ? frame('reset', {}, position()) : frame('hello', {});
      inOrder(() => send(first));
      for (const happening of missed ?? []) inOrder(async () => pass(happening));
    },
    tell: (happening) => {
      if (greeted) inOrder(async () => pass(happening));
    },
  };
}

/** Whether the person may still look: asked again when the last answer is old. */
function createTrust(stillHere: SeatOptions['stillHere']): () => Promise<boolean> {
  let askedAt = performance.now();
  return async () => {
    if (performance.now() - askedAt < TRUST_MS) return true;
    askedAt = performance.now();
    return stillHere();
  };
}
