/** What somebody who watches everything from outside would write down. Times are milliseconds, money is micro-dollars. */
export type HistoryEvent = { readonly at: number } & (
  | Delivered
  | Told
  | Handed
  | Listed
  | Painted
  | Interrupted
  | Shown
  | Closed
  | { readonly kind: 'started'; readonly process: string }
  | { readonly kind: 'faults'; readonly on: boolean }
  /** The queue forgot everything. That excuses nothing but another order. */
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

/** The receipt, as the person sees it. */
interface Told {
  readonly kind: 'told';
  readonly id: string;
  readonly said: 'accepted' | 'refused';
  readonly code?: string;
}

/**
 * The queue gives a job to a worker, with the place in line that the queue was told. `unqueued`: whoever was told yes was told so before the queue was
 * known to have the job.
 */
type Handed = { readonly kind: 'handed'; readonly id: string; readonly rank: number } | { readonly kind: 'unqueued'; readonly id: string };

/** Where the ledger lists a request at the end, the oldest first. */
interface Listed {
  readonly kind: 'listed';
  readonly id: string;
  readonly place: number;
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

/** An answer becomes visible to people, in `thread` where that can be seen. `answer` is a text that is equal for equal answers; a refusal is `refused <code>`. */
interface Shown {
  readonly kind: 'shown';
  readonly id: string;
  readonly answer: string;
  readonly thread?: string;
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
 * - Order: of two requests of one person in one thread, of which the first had its receipt before the second was asked, the ledger lists the first
 *   before the second, always. And the first is handed to a worker first, whoever is killed or frozen, unless the queue forgot it meanwhile or was not
 *   known to have it. The product promises no more: what is worked on at the same time may be answered in any order.
 * - Every answer stands in the thread where it was asked for.
 */
export function checkHistory(history: History): string[] {
  const watched = gather(history);
  const all = [...watched.requests.values()];
  return [
    ...all.flatMap((request) => [
      ...checkAnswers(request, watched),
      ...checkPlaces(request),
      ...checkMoney(request),
      ...checkFences(request),
    ]),
    ...successions(all).flatMap((pair) => checkOrder(pair, watched)),
  ];
}

/**
 * The pairs of requests whose order was promised and put to the test: the second was asked while the first, which had been asked and acknowledged
 * before, still waited for a worker. Where there are none, that a history is in order says nothing.
 */
export function contestedPairs(history: History): readonly (readonly [first: string, second: string])[] {
  const watched = gather(history);
  return successions([...watched.requests.values()])
    .filter((pair) => isOrderPromised(pair, watched) && isBefore(pair.second.asked[0], pair.first.handed[0]))
    .map(({ first, second }) => [first.id, second.id]);
}

type Of<Kind extends HistoryEvent['kind']> = Extract<HistoryEvent, { readonly kind: Kind }>;

/** What happened to one request, each list in the order of its happening. `index`: an event's place in the history. */
interface Request {
  readonly id: string;
  readonly asked: Indexed<Of<'asked'>>[];
  readonly told: Indexed<Told>[];
  readonly handed: Indexed<Of<'handed'>>[];
  readonly unqueued: Indexed<Of<'unqueued'>>[];
  readonly listed: Indexed<Listed>[];
  readonly painted: Indexed<Painted>[];
  readonly interrupted: Indexed<Interrupted>[];
  readonly shown: Indexed<Shown>[];
  readonly closed: Indexed<Closed>[];
}
type Indexed<Event> = Event & { readonly index: number };

interface Watched {
  readonly requests: ReadonlyMap<string, Request>;
  readonly hasFaults: boolean;
  readonly flushed: readonly Placed[];
}
interface Placed {
  readonly index: number;
}

function gather(history: History): Watched {
  const requests = new Map<string, Request>();
  const everybody: Indexed<Interrupted>[] = [];
  const flushed: Placed[] = [];
  let hasFaults = false;
  const of = (id: string): Request => {
    const known = requests.get(id) ?? emptyRequest(id);
    requests.set(id, known);
    return known;
  };
  for (const [index, event] of history.entries()) {
    hasFaults ||= isInterruption(event) || (event.kind === 'faults' && event.on);
    if (event.kind === 'flushed') flushed.push({ index });
    if (isInterruption(event) && event.ids === undefined) everybody.push({ ...event, index });
    file(event, index, of);
  }
  for (const { interrupted } of requests.values()) interrupted.push(...everybody);
  return { requests, hasFaults, flushed };
}

const emptyRequest = (id: string): Request => ({
  id,
  asked: [],
  told: [],
  handed: [],
  unqueued: [],
  listed: [],
  painted: [],
  interrupted: [],
  shown: [],
  closed: [],
});

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
    case 'unqueued':
      return void of(event.id).unqueued.push({ ...event, index });
    case 'listed':
      return void of(event.id).listed.push({ ...event, index });
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

function checkAnswers({ id, asked, told, shown, closed, painted, interrupted }: Request, { hasFaults }: Watched): string[] {
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
  const isUnknown = hasFaults && refused.includes('refused ledger-unavailable');
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

/** Two requests of one person in one thread: the second was asked after the first had been acknowledged. */
interface Succession {
  readonly first: Request;
  readonly second: Request;
}

function successions(requests: readonly Request[]): readonly Succession[] {
  return requests.flatMap((first) => requests.flatMap((second) => (succeeds(second, first) ? [{ first, second }] : [])));
}

function succeeds(second: Request, first: Request): boolean {
  const [one, other] = [first.asked[0], second.asked[0]];
  if (one === undefined || other === undefined || one.person !== other.person || one.thread !== other.thread) return false;
  return isBefore(
    first.told.find(({ said }) => said === 'accepted'),
    other,
  );
}

/** What has not happened comes after everything. */
const isBefore = (one: Placed | undefined, other: Placed | undefined): boolean => (one?.index ?? Infinity) < (other?.index ?? Infinity);

function checkOrder(pair: Succession, watched: Watched): string[] {
  const { first, second } = pair;
  const [one, other] = [first.listed[0], second.listed[0]];
  const isListedAfter = one !== undefined && other !== undefined && one.place > other.place;
  const isHandedAfter = isBefore(second.handed[0], first.handed[0]) && isOrderPromised(pair, watched);
  return [
    ...(isListedAfter ? [`reordered: ${second.id} is listed before ${first.id}, which was asked before`] : []),
    ...(isHandedAfter ? [`reordered: ${second.id} was begun before ${first.id}`] : []),
  ];
}

/** From the first time that the first was asked to the first time that the second was handed over, the queue had both and knew it. */
function isOrderPromised({ first, second }: Succession, { flushed }: Watched): boolean {
  const [handedSecond] = second.handed;
  if (handedSecond === undefined) return false;
  return ![...flushed, ...first.unqueued].some((excuse) => isBefore(first.asked[0], excuse) && isBefore(excuse, handedSecond));
}

function checkPlaces({ id, asked, shown }: Request): string[] {
  const home = asked[0]?.thread;
  return shown.flatMap(({ thread }) =>
    home === undefined || thread === undefined || thread === home
      ? []
      : [`misplaced: ${id} was asked in ${home} and is shown in ${thread}`],
  );
}
