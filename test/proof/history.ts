/** What somebody who watches everything from outside would write down. Times are milliseconds, money is micro-dollars. */
export type HistoryEvent = { readonly at: number } & (
  | Delivered
  | Told
  | Handed
  | Painted
  | Interrupted
  | Shown
  | Closed
  | { readonly kind: 'started'; readonly process: string }
  | { readonly kind: 'faults'; readonly on: boolean }
  /** The queue forgot everything. That is no excuse for anything. */
  | { readonly kind: 'flushed' }
);

/** A platform hands a command over. The same id again is a redelivery of the same command. */
interface Delivered {
  readonly kind: 'asked';
  readonly id: string;
  readonly person: string;
  readonly thread: string;
  /** How many pictures were asked for. */
  readonly pictures: number;
}

/** The receipt, as the person sees it. `rank`: the place that the queue was told, where that is known. */
interface Told {
  readonly kind: 'told';
  readonly id: string;
  readonly said: 'accepted' | 'refused';
  readonly code?: string;
  readonly rank?: number;
}

/** The queue gives a job to a worker. */
interface Handed {
  readonly kind: 'handed';
  readonly id: string;
}

/** The outside is asked for a picture (`begun`), bills it (`charged`); its bytes are stored (`kept`). `picture` tells the pictures of one request apart. */
interface Painted {
  readonly kind: 'begun' | 'charged' | 'kept';
  readonly id: string;
  readonly picture: string;
  readonly costMicros?: number;
  /** Written by a worker that had lost the job. */
  readonly stale?: boolean;
}

/**
 * Something that makes the end of what was going on unknown: a process that is killed, or frozen and thawed later; a call that failed or
 * whose reply was lost (`ambiguous`).
 * `ids`: the requests it may have touched; absent: any.
 */
interface Interrupted {
  readonly kind: 'killed' | 'frozen' | 'ambiguous';
  readonly process?: string;
  readonly call?: string;
  readonly ids?: readonly string[];
}

/** An answer becomes visible to the person. `answer` is a text that is equal for equal answers; a refusal is `refused <code>`. */
interface Shown {
  readonly kind: 'shown';
  readonly id: string;
  readonly answer: string;
  readonly stale?: boolean;
}

/** How a request stands in the ledger at its end: its answer, and what was booked for pictures. */
interface Closed {
  readonly kind: 'closed';
  readonly id: string;
  readonly answer: string;
  readonly bookedMicros: number;
  readonly stale?: boolean;
}

export type History = readonly HistoryEvent[];

/** A picture may be begun again once: after that the person is asked before more is spent. */
const GENERATIONS_MAX = 2;
/** Answers that only bad luck excuses. */
const GIVEN_UP = ['refused failed', 'refused interrupted-twice'];

/**
 * Reads a whole history, from the first command to the quiet after the last fault, and returns one sentence for each broken promise.
 *
 * - Accepted: exactly one visible answer, the one in the ledger. Only refused: none but that refusal, and nothing paid.
 *   An exception is `ledger-unavailable` while there are faults: whether the request is in the ledger is then not known to whoever said no.
 *   Nobody gives up (`failed`, `interrupted-twice`) on a request that nothing interrupted.
 * - A picture is begun once; twice only when a kill or an ambiguous call fell between beginning and being kept, or when an earlier holder of
 *   the job came back from a freeze; never thrice. No more different pictures than were asked for.
 * - The books say what was charged; where something of the request was interrupted they may say more, never less.
 * - Nothing is written or shown by a worker that has lost the job.
 * - Order: of two requests of one person in one thread, of which the first had its receipt before the second was asked, the first is handed to
 *   a worker first, if its rank is not higher and nothing was interrupted before. The product promises no more: answers may overtake each other.
 */
export function checkHistory(history: History): string[] {
  const watched = gather(history);
  const all = [...watched.requests.values()];
  return [
    ...all.flatMap((request) => [...checkAnswers(request, watched), ...checkMoney(request), ...checkFences(request)]),
    ...checkOrder(all, watched),
  ];
}

