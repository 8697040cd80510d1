import type { Receipt } from './answer.ts';
import { cleanText } from './command-text.ts';
import { withinDeadline } from './deadline.ts';
import { Refusal } from './failure.ts';
import { detectLanguage } from './language.ts';
import type { Acceptance, Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import type { ModelCard } from './model.ts';
import { MICROS_PER_DOLLAR } from './money.ts';
import { toOrder } from './order.ts';
import type { Ask, AskFunction, Told } from './platform.ts';
import type { Queue } from './queue.ts';
import { requestSchema, type GenerationRequest } from './request.ts';
import { questionsFor } from './tasks.ts';

export interface IntakeOptions {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly cards: readonly ModelCard[];
  readonly log: Log;
  readonly now: () => number;
  /** How long a request may wait for its turn before the person is told that it is given up. */
  readonly patienceMs: number;
  /** What one question to Claude may cost at most, reserved beside the pictures for each that there may be. */
  readonly promptReserveMicros?: number;
  /** A request that costs more is taken only from somebody who has seen its price. */
  readonly confirmAboveMicros?: number;
  /** An adapter's platform gives it three seconds; intake takes at most this part of them. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 1000;
/** The ledger's part of the deadline for the commit itself. The rest is for the answer to arrive: what was committed should not be told as a no. */
const COMMIT_PART = 0.8;
/** Enough for the cheapest model. */
const PROMPT_RESERVE_MICROS = 2000;

/** The one way in, for every platform: check, commit, queue, say so. */
export function createIntake(options: IntakeOptions): AskFunction {
  const { ledger, queue, log, now, confirmAboveMicros = MICROS_PER_DOLLAR } = options;
  return async (ask) => {
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    const [commitUntil, until] = [now() + deadlineMs * COMMIT_PART, now() + deadlineMs];
    const checked = check(ask, options);
    if (checked instanceof Refusal) return refuse(languageOf(ask, cleanText(withoutFlags(ask.text))), checked);
    const { request, priceMicros, reserveMicros } = checked;
    const { language } = request;
    const agreedMicros = ask.isConfirmed === true ? (ask.agreedMicros ?? Infinity) : 0;
    if (priceMicros > Math.max(confirmAboveMicros, agreedMicros)) return { receipt: unconfirmed(request, priceMicros), language };
    const told = (acceptance: Acceptance): Told => ({ receipt: acceptance.receipt, language });
    const accepted = await withinDeadline(ledger.accept(request, reserveMicros, commitUntil), until - now());
    if (accepted.kind !== 'done') {
      log.error(
        'accept-failed',
        { id: request.id, late: accepted.kind === 'late' },
        accepted.kind === 'failed' ? accepted.error : undefined,
      );
      return refuse(language, new Refusal('ledger-unavailable'));
    }
    const { entry } = accepted.value;
    // Not on the queue is no reason to say no: the row is committed, and the sweeper puts it there when the queue is back.
    const queued = entry === undefined ? undefined : await withinDeadline(queue.add(entry), until - now());
    if (queued !== undefined && queued.kind !== 'done')
      log.warn('enqueue-failed', { id: request.id }, queued.kind === 'failed' ? queued.error : undefined);
    return told(accepted.value);
  };
}

const unconfirmed = ({ id, task }: GenerationRequest, priceMicros: number): Receipt => ({
  kind: 'unconfirmed',
  id,
  priceMicros,
  ...(task.kind === 'instruct' ? { isAtMost: true } : {}),
});

interface Checked {
  readonly request: GenerationRequest;
  /** What the results cost, the prompt left out. */
  readonly priceMicros: number;
  readonly reserveMicros: number;
}

function check(ask: Ask, { cards, now, patienceMs, promptReserveMicros = PROMPT_RESERVE_MICROS }: IntakeOptions): Checked | Refusal {
  try {
    const { task, prompt, options, modelId, substituted, priceMicros } = toOrder(ask, cards);
    const acceptedAt = now();
    const request = requestSchema.parse({
      version: 1,
      id: ask.id,
      task,
      prompt,
      // What an instruction is about is said in its task: the words that are left of it may be none.
      language: languageOf(ask, ask.isInstruction === true ? cleanText(withoutFlags(ask.text)) : prompt),
      options,
      modelId,
      ...(substituted === undefined ? {} : { substituted }),
      images: [...ask.images],
      ...(ask.words === undefined ? {} : { words: ask.words }),
      ...(ask.isUnderstood === undefined ? {} : { isUnderstood: ask.isUnderstood }),
      ...(ask.origin === undefined ? {} : { origin: ask.origin }),
      thread: ask.thread,
      requester: ask.requester,
      tenant: ask.tenant,
      acceptedAt,
      notAfter: acceptedAt + patienceMs,
    });
    return { request, priceMicros, reserveMicros: priceMicros + questionsFor(task) * promptReserveMicros };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const languageOf = (ask: Ask, text: string): Told['language'] => detectLanguage(text, ask.locale);

/** The names of flags are English in any language. */
const withoutFlags = (text: string): string => text.replaceAll(/(?:--|[—–])\S+/g, ' ');

const refuse = (language: Told['language'], { code, details }: Refusal): Told => ({
  receipt: { kind: 'refused', code, details },
  language,
});
