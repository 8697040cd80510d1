import { contestedPairs, type HistoryEvent } from '../history.ts';
import type { Outcome } from './arena.ts';

/** What a run has come to, in lines for a person. */
export function renderReport({ history, kills, unmade, recoveriesMs, tookMs }: Outcome, violations: readonly string[]): string {
  const count = (kind: HistoryEvent['kind']): number => history.filter((event) => event.kind === kind).length;
  const asked = new Set(history.flatMap((event) => (event.kind === 'asked' ? [event.id] : [])));
  const pictures = new Set(history.flatMap((event) => (event.kind === 'charged' ? [`${event.id} ${event.picture}`] : [])));
  const refusals = history.filter((event) => event.kind === 'told' && event.said === 'refused').length;
  const repeated = count('charged') - pictures.size;
  const sorted = recoveriesMs.toSorted((left, right) => left - right);
  const lines = [
    `requests      ${asked.size} asked, ${count('told')} receipts, ${refusals} of them a refusal`,
    `answers       ${count('shown')} shown, ${count('closed')} in the ledger, ${unmade} of them a refusal`,
    `faults        ${kills} kills, ${count('frozen')} freezes, ${count('started')} starts`,
    `paid calls    ${count('charged')} for ${pictures.size} pictures: ${repeated} repeated`,
    `order         ${contestedPairs(history).length} pairs of one thread that waited in line together`,
    `recovery      ${sorted.length} requests, p50 ${seconds(sorted[Math.floor(sorted.length / 2)])}, longest ${seconds(sorted.at(-1))}`,
    `took          ${seconds(tookMs)}`,
    `violations    ${violations.length}`,
  ];
  return [...lines, ...violations.map((violation) => `  ${violation}`)].join('\n');
}

const seconds = (ms: number | undefined): string => (ms === undefined ? 'none' : `${(ms / 1000).toFixed(1)} s`);
