import { parseConfig } from '#src/config.ts';
import type { Log } from '#src/core/log.ts';
import { createLog } from '#src/main/log.ts';
import { handleFor } from '#src/main/painting.ts';
import { deskFor, openStore, platformsFor } from '#src/main/parts.ts';
import { connectServices } from '#src/main/outside.ts';
import { openQueue } from '#src/main/queue.ts';
import { createOpened } from '#src/main/run.ts';
import { startSweeping } from '#src/main/sweeping.ts';

/**
 * The whole product in one process that is asked for so many pictures (first argument), and says, as one JSON line at each of the given counts
 * (further arguments), what it holds at rest: open things by their kind, listeners, and memory after the garbage was collected.
 */
const [total = 0, ...stations] = process.argv.slice(2).map(Number);
const AT_ONCE = 8;

const counts = { answered: 0 };
const inner = createLog('warn');
const log: Log = {
  ...inner,
  info: (event) => {
    if (event === 'answered') counts.answered += 1;
  },
};
const config = parseConfig(process.env, process.cwd());
if ('kind' in config) throw new Error(config.text);
const opened = createOpened(log);
const queue = await openQueue(config, opened);
if (queue === 'taken') throw new Error('the data directory is taken');
const store = await openStore(config, opened);
const mode = { kind: 'bedrock', region: 'us-west-2' } as const;
const services = await connectServices(config, mode, opened);
opened.defer(await queue.work(handleFor(store, services, await platformsFor(store, mode, config, opened), opened)));
opened.defer(startSweeping(store.ledger, queue, log));
const { ask } = deskFor(store, queue, config, opened);

const pause = async (waitMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, waitMs);
  });

async function until(answered: number): Promise<void> {
  while (counts.answered < answered) await pause(5);
}

async function askOne(at: number): Promise<void> {
  const thread = { platform: 'cli', address: null };
  const asked = { id: `cli-${at}`, text: `a boat --raw --seed ${at + 1}`, options: {}, images: [], thread };
  const { receipt } = await ask({ ...asked, requester: { id: `person-${at % 7}` }, tenant: 'local', locale: undefined });
  if (receipt.kind === 'refused') throw new Error(`refused: ${receipt.code}`);
}

/** Counts by kind: `TCPSocketWrap`, `Timeout`. */
function openThings(): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}

async function tell(): Promise<void> {
  // What is being closed is closed.
  await pause(1500);
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.();
    await pause(50);
  }
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const memory = { heapBytes: heapUsed, externalBytes: external, rssBytes: rss };
  const sample = { answered: counts.answered, open: openThings(), listeners, ...memory, cpuMs: Math.round((user + system) / 1000) };
  process.stdout.write(`${JSON.stringify(sample)}\n`);
}

for (let at = 0; at < total; at += 1) {
  await until(at + 1 - AT_ONCE);
  await askOne(at);
  if (!stations.includes(at + 1)) continue;
  await until(at + 1);
  await tell();
}
await opened.close();
