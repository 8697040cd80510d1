import { say } from '../core/messages.ts';
import { askFor, handleFor, openStore, platformsFor } from './parts.ts';
import { openQueue } from './queue.ts';
import { renderScreen } from './screen.ts';
import { openServices, start } from './start.ts';
import { startSweeping } from './sweeping.ts';

/** Everything in one process: `npm start`. */
await start(async (config, opened) => {
  const services = await openServices(config, opened);
  if ('cannotStart' in services) return services;
  const queue = await openQueue(config, opened);
  if (queue === 'taken') return { cannotStart: say(config.language, 'start-already-running', { place: config.dataDir }) };
  const store = await openStore(config, opened);
  const platforms = platformsFor(store, config, opened);
  const ask = askFor(store, queue, config, opened);
  opened.defer(await queue.work(handleFor(store, services, platforms, opened)));
  opened.defer(startSweeping(store.ledger, queue, opened.log));
  for (const platform of platforms) opened.defer(await platform.listen(ask));
  process.stdout.write(renderScreen(config, services));
  return 'ready';
});
