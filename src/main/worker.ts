import { listenForHealth } from './health.ts';
import { handleFor, openStore, platformsFor } from './parts.ts';
import { openSharedQueue } from './queue.ts';
import { openServices, start } from './start.ts';
import { startSweeping } from './sweeping.ts';

/** The half that paints: takes jobs from the queue, listens to nobody. */
await start(async (config, opened) => {
  const queue = openSharedQueue(config, opened);
  if ('cannotStart' in queue) return queue;
  const services = await openServices(config, opened);
  if ('cannotStart' in services) return services;
  const store = await openStore(config, opened);
  opened.defer(await queue.work(handleFor(store, services, platformsFor(store, config, opened), opened)));
  opened.defer(startSweeping(store.ledger, queue, opened.log));
  if (config.healthPort > 0) opened.defer(await listenForHealth(config.healthPort, [store.check, queue.check]));
  opened.log.info('worker-ready', { concurrency: config.concurrency, mode: services.mode.kind });
  return 'ready';
});
