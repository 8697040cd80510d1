import { say } from '../core/messages.ts';
import { askFor, handleFor, openStore, platformsFor } from './parts.ts';
import { openQueue } from './queue.ts';
import { renderScreen } from './screen.ts';
import { connectServices } from './mode.ts';
import { openMode, start } from './start.ts';
import { startSweeping } from './sweeping.ts';

/** Everything in one process: `npm start`. */
await start(async (config, opened) => {
  const mode = await openMode(config);
  if ('cannotStart' in mode) return mode;
  const queue = await openQueue(config, opened);
  if (queue === 'taken') return { cannotStart: say(config.language, 'start-already-running', { place: config.dataDir }) };
  const store = await openStore(config, opened);
  const services = await connectServices(config, mode, opened);
  const platforms = platformsFor(store, mode, config, opened);
  const ask = askFor(store, queue, config, opened);
  opened.defer(await queue.work(handleFor(store, services, platforms, opened)));
  opened.defer(startSweeping(store.ledger, queue, opened.log));
  for (const platform of platforms.all) opened.defer(await platform.listen(ask));
  process.stdout.write(renderScreen(config, services, platforms.pageUrl()));
  return 'ready';
});
