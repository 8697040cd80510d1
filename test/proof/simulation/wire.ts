import type { HistoryEvent } from '../history.ts';
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import type { Life } from './life.ts';
import { FATES, type Fate, type Weather } from './weather.ts';

/** What happened, without the time: that is the recorder's. */
export type Moment = HistoryEvent extends infer Event ? (Event extends HistoryEvent ? Omit<Event, 'at'> : never) : never;
export type Recorder = (moment: Moment) => void;

export type PortName = 'ledger' | 'queue' | 'blobs' | 'enhancer' | 'model' | 'platform';

/** One call of a process to something outside it. */
export interface Call<Value> {
  readonly life: Life;
  readonly port: PortName;
  readonly method: string;
  readonly id: string;
  /** Carried out at one instant, wherever it is served: what is thrown is the reply too. */
  readonly effect: () => Value;
  /** How long the other side takes, beside the way there and back. */
  readonly takesMs?: number;
  /** What the caller sees when the call fails, or its reply is lost; `full`: what it sees where there is no room, absent where that cannot be. */
  readonly fails: () => Error;
  readonly full?: () => Error;
}

export interface Wire {
  call<Value>(call: Call<Value>): Promise<Value>;
  /** From now on nothing fails, and nobody is away. */
  clearUp(): void;
  away(port: PortName, isAway: boolean): void;
  /** Whether these requests can bear one more fault each, which is then counted. */
  burden(ids: Iterable<string>): boolean;
}

export interface WireOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly record: Recorder;
}

/** Each fault costs the request an attempt, and the product gives up after five: as much bad luck as that has a test of its own. */
const FAULTS_OF_ONE_REQUEST_MAX = 4;

/** The way between a process and everything outside it, where all faults happen. */
export function createWire({ clock, chance, weather, record }: WireOptions): Wire {
  const faults = new Map<string, number>();
  const absent = new Set<PortName>();
  const total = FATES.reduce((sum, fate) => sum + weather.rates[fate], 0);
  let isClear = weather.faultsForMs === 0;

  function burden(ids: Iterable<string>): boolean {
    const all = [...new Set(ids)];
    if (isClear || all.some((id) => (faults.get(id) ?? 0) >= FAULTS_OF_ONE_REQUEST_MAX)) return false;
    for (const id of all) faults.set(id, (faults.get(id) ?? 0) + 1);
    return true;
  }

  function draw({ id, life, port, method, full }: Call<unknown>): Fate | undefined {
    let left = chance.next();
    if (isClear || left >= total || !weather.focus.test(`${port}.${method}`)) return undefined;
    const fate = FATES.find((one) => (left -= weather.rates[one]) < 0);
    if (fate === undefined || (fate === 'full' && full === undefined)) return undefined;
    // A kill or a freeze is a fault of everything that the process is busy with.
    const touched = /kill|freeze/.test(fate) ? [id, ...life.holding.keys()] : [id];
    return fate === 'slow' || burden(touched) ? fate : undefined;
  }

  const latencyMs = (fate: Fate | undefined): number => (fate === 'slow' ? chance.between(200, 4000) : chance.between(0, 3));

  function note({ life, port, method, id }: Call<unknown>): void {
    record({ kind: 'ambiguous', process: life.name, call: `${port}.${method}`, ids: [id] });
  }

  return {
    burden,
    call: <Value>(call: Call<Value>) =>
      new Promise<Value>((resolve, reject) => {
        const { life, port, effect, fails, full, takesMs = 0 } = call;
        const fate = absent.has(port) ? 'before' : draw(call);
        const reply = (settle: () => void): unknown => clock.in(latencyMs(fate), () => life.whenAwake(settle));
        const fail = (error: Error): unknown => {
          note(call);
          return reply(() => reject(error));
        };
        const serve = (): unknown => {
          if (fate === 'before') return fail(fails());
          if (fate === 'full' && full !== undefined) return fail(full());
          let settle: () => void;
          try {
            const value = effect();
            settle = () => resolve(value);
          } catch (error) {
            settle = () => reject(error);
          }
          if (fate === 'reply') return fail(fails());
          if (fate === 'kill-after') life.kill();
          if (fate === 'freeze-after') life.freeze(chance.between(500, 25_000));
          return takesMs === 0 ? reply(settle) : clock.in(takesMs, () => reply(settle));
        };
        if (fate === 'kill-before') return life.kill();
        if (fate === 'freeze-before') life.freeze(chance.between(500, 25_000));
        life.whenAwake(() => void clock.in(latencyMs(fate), serve));
      }),
    clearUp: () => {
      isClear = true;
      absent.clear();
    },
    away: (port, isAway) => {
      if (isAway && !isClear) absent.add(port);
      else absent.delete(port);
    },
  };
}
