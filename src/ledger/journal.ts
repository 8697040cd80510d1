import type { Updateable } from 'kysely';
import { answerSchema, type Answer } from '#src/core/answer.ts';
import { TryLater } from '#src/core/failure.ts';
import type { Journal, Ledger, Page, Spending } from '#src/core/ledger.ts';
import { GATEWAY_STEP } from '#src/core/notes.ts';
import { requestIdSchema, requestSchema, type GenerationRequest } from '#src/core/request.ts';
import { book, release, type Account } from './budget.ts';
import { readFact, toNote, writeFact, type Note } from './facts.ts';
import { refusingWhenFull } from './failure.ts';
import { clipsBefore } from './line.ts';
import { keepPictures } from './pictures.ts';
import { inTransaction, type Database, type RequestsTable, type Writing } from './tables.ts';
import { fold, plain } from './words.ts';

const SUPERSEDED_WAIT_MS = 1000;

/** One opening of one request. */
interface Hold {
  readonly id: string;
  readonly fence: number;
}

interface Held extends Account {
  readonly finished_at: number | null;
}

/** Does something to the request in one transaction, if it is still held. */
type Change = (work: (writing: Writing, held: Held) => Promise<void>) => Promise<void>;

/** `locksRows`: the database lets several transactions write at once, so that a row that is only looked at has to be locked. */
export function createOpen(database: Database, locksRows: boolean, now: () => number): Ledger['open'] {
  return async (id) => {
    if (!requestIdSchema.safeParse(id).success) return undefined;
    const row = await refusingWhenFull(() => inTransaction(database, (writing) => open(writing, id, now())));
    return row === undefined ? undefined : createJournal(database, locksRows, row, now);
  };
}

type Opened = Pick<RequestsTable, 'id' | 'fence' | 'attempts' | 'request' | 'answer'>;

async function open(writing: Writing, id: string, at: number): Promise<Opened | undefined> {
  const row = await writing
    .updateTable('requests')
    .set((eb) => ({ fence: eb('fence', '+', 1) }))
    .where('id', '=', id)
    .returning(['id', 'fence', 'attempts', 'request', 'answer', 'started_at'])
    .executeTakeFirst();
  if (row === undefined || row.answer !== null) return row;
  const attempts = row.attempts + 1;
  await writing
    .updateTable('requests')
    .set({ state: 'running', attempts, touched_at: at, started_at: row.started_at ?? at })
    .where('id', '=', id)
    .execute();
  return { ...row, attempts };
}

function createJournal(database: Database, locksRows: boolean, row: Opened, now: () => number): Journal {
  const hold: Hold = { id: row.id, fence: row.fence };
  const request = requestSchema.parse(JSON.parse(row.request));
  const change: Change = (work) =>
    refusingWhenFull(() => inTransaction(database, async (writing) => work(writing, await keep(writing, hold))));
  return {
    request,
    attempt: row.attempts,
    answer: row.answer === null ? undefined : answerSchema.parse(JSON.parse(row.answer)),
    page: (step) =>
      createPage(database, hold, step, now, async (note, spent) => {
        if (spent === undefined) await refusingWhenFull(() => writeAlone(database, locksRows, hold, note));
        else await change((writing, held) => writeAndBook(writing, held, hold, note, spent));
      }),
    isCancelled: async () => (await nowOf(database, hold)).cancelled_at !== null,
    clipsAhead: async () => countClipsAhead(database, hold),
    spentMicros: async () => (await nowOf(database, hold)).cost_micros,
    postpone: () => change((writing) => postpone(writing, hold.id)),
    close: (answer) => change((writing, held) => close(writing, held, request, answerSchema.parse(answer), now())),
  };
}

/** What others may have changed since the opening. */
async function nowOf(database: Database, { id }: Hold): Promise<Pick<RequestsTable, 'cancelled_at' | 'cost_micros'>> {
  return database.selectFrom('requests').select(['cancelled_at', 'cost_micros']).where('id', '=', id).executeTakeFirstOrThrow();
}

async function countClipsAhead(database: Database, { id }: Hold): Promise<number> {
  const row = await database
    .selectFrom('requests')
    .select((eb) => clipsBefore(eb).as('ahead'))
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.ahead ?? 0;
}

type WriteNote = (note: Note, spent: Spending | undefined) => Promise<void>;

function createPage(database: Database, { id }: Hold, step: string, now: () => number, writeNote: WriteNote): Page {
  return {
    read: (name) => readFact(database, id, step, name),
    write: async (name, value, spent) => {
      if (step === GATEWAY_STEP) throw new Error(`the page ${step} is the gateway's own, and a worker only reads it`);
      await writeNote(toNote(step, name, value, now()), spent);
    },
  };
}

/** Most facts cost nothing and are written so. */
async function writeAlone(database: Database, locksRows: boolean, hold: Hold, note: Note): Promise<void> {
  const written = await writeFact(database, { ...hold, locksRows }, note);
  if (!written) throw new TryLater('superseded', SUPERSEDED_WAIT_MS);
}

async function writeAndBook(writing: Writing, held: Held, { id, fence }: Hold, note: Note, spent: Spending): Promise<void> {
  const { fact, at } = note;
  await writing
    .insertInto('facts')
    .values({ request_id: id, fence, ...note })
    .onConflict((conflict) => conflict.columns(['request_id', 'step', 'name']).doUpdateSet({ fact, fence, at }))
    .execute();
  await book(writing, held, spent, at);
}

/** Makes sure the request is still ours, and keeps it so until the transaction ends: an update, since that alone locks the row on both databases. */
async function keep(writing: Writing, { id, fence }: Hold): Promise<Held> {
  const held = await writing
    .updateTable('requests')
    .set({ fence })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .returning(['id', 'tenant', 'requester_id', 'accepted_at', 'reserved_micros', 'finished_at'])
    .executeTakeFirst();
  if (held === undefined) throw new TryLater('superseded', SUPERSEDED_WAIT_MS);
  return held;
}

/** Only a request in work has an attempt to give back: postponing twice, or after the end, changes nothing. */
async function postpone(writing: Writing, id: string): Promise<void> {
  await writing
    .updateTable('requests')
    .set((eb) => ({ state: 'queued', attempts: eb('attempts', '-', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

async function close(writing: Writing, held: Held, request: GenerationRequest, answer: Answer, at: number): Promise<void> {
  if (held.finished_at !== null) return;
  await release(writing, held);
  const ended: Updateable<RequestsTable> = { state: 'finished', finished_at: at, answer: JSON.stringify(answer) };
  await writing
    .updateTable('requests')
    .set({ ...ended, ...foundBy(request, answer) })
    .where('id', '=', held.id)
    .execute();
  await keepPictures(writing, held.id, answer);
}

/** What a picture is found by later: the prompt as it was used beside the person's own, and the model that made it. */
function foundBy(request: GenerationRequest, answer: Answer): Updateable<RequestsTable> {
  if (answer.kind !== 'made') return {};
  return { made: 1, model_id: plain(answer.model.id), words: fold(`${request.prompt} ${answer.prompt}`) };
}
