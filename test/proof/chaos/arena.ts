import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '#src/core/archive.ts';
import { openLedger, type LedgerDatabase, type OpenedLedger } from '#src/ledger/open.ts';
import { openHouse, type House, type Running } from '#test/flows/house.ts';
import type { History, HistoryEvent } from '../history.ts';
import { createChance, type Chance } from '../simulation/chance.ts';
import { drain, noteCharges, noteEnds, noteUnqueued, recoveriesOf } from './aftermath.ts';
import { keep, type Keeper, type Program } from './keeper.ts';
import { noteLine, watchLine } from './line.ts';
import { siege } from './siege.ts';
import type { Wish } from './wish.ts';

/**
 * Real processes, people who ask, and somebody who kills the processes. A story about another platform, or about another kind of answer, is
 *
 *     const slack = await startSlackEmulator();
 *     const fleet = apart(database.url, redisUrl, { SLACK_API_URL: slack.url });
 *     const { history } = await rage({ ...fleet, people: (arena) => createSlackPeople(arena, slack), seed: 7, kills: 20 });
 *     expect(checkHistory(history)).toEqual([]);
 *
 * where `createSlackPeople` knows two things. How a person asks there: `ask` delivers a command as the platform does, again and again until it is
 * acknowledged, notes every `asked` and `told`, and tells the arena with `own` which request is which wish. And what everybody sees there: `shown`
 * reads all visible answers of a request, put into the words of `wordsOf`, so that an answer that hangs there twice is seen twice.
 * A clip's wish is told apart by its seed or token like a picture's: whatever the sandbox charges has to lead to `wish.seed`.
 */
export interface Rage extends Fleet {
  /** Decides who is killed when, who asks for what and who asks twice. The timing of what happens then is the system's own. */
  readonly seed: number;
  readonly kills: number;
  readonly people: (arena: Arena) => People;
  /** The mean pause between two requests. */
  readonly askEveryMs?: number;
}

/** What is running, and where it keeps its ledger. */
export interface Fleet {
  readonly programs: readonly Program[];
  readonly settings: Readonly<Record<string, string>>;
  /** Absent: the one in the data directory of the programs. */
  readonly database?: LedgerDatabase;
  /** Absent: the queue is in the memory of the programs, and forgets everything when they die. */
  readonly redisUrl?: string;
  /** The mean pause between two kills. */
  readonly killEveryMs?: number;
}

/** An answer as it is seen, in the words of `wordsOf`; `thread`: where, named as in `asked`, where that can be seen. */
export interface Visible {
  readonly answer: string;
  readonly thread?: string;
}

export interface People {
  /** Asks once. Settles when somebody has acknowledged it, or when the platform gives up. */
  ask(wish: Wish): Promise<void>;
  /** What still has to be noted when nobody asks any more. */
  leave(): Promise<void>;
  /** Every visible answer of the request, when everything is quiet again. */
  shown(id: string): Promise<readonly Visible[]>;
}

type Undated<Event> = Event extends unknown ? Omit<Event, 'at'> : never;
/** Writes down what happened: now, unless another time is given. */
export type Note = (event: Undated<HistoryEvent>, at?: number) => void;

export interface Arena {
  readonly chance: Chance;
  readonly store: OpenedLedger;
  readonly note: Note;
  /** A shell command in a process of its own, and its death. */
  readonly shell: (argv: readonly string[]) => Running;
  readonly kill: (shell: Running) => void;
  /** This request is that wish. */
  own(id: string, wish: Wish): void;
  /** Where people can ask just now, one of several by chance. */
  address(): string | undefined;
}

export interface Outcome {
  readonly history: History;
  readonly kills: number;
  /** How many requests ended with a refusal. */
  readonly unmade: number;
  /** How long requests that were begun more than once took from the first kill after they had begun to their answer. */
  readonly recoveriesMs: readonly number[];
  readonly tookMs: number;
}

const SETTINGS = { HOAMI_LOG_LEVEL: 'info', HOAMI_LANGUAGE: 'en', HOAMI_CONCURRENCY: '2' };
const START_MAX_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** A call that was on its way when its sender died is counted by the service a little later. */
const ON_ITS_WAY_MS = 150;

