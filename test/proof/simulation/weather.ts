import type { Chance } from './chance.ts';

/** What can befall one call. `before`: nothing was done; `reply`: it was done, and nobody was told. */
export const FATES = ['before', 'reply', 'full', 'slow', 'kill-before', 'kill-after', 'freeze-before', 'freeze-after'] as const;
export type Fate = (typeof FATES)[number];

/** How bad things are in one history: how often each fate befalls a call, and which troubles of the whole house there will be. */
export interface Weather {
  readonly rates: Readonly<Record<Fate, number>>;
  /** Which calls it befalls. */
  readonly focus: RegExp;
  readonly throttled: number;
  /** How many times the queue forgets everything, a worker is stopped in order, the ledger or the queue is away. */
  readonly flushes: number;
  readonly stops: number;
  readonly ledgerAway: number;
  readonly queueAway: number;
  readonly faultsForMs: number;
}

/** What goes wrong early uses up the bad luck of a request, so that in most histories only one part of its life is haunted. */
const FOCUSES = [/./, /platform|deliver|settle|close/, /model|blobs|invoke/, /accept|queue|open|postpone/] as const;

/** One history in eight is calm. The others each have a few kinds of trouble, some of them a lot of it: all at once would hide most of what one alone can do. */
export function drawWeather(chance: Chance): Weather {
  const isCalm = chance.happens(1 / 8);
  const focus = chance.of(FOCUSES);
  const worse = focus === FOCUSES[0] ? 1 : 2;
  const rate = (): number => (isCalm || chance.happens(0.6) ? 0 : worse * chance.of([0.01, 0.04, 0.12]));
  const times = (): number => (isCalm || chance.happens(0.75) ? 0 : chance.between(1, 2));
  return {
    rates: {
      before: rate(),
      reply: rate(),
      full: rate() / 4,
      slow: rate(),
      'kill-before': rate() / 2,
      'kill-after': rate() / 2,
      'freeze-before': rate() / 2,
      'freeze-after': rate() / 2,
    },
    focus,
    throttled: rate() * 2,
    flushes: times(),
    stops: times(),
    ledgerAway: times(),
    queueAway: times(),
    faultsForMs: isCalm ? 0 : chance.of([5000, 20_000, 60_000]),
  };
}
