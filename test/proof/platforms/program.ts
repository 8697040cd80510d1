import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { parseConfig } from '#src/config.ts';
import { createLog } from '#src/main/log.ts';
import { handleFor } from '#src/main/painting.ts';
import { deskFor, listen, openStore, platformsFor } from '#src/main/parts.ts';
import { connectServices } from '#src/main/outside.ts';
import { openQueue } from '#src/main/queue.ts';
import { createOpened } from '#src/main/run.ts';
import { createFate } from '../crash/mortal.ts';
import { mortalPlatform, mortalQueueOnce, mortalStore, ownDesk, type Own } from './mortal-store.ts';
import { watchWire, wireSchema } from './wire.ts';

/**
 * The whole product in one process, put together as it always is, with mortal parts. It listens, takes the one request that has the mark, lets the
 * gateway's half come to its end, then the worker's, and tells the places it came to: unless it dies at one of them.
 */
export const orderSchema = z.strictObject({
  wire: wireSchema,
  mark: z.string().min(1),
  death: z.strictObject({ place: z.string(), when: z.enum(['before', 'after']) }).optional(),
});
export type Order = z.infer<typeof orderSchema>;

const NOT_MINE = { kind: 'wait', waitMs: 500 } as const;
const LOOK_EVERY_MS = 20;
/** Between two calls of one errand no time passes but that of the processor. */
const QUIET_MS = 200;

const { mark, death, wire } = orderSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const config = parseConfig(process.env, process.cwd());
if ('kind' in config) throw new Error(config.text);
const opened = createOpened(createLog('warn'));
const fate = createFate(death);
const own: Own = { mark, id: undefined };
watchWire(wire, fate);

const embedded = await openQueue(config, opened);
if (embedded === 'taken') throw new Error('the data directory is taken');
const queue = mortalQueueOnce(embedded, own, fate);
const store = mortalStore(await openStore(config, opened), own, fate);
const mode = { kind: 'bedrock', region: config.bedrock.region } as const;
const services = await connectServices(config, mode, opened);
const platforms = await platformsFor(store, mode, config, opened, { queue });
await listen(platforms, ownDesk(deskFor(store, queue, config, opened), own, fate), config, opened);
process.stdout.write('listening\n');

await fate.quiet(QUIET_MS);
const mortal = { ...platforms, all: platforms.all.map((platform) => mortalPlatform(platform, fate)) };
const handle = handleFor(store, services, mortal, opened);
await queue.work(async (id, signal) => (id === own.id ? handle(id, signal) : NOT_MINE));
while ((await store.archive.find(own.id ?? ''))?.answer === undefined) await sleep(LOOK_EVERY_MS);
await fate.quiet(QUIET_MS);
process.stdout.write(`${JSON.stringify({ places: fate.places })}\n`);
process.exit(0);
