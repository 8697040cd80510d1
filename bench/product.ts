import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openHouse } from '#test/flows/house.ts';
import type { Asked, Bot, OpenOptions } from './bot.ts';
import { createPrograms, type Program, type Programs } from './programs.ts';
import { addRows, type RowsDatabase } from './rows.ts';
import { startStandIn } from './stand-in/start.ts';

/** The whole product in one process. */
export const TOGETHER: readonly Program[] = [
  { name: 'all', file: 'src/main/all.ts', ready: 'For real use', address: /(http:\/\/127\.0\.0\.1:\d+)\// },
];
/** Its two halves. */
export const APART: readonly Program[] = [
  { name: 'gateway', file: 'src/main/gateway.ts', ready: 'gateway-ready', address: /(http:\/\/127\.0\.0\.1:\d+)\// },
  { name: 'worker', file: 'src/main/worker.ts', ready: 'worker-ready' },
];

export interface ProductOptions extends OpenOptions {
  readonly programs: readonly Program[];
  readonly settings: Readonly<Record<string, string>>;
  /** Where the ledger is, when the data directory of the bot is that. */
  readonly database: (dataDir: string) => RowsDatabase;
  readonly close: () => Promise<void>;
}

const ANSWER_MAX_MS = 120_000;
/** English that is to stay as it is asks nobody for a better prompt. */
const WORDS = 'a red kite over the sea --raw';
const ENDING = /"id":"([^"]+)"[^\n]*"msg":"(answered|ended)"/g;
const SWEPT = /"msg":"swept"/;

const viewSchema = z.object({ state: z.literal('made'), answer: z.object({ pictures: z.tuple([z.object({ url: z.string() })]) }) });

/** The product, asked over HTTP as the page asks. That a request is through is seen in the log, and then looked at over HTTP. */
export async function openProduct(options: ProductOptions): Promise<Bot> {
  const standIn = await startStandIn(options.modelTimeMs);
  const house = await openHouse({ BEDROCK_ENDPOINT: standIn.url, HOAMI_LOG_LEVEL: 'info', HOAMI_QUEUE_LIMIT: '100000' });
  const ends = createEnds();
  const programs = createPrograms(house, options.programs, options.settings, ends.hear);
  for (const name of programs.names) await programs.start(name);
  const bot: Bot = {
    programs: programs.names,
    ask: async (person) => ask(programs, ends, person),
    async see(id) {
      const { body } = await programs.wire().get(`/api/requests/${id}`);
      return viewSchema.parse(JSON.parse(body.toString())).answer.pictures[0].url;
    },
    async load(picture) {
      const { status, body } = await programs.wire().get(picture);
      if (status !== 200 || body.byteLength < 1_000_000) throw new Error(`no picture: ${status}, ${body.byteLength} bytes`);
    },
    pidOf: programs.pidOf,
    kill: programs.kill,
    start: programs.start,
    calls: standIn.calls,
    async close() {
      await programs.stop();
      await standIn.stop();
      await house.close();
      await options.close();
    },
  };
  if (options.rows !== undefined) {
    const { id, answered } = await bot.ask(0);
    await answered;
    await programs.stop();
    await addRows(options.database(house.environment['HOAMI_DATA_DIR'] ?? ''), id, options.rows);
    const swept = options.rows.waiting > 0 ? ends.swept() : undefined;
    for (const name of programs.names) await programs.start(name);
    await swept;
  }
  return bot;
}

async function ask(programs: Programs, ends: Ends, person: number): Promise<Asked> {
  const id = `web-${randomUUID()}`;
  const answered = ends.of(id);
  const cookie = `hoami-browser=00000000-0000-4000-8000-${String(person % 50).padStart(12, '0')}`;
  const { status, body } = await programs.wire().post('/api/ask', { id, text: WORDS }, { cookie });
  const toldAt = performance.now();
  if (status !== 202) throw new Error(`not accepted: ${status} ${body.toString().slice(0, 300)}`);
  return { id, toldAt, answered };
}

interface Ends {
  readonly hear: (text: string) => void;
  /** When this request was answered. */
  readonly of: (id: string) => Promise<number>;
  /** Resolves when what lay in the ledger has been put on the queue. */
  readonly swept: () => Promise<void>;
}

/** Finds in the programs' log which requests are through. */
function createEnds(): Ends {
  const waiting = new Map<string, (kind: string) => void>();
  const sweeps: (() => void)[] = [];
  let rest = '';
  return {
    hear(text) {
      const whole = rest + text;
      const end = whole.lastIndexOf('\n') + 1;
      rest = whole.slice(end);
      const lines = whole.slice(0, end);
      for (const [, id = '', kind = ''] of lines.matchAll(ENDING)) waiting.get(id)?.(kind);
      if (SWEPT.test(lines)) for (const resolve of sweeps.splice(0)) resolve();
    },
    of(id) {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      // Whoever asks without waiting for the end must not be ended by it: this very promise is handed on, and no other that nobody catches.
      promise.catch(() => {});
      const timer = setTimeout(() => reject(new Error(`${id} was not answered in time`)), ANSWER_MAX_MS).unref();
      waiting.set(id, (kind) => {
        clearTimeout(timer);
        waiting.delete(id);
        if (kind === 'answered') resolve(performance.now());
        else reject(new Error(`${id} ended without a picture`));
      });
      return promise;
    },
    async swept() {
      const { promise, resolve } = Promise.withResolvers<void>();
      sweeps.push(resolve);
      return promise;
    },
  };
}
