import type { Archive, Entry } from '#src/core/archive.ts';
import type { OpenedLedger } from '#src/ledger/open.ts';
import { describeLedger } from '#test/contracts/ledger.ts';
import type { LedgerPlace } from '#test/ledger/desk.ts';
import { costOf, createBooks, type Books, type BookRules, type Row } from './books.ts';
import { createLedgerModel } from './ledger.ts';

/** Books that are opened again are the same books under the rules of whoever opens them. */
async function prepare(): Promise<LedgerPlace> {
  const rows = new Map<string, Row>();
  return {
    open: async (rules) => openBooks(createBooks(rules satisfies BookRules, rows)),
    remove: async () => rows.clear(),
  };
}

function openBooks(books: Books): OpenedLedger {
  const events = { closed() {} };
  return {
    ledger: createLedgerModel(books, async (_method, _id, effect) => effect(), events),
    archive: archiveOf(books),
    check: async () => {},
    close: async () => {},
    ...UNMODELLED,
  };
}

const unmodelled = async (): Promise<never> => Promise.reject(new Error('the simulation has no such thing'));

/** What people do beside asking is not simulated. */
const UNMODELLED: Pick<OpenedLedger, 'retractions' | 'notes' | 'preferences' | 'cabinet'> = {
  retractions: { cancel: unmodelled, remove: unmodelled },
  notes: { page: () => ({ read: unmodelled, write: unmodelled }) },
  preferences: { read: unmodelled, write: unmodelled },
  cabinet: { read: unmodelled, write: unmodelled, remove: unmodelled, list: unmodelled },
};

/** As much of an archive as the ledger's suite looks at. The simulation has no other readers, so there is no search and no paging to model. */
function archiveOf(books: Books): Archive {
  return {
    find: async (id) => entryOf(books, id),
    history: async () => [],
    replies: async () => [],
    spent: async (query) => books.spent(query),
    usage: async () => [],
    load: async () => ({ queued: 0, running: 0, oldestQueuedAt: undefined }),
  };
}

function entryOf(books: Books, id: string): Entry | undefined {
  const row = books.rows.get(id);
  if (row === undefined) return undefined;
  const { request, state: stage, answer, finishedAt, spending } = row;
  return {
    request,
    ahead: books.aheadOf(row),
    stage,
    progress: undefined,
    isCancelled: false,
    answer,
    finishedAt,
    costMicros: costOf(spending),
  };
}

describeLedger('The simulation’s books', prepare);
