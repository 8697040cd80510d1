import { startClearing } from './clearing.ts';
import { startFollowing } from './kept-states.ts';
import { openModels } from './models.ts';
import { deskFor, listen, openStore, platformsFor } from './parts.ts';
import { openSharedQueue } from './queue.ts';
import { openAskedMode, start } from './start.ts';
import { startSweeping } from './sweeping.ts';

/** The half that people talk to: takes requests, paints nothing. */
await start(async (asked, opened) => {
  const { mode, config } = openAskedMode(asked);
  const queue = openSharedQueue(config, opened);
  if ('cannotStart' in queue) return queue;
  const store = await openStore(config, opened);
  opened.defer(startSweeping(store.ledger, queue, opened.log), 'first');
  opened.defer(startClearing(store.cabinet, opened.log), 'first');
  const models = openModels(config, opened.log);
  opened.defer(startFollowing(models, store.cabinet), 'first');
  const platforms = await platformsFor(store, mode, config, opened, { models, queue });
  await listen(platforms, deskFor(store, queue, config, opened, models), config, opened);
  opened.log.info('gateway-ready', { page: platforms.pageUrl() });
  return 'ready';
});
