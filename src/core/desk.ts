import type { Archive, Entry } from './archive.ts';
import type { Blobs } from './blobs.ts';
import { withinDeadline } from './deadline.ts';
import { Refusal } from './failure.ts';
import type { Log } from './log.ts';
import type { ModelCard } from './model.ts';
import type { Actor, AskFunction, Desk, Outcome } from './platform.ts';
import type { Preferences } from './preferences.ts';
import { repeatAsk } from './repeat.ts';
import type { Options } from './request.ts';
import type { Retractions } from './retractions.ts';

export interface DeskOptions {
  /** The one way in. */
  readonly intake: AskFunction;
  readonly archive: Pick<Archive, 'find'>;
  readonly retractions: Retractions;
  readonly preferences: Pick<Preferences, 'read'>;
  readonly blobs: Pick<Blobs, 'remove'>;
  readonly cards: readonly ModelCard[];
  readonly log: Log;
}

/** For looking something up, so that enough of a platform's three seconds is left for the intake. */
const LOOK_UP_MS = 500;
const DEADLINE_MS = 1200;

const DONE: Outcome = { kind: 'done' };

/** What people want, beside asking: each refusal is an answer, and nothing is thrown at a platform. */
export function createDesk(options: DeskOptions): Desk {
  const { intake, archive, retractions, blobs, cards, log } = options;
  return {
    ask: async (ask) => intake({ ...ask, defaults: { ...ask.defaults, ...(await preferred(ask, options)) } }),

    repeat: async (repeat) => {
      const language = repeat.locale ?? 'en';
      const found = await withinDeadline(archive.find(repeat.of), LOOK_UP_MS);
      const refuse = (code: Refusal['code']) => ({ receipt: { kind: 'refused', code, details: {} }, language }) as const;
      if (found.kind !== 'done') return refuse('ledger-unavailable');
      const entry = found.value;
      if (entry === undefined || isGone(entry, repeat.tenant)) return refuse('request-unknown');
      if (entry.answer === undefined) return refuse('not-finished');
      return intake(repeatAsk(repeat, entry, cards));
    },

    confirm: async () => ({ receipt: { kind: 'refused', code: 'confirmation-gone', details: {} }, language: 'en' }),

    cancel: async (id, actor) =>
      settling(log, id, async () => {
        ownEntry(await archive.find(id), actor);
        const ended = await retractions.cancel(id);
        if (ended === 'unknown') throw new Refusal('request-unknown');
        if (ended === 'finished') throw new Refusal('already-finished');
      }),

    remove: async (id, actor) =>
      settling(log, id, async () => {
        ownEntry(await archive.find(id), actor);
        const removed = await retractions.remove(id);
        if (removed.kind !== 'removed') throw new Refusal(removed.kind === 'unknown' ? 'request-unknown' : 'not-finished');
        for (const key of removed.keys) await blobs.remove(key);
      }),
  };
}

/** Nobody waits for their preferences: without them the request is an ordinary one. */
async function preferred(ask: Parameters<AskFunction>[0], { preferences, log }: DeskOptions): Promise<Options> {
  const read = await withinDeadline(preferences.read(ask.tenant, ask.requester.id), LOOK_UP_MS);
  if (read.kind === 'done') return read.value;
  log.warn('preferences-unread', { id: ask.id }, read.kind === 'failed' ? read.error : undefined);
  return {};
}

const isGone = ({ request, answer }: Entry, tenant: string): boolean =>
  request.tenant !== tenant || (answer?.kind === 'refused' && answer.code === 'removed');

/** Throws Refusal `request-unknown` also for another tenant's: not even that it exists is told. */
function ownEntry(entry: Entry | undefined, { tenant, requesterId, isAdmin }: Actor): void {
  if (entry === undefined || entry.request.tenant !== tenant) throw new Refusal('request-unknown');
  if (!isAdmin && entry.request.requester.id !== requesterId) throw new Refusal('not-yours');
}

async function settling(log: Log, id: string, work: () => Promise<void>): Promise<Outcome> {
  const settled = await withinDeadline(work(), DEADLINE_MS);
  if (settled.kind === 'done') return DONE;
  if (settled.kind === 'failed' && settled.error instanceof Refusal) {
    const { code, details } = settled.error;
    return { kind: 'refused', code, details };
  }
  log.error('retraction-failed', { id, late: settled.kind === 'late' }, settled.kind === 'failed' ? settled.error : undefined);
  return { kind: 'refused', code: 'ledger-unavailable', details: {} };
}
