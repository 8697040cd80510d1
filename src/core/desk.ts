import type { Archive, Entry } from './archive.ts';
import type { Blobs } from './blobs.ts';
import { withinDeadline } from './deadline.ts';
import { Refusal } from './failure.ts';
import type { Log } from './log.ts';
import type { ModelCard } from './model.ts';
import type { Cabinet } from './cabinet.ts';
import { createConfirmations, type Confirmations } from './confirmations.ts';
import type { Actor, Ask, AskFunction, Confirmation, Desk, Outcome, Told } from './platform.ts';
import type { Preferences } from './preferences.ts';
import { renderCommand } from './command.ts';
import { repeatAsk } from './repeat.ts';
import type { Options } from './request.ts';
import type { Retractions } from './retractions.ts';

export interface DeskOptions {
  /** The one way in. */
  readonly intake: AskFunction;
  readonly archive: Pick<Archive, 'find'>;
  readonly retractions: Retractions;
  readonly preferences: Pick<Preferences, 'read'>;
  /** Holds what is asked at a price that nobody has agreed to yet. */
  readonly cabinet: Cabinet;
  readonly blobs: Pick<Blobs, 'remove'>;
  readonly cards: readonly ModelCard[];
  readonly log: Log;
  readonly now: () => number;
}

/** For looking something up, so that enough of a platform's three seconds is left for the intake. */
const LOOK_UP_MS = 500;
/** Nobody waits for their preferences, and asking settles within 1.2 s: the intake takes the rest. */
const PREFERENCES_MS = 200;
/** Agreeing settles within it as well: what was kept is found at once or not at all. */
const CONFIRMATION_MS = 200;
const DEADLINE_MS = 1200;

const DONE: Outcome = { kind: 'done' };

/** What people want, beside asking: each refusal is an answer, and nothing is thrown at a platform. */
export function createDesk(options: DeskOptions): Desk {
  const { archive, retractions, blobs, cards, log } = options;
  const confirmations = createConfirmations(options.cabinet, options.now);
  const intake = keepingUnconfirmed(options, confirmations);
  return {
    ask: async (ask) => intake({ ...ask, defaults: { ...ask.defaults, ...(await preferred(ask, options)) } }),

    repeat: async (repeat) => {
      const language = repeat.locale ?? 'en';
      const found = await withinDeadline(archive.find(repeat.of), LOOK_UP_MS);
      if (found.kind !== 'done') return refused('ledger-unavailable', language);
      const entry = found.value;
      if (entry === undefined || isGone(entry, repeat.tenant)) return refused('request-unknown', language);
      if (entry.answer === undefined) return refused('not-finished', language);
      return intake(repeatAsk(repeat, entry, cards));
    },

    confirm: async (confirmation) => confirm(confirmation, confirmations, options),

    cancel: async (id, actor) =>
      settling(log, id, async () => {
        const entry = await archive.find(id);
        if (entry === undefined && (await turnDown(id, actor, confirmations))) return;
        ownEntry(entry, actor);
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

/** What is too dear to be taken without a word is kept until somebody has said it. */
function keepingUnconfirmed({ intake, log }: DeskOptions, confirmations: Confirmations): AskFunction {
  return async (ask) => {
    const told = await intake(ask);
    if (told.receipt.kind !== 'unconfirmed') return told;
    const kept = await withinDeadline(confirmations.keep(ask, told.receipt.priceMicros), LOOK_UP_MS);
    if (kept.kind === 'done') return told;
    log.error('confirmation-not-kept', { id: ask.id, late: kept.kind === 'late' }, kept.kind === 'failed' ? kept.error : undefined);
    return refused('ledger-unavailable', told.language);
  };
}

const refused = (code: Refusal['code'], language: Told['language']): Told => ({
  receipt: { kind: 'refused', code, details: {} },
  language,
});

/** Takes what was kept, or finds that it was taken before. What was taken is forgotten here: it stands in the ledger. */
async function confirm({ id, thread, actor }: Confirmation, confirmations: Confirmations, options: DeskOptions): Promise<Told> {
  const { intake, archive, log } = options;
  const found = await withinDeadline(askToConfirm(id, confirmations, archive), CONFIRMATION_MS);
  if (found.kind !== 'done') {
    log.error('confirmation-not-read', { id, late: found.kind === 'late' }, found.kind === 'failed' ? found.error : undefined);
    return refused('ledger-unavailable', 'en');
  }
  const ask = found.value;
  if (ask === undefined || ask.tenant !== actor.tenant) return refused('confirmation-gone', ask?.locale ?? 'en');
  if (ask.requester.id !== actor.requesterId) return refused('not-yours', ask.locale ?? 'en');
  const told = await intake({ ...ask, ...(thread === undefined ? {} : { thread }) });
  // It costs more by now than what was agreed to: who asks again is told the new price.
  if (told.receipt.kind === 'unconfirmed') return refused('confirmation-gone', told.language);
  // What could not be taken just now may be tried once more. What is left here by a failure is thrown away when it is a day old.
  if (told.receipt.kind === 'accepted') void withinDeadline(confirmations.drop(id), DEADLINE_MS);
  return told;
}

/** What waits for consent, or a request that had it already, asked in the same words: the ledger takes it for the one it is. */
async function askToConfirm(id: string, confirmations: Confirmations, archive: DeskOptions['archive']): Promise<Ask | undefined> {
  const kept = await confirmations.find(id);
  if (kept !== undefined) return kept;
  const entry = await archive.find(id);
  if (entry === undefined || isGone(entry, entry.request.tenant)) return undefined;
  const { prompt, options, task, images, isUnderstood, thread, requester, tenant, language } = entry.request;
  return {
    id,
    text: renderCommand(prompt, options),
    options: {},
    task,
    images,
    ...(isUnderstood === undefined ? {} : { isUnderstood }),
    thread,
    requester,
    tenant,
    locale: language,
    isConfirmed: true,
  };
}

/** Whether there was a price to turn down. Throws Refusal `not-yours` when it was told to somebody else. */
async function turnDown(id: string, { tenant, requesterId, isAdmin }: Actor, confirmations: Confirmations): Promise<boolean> {
  const ask = await confirmations.find(id);
  if (ask === undefined || ask.tenant !== tenant) return false;
  if (!isAdmin && ask.requester.id !== requesterId) throw new Refusal('not-yours');
  await confirmations.drop(id);
  return true;
}

/** Nobody waits for their preferences: without them the request is an ordinary one. */
async function preferred(ask: Parameters<AskFunction>[0], { preferences, log }: DeskOptions): Promise<Options> {
  const read = await withinDeadline(preferences.read(ask.tenant, ask.requester.id), PREFERENCES_MS);
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
