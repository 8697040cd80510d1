import type { Answer } from '#src/core/answer.ts';
import type { Journal, Ledger, Page } from '#src/core/ledger.ts';
import { costOf, type Books, type Held } from './books.ts';

/** How an operation on the books is reached: over the wire in the simulation, at once in the contract suite. */
export type Reach = <Value>(method: string, id: string, effect: () => Value) => Promise<Value>;

/** What the simulation wants to know of what reaches the books. */
export interface LedgerEvents {
  closed(held: Held, answer: Answer): void;
}

/** The ledger port over the books. */
export function createLedgerModel(books: Books, reach: Reach, events: LedgerEvents): Ledger {
  return {
    accept: (request, reserveMicros, untilMs) => reach('accept', request.id, () => books.accept(request, reserveMicros, untilMs)),
    unqueued: (olderThanMs) => reach('unqueued', '', () => books.unqueued(olderThanMs)),
    async open(id) {
      const held = await reach('open', id, () => books.open(id));
      return held === undefined ? undefined : createJournal(held);
    },
  };

  function createJournal(held: Held): Journal {
    const { row, attempt } = held;
    const { id } = row.request;
    return {
      request: row.request,
      attempt,
      answer: row.answer,
      page: (step) => createPage(held, step),
      isCancelled: async () => false,
      clipsAhead: async () => 0,
      spentMicros: () => reach('spentMicros', id, () => costOf(row.spending)),
      postpone: () => reach('postpone', id, () => books.postpone(held)),
      close: (answer) =>
        reach('close', id, () => {
          if (books.close(held, answer)) events.closed(held, answer);
        }),
    };
  }

  function createPage(held: Held, step: string): Page {
    const { id } = held.row.request;
    return {
      read: (name) => reach(`read ${step}/${name}`, id, () => books.read(held, `${step}/${name}`)),
      write: (name, fact, spent) => reach(`write ${step}/${name}`, id, () => books.write(held, `${step}/${name}`, fact, spent)),
    };
  }
}