type Of<Kind extends HistoryEvent['kind']> = Extract<HistoryEvent, { readonly kind: Kind }>;

/** What happened to one request, each list in the order of its happening. `index`: an event's place in the history. */
interface Request {
  readonly id: string;
  readonly asked: Indexed<Of<'asked'>>[];
  readonly told: Indexed<Told>[];
  readonly handed: Indexed<Handed>[];
  readonly painted: Indexed<Painted>[];
  readonly interrupted: Indexed<Interrupted>[];
  readonly shown: Indexed<Shown>[];
  readonly closed: Indexed<Closed>[];
}
type Indexed<Event> = Event & { readonly index: number };

interface Watched {
  readonly requests: ReadonlyMap<string, Request>;
  /** Where the first fault was or may have been. */
  readonly faultlessUntil: number;
}

function gather(history: History): Watched {
  const requests = new Map<string, Request>();
  const everybody: Indexed<Interrupted>[] = [];
  let faultlessUntil = Infinity;
  const of = (id: string): Request => {
    const known = requests.get(id) ?? { id, asked: [], told: [], handed: [], painted: [], interrupted: [], shown: [], closed: [] };
    requests.set(id, known);
    return known;
  };
  for (const [index, event] of history.entries()) {
    const isFault = isInterruption(event) || (event.kind === 'faults' && event.on);
    if (isFault && index < faultlessUntil) faultlessUntil = index;
    if (isInterruption(event) && event.ids === undefined) everybody.push({ ...event, index });
    file(event, index, of);
  }
  for (const { interrupted } of requests.values()) interrupted.push(...everybody);
  return { requests, faultlessUntil };
}

const isInterruption = (event: HistoryEvent): event is HistoryEvent & Interrupted =>
  event.kind === 'killed' || event.kind === 'frozen' || event.kind === 'ambiguous';

function file(event: HistoryEvent, index: number, of: (id: string) => Request): void {
  switch (event.kind) {
    case 'asked':
      return void of(event.id).asked.push({ ...event, index });
    case 'told':
      return void of(event.id).told.push({ ...event, index });
    case 'handed':
      return void of(event.id).handed.push({ ...event, index });
    case 'begun':
    case 'charged':
    case 'kept':
      return void of(event.id).painted.push({ ...event, index });
    case 'shown':
      return void of(event.id).shown.push({ ...event, index });
    case 'closed':
      return void of(event.id).closed.push({ ...event, index });
    case 'killed':
    case 'frozen':
    case 'ambiguous':
      for (const id of event.ids ?? []) of(id).interrupted.push({ ...event, index });
      return undefined;
    case 'started':
    case 'faults':
    case 'flushed':
      return undefined;
  }
}

function checkAnswers({ id, asked, told, shown, closed, painted, interrupted }: Request, { faultlessUntil }: Watched): string[] {
  const problems: string[] = [];
  const accepted = told.some(({ said }) => said === 'accepted');
  const [end] = closed;
  if (asked.length === 0 && shown.length + painted.length > 0) problems.push(`invented: ${id} was never asked`);
  if (shown.length > 1) problems.push(`answered twice: ${id} shows ${shown.map(({ answer }) => `"${answer}"`).join(', ')}`);
  if (closed.length > 1) problems.push(`doubled: ${id} ends ${closed.length} times in the ledger`);
  if (accepted && shown.length === 0) problems.push(`lost: ${id} was accepted and shows no answer`);
  if (accepted && end === undefined) problems.push(`unfinished: ${id} was accepted and has no end in the ledger`);
  for (const { answer } of shown) {
    if (GIVEN_UP.includes(answer) && interrupted.length === 0)
      problems.push(`given up: ${id} shows "${answer}", and nothing was interrupted`);
    if (end !== undefined && end.answer !== answer) problems.push(`contradicted: ${id} shows "${answer}", the ledger says "${end.answer}"`);
  }
  const refused = told.flatMap(({ said, code }) => (said === 'refused' ? [`refused ${code}`] : []));
  const others = shown.filter(({ answer }) => !refused.includes(answer));
  const isUnknown = faultlessUntil < Infinity && refused.includes('refused ledger-unavailable');
  if (told.length > 0 && !accepted && !isUnknown && others.length + painted.length > 0)
    problems.push(`refused and yet done: ${id} was refused, then ${painted.length > 0 ? 'painted' : 'answered'}`);
  return problems;
}

