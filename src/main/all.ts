import { say } from '../core/messages.ts';
import { startClearing } from './clearing.ts';
import { openModels } from './models.ts';
import { handleFor } from './painting.ts';
import { deskFor, listen, openStore, platformsFor } from './parts.ts';
import { openQueue } from './queue.ts';
import { renderScreen } from './screen.ts';
import { connectServices, openMode } from './outside.ts';
import { start } from './start.ts';
import { startSweeping } from './sweeping.ts';
import { startWatching } from './watching.ts';

/** Everything in one process: `npm start`. */
await start(async (asked, opened) => {
  const settled = await openMode(asked);
  if ('cannotStart' in settled) return settled;
  const { mode, config } = settled;
  const queue = await openQueue(config, opened);
  if (queue === 'taken') return { cannotStart: say(config.language, 'start-already-running', { place: config.dataDir }) };
  const store = await openStore(config, opened);
  const services = await connectServices(config, mode, opened);
  const models = openModels(config, opened.log);
  const platforms = await platformsFor(store, mode, config, opened, {
    models,
    queue,
    sandboxUrl: mode.kind === 'sandbox' ? services.bedrock.endpoint : undefined,
  });
  opened.defer(startWatching(models, services, store.cabinet, opened.log), 'first');
  opened.defer(await queue.work(handleFor(store, services, platforms, opened)), 'first');
  opened.defer(startSweeping(store.ledger, queue, opened.log), 'first');
  opened.defer(startClearing(store.cabinet, opened.log), 'first');
  await listen(platforms, deskFor(store, queue, config, opened, models), config, opened);
  process.stdout.write(renderScreen(config, services, platforms.pageUrl(), platforms.notices()));
  return 'ready';
});