/** The whole story: everything is started, people ask while somebody kills, then the faults stop and everything drains. */
export async function rage(plan: Rage): Promise<Outcome> {
  const startedAt = Date.now();
  const house = await openHouse({ ...SETTINGS, ...plan.settings });
  const events: HistoryEvent[] = [];
  const note: Note = (event, at = Date.now()) => void events.push({ ...event, at });
  const count = { kills: 0 };
  const killed = (process: string, { ended }: Running): void => {
    count.kills += 1;
    note({ kind: 'killed', process });
    if (plan.redisUrl === undefined) note({ kind: 'flushed' });
    void ended.then(async () => sleep(ON_ITS_WAY_MS)).then(() => note({ kind: 'killed', process }));
  };
  const witness = {
    killed,
    started: (process: string) => note({ kind: 'started', process }),
    frozen: (process: string) => note({ kind: 'frozen', process }),
  };
  const watch = plan.redisUrl === undefined ? undefined : watchLine(plan.redisUrl);
  const keepers = plan.programs.map((program) => keep(program, house, witness));
  try {
    await allUp(keepers);
    const store = await openStore(plan, house);
    const owners = new Map<number, string>();
    const arena = createArena(plan, { house, store, keepers, owners, note, killed });
    const people = plan.people(arena);
    note({ kind: 'faults', on: true });
    await siege(plan, keepers, people);
    note({ kind: 'faults', on: false });
    // Whoever starts last may still hear what was said while nobody was there.
    await allUp(keepers);
    await people.leave();
    const ids = [...new Set(owners.values())];
    const entries = await drain(store.archive, ids);
    await allUp(keepers);
    for (const id of ids) for (const visible of await people.shown(id)) note({ kind: 'shown', id, ...visible });
    await noteEnds(store.archive, entries, note);
    noteCharges(house.sandbox, (seed) => owners.get(seed), note);
    await noteLine(databaseOf(plan, house), watch, note);
    await store.close();
    const said = (await Promise.all(keepers.map(async (keeper) => keeper.close()))).join('');
    noteUnqueued(said, note);
    const history = events.toSorted((left, right) => left.at - right.at);
    const unmade = entries.filter(({ answer }) => answer?.kind === 'refused').length;
    const recoveriesMs = recoveriesOf(history, entries, began(house, entries), said);
    return { history, kills: count.kills, unmade, recoveriesMs, tookMs: Date.now() - startedAt };
  } finally {
    await watch?.firstHanded();
    await Promise.all(keepers.map(async (keeper) => keeper.close()));
    await house.close();
  }
}

async function allUp(keepers: readonly Keeper[]): Promise<void> {
  const until = Date.now() + START_MAX_MS;
  while (!keepers.every((keeper) => keeper.isUp())) {
    if (Date.now() > until)
      throw new Error(`not ready: ${keepers.flatMap((keeper) => (keeper.isUp() ? [] : keeper.program.name)).join(', ')}`);
    await sleep(LOOK_EVERY_MS);
  }
}

async function openStore(plan: Rage, house: House): Promise<OpenedLedger> {
  return openLedger({ database: databaseOf(plan, house), maxUnfinished: 1, dailyBudgetMicros: undefined, parallel: 1, now: Date.now });
}

const databaseOf = ({ database }: Rage, { directory }: House): LedgerDatabase =>
  database ?? { kind: 'sqlite', file: join(directory, 'data', 'ledger.sqlite') };

interface Inside {
  readonly house: House;
  readonly store: OpenedLedger;
  readonly keepers: readonly Keeper[];
  readonly owners: Map<number, string>;
  readonly note: Note;
  readonly killed: (process: string, running: Running) => void;
}

function createArena({ seed }: Rage, { house, store, keepers, owners, note, killed }: Inside): Arena {
  const chance = createChance(seed + 2);
  return {
    chance,
    store,
    note,
    shell: (argv) => house.start('src/main/cli.ts', argv),
    kill: (shell) => {
      killed('shell', shell);
      shell.child.kill('SIGKILL');
    },
    own: (id, wish) => {
      for (let index = 0; index < wish.pictures; index += 1) owners.set(wish.seed + index, id);
    },
    address: () => {
      const [first, ...others] = keepers.flatMap((keeper) => keeper.address() ?? []);
      return first === undefined ? undefined : chance.of([first, ...others]);
    },
  };
}

/** When the services first heard of each request. Whoever was raw was heard of with the first picture. */
function began({ sandbox }: House, entries: readonly Entry[]): ReadonlyMap<string, number> {
  const calls = sandbox.calls();
  const firstSign = ({ request }: Entry): readonly [string, number][] => {
    const call = calls.find(({ note }) => note['seed'] === request.options.seed);
    return call === undefined ? [] : [[request.id, call.at]];
  };
  return new Map(entries.flatMap(firstSign));
}
