import { askFor, openStore, platformsFor } from './parts.ts';
import { openSharedQueue } from './queue.ts';
import { start } from './start.ts';
import { startSweeping } from './sweeping.ts';

/** The half that people talk to: takes requests, paints nothing. */
await start(async (config, opened) => {
  const queue = openSharedQueue(config, opened);
  if ('cannotStart' in queue) return queue;
  const store = await openStore(config, opened);
  const ask = askFor(store, queue, config, opened);
  opened.defer(startSweeping(store.ledger, queue, opened.log));
  for (const platform of platformsFor(store, config, opened)) opened.defer(await platform.listen(ask));
  opened.log.info('gateway-ready', { port: config.port });
  return 'ready';
});
