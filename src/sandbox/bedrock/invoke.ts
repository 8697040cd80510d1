import { randomInt } from 'node:crypto';
import type { Charges } from '../charges.ts';
import type { ServiceFaults, Strike } from '../faults.ts';
import type { BedrockFault } from '../fault-kinds.ts';
import type { Ask, Reply } from '../http.ts';
import type { Pause } from '../pause.ts';
import { answerReply, type AnswerBody } from './answer.ts';
import { readOrder } from './body.ts';
import { errorReply } from './errors.ts';
import { OUTCOMES } from './faults.ts';
import type { PaintWork } from './paint-work.ts';
import type { ModelRules, Order } from './rules.ts';

const SLOW_MS = 15_000;
const RANDOM_SEED_END = 4_294_967_295;

export interface GeneratorParts {
  readonly faults: ServiceFaults<BedrockFault>;
  readonly charges: Charges;
  readonly paint: PaintWork;
  readonly pause: Pause;
  /** How long a picture takes. */
  readonly modelTimeMs: number;
}

/** Runs an image model for a caller who may: checks the body, suffers the faults, bills, paints. */
export type Generate = (model: ModelRules, ask: Ask) => Promise<Reply>;

export function createGenerate(parts: GeneratorParts): Generate {
  let running = 0;

  async function make(model: ModelRules, order: Order, requestId: string, waitMs: number): Promise<AnswerBody> {
    const seed = order.seed === 0 ? randomInt(1, RANDOM_SEED_END) : order.seed;
    const seeds = Array.from({ length: order.count }, (_, index) => seed + index);
    // On the bill before anything is answered: a client that hangs up has ordered all the same.
    for (const one of seeds) parts.charges.add({ requestId, modelId: model.id, seed: one, priceMicros: model.priceMicros, at: Date.now() });
    const painting = Promise.all(seeds.map((one) => parts.paint({ ...order, seed: one })));
    const [pictures] = await Promise.all([painting, parts.pause(waitMs)]);
    return { seeds, finish_reasons: pictures.map(() => null), images: pictures.map((picture) => picture.toString('base64')) };
  }

  async function work(model: ModelRules, order: Order, requestId: string, strike: Strike<BedrockFault> | undefined): Promise<Reply> {
    const outcome = strike && OUTCOMES[strike.kind];
    if (outcome?.billed === false) {
      await parts.pause(strike?.delayMs ?? 0);
      return outcome.reply(requestId, model.dialect);
    }
    const waitMs = strike?.delayMs ?? (strike?.kind === 'slow' ? SLOW_MS : parts.modelTimeMs);
    const made = await make(model, order, requestId, waitMs);
    return outcome === undefined ? answerReply(made, requestId, model.dialect) : outcome.reply(made, requestId, model.dialect);
  }

  return async (model, ask) => {
    const reading = await readOrder(model, ask.body);
    if (reading.kind === 'error') return noted(errorReply(reading.error, ask.requestId), { model: model.id });
    const { order } = reading;
    const strike = parts.faults.strike(order.prompt, running);
    running += 1;
    try {
      const reply = await work(model, order, ask.requestId, strike);
      const { prompt, negativePrompt, seed } = order;
      const note = { model: model.id, prompt, negativePrompt, seed, pictureBytes: reading.pictureBytes };
      return noted(withRetryAfter(reply, strike), strike === undefined ? note : { ...note, fault: strike.kind });
    } finally {
      running -= 1;
    }
  };
}

const noted = (reply: Reply, note: Readonly<Record<string, string | number>>): Reply => ({ ...reply, note: { ...note, ...reply.note } });

function withRetryAfter(reply: Reply, strike: Strike<BedrockFault> | undefined): Reply {
  if (strike?.retryAfterSeconds === undefined || reply.status < 400) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(strike.retryAfterSeconds) } };
}
