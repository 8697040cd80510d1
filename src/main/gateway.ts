import { askFor, openStore, platformsFor } from './parts.ts';
import { openSharedQueue } from './queue.ts';
import { openMode, start } from './start.ts';
import { startSweeping } from './sweeping.ts';

/** The half that people talk to: takes requests, paints nothing. */
await start(async (config, opened) => {
  const queue = openSharedQueue(config, opened);
  if ('cannotStart' in queue) return queue;
  const mode = await openMode(config);
  if ('cannotStart' in mode) return mode;
  const store = await openStore(config, opened);
  const ask = askFor(store, queue, config, opened);
  opened.defer(startSweeping(store.ledger, queue, opened.log));
  const platforms = platformsFor(store, mode, config, opened);
  for (const platform of platforms.all) opened.defer(await platform.listen(ask));
  opened.log.info('gateway-ready', { page: platforms.pageUrl() });
  return 'ready';
});
