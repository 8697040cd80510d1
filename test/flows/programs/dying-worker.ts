import { readFileSync } from 'node:fs';
import type { Journal, Ledger } from '#src/core/ledger.ts';
import { parseConfig } from '#src/config.ts';
import { createLog } from '#src/main/log.ts';
import { askFor, handleFor, openStore, platformsFor } from '#src/main/parts.ts';
import { openQueue } from '#src/main/queue.ts';
import { createOpened } from '#src/main/run.ts';
import { connectServices } from '#src/main/mode.ts';
import { startSweeping } from '#src/main/sweeping.ts';
import { shellImage } from '#adapters/cli/platform.ts';

/**
 * The whole product in one process that dies, by SIGKILL, at one of the places where a job touches the ledger.
 * Arguments: which write of the job (0: none), `before` or `after` it, and a picture to transform. Without a place to die it ends when told to.
 */
const [at = '0', when = 'before', pictureFile = ''] = process.argv.slice(2);
let writes = 0;

async function dying<Value>(write: () => Promise<Value>): Promise<Value> {
  writes += 1;
  const here = writes === Number(at);
  if (here && when === 'before') process.kill(process.pid, 'SIGKILL');
  const value = await write();
  if (here) process.kill(process.pid, 'SIGKILL');
  return value;
}

function dyingJournal(journal: Journal): Journal {
  return {
    ...journal,
    page: (step) => {
      const page = journal.page(step);
      return { read: async (name) => page.read(name), write: async (...fact) => dying(async () => page.write(...fact)) };
    },
    close: async (answer) => dying(async () => journal.close(answer)),
  };
}

const config = parseConfig(process.env, process.cwd());
if ('kind' in config) throw new Error(config.text);
const opened = createOpened(createLog('warn'));
const queue = await openQueue(config, opened);
if (queue === 'taken') throw new Error('the data directory is taken');
const store = await openStore(config, opened);
const ledger: Ledger = {
  ...store.ledger,
  open: async (id) => {
    const journal = await store.ledger.open(id);
    return journal === undefined ? undefined : dyingJournal(journal);
  },
};
const mode = { kind: 'bedrock', region: 'us-west-2' } as const;
const services = await connectServices(config, mode, opened);
const watched = { ...store, ledger };
opened.defer(await queue.work(handleFor(watched, services, platformsFor(watched, mode, config, opened), opened)));
opened.defer(startSweeping(ledger, queue, opened.log));

const images = pictureFile === '' ? [] : [shellImage(await store.blobs.put({ bytes: readFileSync(pictureFile), type: 'image/png' }))];
const ask = { id: 'cli-1', text: 'một con mèo --seed 9', options: {}, images, thread: { platform: 'cli', address: null } };
await askFor(watched, queue, config, opened)({ ...ask, requester: { id: 'mai' }, tenant: 'local', locale: undefined });
for (let entry = await store.archive.find('cli-1'); entry?.answer === undefined; entry = await store.archive.find('cli-1')) {
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
}
process.stdout.write(`${JSON.stringify({ writes })}\n`);
await opened.close();
