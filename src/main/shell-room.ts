import type { ShellRoom } from '#adapters/cli/client.ts';
import { createTokens, type Tokens } from '#adapters/web/people.ts';
import type { Config } from '../config.ts';
import { connectServices, openMode } from './outside.ts';
import { deskFor, openStore, platformsFor } from './parts.ts';
import type { Opened } from './run.ts';
import { openShellQueue } from './shell-queue.ts';
import { openAskedMode } from './start.ts';
import type { Trouble } from './trouble.ts';

/** The tokens of the page that is served from this data: a sandbox's are its own. */
export async function openTokens(asked: Config, opened: Opened): Promise<Tokens> {
  const settled = asked.redisUrl === undefined ? await openMode(asked) : openAskedMode(asked);
  const config = 'cannotStart' in settled ? asked : settled.config;
  const { cabinet } = await openStore(config, opened);
  return createTokens(cabinet, () => Date.now());
}

/** Beside a Redis this process only asks and waits: what is on that queue is for the workers there. */
export async function openShellRoom(asked: Config, opened: Opened): Promise<ShellRoom | Trouble> {
  const settled = asked.redisUrl === undefined ? await openMode(asked) : openAskedMode(asked);
  if ('cannotStart' in settled) return { code: 'config-wrong', message: settled.cannotStart };
  const { mode, config } = settled;
  const store = await openStore(config, opened);
  // Beside a server this process paints nothing.
  const handle = async () => {
    const { handleFor } = await import('./painting.ts');
    const services = await connectServices(config, mode, opened);
    return handleFor(store, services, await platformsFor(store, mode, config, opened), opened);
  };
  const { queue, keepGoing } = await openShellQueue({ config, ledger: store.ledger, handle, opened });
  const { archive, blobs, clips } = store;
  return { desk: deskFor(store, queue, config, opened), archive, blobs, clips, keepGoing };
}
