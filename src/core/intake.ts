import { cleanText } from './command-text.ts';
import { parseCommand } from './command.ts';
import { withinDeadline } from './deadline.ts';
import { Refusal } from './failure.ts';
import { detectLanguage } from './language.ts';
import type { Acceptance, Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import type { ModelCard } from './model.ts';
import { nearestOfCard } from './nearest.ts';
import type { Ask, AskFunction, Told } from './platform.ts';
import { fitPreferences, fitWishes, preferredModel } from './preferences.ts';
import type { Queue } from './queue.ts';
import { requestSchema, type GenerationRequest, type Options, type Task } from './request.ts';
import { routeTask } from './routing.ts';
import { errandOf, needsWords } from './tasks.ts';

export interface IntakeOptions {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly cards: readonly ModelCard[];
  readonly log: Log;
  readonly now: () => number;
  /** How long a request may wait for its turn before the person is told that it is given up. */
  readonly patienceMs: number;
  /** What one prompt at Claude may cost at most, reserved beside the pictures. */
  readonly promptReserveMicros?: number;
  /** An adapter's platform gives it three seconds; intake takes at most this part of them. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 1200;
/** The ledger's part of the deadline for the commit itself. The rest is for the answer to arrive: what was committed should not be told as a no. */
const COMMIT_PART = 0.8;
/** Enough for the cheapest model. */
const PROMPT_RESERVE_MICROS = 2000;

/** The one way in, for every platform: check, commit, queue, say so. */
export function createIntake(options: IntakeOptions): AskFunction {
  const { ledger, queue, log, now } = options;
  return async (ask) => {
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    const [commitUntil, until] = [now() + deadlineMs * COMMIT_PART, now() + deadlineMs];
    const checked = check(ask, options);
    if (checked instanceof Refusal) return refuse(languageOf(ask, cleanText(withoutFlags(ask.text))), checked);
    const { request, reserveMicros } = checked;
    const told = (acceptance: Acceptance): Told => ({ receipt: acceptance.receipt, language: request.language });
    const accepted = await withinDeadline(ledger.accept(request, reserveMicros, commitUntil), until - now());
    if (accepted.kind !== 'done') {
      log.error(
        'accept-failed',
        { id: request.id, late: accepted.kind === 'late' },
        accepted.kind === 'failed' ? accepted.error : undefined,
      );
      return refuse(request.language, new Refusal('ledger-unavailable'));
    }
    const { entry } = accepted.value;
    // Not on the queue is no reason to say no: the row is committed, and the sweeper puts it there when the queue is back.
    const queued = entry === undefined ? undefined : await withinDeadline(queue.add(entry), until - now());
    if (queued !== undefined && queued.kind !== 'done')
      log.warn('enqueue-failed', { id: request.id }, queued.kind === 'failed' ? queued.error : undefined);
    return told(accepted.value);
  };
}

interface Checked {
  readonly request: GenerationRequest;
  readonly reserveMicros: number;
}

function check(ask: Ask, { cards, now, patienceMs, promptReserveMicros = PROMPT_RESERVE_MICROS }: IntakeOptions): Checked | Refusal {
  try {
    const command = parseCommand(ask.text);
    const wished: Options = { ...ask.options, ...command.options };
    const task = ask.task ?? taskOf(ask, wished);
    const errand = errandOf(task, ask.images.length);
    if (command.prompt === '' && needsWords(errand)) throw new Refusal('prompt-empty');
    const defaults = ask.defaults ?? {};
    const { card, substituted } = routeTask(cards, errand, wished.model ?? preferredModel(defaults, errand, cards));
    // What was written for another model is fitted to the one that takes its place, and refused to nobody.
    if (substituted === undefined) checkAgainstCard(card, wished);
    const options = { ...fitPreferences(defaults, card), ...(substituted === undefined ? wished : fitWishes(wished, card)) };
    const acceptedAt = now();
    const request = requestSchema.parse({
      version: 1,
      id: ask.id,
      task,
      prompt: command.prompt,
      language: languageOf(ask, command.prompt),
      options,
      modelId: card.id,
      ...(substituted === undefined ? {} : { substituted }),
      images: [...ask.images],
      ...(ask.words === undefined ? {} : { words: ask.words }),
      ...(ask.origin === undefined ? {} : { origin: ask.origin }),
      thread: ask.thread,
      requester: ask.requester,
      tenant: ask.tenant,
      acceptedAt,
      notAfter: acceptedAt + patienceMs,
    });
    return { request, reserveMicros: card.priceMicros * (options.count ?? 1) + promptReserveMicros };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function taskOf(ask: Ask, options: Options): Task {
  if (ask.images.length > 0) return { kind: 'transform', ...(options.strength === undefined ? {} : { strength: options.strength }) };
  if (options.strength !== undefined) throw new Refusal('flag-not-for-task', { flag: '--strength' });
  return { kind: 'imagine' };
}

function checkAgainstCard(card: ModelCard, options: Options): void {
  if (options.aspectRatio !== undefined && card.aspectRatios[options.aspectRatio] === undefined) {
    throw new Refusal('flag-value-invalid', {
      flag: '--ar',
      value: options.aspectRatio,
      expected: 'ratio',
      nearest: nearestOfCard(card, options.aspectRatio),
    });
  }
  if (options.seed !== undefined && options.seed > card.seedMax) {
    throw new Refusal('flag-value-invalid', { flag: '--seed', value: options.seed, expected: 'seed' });
  }
  if (options.style !== undefined && !card.styles.includes(options.style)) {
    throw new Refusal('style-unknown', { model: card.label, style: options.style });
  }
}

const languageOf = (ask: Ask, text: string): Told['language'] => detectLanguage(text, ask.locale);

/** The names of flags are English in any language. */
const withoutFlags = (text: string): string => text.replaceAll(/(?:--|[—–])\S+/g, ' ');

const refuse = (language: Told['language'], { code, details }: Refusal): Told => ({
  receipt: { kind: 'refused', code, details },
  language,
});
