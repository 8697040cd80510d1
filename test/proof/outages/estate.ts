import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openHouse, type House, type Running } from '#test/flows/house.ts';

/** In every prompt, and nowhere in what the processes say. */
const CANARY = 'zqkanarienvogel';
const PAGE = /http:\/\/127\.0\.0\.1:\d+/;
const POLL_MS = 100;
/** Longer than the patience of any adapter's platform: beyond it nothing is an answer any more. */
const ANSWER_MAX_MS = 10_000;

const toldSchema = z.object({ id: z.string(), sentence: z.string(), receipt: z.object({ kind: z.string(), code: z.string().optional() }) });
const viewSchema = z.object({
  id: z.string(),
  state: z.enum(['queued', 'running', 'made', 'refused']),
  status: z.string(),
  acceptedAt: z.number(),
  answer: z
    .object({ tookMs: z.number(), notes: z.array(z.string()), pictures: z.array(z.object({ seed: z.number(), url: z.string() })) })
    .optional(),
});
export type View = z.infer<typeof viewSchema>;

/** What a person was told, and how long it took. */
export interface Told {
  readonly id: string;
  /** `accepted`, or the code of the refusal. */
  readonly said: string;
  /** The same as a person reads it. */
  readonly sentence: string;
  readonly tookMs: number;
}

export interface Wish {
  readonly words?: string;
  readonly person?: string;
  readonly gateway?: number;
}

/** The product's processes over one house, asked over HTTP as people ask, and searched at the end for what must never be in a log. */
export interface Estate {
  readonly house: House;
  ask(wish?: Wish): Promise<Told>;
  /** Asks for one thing after the other, this far apart, while something goes on. */
  askEvery(everyMs: number, count: number, wish?: (at: number) => Wish): Promise<Told[]>;
  /** The request as the page shows it now. */
  find(id: string): Promise<View | undefined>;
  /** The request as the page shows it when it has ended. */
  end(id: string): Promise<View>;
  ends(told: readonly Told[]): Promise<View[]>;
  start(file: string): Promise<Running>;
  /** Sends nobody to this gateway any more, as whatever stands before gateways does before one is stopped. */
  closeTo(gateway: number): void;
  /** How often the service was asked for a picture and turned it away. */
  throttled(): number;
  /** Everything that the processes wrote. */
  logs(): Promise<string>;
  /** Ends every process at once. */
  kill(): Promise<void>;
  /** Ends every process in an orderly way. Answers one sentence for whatever happened that must not. */
  leave(): Promise<string[]>;
}

export const PASSWORD = 'zqgeheimnis';
const READY: Readonly<Record<string, string>> = {
  'src/main/all.ts': 'http://127.0.0.1:',
  'src/main/gateway.ts': 'gateway-ready',
  'src/main/worker.ts': 'worker-ready',
};

/** Starts the given programs. The last gateway, or the one process, is where people ask unless they say otherwise. */
export async function openEstate(programs: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Estate> {
  const house = await openHouse({ HOAMI_LOG_LEVEL: 'info', ...settings });
  const running: Running[] = [];
  const pages: string[] = [];
  const closed = new Set<string>();
  const people = new Map<string, string>();

  const start: Estate['start'] = async (file) => {
    const process = house.start(file);
    running.push(process);
    const said = await process.said(READY[file] ?? '');
    if (file !== 'src/main/worker.ts') pages.push(PAGE.exec(said)?.[0] ?? '');
    return process;
  };
  const cookieOf = (person: string): string => {
    const known = people.get(person) ?? randomUUID();
    people.set(person, known);
    return `hoami-browser=${known}`;
  };
  const ask: Estate['ask'] = async ({ words = 'a red kite over the sea --raw', person = 'mai', gateway = 0 } = {}) => {
    const open = pages.filter((one) => !closed.has(one));
    const page = open[gateway % open.length] ?? '';
    const id = `web-${randomUUID()}`;
    const startedAt = performance.now();
    const response = await fetch(new URL('api/ask', page), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: page, cookie: cookieOf(person) },
      body: JSON.stringify({ id, text: `${CANARY} ${words}` }),
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    });
    const { receipt, sentence } = toldSchema.parse(await response.json());
    return { id, said: receipt.code ?? receipt.kind, sentence, tookMs: performance.now() - startedAt };
  };
  const find: Estate['find'] = async (id) => {
    const response = await fetch(new URL(`api/requests/${id}`, pages.at(-1)));
    return response.ok ? viewSchema.parse(await response.json()) : undefined;
  };
  const end: Estate['end'] = async (id) => {
    for (;;) {
      // While the database is away the page has nothing to show.
      const view = await find(id);
      if (view !== undefined && view.state !== 'queued' && view.state !== 'running') return view;
      await sleep(POLL_MS);
    }
  };
  const estate: Estate = {
    house,
    start,
    closeTo: (gateway) => void closed.add(pages[gateway] ?? ''),
    ask,
    async askEvery(everyMs, count, wish = () => ({})) {
      const told: Promise<Told>[] = [];
      for (let at = 0; at < count; at += 1) {
        told.push(ask(wish(at)));
        await sleep(everyMs);
      }
      return Promise.all(told);
    },
    find,
    end,
    async ends(told) {
      const views: View[] = [];
      for (const { id, said } of told) if (said === 'accepted') views.push(await end(id));
      return views;
    },
    throttled: () => house.sandbox.calls().filter(({ service, status }) => service === 'bedrock' && status === 429).length,
    logs: async () => (await Promise.all(running.map(async ({ said }) => said('')))).join('\n'),
    async kill() {
      for (const { child } of running) child.kill('SIGKILL');
      await Promise.all(running.map(async ({ ended }) => ended));
    },
    async leave() {
      const fates = await Promise.all(running.map(endOrderly));
      const { credentials, claudeKey } = house.sandbox;
      const forbidden = [CANARY, PASSWORD, credentials.secretAccessKey, claudeKey, '"crash"', 'unhandled', 'MaxListenersExceeded'];
      await house.close();
      return fates.flatMap(({ fate, text }) => [
        ...(fate === undefined ? [] : [fate]),
        ...forbidden.filter((word) => text.includes(word)).map((word) => `a process said “${word}”: ${lineWith(text, word)}`),
      ]);
    },
  };
  for (const program of programs) await start(program);
  return estate;
}

/** A process that a story killed is no surprise; one that went by itself is. */
async function endOrderly({ child, ended }: Running): Promise<{ fate: string | undefined; text: string }> {
  const wentBefore = child.exitCode !== null || child.signalCode !== null;
  if (!wentBefore) child.kill('SIGTERM');
  const { code, signal, out, err } = await ended;
  const orderly = code === 0 || (wentBefore && signal === 'SIGKILL');
  return { fate: orderly ? undefined : `a process ended with ${code ?? signal}: ${err.slice(-2000)}`, text: `${out}\n${err}` };
}

const lineWith = (text: string, word: string): string => text.split('\n').find((line) => line.includes(word)) ?? '';
