import { GATEWAY_STEP, type Notes } from '#src/core/notes.ts';
import { requestIdSchema } from '#src/core/request.ts';
import { readFact, toNote, writeFact } from './facts.ts';
import { refusingWhenFull } from './failure.ts';
import type { Database } from './tables.ts';

export function createNotes(database: Database, now: () => number): Notes {
  return {
    page: (id) => ({
      read: async (name) => (isId(id) ? readFact(database, id, GATEWAY_STEP, name) : undefined),
      write: async (name, value) => {
        const author = { id, fence: undefined, locksRows: false };
        const note = toNote(GATEWAY_STEP, name, value, now());
        const written = isId(id) && (await refusingWhenFull(() => writeFact(database, author, note)));
        if (!written) throw new Error('there is no such request in the ledger to take notes of');
      },
    }),
  };
}

const isId = (id: string): boolean => requestIdSchema.safeParse(id).success;
