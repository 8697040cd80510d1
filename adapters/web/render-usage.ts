import type { UsageRow } from '#src/core/archive.ts';
import { formatMicros } from '#src/core/money.ts';
import type { Language } from '#src/core/request.ts';

/** A sum with its share of the whole, 0 to 1. */
interface Share {
  readonly label: string | undefined;
  readonly isYou: boolean;
  readonly calls: number;
  readonly costMicros: number;
  readonly price: string;
  readonly share: number;
}

export interface UsageView {
  readonly total: string;
  readonly calls: number;
  /** One for each day, the oldest first, today last. `date` is the day in UTC. */
  readonly days: readonly { readonly date: string; readonly costMicros: number; readonly price: string; readonly calls: number }[];
  readonly people: readonly Share[];
  readonly models: readonly Share[];
}

export interface UsageOptions {
  readonly language: Language;
  readonly personId: string;
  readonly names: ReadonlyMap<string, string | undefined>;
  /** Days since 1970, in UTC. */
  readonly today: number;
  readonly days: number;
}

const DAY_MS = 86_400_000;

export function renderUsage(rows: readonly UsageRow[], { language, personId, names, today, days }: UsageOptions): UsageView {
  const totalMicros = sum(rows);
  const shareOf = (label: string | undefined, isYou: boolean, own: readonly UsageRow[]): Share => ({
    label,
    isYou,
    calls: callsOf(own),
    costMicros: sum(own),
    price: formatMicros(sum(own), language),
    share: totalMicros === 0 ? 0 : sum(own) / totalMicros,
  });
  const byDay = Map.groupBy(rows, ({ day }) => day);
  const dearest = (shares: readonly Share[]): Share[] => shares.toSorted((one, other) => other.costMicros - one.costMicros);
  return {
    total: formatMicros(totalMicros, language),
    calls: callsOf(rows),
    days: Array.from({ length: days }, (_, index) => {
      const day = today - days + 1 + index;
      const own = byDay.get(day) ?? [];
      const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
      return { date, costMicros: sum(own), price: formatMicros(sum(own), language), calls: callsOf(own) };
    }),
    people: dearest([...Map.groupBy(rows, personOf)].map(([id, own]) => shareOf(names.get(id) ?? shellName(id), id === personId, own))),
    models: dearest([...Map.groupBy(rows, ({ modelId }) => modelId)].map(([id, own]) => shareOf(id, false, own))),
  };
}

const personOf = ({ requesterId }: UsageRow): string => requesterId;
const sum = (rows: readonly UsageRow[]): number => rows.reduce((total, { costMicros }) => total + costMicros, 0);
const callsOf = (rows: readonly UsageRow[]): number => rows.reduce((total, { calls }) => total + calls, 0);

/** People at the shell are known by their own name; a browser's id is a secret of the browser. */
const shellName = (id: string): string | undefined => (id.startsWith('web-') ? undefined : id);
