import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Answer } from '#src/core/answer.ts';
import type { Archive, Entry } from '#src/core/archive.ts';
import { sayRefusal } from '#src/core/messages.ts';
import type { Language } from '#src/core/request.ts';
import type { Sandbox } from '#src/sandbox/sandbox.ts';
import type { History } from '../history.ts';
import type { Note } from './arena.ts';

/** After the last fault everything is answered within this time, or it is lost. */
const DRAIN_MAX_MS = 120_000;
const LOOK_EVERY_MS = 100;

/** An answer as people see it, in one line: which pictures, or the sentence of the refusal. */
export function wordsOf(answer: Answer, language: Language): string {
  if (answer.kind === 'refused') return sayRefusal(language, answer.code, answer.details);
  if (answer.kind === 'described') return answer.altText;
  return answer.pictures.map(({ key }) => key).join(' ');
}

/** Waits until every request that is in the ledger has its answer, or until patience ends. */
export async function drain(archive: Archive, ids: readonly string[]): Promise<readonly Entry[]> {
  const until = Date.now() + DRAIN_MAX_MS;
  const entries: Entry[] = [];
  for (const id of ids) {
    let entry = await archive.find(id);
    while (entry !== undefined && entry.answer === undefined && Date.now() < until) {
      await sleep(LOOK_EVERY_MS);
      entry = await archive.find(id);
    }
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

export async function noteEnds(archive: Archive, entries: readonly Entry[], note: Note): Promise<void> {
  for (const { request, answer, finishedAt } of entries) {
    if (answer === undefined) continue;
    const rows = await archive.spent({ requestId: request.id });
    const bookedMicros = rows.reduce((sum, { what, costMicros }) => sum + (what === 'picture' ? costMicros : 0), 0);
    note({ kind: 'closed', id: request.id, answer: wordsOf(answer, request.language), bookedMicros }, finishedAt);
  }
}

/** What the service has on its bill. A seed that is nobody's is noted as a request of its own, which the checker calls invented. */
export function noteCharges(sandbox: Sandbox, idOf: (seed: number) => string | undefined, note: Note): void {
  for (const { seed, priceMicros, at } of sandbox.charges().calls) {
    const painted = { id: idOf(seed) ?? `nobody-${seed}`, picture: String(seed) };
    note({ kind: 'begun', ...painted }, at);
    note({ kind: 'charged', ...painted, costMicros: priceMicros }, at);
  }
}

const unqueuedSchema = z.object({ msg: z.literal('enqueue-failed'), id: z.string(), time: z.union([z.number(), z.string()]) });

/** Of whom a gateway said that the queue had not answered in time when they were told yes. */
export function noteUnqueued(said: string, note: Note): void {
  for (const line of linesOf(said)) {
    const { data } = unqueuedSchema.safeParse(line);
    if (data !== undefined) note({ kind: 'unqueued', id: data.id }, new Date(data.time).getTime());
  }
}

const answeredSchema = z.object({ msg: z.literal('answered'), id: z.string(), attempt: z.int().min(2) });

/**
 * Of the requests that were begun more than once: the time from the first kill after the beginning to the answer. `began`: the first sign of a
 * request at the services; `said`: the programs' logs.
 */
export function recoveriesOf(history: History, entries: readonly Entry[], began: ReadonlyMap<string, number>, said: string): number[] {
  const kills = history.flatMap((event) => (event.kind === 'killed' ? [event.at] : []));
  return linesOf(said).flatMap((line) => {
    const { data } = answeredSchema.safeParse(line);
    const finishedAt = entries.find(({ request }) => request.id === data?.id)?.finishedAt;
    const begunAt = began.get(data?.id ?? '');
    const killedAt = kills.find((at) => begunAt !== undefined && at >= begunAt);
    return finishedAt === undefined || killedAt === undefined ? [] : [Math.max(0, finishedAt - killedAt)];
  });
}

function linesOf(said: string): unknown[] {
  return said.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      // The last line of a killed process may be half of one.
      return [];
    }
  });
}
