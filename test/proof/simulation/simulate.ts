import { checkHistory, type HistoryEvent } from '../history.ts';
import { createBooks } from './books.ts';
import { createChance } from './chance.ts';
import { createClock, type Clock } from './clock.ts';
import { createCrowd } from './crowd.ts';
import { createHouse, type House } from './house.ts';
import type { Plant } from './plant.ts';
import { createQueueModel, type QueueModel } from './queue.ts';
import { withVirtualTimers } from './timers.ts';
import { createWire, type Recorder, type Wire } from './wire.ts';
import { drawWeather, type Weather } from './weather.ts';
import type { Chance } from './chance.ts';

export interface Simulated {
  readonly history: readonly HistoryEvent[];
  /** One sentence for each promise that was broken. */
  readonly violations: readonly string[];
}

export interface SimulateOptions {
  /** A bug to put into the product, to see whether it is found. */
  readonly plant?: Plant;
}

const START_MS = Date.UTC(2026, 10, 20, 12);
/** After the last fault everything must have come to its end in this time: a lapsed lock, the longest pause after an error, a sweep, a picture. */
const DRAIN_MS = 240_000;
const ACTIONS_MAX = 50_000;

/** One history, from the first command to the quiet after the last fault: the product's own code, everything else a model, all chance from the seed. */
export async function simulate(seed: number, { plant = {} }: SimulateOptions = {}): Promise<Simulated> {
  const clock = createClock(START_MS);
  return withVirtualTimers(clock, () => unfold(createChance(seed), clock, plant));
}

async function unfold(chance: Chance, clock: Clock, plant: Plant): Promise<Simulated> {
  const history: HistoryEvent[] = [];
  const record: Recorder = (moment) => void history.push({ ...moment, at: clock.now() - START_MS });
  const weather = drawWeather(chance);
  const books = createBooks({
    now: clock.now,
    parallel: 2,
    maxUnfinished: chance.of([2, 50, 50, 50]),
    dailyBudgetMicros: chance.of([undefined, undefined, undefined, 200_000]),
    ignoresFence: plant.ignoresFence ?? false,
  });
  let isThrottled = weather.faultsForMs > 0;
  const wire = createWire({ clock, chance, weather, record });
  const queue = createQueueModel({ clock, chance, wire, record, newestFirst: plant.newestFirst ?? false });
  const outside = { posts: new Set<string>(), stored: new Map<string, Uint8Array>() };
  const throttled = (): number => (isThrottled ? weather.throttled : 0);
  const patienceMs = chance.of([30_000, 900_000, 900_000]);
  const house = createHouse({ clock, chance, wire, record, books, queue, outside, throttled, patienceMs, plant });
  const crowd = createCrowd({ clock, chance, record, house });
  open(house, chance);
  const asks = chance.between(1, 4);
  const askedForMs = chance.of([1, 5000, 20_000]);
  for (let number = 1; number <= asks; number += 1) clock.in(chance.between(0, askedForMs), () => crowd.ask(number));
  brew({ clock, chance, weather, wire, queue, house, record });
  const faultlessFromMs = START_MS + Math.max(weather.faultsForMs, askedForMs);
  clock.in(weather.faultsForMs, () => {
    isThrottled = false;
  });
  const isOver = (): boolean =>
    clock.now() > faultlessFromMs + DRAIN_MS ||
    (clock.now() > faultlessFromMs &&
      crowd.isQuiet() &&
      [...books.rows.values()].every(({ state }) => state === 'finished') &&
      house.lives.every((life) => !life.isAlive() || life.holding.size === 0));
  const end = await clock.run(isOver, ACTIONS_MAX);
  const violations = checkHistory(history);
  const isStuck = end !== 'over' || clock.now() > faultlessFromMs + DRAIN_MS;
  return { history, violations: isStuck ? [...violations, `stuck: ${end} after ${clock.now() - START_MS} ms`] : violations };
}

function open(house: House, chance: Chance): void {
  for (let left = chance.between(1, 2); left > 0; left -= 1) house.openGateway();
  const concurrency = chance.between(1, 2);
  for (let left = chance.between(1, 2); left > 0; left -= 1) house.openWorker(concurrency);
}

interface Brewing {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly wire: Wire;
  readonly queue: QueueModel;
  readonly house: House;
  readonly record: Recorder;
}

/** Puts the troubles of the whole house into its future, and their end. */
function brew({ clock, chance, weather, wire, queue, house, record }: Brewing): void {
  const { faultsForMs, flushes, stops, ledgerAway, queueAway } = weather;
  if (faultsForMs === 0) return;
  record({ kind: 'faults', on: true });
  const held = (): string[] => house.lives.flatMap((life) => (life.isAlive() ? [...life.holding.keys()] : []));
  const sometimes = (times: number, action: () => void): void => {
    for (let left = times; left > 0; left -= 1) {
      clock.in(chance.between(0, faultsForMs), () => {
        if (wire.burden(held())) action();
      });
    }
  };
  sometimes(flushes, () => queue.flush());
  sometimes(stops, () => {
    const [first, ...others] = house.workers();
    if (first !== undefined) void house.stop(chance.of([first, ...others]));
  });
  const away = (port: 'ledger' | 'queue'): void => {
    wire.away(port, true);
    clock.in(chance.between(500, 15_000), () => wire.away(port, false));
  };
  sometimes(ledgerAway, () => away('ledger'));
  sometimes(queueAway, () => away('queue'));
  clock.in(faultsForMs, () => {
    wire.clearUp();
    for (const life of house.lives) life.thaw();
    record({ kind: 'faults', on: false });
  });
}
