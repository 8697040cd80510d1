import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { parseConfig } from '#src/config.ts';
import { readVideo } from '#src/core/command-video.ts';
import { createIntake } from '#src/core/intake.ts';
import type { Ask } from '#src/core/platform.ts';
import { createLog } from '#src/main/log.ts';
import { openFilming } from '#src/main/filming.ts';
import { connectServices } from '#src/main/outside.ts';
import { openModels } from '#src/main/models.ts';
import { openStore } from '#src/main/parts.ts';
import { openQueue } from '#src/main/queue.ts';
import { createOpened } from '#src/main/run.ts';
import { startSweeping } from '#src/main/sweeping.ts';
import { keyOf } from '#workers/blobs/key.ts';
import type { Claude } from '#workers/enhancer/claude.ts';
import { createEnhancer } from '#workers/enhancer/enhance.ts';
import { createInterpreter } from '#workers/enhancer/interpret.ts';
import { questionMaxMicros } from '#workers/enhancer/price.ts';
import { createImages } from '#workers/images/images.ts';
import { isMask } from '#workers/images/is-mask.ts';
import { createBedrock, createImageModel } from '#workers/models/bedrock.ts';
import { specs } from '#workers/models/catalogue.ts';
import { createPipeline } from '#workers/pipeline.ts';
import { BOARD, createBoardClient, createBoardPlatform } from './board-platform.ts';
import { createFate, mortal, mortalLedger, mortalQueue } from './mortal.ts';

/**
 * The whole product in one process, answering at a noticeboard, every port of it mortal. It asks what it is told to ask, says so, waits until what
 * it is to wait for is finished, and tells the places it came to: unless it dies at one of them. Its argument is an order, as JSON.
 */
export const orderSchema = z.strictObject({
  board: z.string(),
  /** What is asked here: the platform's first delivery, or one that it repeats because nobody acknowledged it. */
  asks: z.array(
    z.strictObject({ id: z.string(), text: z.string(), isClip: z.boolean().optional(), isInstruction: z.boolean().optional() }),
  ),
  /** The only request this process works on; without it, on all. The others are there for whoever comes after. */
  only: z.string().optional(),
  death: z.strictObject({ place: z.string(), when: z.enum(['before', 'after']) }).optional(),
  awaits: z.array(z.string()),
});
export type Order = z.infer<typeof orderSchema>;

const LOOK_EVERY_MS = 20;
const NOT_MINE = { kind: 'wait', waitMs: 500 } as const;

const order = orderSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const config = parseConfig(process.env, process.cwd());
if ('kind' in config) throw new Error(config.text);
const opened = createOpened(createLog('warn'));
const { log } = opened;
const now = (): number => Date.now();
const fate = createFate(order.death);

const embedded = await openQueue(config, opened);
if (embedded === 'taken') throw new Error('the data directory is taken');
const store = await openStore(config, opened);
const queue = mortalQueue(embedded, (id) => id === order.only, fate);
const ledger = mortalLedger(store.ledger, fate);
const blobs = mortal(store.blobs, 'blobs', fate);
const services = await connectServices(config, { kind: 'bedrock', region: config.bedrock.region }, opened);
const bedrock = createBedrock({ ...services.bedrock, log });
opened.defer(async () => bedrock.close());

const opening = openFilming(mortal(store.clips, 'clips', fate), services, opened);
const filming = { ...opening, models: opening.models.map(({ card, ...model }) => ({ card, ...mortal(model, 'video', fate) })) };

/** Claude, whose bill is told: unlike that for pictures the sandbox does not keep it. */
function billed(claude: Claude): Claude {
  return {
    ...claude,
    complete: async (turn, signal) => {
      const reply = await claude.complete(turn, signal);
      process.stdout.write(`${JSON.stringify({ billed: turn.user, costMicros: reply.costMicros })}\n`);
      return reply;
    },
  };
}

const claude = mortal(billed(services.claude()), 'claude', fate);

const pipeline = createPipeline({
  ledger,
  platforms: [createBoardPlatform(mortal(createBoardClient(order.board), 'board', fate))],
  models: [...specs.map((spec) => createImageModel(spec, { invoke: mortal(bedrock, 'bedrock', fate).invoke })), ...filming.models],
  tools: {
    enhancer: createEnhancer({ claude, now, log }),
    interpreter: createInterpreter({ claude, now, log }),
    questionMax: { modelId: claude.modelId, costMicros: questionMaxMicros(claude.modelId) },
    images: createImages(),
    blobs,
    cinema: filming.cinema && { ...filming.cinema, films: mortal(filming.cinema.films, 'films', fate) },
    isMask,
    keyOf,
    now,
    randomSeed: () => 1,
    sandbox: false,
  },
  log,
});
const { cards } = openModels(config, log);
const ask = createIntake({ ledger, queue, cards, log, now, patienceMs: config.patienceMs });

const askOf = ({ id, text, isClip, isInstruction = false }: Order['asks'][number]): Ask => ({
  id,
  ...(isClip === true ? readVideo(text, []) : { text }),
  isInstruction,
  isConfirmed: true,
  options: {},
  images: isClip === true ? [] : [{ platform: BOARD, source: 'photo' }],
  thread: { platform: BOARD, address: null },
  requester: { id: 'mai' },
  tenant: 'local',
  locale: undefined,
});

opened.defer(await queue.work(async (id, signal) => (order.only === undefined || order.only === id ? pipeline(id, signal) : NOT_MINE)));
opened.defer(startSweeping(store.ledger, embedded, log));
/** A machine that is too busy to write a row in time says no, and a person then asks again. */
async function askUntilAccepted(one: Order['asks'][number]): Promise<void> {
  for (;;) {
    const { receipt } = await fate.living(async () => ask(askOf(one)));
    if (receipt.kind === 'accepted') return;
    if (receipt.kind !== 'refused' || receipt.code !== 'ledger-unavailable') throw new Error(`not taken: ${JSON.stringify(receipt)}`);
  }
}

for (const one of order.asks) {
  await askUntilAccepted(one);
  process.stdout.write(`${JSON.stringify({ told: one.id })}\n`);
}
for (const id of order.awaits) while ((await store.archive.find(id))?.answer === undefined) await sleep(LOOK_EVERY_MS);
await sleep(order.only === undefined ? 0 : 500);
process.stdout.write(`${JSON.stringify({ places: fate.places })}\n`);
await opened.close();
