import { randomUUID } from 'node:crypto';
import type { Entry } from '#src/core/archive.ts';
import type { Log } from '#src/core/log.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Channels } from './channels.ts';
import { STREAM_LIMITS } from './config.ts';
import type { Asker } from './parse.ts';
import { openSeat, type Happening, type Seat } from './seat.ts';
import type { Watch } from './watch.ts';

/** What happens, passed on to every page that is open: as much of it as its person may see. */
export interface Stream {
  /** Where the stream is now: a page that reads on from here misses nothing that happened since. */
  position(): string;
  /**
   * Server-sent events for one page, from `since` on. A position that is not remembered any more is answered with `reset`: the page then looks at
   * everything anew. Undefined when too many pages are open. `stillHere` is asked now and then.
   */
  open(asker: Asker, since: string | undefined, stillHere: () => Promise<boolean>): Promise<ReadableStream<Uint8Array> | undefined>;
  /** The list of channels has changed. */
  tellChannels(): void;
  /** Ends every page's stream and lets nobody begin another. */
  close(): void;
}

export interface StreamOptions {
  readonly watch: Watch;
  readonly channels: Channels;
  readonly cards: readonly ModelCard[];
  readonly log: Log;
}

export function createStream({ watch, channels, cards, log }: StreamOptions): Stream {
  const { eventsLength, pagesMax, pagesOfOne } = STREAM_LIMITS;
  const seats = new Set<Seat>();
  const happened: Happening[] = [];
  let epoch = randomUUID();
  let number = 0;
  let closed = false;
  let following: Promise<() => void> | undefined;

  const position = (at = number): string => `${epoch}.${at}`;

  function happen(what: Happening['what']): void {
    number += 1;
    const happening = { number, what };
    happened.push(happening);
    if (happened.length > eventsLength) happened.shift();
    for (const seat of seats) seat.tell(happening);
  }

  /** What happened since a position, or undefined when that is not known any more. */
  function since(text: string | undefined): readonly Happening[] | undefined {
    const [name, at] = text?.split('.') ?? [];
    const from = Number(at);
    if (name !== epoch || !Number.isSafeInteger(from) || from > number) return undefined;
    if (from < number - happened.length) return undefined;
    return happened.filter((happening) => happening.number > from);
  }

  /** Nobody looks while no page is open, so what happens then is not known afterwards. */
  async function leave(seat: Seat): Promise<void> {
    seats.delete(seat);
    if (seats.size > 0 || following === undefined) return;
    const stop = await following;
    if (seats.size > 0) return;
    stop();
    following = undefined;
    epoch = randomUUID();
    happened.length = 0;
  }

  return {
    position,
    open: async ({ person, language }, from, stillHere) => {
      const own = [...seats].filter(({ personId }) => personId === person.id).length;
      if (closed || seats.size >= pagesMax || own >= pagesOfOne) return undefined;
      const viewer = { language, personId: person.id, isAdmin: person.isAdmin, cards };
      const sees = async ({ request }: Entry): Promise<boolean> => channels.sees(person, request);
      const seat = openSeat({ viewer, sees, log, position, stillHere, leave: () => void leave(seat) });
      seats.add(seat);
      following ??= watch.follow(happen);
      await following;
      seat.greet(since(from));
      return seat.stream;
    },
    tellChannels: () => happen('channels'),
    close: () => {
      closed = true;
      for (const seat of seats) seat.end();
    },
  };
}