function checkMoney(request: Request): string[] {
  const { id, asked, painted, interrupted, closed } = request;
  const pictures = new Set(painted.map(({ picture }) => picture));
  const problems = [...pictures].flatMap((picture) => checkPicture(request, picture));
  const asksFor = asked[0]?.pictures ?? 0;
  if (pictures.size > asksFor)
    problems.push(`paid too often: ${id} asked for ${asksFor} pictures, ${pictures.size} different ones were begun`);
  const chargedMicros = painted.reduce((sum, { kind, costMicros }) => sum + (kind === 'charged' ? (costMicros ?? 0) : 0), 0);
  const bookedMicros = closed[0]?.bookedMicros;
  if (bookedMicros === undefined) return problems;
  if (bookedMicros < chargedMicros) problems.push(`unbooked: ${id} cost ${chargedMicros}, the ledger says ${bookedMicros}`);
  if (bookedMicros > chargedMicros && interrupted.length === 0)
    problems.push(`booked too much: ${id} cost ${chargedMicros}, the ledger says ${bookedMicros}, and nothing was interrupted`);
  return problems;
}

function checkPicture({ id, painted, interrupted }: Request, picture: string): string[] {
  const own = painted.filter((event) => event.picture === picture);
  const begun = own.filter(({ kind }) => kind === 'begun');
  const kept = own.find(({ kind }) => kind === 'kept')?.index ?? Infinity;
  if (begun.length > GENERATIONS_MAX) return [`paid too often: ${id} picture ${picture} was begun ${begun.length} times`];
  const [first, second] = begun;
  if (first === undefined || second === undefined) return [];
  const excuses = interrupted.some(({ kind, index }) => {
    if (kind === 'frozen') return index < second.index;
    return index > first.index && index < Math.min(kept, second.index);
  });
  return excuses ? [] : [`paid too often: ${id} picture ${picture} was begun again, and nothing had interrupted the first time`];
}

function checkFences({ id, painted, shown, closed }: Request): string[] {
  const stale = [...painted, ...shown, ...closed].filter((event) => event.stale === true);
  return stale.map(({ kind }) => `stale: ${id} was ${kind} by a worker that had lost the job`);
}

function checkOrder(requests: readonly Request[], { faultlessUntil }: Watched): string[] {
  const problems: string[] = [];
  for (const later of requests) {
    for (const earlier of requests) {
      if (mustPrecede(earlier, later, faultlessUntil)) problems.push(`reordered: ${later.id} was begun before ${earlier.id}`);
    }
  }
  return problems;
}

/** Whether the two are a pair whose order is promised, and the promise was broken. */
function mustPrecede(earlier: Request, later: Request, faultlessUntil: number): boolean {
  const [one, other] = [earlier.asked[0], later.asked[0]];
  if (one === undefined || other === undefined || one.person !== other.person || one.thread !== other.thread) return false;
  const [toldOne, toldOther, handedOther] = [earlier.told[0], later.told[0], later.handed[0]];
  if (toldOne === undefined || toldOther === undefined || handedOther === undefined) return false;
  if (toldOne.rank === undefined || toldOther.rank === undefined || toldOne.rank > toldOther.rank) return false;
  if (toldOne.said === 'refused' || toldOne.index > other.index || handedOther.index > faultlessUntil) return false;
  const handedOne = earlier.handed[0]?.index ?? Infinity;
  return handedOne > handedOther.index;
}
