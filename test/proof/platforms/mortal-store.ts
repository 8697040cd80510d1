import type { Journal } from '#src/core/ledger.ts';
import type { Desk, Platform } from '#src/core/platform.ts';
import type { Store } from '#src/main/parts.ts';
import type { BullQueue } from '#src/queue/bullmq.ts';
import { mortalQueue, type Fate } from '../crash/mortal.ts';

/** The one request whose process is to die. */
export interface Own {
  /** Words that only its prompt has. */
  readonly mark: string;
  id: string | undefined;
}

/**
 * The same desk. Whoever hands the request in works in its name from there on. A machine that is too busy to write a row in time says no: it is asked
 * again, since that is no story of this proof.
 */
export function ownDesk(desk: Desk, own: Own, fate: Fate): Desk {
  return {
    ...desk,
    ask: async (ask) => {
      if (ask.text.includes(own.mark)) {
        own.id = ask.id;
        fate.enter();
      }
      for (;;) {
        const told = await desk.ask(ask);
        if (told.receipt.kind !== 'refused' || told.receipt.code !== 'ledger-unavailable') return told;
      }
    },
  };
}

/** A delivery that comes twice is accepted and queued twice, in no order: only the first time is a place. */
export function mortalQueueOnce(queue: BullQueue, own: Own, fate: Fate): BullQueue {
  const once = mortalQueue(queue, (id) => id === own.id, fate);
  let added = false;
  return {
    ...queue,
    work: once.work,
    add: async (entry) => {
      if (added) return queue.add(entry);
      added = own.id === entry.id;
      return once.add(entry);
    },
  };
}

/**
 * The same store, of which everything is a place that an adapter or its step writes of a request: what the pipeline writes before has a proof of its
 * own. Reading is none, since nothing is different afterwards.
 */
export function mortalStore(store: Store, own: Own, fate: Fate): Store {
  const { ledger, notes, cabinet, archive } = store;
  let accepted = false;
  return {
    ...store,
    archive: {
      ...archive,
      find: async (id) => {
        if (id === own.id) fate.enter();
        return archive.find(id);
      },
    },
    ledger: {
      ...ledger,
      accept: async (...request) => {
        if (accepted) return ledger.accept(...request);
        accepted = own.id === request[0].id;
        return fate.at('ledger accept', async () => ledger.accept(...request));
      },
      open: async (id) => {
        const journal = await ledger.open(id);
        return journal === undefined ? undefined : mortalJournal(journal, fate);
      },
    },
    notes: {
      page: (id) => {
        const page = notes.page(id);
        return { read: page.read, write: async (name, fact) => fate.at(`note ${name}`, async () => page.write(name, fact)) };
      },
    },
    cabinet: {
      ...cabinet,
      write: async (drawer, name, value) => fate.at(`cabinet ${drawer}`, async () => cabinet.write(drawer, name, value)),
    },
  };
}

function mortalJournal(journal: Journal, fate: Fate): Journal {
  return {
    ...journal,
    close: async (answer) => fate.at('ledger close', async () => journal.close(answer)),
    page: (step) => {
      const page = journal.page(step);
      if (step !== 'deliver') return page;
      return { read: page.read, write: async (name, ...fact) => fate.at(`write ${name}`, async () => page.write(name, ...fact)) };
    },
  };
}

/** The same platforms. How often a person is told how far it is depends on the time it takes: only the last word before the painting is a place. */
export const mortalPlatform = (platform: Platform, fate: Fate): Platform => ({
  ...platform,
  deliver: async (request, news, page) => {
    const deliver = async (): Promise<void> => platform.deliver(request, news, page);
    return news.kind === 'progress' && news.stage !== 'painting' ? fate.aside(deliver) : deliver();
  },
});
